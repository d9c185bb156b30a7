// SPDX-License-Identifier: MIT
/* Any bytes as a script: tokens cover it without a gap, scanning ends, twice the same, and every reference is a network URL. */
#include <assert.h>
#include <stdint.h>

#include "3_extract/loader.h"
#include "3_extract/script_lex.h"
#include "base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct url base;
    struct script_lexer lexer;
    struct reference_list first = {0}, second = {0};
    struct span script = span_of(data, size);
    size_t end = 0;
    script_lex_init(&lexer, script);
    while (script_lex_next(&lexer)) {
        assert(lexer.start == end && lexer.end > end && lexer.end <= size);
        end = lexer.end;
    }
    assert(end == size);
    arena_init(&arena, 512u << 20);
    if (url_parse(SPAN("https://a.example/b/"), NULL, &arena, &base) != ERR_OK)
        assert(0);
    const struct loader_search *search = loader_search_new(&arena);
    assert(search);
    assert(loader_scan(search, script, &base, (struct reference){0}, &arena, &first) == ERR_OK);
    assert(loader_scan(search, script, &base, (struct reference){0}, &arena, &second) == ERR_OK);
    assert(first.count == second.count && first.count <= LIMIT_REFERENCES);
    for (size_t i = 0; i < first.count; i++) {
        assert(url_is_network(&first.items[i].url) && first.items[i].evidence == EVIDENCE_D3);
        assert(span_equal(first.items[i].url.href, second.items[i].url.href));
    }
    arena_free(&arena);
    return 0;
}
