// SPDX-License-Identifier: MIT
/* Which archives are of one crawl, as pairs of names with their warcinfo. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "3_extract/crawl_name.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct archive {
    const char *name, *warcinfo;
};

static struct span group_of(struct archive archive, struct arena *arena)
{
    struct warcinfo info;
    assert_int_equal(crawl_parse_warcinfo(span_of_string(archive.warcinfo), &info), ERR_OK);
    return crawl_name_of(span_of_string(archive.name), &info, arena);
}

#define HERITRIX "software: Heritrix/3.4.0\r\n"
#define WARCPROX "software: warcprox 2.4.27\r\n"
#define WGET     "software: Wget/1.21 (linux-gnu)\r\n"
#define IS(text) "isPartOf: " text "\r\n"

static void test_rows(void **state)
{
    (void)state;
    static const struct {
        bool same;
        struct archive a, b;
    } rows[] = {
        {true,  {"a/1.warc", HERITRIX IS("job")},           {"b/2.warc", HERITRIX IS("job")}   },
        {false, {"a/1.warc", HERITRIX IS("job")},           {"a/2.warc", HERITRIX IS("other")} },
        {true,  {"a/1.warc", WARCPROX IS("job")},           {"a/2.warc", WARCPROX IS("job")}   },
        {false, {"a/1.warc", WARCPROX IS("job")},           {"a/2.warc", HERITRIX IS("job")}   },
        {false, {"a/1.warc", IS("CC-MAIN-2020-10")},        {"a/2.warc", IS("CC-MAIN-2020-10")}},
        {true,  {"a/x-00000.warc.gz", WGET},                {"a/x-00001.warc.gz", WGET}        },
        {false, {"a/x-00000.warc.gz", WGET},                {"b/x-00001.warc.gz", WGET}        },
        {false, {"a/x-00000.warc.gz", WGET},                {"a/y-00001.warc.gz", WGET}        },
        {false, {"a/x-00000.warc.gz", WGET},                {"a/x-00001.warc.gz", WARCPROX}    },
        {false, {"a/P01.warc.gz", WGET},                    {"a/P02.warc.gz", WGET}            },
        {false, {"a/x-000000.warc.gz", WGET},               {"a/x-000001.warc.gz", WGET}       },
        {true,
         {"w-20240501120000123-00000-k3j2.warc", WARCPROX},
         {"w-20240501120501007-00001-k3j2.warc", WARCPROX}                                     },
        {false,
         {"w-20240501120000123-00000-k3j2.warc", WARCPROX},
         {"w-20240501120501007-00001-q8w1.warc", WARCPROX}                                     },
        {false, {"a/20240501120000.warc", WARCPROX},        {"a/20240501120001.warc", WARCPROX}},
        {false, {"12345/x.warc", WGET},                     {"12346/x.warc", WGET}             },
        {false, {"a/x-00000.warc.gz", ""},                  {"a/x-00001.warc.gz", ""}          },
    };
    struct arena arena;
    arena_init(&arena, 1u << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span a = group_of(rows[i].a, &arena), b = group_of(rows[i].b, &arena);
        if (!a.bytes || span_equal(a, b) != rows[i].same)
            fail_msg("row %zu: %.*s | %.*s", i, SPAN_ARG(a), SPAN_ARG(b));
    }
    arena_free(&arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests_name("crawl_name", tests, NULL, NULL);
}
