// SPDX-License-Identifier: MIT
#include "5_judge/page_key.h"
#include "6_statistics/history_pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "followed.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Every row of the table of states, and what must not fit. */
static void test_states(void **state)
{
    (void)state;
    enum {
        B = FINDING_BREACH,
        O = FINDING_OPEN,
        H = FINDING_HOLDS,
        S = FINDING_SEEN,
        WB = FINDING_WAS_BREACH,
        WO = FINDING_WAS_OPEN,
        EB = FINDING_EVER_BREACH,
        IN = FINDING_IN_SCOPE,
        A = FINDING_ADEQUATE,
        P = FINDING_PAGE_AGAIN,
        D = FINDING_CONTESTED
    };
    // clang-format off
    static const struct {
        unsigned facts;
        enum finding_state want;
    } rows[] = {
        {IN | S | B,               FINDING_STATE_NEW           },
        {IN | S | B | WO,          FINDING_STATE_NEW           },
        {IN | S | B | WB | EB,     FINDING_STATE_REPEAT        },
        {IN | S | B | EB,          FINDING_STATE_RELAPSED      },
        {IN | S | B | WO | EB,     FINDING_STATE_RELAPSED      },
        {IN | S | H | WB | EB,     FINDING_STATE_DOCUMENTED    },
        {IN | S | H | WO,          FINDING_STATE_DOCUMENTED    },
        {IN | A | P | WB | EB,     FINDING_STATE_REMOVED       },
        {IN | P | WB | EB,         FINDING_STATE_NOT_REMEASURED},
        {IN | A | WB | EB,         FINDING_STATE_NOT_REMEASURED},
        {IN | WB | EB,             FINDING_STATE_NOT_REMEASURED},
        {WB | EB,                  FINDING_STATE_LEFT          },
        {IN | S | B | D,           FINDING_STATE_DISPUTED      },
        {IN | S | B | D | WB | EB, FINDING_STATE_DISPUTED      },
        {IN | S | B | D | EB,      FINDING_STATE_DISPUTED      },
        {IN | S | O | D,           FINDING_STATE_DISPUTED      },
        {IN | S | H | D | WB | EB, FINDING_STATE_DOCUMENTED    },
        {IN | A | P | D | WB | EB, FINDING_STATE_REMOVED       },
        {IN | A | D | WB | EB,     FINDING_STATE_NOT_REMEASURED},
        {D | WB | EB,              FINDING_STATE_LEFT          },
        {IN | S | O,               FINDING_STATE_NONE          },
        {IN | S | O | WB | EB,     FINDING_STATE_NONE          },
        {IN | S | H,               FINDING_STATE_NONE          },
        {IN | S | WB | EB,         FINDING_STATE_NONE          }, /* decided to be no third party */
        {IN | A | P | WO,          FINDING_STATE_NONE          },
        {WO,                       FINDING_STATE_NONE          },
        {0,                        FINDING_STATE_NONE          },
    };
    // clang-format on
    bool reached[FINDING_STATE_COUNT] = {false};
    for (size_t i = 0; i < COUNT(rows); i++) {
        enum finding_state got = finding_state_of(rows[i].facts);
        if (got != rows[i].want)
            fail_msg("row %zu: %s", i, finding_state_name(got));
        reached[got] = true;
    }
    for (size_t i = 0; i < FINDING_STATE_COUNT; i++)
        assert_true(reached[i]);
}

static void test_page_keys(void **state)
{
    (void)state;
    // clang-format off
    static const struct {
        const char *url, *key;
    } rows[] = {
        {"https://www.a.dk/",                              "www.a.dk"              },
        {"http://www.a.dk/b/",                             "www.a.dk/b"            },
        {"https://www.a.dk:8443/b",                        "www.a.dk:8443/b"       },
        {"https://user:pw@a.dk/b",                         "a.dk/b"                },
        {"https://a.dk/b?y=2&x=1",                         "a.dk/b?x=1&y=2"        },
        {"https://a.dk/b?utm_source=x&UTM_medium=y",       "a.dk/b"                },
        {"https://a.dk/b?id=7&fbclid=abc&gclid=d&PHPSESSID=9", "a.dk/b?id=7"       },
        {"https://a.dk/b;jsessionid=12AB?x=1",             "a.dk/b?x=1"            },
        {"https://a.dk/b;v=1/c",                           "a.dk/b;v=1/c"          },
        {"https://a.dk/b?&&x",                             "a.dk/b?x"              },
        {"https://a.dk/?",                                 "a.dk"                  },
        {"https://a.dk/?x=a@b",                            "a.dk?x=a@b"            },
        {"https://[::1]:9/b",                              "[::1]:9/b"             },
        {"app:U14/1",                                      "app:U14"               },
    };
    // clang-format on
    struct arena arena;
    arena_init(&arena, 1u << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span got = page_key_text(span_of_string(rows[i].url), &arena);
        if (!span_equal(got, span_of_string(rows[i].key)))
            fail_msg("%s: %.*s", rows[i].url, SPAN_ARG(got));
    }
    arena_free(&arena);
}

// clang-format off
static const struct {
    const char *years; /* the oldest first */
    enum finding_state want;
    unsigned in_a_row;
} history_rows[] = {
    {"x",    FINDING_STATE_NEW,            1},
    {"cx",   FINDING_STATE_NEW,            1},
    {"ux",   FINDING_STATE_NEW,            1},
    {"-x",   FINDING_STATE_NEW,            1},
    {"xx",   FINDING_STATE_REPEAT,         2},
    {"xxx",  FINDING_STATE_REPEAT,         3},
    {"xxxx", FINDING_STATE_REPEAT,         4},
    {"cxxx", FINDING_STATE_REPEAT,         3},
    {"xux",  FINDING_STATE_REPEAT,         2},
    {"xlx",  FINDING_STATE_REPEAT,         2},
    {"xpx",  FINDING_STATE_REPEAT,         2},
    {"xcxx", FINDING_STATE_REPEAT,         2},
    {"xcx",  FINDING_STATE_RELAPSED,       1},
    {"xgx",  FINDING_STATE_RELAPSED,       1},
    {"x-x",  FINDING_STATE_RELAPSED,       1},
    {"xccx", FINDING_STATE_RELAPSED,       1},
    {"xcux", FINDING_STATE_RELAPSED,       1},
    {"xc",   FINDING_STATE_DOCUMENTED,     1},
    {"uc",   FINDING_STATE_DOCUMENTED,     0},
    {"xuc",  FINDING_STATE_DOCUMENTED,     1},
    {"xlc",  FINDING_STATE_DOCUMENTED,     1},
    {"xg",   FINDING_STATE_REMOVED,        1},
    {"xxg",  FINDING_STATE_REMOVED,        2},
    {"xug",  FINDING_STATE_REMOVED,        1},
    {"xlg",  FINDING_STATE_REMOVED,        1},
    {"xl",   FINDING_STATE_NOT_REMEASURED, 1},
    {"xp",   FINDING_STATE_NOT_REMEASURED, 1},
    {"xpp",  FINDING_STATE_NOT_REMEASURED, 1},
    {"x-",   FINDING_STATE_LEFT,           1},
    {"xl-",  FINDING_STATE_LEFT,           1},
    {"c",    FINDING_STATE_NONE,           0},
    {"u",    FINDING_STATE_NONE,           0},
    {"xu",   FINDING_STATE_NONE,           1},
    {"cc",   FINDING_STATE_NONE,           0},
    {"ug",   FINDING_STATE_NONE,           0},
    {"xgg",  FINDING_STATE_NONE,           0},
    {"xcg",  FINDING_STATE_NONE,           0},
    {"u-",   FINDING_STATE_NONE,           0},
    {"x--",  FINDING_STATE_NONE,           0},
    {"xcc",  FINDING_STATE_NONE,           0},
};
// clang-format on

static void test_histories(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(history_rows); i++) {
        struct estate e;
        struct follow_up f;
        size_t years = strlen(history_rows[i].years);
        estate_init(&e, 2025);
        const struct unit *unit = estate_unit(&e, "U", "U", estate_authority(&e, "A", "M"));
        for (size_t y = 0; y < years; y++)
            followed_add_year(&e, (unsigned)y, unit, history_rows[i].years[years - 1 - y]);
        followed_run(&e, years, &f);
        enum finding_state got = f.finding_count ? f.findings[0].state : FINDING_STATE_NONE;
        unsigned in_a_row = f.finding_count ? f.findings[0].years_non_compliant : 0;
        if (got != history_rows[i].want || in_a_row != history_rows[i].in_a_row)
            fail_msg("%s: %s %u", history_rows[i].years, finding_state_name(got), in_a_row);
        estate_free(&e);
    }
}

/* Names of the units in each year, the oldest first; who continues whom. */
static void test_lineage(void **state)
{
    (void)state;
    // clang-format off
    static const struct {
        const char *name, *before, *now; /* kind per unit A, B, C; ' ' not registered */
        const char *new, *old;           /* lineage: unit and its predecessors */
        const char *states;              /* of the findings */
        size_t changes;
    } rows[] = {
        {"37: renamed",         "x  ", " x ", "B", "A",  "repeat;",      0},
        {"unrelated",           "x  ", " x ", "",  "",   "new;left;",    0},
        {"38: merged",          "xx ", "  x", "C", "AB", "new;left;left;", 1},
        {"merged into one",     "xx ", "x  ", "A", "B",  "new;left;left;", 1},
        {"the same, unchanged", "xx ", "xx ", "",  "",   "repeat;repeat;", 0},
    };
    // clang-format on
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct estate e;
        struct follow_up f;
        struct statistics s;
        estate_init(&e, 2025);
        const struct authority *authority = estate_authority(&e, "A", "M");
        static const char *const ids[] = {"A", "B", "C"};
        struct unit *units[3];
        for (size_t u = 0; u < 3; u++) {
            units[u] = estate_unit(&e, ids[u], ids[u], authority);
            for (const char *old = rows[i].old; rows[i].new[0] == ids[u][0] && *old; old++)
                estate_predecessor(&e, units[u], ids[*old - 'A']);
        }
        for (size_t u = 0; u < 3; u++) {
            if (rows[i].before[u] != ' ')
                followed_add_year(&e, 1, units[u], rows[i].before[u]);
            if (rows[i].now[u] != ' ')
                followed_add_year(&e, 0, units[u], rows[i].now[u]);
        }
        followed_run(&e, 2, &f);
        char got[256] = "";
        for (size_t k = 0; k < f.finding_count; k++) {
            strcat(got, finding_state_name(f.findings[k].state));
            strcat(got, ";");
        }
        assert_int_equal(statistics_of(&e.years[0], &e.years[1], &e.arena, &s), ERR_OK);
        if (strcmp(got, rows[i].states) || s.lineage_change_count != rows[i].changes)
            fail_msg("%s: %s %zu", rows[i].name, got, s.lineage_change_count);
        estate_free(&e);
    }
}

/* Pages found again: by key; an entry page by any entry page where its host is gone. */
static void test_pages(void **state)
{
    (void)state;
    static struct unit_verdict units[2];
    // clang-format off
    static const struct {
        struct judged_page before, now[2];
        bool again;
    } rows[] = {
        {{1, 1, 0, false, true}, {{1, 1, 0, false, true}},                         true },
        {{1, 1, 0, false, true}, {{1, 1, 0, false, false}},                        false}, /* no usable capture */
        {{1, 1, 0, false, true}, {{1, 1, 1, false, true}},                         false}, /* of another unit */
        {{1, 1, 0, false, true}, {{2, 2, 0, true, true}},                          false}, /* no entry page before */
        {{1, 1, 0, true, true},  {{2, 2, 0, true, true}},                          true },
        {{1, 1, 0, true, true},  {{2, 2, 0, false, true}},                         false},
        {{1, 1, 0, true, true},  {{2, 1, 0, true, true}},                          false}, /* the host is still there */
        {{1, 1, 0, true, true},  {{2, 2, 0, true, true}, {3, 1, 0, false, true}},  false},
        {{1, 1, 0, true, true},  {{2, 2, 1, true, true}},                          false},
    };
    // clang-format on
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena;
        struct history_pages pages;
        struct judged_page now[2];
        memcpy(now, rows[i].now, sizeof now);
        arena_init(&arena, 1u << 20);
        struct judgement j = {.units = units, .unit_count = 2, .pages = now, .page_count = 2};
        assert_int_equal(history_pages_of(&j, &arena, &pages), ERR_OK);
        if (history_pages_again(&pages, &units[0], &rows[i].before) != rows[i].again)
            fail_msg("row %zu", i);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_states),  cmocka_unit_test(test_page_keys), cmocka_unit_test(test_histories),
        cmocka_unit_test(test_lineage), cmocka_unit_test(test_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
