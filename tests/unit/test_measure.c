// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "5_judge/measurement.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct policy standard = {.min_entry_pages = 1,
                                       .min_pages = 10,
                                       .min_flow_pages = 1,
                                       .max_failed_share = 0.2,
                                       .min_coverage = 0.9,
                                       .scripts_required = true};

static void test_classes(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint32_t entries, pages, known, flows, visits, failed;
        bool is_app, has_flow, scripts;
        double coverage;
        enum measurement class;
        const char *failed_criteria;
    } rows[] = {
        {"everything",                    1, 10, 0,    1, 12, 2,  false, true,  true,  0.95, MEASUREMENT_ADEQUATE, ""                   },
        {"no entry",                      0, 10, 0,    0, 10, 0,  false, false, true,  0.95, MEASUREMENT_NONE,     "entry"              },
        {"nothing",                       0, 0,  0,    0, 0,  0,  false, false, false, NAN,  MEASUREMENT_NONE,     "entry;pages;scripts"},
        {"app, never captured",           0, 0,  0,    0, 0,  0,  true,  false, false, NAN,  MEASUREMENT_NONE,
         "entry;pages;scripts;app"                                                                                                      },
        {"app, captured",                 1, 10, 0,    0, 10, 0,  true,  false, true,  NAN,  MEASUREMENT_ADEQUATE, ""                   },
        {"three pages, number not known", 1, 3,  0,    0, 3,  0,  false, false, true,  NAN,  MEASUREMENT_LIMITED,
         "pages"                                                                                                                        },
        {"three pages of three",          1, 3,  3,    0, 3,  0,  false, false, true,  NAN,  MEASUREMENT_ADEQUATE, ""                   },
        {"three pages of four",           1, 3,  4,    0, 3,  0,  false, false, true,  NAN,  MEASUREMENT_LIMITED,  "pages"              },
        {"ten pages of thousand",         1, 10, 1000, 0, 10, 0,  false, false, true,  1,    MEASUREMENT_ADEQUATE, ""                   },
        {"no flow page",                  1, 10, 0,    0, 10, 0,  false, true,  true,  1,    MEASUREMENT_LIMITED,  "flow"               },
        {"a fifth failed",                1, 10, 0,    0, 10, 2,  false, false, true,  1,    MEASUREMENT_ADEQUATE, ""                   },
        {"more failed",                   1, 10, 0,    0, 14, 3,  false, false, true,  1,    MEASUREMENT_LIMITED,  "failed_share"       },
        {"all blocked",                   0, 0,  0,    0, 20, 20, false, false, false, NAN,  MEASUREMENT_NONE,
         "entry;pages;failed_share;scripts"                                                                                             },
        {"coverage at the limit",         1, 10, 0,    0, 10, 0,  false, false, true,  0.9,  MEASUREMENT_ADEQUATE, ""                   },
        {"coverage below",                1, 10, 0,    0, 10, 0,  false, false, true,  0.89, MEASUREMENT_LIMITED,  "coverage"           },
        {"static only",                   1, 10, 0,    0, 10, 0,  false, false, false, 1,    MEASUREMENT_LIMITED,  "scripts"            },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena;
        arena_init(&arena, 1u << 20);
        struct measurement_facts facts = {rows[i].entries, rows[i].is_app, rows[i].has_flow};
        struct measurement_result result = {.page_count = rows[i].pages,
                                            .known_page_count = rows[i].known,
                                            .flow_page_count = rows[i].flows,
                                            .visit_count = rows[i].visits,
                                            .failed_count = rows[i].failed,
                                            .coverage = rows[i].coverage,
                                            .script_executing = rows[i].scripts};
        assert_int_equal(measurement_classify(&facts, &standard, &arena, &result), ERR_OK);
        if (result.class != rows[i].class || result.entry_ok != (rows[i].entries > 0) ||
            !span_equal(result.failed_criteria, span_of_string(rows[i].failed_criteria)))
            fail_msg("%s: %s '%.*s'", rows[i].name, measurement_name(result.class),
                     SPAN_ARG(result.failed_criteria));
        arena_free(&arena);
    }
}

static bool is_near(double a, double b)
{
    return isnan(a) ? isnan(b) : fabs(a - b) < 1e-12;
}

/* Worked by hand from the formulas of 6.5 (3). */
static void test_coverage(void **state)
{
    (void)state;
    static const struct {
        uint32_t pages, counts[6];
        double coverage, unseen_min;
    } rows[] = {
        {10, {0},                 NAN,                        NAN              },
        {0,  {1},                 NAN,                        NAN              },
        {1,  {1, 1},              1,                          0                }, /* T-1 = 0: one page tells nothing of others */
        {3,  {3, 3, 2},           1,                          0                }, /* nothing seen once, T = 3: no 0/0 */
        {10, {5, 1},              1,                          0                }, /* one single, no double: (Q1-1) = 0 */
        {10, {5, 1, 1},           1 - 2.0 / 7 * (9.0 / 11),   0.9              }, /* Q1 = 2, Q2 = 0, U = 7 */
        {10, {2, 1, 1},           1 - 2.0 / 4 * (18.0 / 20),  0.9 * 4 / 2      }, /* Q1 = 2, Q2 = 1, U = 4 */
        {20, {1, 1, 1, 2, 2, 10}, 1 - 3.0 / 17 * (57.0 / 61), 19.0 / 20 * 9 / 4},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct measurement_coverage c =
            measurement_coverage_of(rows[i].pages, rows[i].counts, COUNT(rows[i].counts));
        if (!is_near(c.coverage, rows[i].coverage) || !is_near(c.unseen_min, rows[i].unseen_min))
            fail_msg("row %zu: %.15f %.15f", i, c.coverage, c.unseen_min);
    }
}

/* "No cookies" is an observation only where every page was captured by something that shows them. */
static void test_knowledge(void **state)
{
    (void)state;
    static const struct {
        uint32_t pages, shown;
        bool seen;
        enum knowledge expected;
    } rows[] = {
        {0,  0,  false, KNOWLEDGE_UNKNOWABLE},
        {0,  0,  true,  KNOWLEDGE_SEEN      },
        {10, 0,  false, KNOWLEDGE_UNKNOWABLE},
        {10, 9,  false, KNOWLEDGE_UNKNOWABLE},
        {10, 10, false, KNOWLEDGE_NOT_SEEN  },
        {10, 10, true,  KNOWLEDGE_SEEN      },
        {10, 0,  true,  KNOWLEDGE_SEEN      },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct measurement_result result = {.page_count = rows[i].pages,
                                            .seen = rows[i].seen ? 1u << CAPABILITY_SET_COOKIE : 0};
        result.shown_page_counts[CAPABILITY_SET_COOKIE] = rows[i].shown;
        if (measurement_knowledge(&result, CAPABILITY_SET_COOKIE) != rows[i].expected)
            fail_msg("row %zu", i);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_classes), cmocka_unit_test(test_knowledge), cmocka_unit_test(test_coverage)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
