// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "5_judge/verdict.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void test_rows(void **state)
{
    (void)state;
    static const struct {
        struct verdict_facts facts; /* scope, measurement, judged, unresolved, non-compliant */
        unsigned row;
        const char *name, *label_da;
    } rows[] = {
        {{SCOPE_OUT, MEASUREMENT_ADEQUATE, 2, 1, 1},          1, "outside",       "Ikke omfattet"   },
        {{SCOPE_UNDETERMINED, MEASUREMENT_ADEQUATE, 2, 1, 1}, 2, "undetermined",  "Omfang uafklaret"},
        {{SCOPE_IN, MEASUREMENT_NONE, 0, 0, 0},               3, "not_measured",  "Ikke målt"      },
        {{SCOPE_IN, MEASUREMENT_NONE, 1, 1, 0},               3, "not_measured",  "Ikke målt"      },
        {{SCOPE_IN, MEASUREMENT_NONE, 1, 0, 1},
         4,                                                      "non_compliant",
         "Efterlever ikke"                                                                          }, /* breach beats coverage */
        {{SCOPE_IN, MEASUREMENT_LIMITED, 2, 1, 1},            4, "non_compliant", "Efterlever ikke" },
        {{SCOPE_IN, MEASUREMENT_ADEQUATE, 1, 1, 0},           5, "unresolved",    "Uafklaret"       },
        {{SCOPE_IN, MEASUREMENT_LIMITED, 1, 1, 0},            5, "unresolved",    "Uafklaret"       },
        {{SCOPE_IN, MEASUREMENT_LIMITED, 1, 0, 0},
         6,                                                      "limited",
         "Ingen overtrædelser fundet – begrænset målegrundlag"                                 },
        {{SCOPE_IN, MEASUREMENT_LIMITED, 0, 0, 0},
         6,                                                      "limited",
         "Ingen overtrædelser fundet – begrænset målegrundlag"                                 },
        {{SCOPE_IN, MEASUREMENT_ADEQUATE, 0, 0, 0},
         7,                                                      "compliant",
         "Efterlever – ingen tredjeparter observeret"                                             },
        {{SCOPE_IN, MEASUREMENT_ADEQUATE, 3, 0, 0},           8, "compliant",     "Efterlever"      },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct unit_row row = unit_row_of(&rows[i].facts);
        if (row.number != rows[i].row || strcmp(verdict_name(row.verdict), rows[i].name) ||
            strcmp(row.verdict_da, rows[i].label_da))
            fail_msg("row %zu: %u %s", i, row.number, verdict_name(row.verdict));
    }
}

/* How bad a verdict on a unit in scope is for it. */
static int badness(const struct verdict_facts *facts)
{
    switch (unit_row_of(facts).verdict) {
    case VERDICT_NON_COMPLIANT:
        return 2;
    case VERDICT_UNRESOLVED:
        return 1;
    default:
        return 0;
    }
}

/* The properties of 5.7, as far as the table of units carries them: test_pair.c has the part of the pairs. */
static void test_properties(void **state)
{
    (void)state;
    for (unsigned n = 0; n < 3 * 3 * 3 * 3; n++) {
        struct verdict_facts facts = {.scope = SCOPE_IN,
                                      .measurement = n % 3,
                                      .unresolved_count = n / 3 % 3,
                                      .non_compliant_count = n / 9 % 3};
        facts.judged_count = facts.unresolved_count + facts.non_compliant_count + n / 27;
        /* one more open pair, one more breach: never better */
        struct verdict_facts open = facts, breach = facts;
        open.judged_count++, open.unresolved_count++;
        breach.judged_count++, breach.non_compliant_count++;
        assert_true(badness(&open) >= badness(&facts));
        assert_int_equal(badness(&breach), 2);
        /* one more compliant pair: never worse */
        struct verdict_facts fine = facts;
        fine.judged_count++;
        assert_true(badness(&fine) <= badness(&facts));
        /* more pages without third parties move the measurement only: no breach, nothing open comes about */
        if (facts.unresolved_count || facts.non_compliant_count)
            continue;
        for (enum measurement m = MEASUREMENT_NONE; m <= MEASUREMENT_ADEQUATE; m++) {
            struct verdict_facts deeper = facts;
            deeper.measurement = m;
            assert_int_equal(badness(&deeper), 0);
        }
    }
}

static void test_names(void **state)
{
    (void)state;
    for (enum verdict verdict = 0; verdict <= VERDICT_UNDETERMINED; verdict++) {
        assert_int_equal(verdict_of_name(span_of_string(verdict_name(verdict))), verdict);
        assert_true(verdict_label_da(verdict)[0]);
    }
    assert_int_equal(verdict_of_name(SPAN("fine")), VERDICT_UNDETERMINED);
    assert_string_equal(verdict_label_da(VERDICT_COMPLIANT), "Efterlever");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_properties),
                                              cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
