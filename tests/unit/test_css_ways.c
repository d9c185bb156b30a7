// SPDX-License-Identifier: MIT
/* Style sheets put together at random from pieces that mean something: every way of passing by what cannot matter gives the references
 * that reading every token gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "3_extract/css_refs.h"

#define COUNT(a)    (sizeof(a) / sizeof *(a))
#define ROUND_COUNT 20000
#define PIECES_MAX  40
#define TEXT_BYTES  4096

#define PIECE(literal)                                                                                       \
    {                                                                                                        \
        literal, sizeof(literal) - 1                                                                         \
    }
// clang-format off
static const struct span pieces[] = {
    PIECE("{"), PIECE("}"), PIECE(";"), PIECE(":"), PIECE("("), PIECE(")"), PIECE("["), PIECE("]"), PIECE(","), PIECE(" "), PIECE("\n"),
    PIECE("\r\n"), PIECE("\f"), PIECE("\t"), PIECE("\\"), PIECE("\\\\"), PIECE("\\\n"), PIECE("\\{"), PIECE("\\;"), PIECE("\\\""), PIECE("\\("),
    PIECE("\\@"), PIECE("\\/"), PIECE("/"), PIECE("*"), PIECE("/*"), PIECE("*/"), PIECE("/*/"), PIECE("/**/"), PIECE("/* url(u) ' */"),
    PIECE("\""), PIECE("'"), PIECE("'s'"), PIECE("\"t;u{\""), PIECE("'\\''"), PIECE("\"\\\n\""), PIECE("'/*'"), PIECE("@"), PIECE("@import "),
    PIECE("@IMPORT"), PIECE("@\\69mport 'i'"), PIECE("@media "), PIECE("@media print{"), PIECE("@supports (a:url(b)){"), PIECE("@font-face{"),
    PIECE("@layer a;"), PIECE("@layer b{"), PIECE("@charset 'c';"), PIECE("@namespace url(n);"), PIECE("@document url(d){"), PIECE("@x;"),
    PIECE("@-"), PIECE("url("), PIECE("URL( "), PIECE("url(x)"), PIECE("url('y')"), PIECE("url( \"z\" )"), PIECE("url(a b)"), PIECE("url(a'b)"),
    PIECE("url(a\\)b)"), PIECE("url(a\\\nb)"), PIECE("url(a(b)"), PIECE("url(a\1b)"), PIECE("url(a\x0e" "b)"), PIECE("url(data:x;{},'\")"), PIECE("url(//h/p"),
    PIECE("url()"), PIECE("url(#f)"), PIECE("u\\72l("), PIECE("\\75 rl(e)"), PIECE("ur\\6c("), PIECE("ur\\00006c\r\n('f')"), PIECE("u\\\nrl("),
    PIECE("myurl(g)"), PIECE("#url(h)"), PIECE("1url(i)"), PIECE("-url("), PIECE("src("), PIECE("src('j')"), PIECE("s\\72 c("), PIECE("image-set("),
    PIECE("-webkit-image-set('k' 1x,url(l) 2x)"), PIECE("im\\61ge-set('m'"), PIECE("calc(1px)"), PIECE("var(--n)"), PIECE("--o"), PIECE("--o:"),
    PIECE("behavior:"), PIECE("behavi\\6fr"), PIECE("-moz-binding:"), PIECE("behavior"), PIECE("a"), PIECE("a{b:"), PIECE("c:d;"), PIECE(".e:hover"),
    PIECE("::before"), PIECE("#p"), PIECE("12px"), PIECE(".5em"), PIECE("<!--"), PIECE("-->"), PIECE("\0"), PIECE("\xc3\xa6"), PIECE("\xff"),
    PIECE("print"), PIECE("all"), PIECE("layer"), PIECE("layer(q)"), PIECE("\\"), PIECE("!"), PIECE("}}}"), PIECE("{{{"), PIECE("((((((((((((((((((((((("),
    PIECE("abcdefghijklmnopqrstuvwxyz0123456789-abcdefghijklmnopqrstuvwxyz0123456789"),
    PIECE("{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{"), PIECE("}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}"),
};
// clang-format on

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* In memory of its size, so that a byte read behind the end is seen. */
static struct span make_text(uint64_t *state)
{
    char room[TEXT_BYTES];
    size_t bytes = 0;
    for (size_t count = next_random(state) % PIECES_MAX + 1; count; count--) {
        struct span piece = pieces[next_random(state) % COUNT(pieces)];
        if (piece.bytes > 30 && next_random(state) % 4)
            continue;
        memcpy(room + bytes, piece.at, piece.bytes);
        bytes += piece.bytes;
    }
    char *text = malloc(bytes ? bytes : 1);
    assert_non_null(text);
    memcpy(text, room, bytes);
    return span_of(text, bytes);
}

static bool is_same(const struct reference *a, const struct reference *b)
{
    return span_equal(a->url.href, b->url.href) && a->at == b->at && a->evidence == b->evidence &&
           a->condition == b->condition && a->resource == b->resource &&
           strcmp(a->attribute, b->attribute) == 0;
}

static void check_ways(struct span text, enum css_place place, const struct url *base, struct arena *arena,
                       size_t *found_count)
{
    struct reference_list all = {0};
    assert_int_equal(css_refs_scan(NULL, text, base, place, "css", 7, arena, &all), ERR_OK);
    *found_count += all.count;
    for (size_t i = 0; scan_way_at(i); i++) {
        struct reference_list list = {0};
        assert_int_equal(css_refs_scan(scan_way_at(i), text, base, place, "css", 7, arena, &list), ERR_OK);
        bool same = list.count == all.count && list.bad_url_count == all.bad_url_count;
        for (size_t k = 0; k < list.count && same; k++)
            same = is_same(&list.items[k], &all.items[k]);
        if (!same)
            fail_msg("%s, place %d: %zu references, not %zu\n%.*s", scan_way_at(i)->name, place, list.count,
                     all.count, SPAN_ARG(text));
    }
}

static void test_random(void **state)
{
    (void)state;
    struct arena kept, arena;
    struct url base;
    arena_init(&kept, 1u << 20);
    arena_init(&arena, 64u << 20);
    assert_int_equal(url_parse(SPAN("https://a.example/"), NULL, &kept, &base), ERR_OK);
    uint64_t seed = 88172645463325252u;
    size_t found_count = 0;
    for (size_t i = 0; i < ROUND_COUNT; i++) {
        struct span text = make_text(&seed);
        arena_reset(&arena);
        check_ways(text, CSS_SHEET, &base, &arena, &found_count);
        check_ways(text, CSS_INLINE, &base, &arena, &found_count);
        free((void *)(uintptr_t)text.at);
    }
    assert_true(found_count > ROUND_COUNT);
    arena_free(&arena);
    arena_free(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random)};
    return cmocka_run_group_tests_name("css ways", tests, NULL, NULL);
}
