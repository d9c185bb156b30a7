// SPDX-License-Identifier: MIT
/* test_reference.c - names of evidence and resources, and what becomes a reference. */
#include "3_extract/reference.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static void names(void **state)
{
    (void)state;
    for (int i = 0; i < EVIDENCE_COUNT; i++)
        assert_non_null(evidence_name((enum evidence)i));
    for (int i = 0; i < CONDITION_COUNT; i++)
        assert_non_null(condition_name((enum condition)i));
    for (int i = 0; i < RESOURCE_COUNT; i++)
        assert_int_equal(resource_of_type(span_of_string(resource_name((enum resource)i))), i);
    assert_string_equal(evidence_name(EVIDENCE_O1), "O1");
    assert_string_equal(evidence_name(EVIDENCE_N), "N");
}

static const struct {
    const char *name;
    enum resource type, destination;
} resources[] = {
    {"document",           RESOURCE_DOCUMENT,   RESOURCE_DOCUMENT  },
    {"Stylesheet",         RESOURCE_STYLESHEET, RESOURCE_OTHER     },
    {"style",              RESOURCE_OTHER,      RESOURCE_STYLESHEET},
    {"Ping",               RESOURCE_PING,       RESOURCE_OTHER     },
    {"XHR",                RESOURCE_XHR,        RESOURCE_OTHER     },
    {"CSPViolationReport", RESOURCE_REPORT,     RESOURCE_OTHER     },
    {"SignedExchange",     RESOURCE_OTHER,      RESOURCE_OTHER     },
    {"iframe",             RESOURCE_FRAME,      RESOURCE_FRAME     },
    {"empty",              RESOURCE_OTHER,      RESOURCE_FETCH     },
    {"video",              RESOURCE_OTHER,      RESOURCE_MEDIA     },
    {"track",              RESOURCE_OTHER,      RESOURCE_TEXTTRACK },
    {"serviceworker",      RESOURCE_OTHER,      RESOURCE_WORKER    },
    {"image",              RESOURCE_IMAGE,      RESOURCE_IMAGE     },
    {"",                   RESOURCE_OTHER,      RESOURCE_OTHER     },
    {"scriptx",            RESOURCE_OTHER,      RESOURCE_OTHER     },
};

static void types(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof resources / sizeof *resources; i++) {
        struct span name = span_of_string(resources[i].name);
        if (resource_of_type(name) != resources[i].type ||
            resource_of_destination(name) != resources[i].destination)
            fail_msg("%s", resources[i].name);
    }
}

static const struct {
    const char *value;
    enum evidence evidence;
    enum resource resource;
    const char *href; /* NULL: not kept */
    bool bad;
} rows[] = {
    {"/a.js",             EVIDENCE_D1, RESOURCE_SCRIPT,    "https://a.example/a.js", false},
    {"//b.example/x",     EVIDENCE_D2, RESOURCE_IMAGE,     "https://b.example/x",    false},
    {"wss://b.example/x", EVIDENCE_D1, RESOURCE_WEBSOCKET, "wss://b.example/x",      false},
    {"",                  EVIDENCE_D1, RESOURCE_IMAGE,     NULL,                     false},
    {"data:,x",           EVIDENCE_D1, RESOURCE_IMAGE,     NULL,                     false},
    {"javascript:x()",    EVIDENCE_D1, RESOURCE_FRAME,     NULL,                     false},
    {"about:blank",       EVIDENCE_D1, RESOURCE_FRAME,     NULL,                     false},
    {"ftp://b.example/x", EVIDENCE_D1, RESOURCE_IMAGE,     NULL,                     false},
    {"https://[x",        EVIDENCE_D1, RESOURCE_IMAGE,     NULL,                     true },
    {"/next",             EVIDENCE_N,  RESOURCE_DOCUMENT,  NULL,                     false},
    {"/next",             EVIDENCE_N,  RESOURCE_REDIRECT,  "https://a.example/next", false},
};

static void added(void **state)
{
    struct arena arena;
    struct url base;
    struct reference_list list = {0};
    (void)state;
    arena_init(&arena, 1u << 22);
    assert_int_equal(url_parse(SPAN("https://a.example/dir/"), NULL, &arena, &base), ERR_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t count = list.count, bad = list.bad_url_count;
        struct reference draft = {.evidence = rows[i].evidence, .resource = rows[i].resource, .at = i};
        assert_int_equal(reference_add(&list, &arena, &base, span_of_string(rows[i].value), draft), ERR_OK);
        bool good = list.count == count + (rows[i].href != NULL) && list.bad_url_count == bad + rows[i].bad;
        if (good && rows[i].href)
            good = span_equal(list.items[count].url.href, span_of_string(rows[i].href)) &&
                   list.items[count].at == i;
        if (!good)
            fail_msg("%s", rows[i].value);
    }
    arena_free(&arena);
}

static void limit(void **state)
{
    struct arena arena;
    struct url base;
    struct reference_list list = {0};
    (void)state;
    arena_init(&arena, 256u << 20);
    assert_int_equal(url_parse(SPAN("https://a.example/"), NULL, &arena, &base), ERR_OK);
    for (size_t i = 0; i < LIMIT_REFERENCES + 7; i++)
        assert_int_equal(reference_add(&list, &arena, &base, SPAN("x"), (struct reference){0}), ERR_OK);
    assert_int_equal(list.count, LIMIT_REFERENCES);
    assert_int_equal(list.dropped_count, 7);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),
        cmocka_unit_test(types),
        cmocka_unit_test(added),
        cmocka_unit_test(limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
