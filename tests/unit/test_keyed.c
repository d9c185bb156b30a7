// SPDX-License-Identifier: MIT
/* test_keyed.c - numbers sorted by key, and the parts of a URL, against what each is said to be. */
#include "4_index/href.h"
#include "4_index/keyed.h"
#include "base/span.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT 3000u

/* Keys that differ in the bytes of the mask only, many of them equal. */
static void check_sort(uint64_t mask)
{
    static struct keyed items[COUNT], room[COUNT];
    uint64_t random = 1;
    for (uint32_t i = 0; i < COUNT; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        items[i] = (struct keyed){(random >> 7 ^ random << 31) & mask, i};
    }
    keyed_sort(items, room, COUNT);
    for (uint32_t i = 1; i < COUNT; i++) {
        assert_true(items[i - 1].key <= items[i].key);
        if (items[i - 1].key == items[i].key)
            assert_true(items[i - 1].number < items[i].number);
    }
}

static void sorts(void **state)
{
    (void)state;
    const uint64_t masks[] = {0, 1, 0xff, 0xff00, 0xff00ff, 0xff00000000000000, UINT64_MAX};
    for (size_t i = 0; i < sizeof masks / sizeof *masks; i++)
        check_sort(masks[i]);
    keyed_sort(NULL, NULL, 0);
    assert_true(keyed_of_i64(INT64_MIN) < keyed_of_i64(-1));
    assert_true(keyed_of_i64(-1) < keyed_of_i64(0));
    assert_true(keyed_of_i64(0) < keyed_of_i64(INT64_MAX));
}

struct row {
    const char *url, *host, *path, *query, *origin;
};
// clang-format off
static const struct row rows[] = {
    {"https://a.dk/b?c", "a.dk", "/b", "c", "https://a.dk"},
    {"https://a.dk:81/b/c?d?e/f", "a.dk", "/b/c", "d?e/f", "https://a.dk:81"},
    {"https://a.dk", "a.dk", "", "", "https://a.dk"},
    {"https://me:word@a.dk:81/", "a.dk", "/", "", "https://me:word@a.dk:81"},
    {"https://me@b@a.dk/", "a.dk", "/", "", "https://me@b@a.dk"},
    {"https://[2001:db8::1]/x", "[2001:db8::1]", "/x", "", "https://[2001:db8::1]"},
    {"https://[2001:db8::1]:81/x", "[2001:db8::1]", "/x", "", "https://[2001:db8::1]:81"},
    {"https://a.dk/@x:1", "a.dk", "/@x:1", "", "https://a.dk"},
    {"x:/y://a.dk/", "a.dk", "/", "", "x:/y://a.dk"},
    {"a://", "", "", "", "a://"},
    {"dns:a.dk", "", "", "", ""},
    {"a:/", "", "", "", ""},
    {"", "", "", "", ""},
};
// clang-format on

static void assert_span(struct span found, const char *expected)
{
    assert_true(span_equal(found, span_of_string(expected)));
}

static void takes_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct href parts = href_of(span_of_string(rows[i].url));
        assert_span(parts.host, rows[i].host);
        assert_span(parts.path, rows[i].path);
        assert_span(parts.query, rows[i].query);
        assert_span(parts.origin, rows[i].origin);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sorts), cmocka_unit_test(takes_apart)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
