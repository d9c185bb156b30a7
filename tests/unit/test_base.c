// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/intern.h"
#include "base/when.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void test_cut(void **state)
{
    (void)state;
    struct span rest = SPAN("a,,b");
    assert_true(span_equal(span_cut(&rest, ','), SPAN("a")));
    assert_true(span_equal(span_cut(&rest, ','), SPAN("")));
    assert_true(span_equal(span_cut(&rest, ','), SPAN("b")));
    assert_null(rest.at);
    struct span lines = SPAN("one\r\ntwo\n");
    assert_true(span_equal(span_cut_line(&lines), SPAN("one")));
    assert_true(span_equal(span_cut_line(&lines), SPAN("two")));
    assert_int_equal(lines.bytes, 0);
}

static void test_to_u64(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool good;
        uint64_t value;
    } rows[] = {
        {"0",                     true,  0         },
        {"18446744073709551615",  true,  UINT64_MAX},
        {"18446744073709551616",  false, 0         }, /* one too many */
        {"99999999999999999999",  false, 0         },
        {"000000000000000000000", false, 0         }, /* more digits than any number has */
        {"",                      false, 0         },
        {"-1",                    false, 0         },
        {"+1",                    false, 0         },
        {"1 ",                    false, 0         },
        {"0x1",                   false, 0         },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint64_t value = 0;
        bool good = span_to_u64(span_of_string(rows[i].text), &value);
        if (good != rows[i].good || value != rows[i].value)
            fail_msg("row %zu '%s'", i, rows[i].text);
    }
}

static void test_compare(void **state)
{
    (void)state;
    assert_true(span_is_within(SPAN("a.b.dk"), SPAN("b.dk")) && span_is_within(SPAN("b.dk"), SPAN("b.dk")));
    assert_false(span_is_within(SPAN("ab.dk"), SPAN("b.dk")) || span_is_within(SPAN("dk"), SPAN("b.dk")));
    assert_true(span_compare(SPAN("a"), SPAN("ab")) < 0);
    assert_true(span_compare(SPAN("b"), SPAN("ab")) > 0);
    assert_true(span_compare(SPAN("\xff"), SPAN("a")) > 0); /* bytes, not signed characters */
    assert_int_equal(span_compare(SPAN_NONE, SPAN("")), 0);
}

static void test_arena_cap(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1u << 20);
    assert_non_null(arena_alloc(&arena, 1000));
    assert_null(arena_alloc(&arena, 2u << 20));
    assert_true(arena.full);
    arena_reset(&arena);
    assert_false(arena.full);
    struct arena_mark mark = arena_mark(&arena);
    char *first = arena_alloc(&arena, 100);
    first[0] = 'x';
    arena_back_to(&arena, mark);
    char *again = arena_alloc(&arena, 100);
    assert_ptr_equal(first, again);
    assert_int_equal(again[0], 0); /* zeroed anew */
    arena_free(&arena);
}

static void test_arena_push(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1u << 24);
    uint64_t *items = NULL;
    size_t count = 0, capacity = 0;
    for (uint64_t i = 0; i < 10000; i++) {
        uint64_t *item = ARENA_PUSH(&arena, items, count, capacity);
        assert_non_null(item);
        *item = i;
    }
    for (uint64_t i = 0; i < 10000; i++)
        assert_int_equal(items[i], i);
    arena_free(&arena);
}

static void test_buf_limit(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 8);
    buf_add(&buf, SPAN_NONE); /* nothing to nothing: the sanitizer watches */
    assert_int_equal(buf.bytes, 0);
    buf_add_string(&buf, "1234");
    buf_add_string(&buf, "56789");
    assert_int_equal(buf.err, ERR_TOO_LARGE);
    buf_add_string(&buf, "x"); /* stays silent after the first failure */
    assert_int_equal(buf.bytes, 4);
    buf_reset(&buf);
    buf_add_u64(&buf, 12345678);
    assert_int_equal(buf.err, ERR_OK);
    assert_true(span_equal(buf_span(&buf), SPAN("12345678")));
    buf_free(&buf);
}

static void test_intern(void **state)
{
    (void)state;
    struct arena arena;
    struct intern intern;
    char text[16];
    arena_init(&arena, 1u << 24);
    intern_init(&intern, &arena);
    assert_int_equal(intern_find(&intern, SPAN("a")), INTERN_NONE);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 5000; i++) {
            snprintf(text, sizeof text, "text%d", i);
            assert_int_equal(intern_add(&intern, span_of_string(text)), i);
        }
    assert_true(span_equal(intern_text(&intern, 4321), SPAN("text4321")));
    arena_free(&arena);
}

static void test_when(void **state)
{
    (void)state;
    static const struct {
        int64_t ns;
        const char *text;
    } rows[] = {
        {0,                         "1970-01-01T00:00:00Z"          },
        {-1,                        "1969-12-31T23:59:59.999999999Z"},
        {951782400ll * 1000000000,  "2000-02-29T00:00:00Z"          }, /* leap day of a leap century */
        {1795443108459000000,       "2026-11-23T14:11:48.459Z"      },
        {1795443108459001000,       "2026-11-23T14:11:48.459001Z"   },
        {4107542400ll * 1000000000, "2100-03-01T00:00:00Z"          }, /* 2100 is no leap year */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[WHEN_TEXT_BYTES];
        when_text(rows[i].ns, text);
        if (!span_equal(span_of_string(text), span_of_string(rows[i].text)))
            fail_msg("row %zu: %s, not %s", i, text, rows[i].text);
    }
    for (int64_t day = -800000; day < 800000; day += 37) {
        int64_t year;
        unsigned month, d;
        when_date(day, &year, &month, &d);
        assert_int_equal(when_days(year, month, d), day);
    }
}

/* Byte by byte, of all lengths around eight, each byte against each. */
static void test_equal_nocase(void **state)
{
    (void)state;
    char a[20], b[20];
    assert_true(span_equal_nocase(SPAN_NONE, SPAN("")));
    for (size_t bytes = 1; bytes <= sizeof a; bytes++)
        for (size_t at = 0; at < bytes; at++)
            for (unsigned pair = 0; pair < 1u << 16; pair++) {
                memset(a, 'k', sizeof a);
                memset(b, 'K', sizeof b);
                a[at] = (char)(pair >> 8);
                b[at] = (char)pair;
                if (span_equal_nocase(span_of(a, bytes), span_of(b, bytes)) !=
                    (ascii_lower(a[at]) == ascii_lower(b[at])))
                    fail_msg("%zu of %zu: %x", at, bytes, pair);
            }
    assert_false(span_equal_nocase(SPAN("a"), SPAN("ab")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cut),          cmocka_unit_test(test_to_u64),
        cmocka_unit_test(test_compare),      cmocka_unit_test(test_arena_cap),
        cmocka_unit_test(test_arena_push),   cmocka_unit_test(test_buf_limit),
        cmocka_unit_test(test_intern),       cmocka_unit_test(test_when),
        cmocka_unit_test(test_equal_nocase),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
