// SPDX-License-Identifier: MIT
#include "6_statistics/finding_id.h"
#include "7_report/number.h"
#include "7_report/text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#define NBSP "\u00A0"

static void expect(const char *row, struct span got, const char *want)
{
    if (!span_equal(got, span_of_string(want)))
        fail_msg("%s: got '%.*s', want '%s'", row, SPAN_ARG(got), want);
}

static void test_counts(void **state)
{
    (void)state;
    static const struct {
        uint64_t value;
        const char *text;
    } rows[] = {
        {0,          "0"                         },
        {7,          "7"                         },
        {999,        "999"                       },
        {1000,       "1.000"                     },
        {3478,       "3.478"                     },
        {1234567,    "1.234.567"                 },
        {UINT64_MAX, "18.446.744.073.709.551.615"},
    };
    struct arena arena;
    arena_init(&arena, 1u << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(rows[i].text, number_count(&arena, rows[i].value), rows[i].text);
    arena_free(&arena);
}

static void test_decimals(void **state)
{
    (void)state;
    static const struct {
        double value;
        unsigned decimals;
        const char *danish, *plain;
    } rows[] = {
        {2.5,         1, "2,5",       "2.5"     },
        {3,           1, "3",         "3"       },
        {0.05,        1, "0,1",       "0.1"     },
        {-0.04,       1, "0",         "0"       },
        {-2.44,       1, "\u22122,4", "-2.4"    },
        {1234.5,      2, "1.234,5",   "1234.5"  },
        {0.000001,    6, "0,000001",  "0.000001"},
        {10.0 / 3,    6, "3,333333",  "3.333333"},
        {100,         2, "100",       "100"     },
        {NAN,         1, "",          ""        },
        {INFINITY,    1, "",          ""        },
        {1e300,       0, "",          ""        },
        {0.999999999, 2, "1",         "1"       },
    };
    struct arena arena;
    arena_init(&arena, 1u << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        expect(rows[i].danish, number_decimal(&arena, rows[i].value, rows[i].decimals), rows[i].danish);
        expect(rows[i].plain, number_plain(&arena, rows[i].value, rows[i].decimals, '.'), rows[i].plain);
    }
    expect("comma", number_plain(&arena, -0.25, 6, ','), "-0,25");
    arena_free(&arena);
}

static void test_shares(void **state)
{
    (void)state;
    static const struct {
        uint64_t part, whole;
        const char *text;
    } rows[] = {
        {31,  49,   "31" NBSP "af" NBSP "49 (63" NBSP "pct.)"     },
        {31,  50,   "31" NBSP "af" NBSP "50 (62,0" NBSP "pct.)"   },
        {1,   8,    "1" NBSP "af" NBSP "8 (13" NBSP "pct.)"       },
        {1,   3,    "1" NBSP "af" NBSP "3 (33" NBSP "pct.)"       },
        {999, 999,  "999" NBSP "af" NBSP "999 (100,0" NBSP "pct.)"},
        {1,   3000, "1" NBSP "af" NBSP "3.000 (0,03" NBSP "pct.)" },
        {0,   0,    "0" NBSP "af" NBSP "0"                        },
        {0,   5,    "0" NBSP "af" NBSP "5 (0" NBSP "pct.)"        },
    };
    struct arena arena;
    arena_init(&arena, 1u << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(rows[i].text, number_share(&arena, rows[i].part, rows[i].whole), rows[i].text);
    arena_free(&arena);
}

static void test_points(void **state)
{
    (void)state;
    static const struct {
        double difference;
        uint64_t n;
        const char *text;
    } rows[] = {
        {0.024,   100, "+2,4" NBSP "procentpoint"     },
        {-0.024,  100, "\u22122,4" NBSP "procentpoint"},
        {0,       100, "0,0" NBSP "procentpoint"      },
        {0.12,    17,  "+12" NBSP "procentpoint"      },
        {-0.0001, 17,  "0" NBSP "procentpoint"        },
        {0.0004,  100, "0,0" NBSP "procentpoint"      },
        {NAN,     17,  ""                             },
    };
    struct arena arena;
    arena_init(&arena, 1u << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect(rows[i].text, number_points(&arena, rows[i].difference, rows[i].n), rows[i].text);
    arena_free(&arena);
}

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        int64_t time_s;
        const char *date, *time, *iso;
    } rows[] = {
        {0,          "1." NBSP "januar" NBSP "1970",    "1." NBSP "januar" NBSP "1970 kl." NBSP "00.00 (UTC)",
         "1970-01-01T00:00:00Z"},
        {1643810709, "2." NBSP "februar" NBSP "2022",   "2." NBSP "februar" NBSP "2022 kl." NBSP "14.05 (UTC)",
         "2022-02-02T14:05:09Z"},
        {951782399,  "28." NBSP "februar" NBSP "2000",  "28." NBSP "februar" NBSP "2000 kl." NBSP "23.59 (UTC)",
         "2000-02-28T23:59:59Z"},
        {951782400,  "29." NBSP "februar" NBSP "2000",  "29." NBSP "februar" NBSP "2000 kl." NBSP "00.00 (UTC)",
         "2000-02-29T00:00:00Z"},
        {-1,         "31." NBSP "december" NBSP "1969", "31." NBSP "december" NBSP "1969 kl." NBSP "23.59 (UTC)",
         "1969-12-31T23:59:59Z"},
        {4107542400, "1." NBSP "marts" NBSP "2100",     "1." NBSP "marts" NBSP "2100 kl." NBSP "00.00 (UTC)",
         "2100-03-01T00:00:00Z"},
    };
    struct arena arena;
    arena_init(&arena, 1u << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t time_ns = rows[i].time_s * 1000000000;
        expect(rows[i].iso, number_date(&arena, number_day_of(time_ns)), rows[i].date);
        expect(rows[i].iso, number_time(&arena, time_ns), rows[i].time);
        expect(rows[i].iso, number_iso_time(&arena, time_ns), rows[i].iso);
    }
    expect("beyond", number_iso_date(&arena, INT32_MAX), "");
    expect("before", number_date(&arena, INT32_MIN), "");
    arena_free(&arena);
}

static void test_names(void **state)
{
    (void)state;
    static const struct {
        const char *id, *file, *slug;
    } rows[] = {
        {"skat-forskud",                "skat-forskud",                  "skat-forskud"   },
        {"../etc/passwd",               "~2E.~2Fetc~2Fpasswd",           "..-etc-passwd"  },
        {"a b",                         "a~20b",                         "a-b"            },
        {"Sm\u00F8rrebr\u00F8d \u00C5", "Sm~C3~B8rrebr~C3~B8d~20~C3~85", "smoerrebroed-aa"},
        {"~",                           "~7E",                           ""               },
        {"",                            "~~5",                           ""               },
    };
    struct arena arena;
    arena_init(&arena, 1u << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        expect(rows[i].id, text_file_name(&arena, span_of_string(rows[i].id), 5), rows[i].file);
        expect(rows[i].id, finding_id_slug(&arena, span_of_string(rows[i].id)), rows[i].slug);
    }
    static char longest[4000];
    memset(longest, '/', sizeof longest);
    struct span name = text_file_name(&arena, span_of(longest, sizeof longest), 31);
    assert_true(name.bytes < 200 && span_ends(name, SPAN("~~31")));
    arena_free(&arena);
}

static void test_order(void **state)
{
    (void)state;
    static const char *const ascending[] = {"",      "a",         "A b",      "ab",      "Beta",
                                            "zebra", "\u00E6ble", "\u00F8st", "Aalborg", "\u00E5s"};
    size_t n = sizeof ascending / sizeof *ascending;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            int order = text_compare_danish(span_of_string(ascending[i]), span_of_string(ascending[j]));
            if ((order > 0) - (order < 0) != (i > j) - (i < j))
                fail_msg("'%s' against '%s': %d", ascending[i], ascending[j], order);
        }
}

static void test_code_points(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
        uint32_t want[4];
    } rows[] = {
        {"a",                1, {'a'}                           },
        {"\xC3\xA5",         2, {0xE5}                          },
        {"\xF0\x9F\x98\x80", 4, {0x1F600}                       },
        {"\xC0\xAF",         2, {0xFFFD, 0xFFFD}                }, /* too long a form */
        {"\xED\xA0\x80",     3, {0xFFFD, 0xFFFD, 0xFFFD}        }, /* surrogate */
        {"\xF4\x90\x80\x80", 4, {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}}, /* beyond Unicode */
        {"\xE2\x82",         2, {0xFFFD}                        }, /* cut */
        {"\xE2(\x82",        3, {0xFFFD, '(', 0xFFFD}           },
        {"\0",               1, {0xFFFD}                        },
        {"\xE2\x80\xAE",     3, {0xFFFD}                        }, /* right-to-left override */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct span rest = span_of(rows[i].bytes, rows[i].length);
        for (size_t k = 0; k < 4 && rows[i].want[k]; k++) {
            if (!rest.bytes || text_next(&rest) != rows[i].want[k])
                fail_msg("row %zu, code point %zu", i, k);
        }
        assert_int_equal(rest.bytes, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts), cmocka_unit_test(test_decimals),    cmocka_unit_test(test_shares),
        cmocka_unit_test(test_points), cmocka_unit_test(test_dates),       cmocka_unit_test(test_names),
        cmocka_unit_test(test_order),  cmocka_unit_test(test_code_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
