// SPDX-License-Identifier: MIT
/* Any bytes as CSS: tokens advance and stay inside, values decode and are what names are compared with, every reference is a network
 * URL, and reading every token gives the same references. */
#include <assert.h>
#include <stdint.h>

#include "3_extract/css_refs.h"
#include "3_extract/css_token.h"
#include "base/limits.h"

static void check_tokens(struct span text, struct arena *arena)
{
    size_t at = 0;
    for (;;) {
        size_t before = at;
        struct css_token t = css_token_next(text, &at);
        if (t.type == CSS_END)
            break;
        assert(at > before && at <= text.bytes && t.at >= before);
        assert(!t.text.at || (t.text.at >= text.at && t.text.at + t.text.bytes <= text.at + text.bytes));
        struct arena_mark mark = arena_mark(arena);
        struct span value = css_token_value(&t, arena);
        assert(value.bytes <= t.text.bytes * 2 + 4 && css_token_is(&t, value));
        arena_back_to(arena, mark);
    }
    assert(at == text.bytes);
}

static void check_ways(struct span text, enum css_place place, const struct url *base, struct arena *arena,
                       const struct reference_list *expected)
{
    for (size_t way = 0; way == 0 || scan_way_at(way - 1); way++) {
        struct reference_list list = {0};
        assert(css_refs_scan(way ? scan_way_at(way - 1) : NULL, text, base, place, "css", 0, arena, &list) ==
               ERR_OK);
        assert(list.count == expected->count);
        for (size_t i = 0; i < list.count; i++)
            assert(list.items[i].at == expected->items[i].at &&
                   list.items[i].condition == expected->items[i].condition &&
                   list.items[i].evidence == expected->items[i].evidence &&
                   span_equal(list.items[i].url.href, expected->items[i].url.href));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span text = span_of(data, size);
    struct arena arena;
    struct url base;
    arena_init(&arena, 256u << 20);
    if (!arena_alloc(&arena, 1) || url_parse(SPAN("https://a.example/b/"), NULL, &arena, &base) != ERR_OK)
        assert(0);
    check_tokens(text, &arena);
    for (int place = CSS_SHEET; place <= CSS_INLINE; place++) {
        struct reference_list list = {0};
        assert(css_scan(text, &base, (enum css_place)place, "css", 0, &arena, &list) == ERR_OK);
        assert(list.count <= LIMIT_REFERENCES);
        for (size_t i = 0; i < list.count; i++)
            assert(url_is_network(&list.items[i].url) && list.items[i].at <= size);
        check_ways(text, (enum css_place)place, &base, &arena, &list);
    }
    arena_free(&arena);
    return 0;
}
