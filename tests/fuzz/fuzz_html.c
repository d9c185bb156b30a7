// SPDX-License-Identifier: MIT
/* Any bytes as HTML: scanning ends, twice the same, within its limits, and every reference is a network URL. */
#include <assert.h>
#include <stdint.h>

#include "3_extract/html.h"
#include "base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct url base;
    struct html_document first = {0}, second = {0};
    arena_init(&arena, 512u << 20);
    if (url_parse(SPAN("https://a.example/b/"), NULL, &arena, &base) != ERR_OK)
        assert(0);
    assert(html_scan(span_of(data, size), &base, SPAN_NONE, &arena, &first) == ERR_OK);
    assert(html_scan(span_of(data, size), &base, SPAN_NONE, &arena, &second) == ERR_OK);
    assert(first.references.count == second.references.count && first.references.count <= LIMIT_REFERENCES);
    for (size_t i = 0; i < first.references.count; i++) {
        assert(url_is_network(&first.references.items[i].url));
        assert(span_equal(first.references.items[i].url.href, second.references.items[i].url.href));
    }
    arena_free(&arena);
    return 0;
}
