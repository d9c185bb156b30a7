// SPDX-License-Identifier: MIT
/* Any bytes as the fields of a head: reading ends, twice the same, and every reference is a network URL. */
#include <assert.h>
#include <stdint.h>

#include "3_extract/header_refs.h"
#include "base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct url base;
    struct http_head head = {0};
    struct reference_list first = {0}, second = {0};
    arena_init(&arena, 512u << 20);
    if (url_parse(SPAN("https://a.example/b/"), NULL, &arena, &base) != ERR_OK)
        assert(0);
    struct span text = arena_format(&arena, "HTTP/1.1 200 OK\r\n%.*s\r\n\r\n", SPAN_ARG(span_of(data, size)));
    if (text.at && exchange_parse(text, &arena, &head) == ERR_OK) {
        assert(header_refs_scan(&head, &base, &arena, &first) == ERR_OK);
        assert(header_refs_scan(&head, &base, &arena, &second) == ERR_OK);
    }
    assert(first.count == second.count && first.count <= LIMIT_REFERENCES);
    for (size_t i = 0; i < first.count; i++) {
        assert(url_is_network(&first.items[i].url));
        assert(span_equal(first.items[i].url.href, second.items[i].url.href));
    }
    arena_free(&arena);
    return 0;
}
