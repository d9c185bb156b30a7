// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "5_judge/pair.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define SEEN     (PAIR_JUDGED | PAIR_OBSERVED | PAIR_STRONG | PAIR_IDENTIFIED | PAIR_SILENCE_COUNTS)
#define COVERED  (SEEN | PAIR_DECLARED | PAIR_COVERED | PAIR_COVERED_LATE)

static void test_rows(void **state)
{
    (void)state;
    static const struct {
        unsigned facts;
        const char *code;
        enum verdict verdict;
    } rows[] = {
  /* 1 */ {PAIR_DECIDED | SEEN | PAIR_UNNAMED,                                  "V-MANUAL",     VERDICT_UNRESOLVED     },
 /* 2 */
        {PAIR_OBSERVED | PAIR_STRONG | PAIR_UNNAMED | PAIR_DEADLINE_PASSED,   "V-NA",         VERDICT_NOT_THIRD_PARTY},
 /* 3 */
        {PAIR_JUDGED | PAIR_DECLARED | PAIR_IDENTIFIED,                       "V-DECLARED",   VERDICT_DECLARED_ONLY  },
 /* 4 */
        {(SEEN & ~PAIR_STRONG) | PAIR_UNNAMED | PAIR_DEADLINE_PASSED,         "V-WEAK",       VERDICT_UNRESOLVED     },
        {(SEEN & ~PAIR_STRONG) | PAIR_DECLARED | PAIR_FAILING,                "V-WEAK",       VERDICT_UNRESOLVED     },
        {(COVERED & ~PAIR_STRONG) | PAIR_BY_AGREEMENT,                        "V-OK-G",
           VERDICT_COMPLIANT                                                                                           }, /* weak, but a basis holds */
  /* 5 */
        {COVERED | PAIR_BY_AGREEMENT,                                         "V-OK-G",       VERDICT_COMPLIANT      },
        {COVERED | PAIR_BY_OPT_OUT,                                           "V-OK-O",       VERDICT_COMPLIANT      },
        {COVERED | PAIR_BY_NECESSITY,                                         "V-OK-N",       VERDICT_COMPLIANT      },
        {COVERED | PAIR_BY_AGREEMENT | PAIR_BY_OPT_OUT | PAIR_BY_NECESSITY,   "V-OK-G",       VERDICT_COMPLIANT      },
        {COVERED | PAIR_BY_OPT_OUT | PAIR_BY_NECESSITY,                       "V-OK-O",       VERDICT_COMPLIANT      },
 /* 6 */
        {(COVERED & ~PAIR_COVERED) | PAIR_BY_AGREEMENT,                       "V-OK-LATE",    VERDICT_COMPLIANT      },
 /* 7 */
        {(SEEN & ~PAIR_IDENTIFIED) | PAIR_UNNAMED,                            "V-UNKNOWN",    VERDICT_UNRESOLVED     },
        {(SEEN & ~PAIR_IDENTIFIED) | PAIR_UNNAMED | PAIR_DEADLINE_PASSED,     "V-NOBASIS",    VERDICT_NON_COMPLIANT  },
        {(SEEN & ~PAIR_IDENTIFIED) | PAIR_DECLARED | PAIR_FAILING,            "V-FAIL-BASIS", VERDICT_NON_COMPLIANT  },
 /* 8 */
        {SEEN | PAIR_DECLARED | PAIR_UNPROVEN | PAIR_DEADLINE_PASSED,         "V-UNPROVEN",   VERDICT_UNRESOLVED     },
 /* 9 */
        {SEEN | PAIR_DECLARED | PAIR_FAILING,                                 "V-FAIL-BASIS", VERDICT_NON_COMPLIANT  },
        {SEEN | PAIR_DECLARED | PAIR_FAILING | PAIR_UNPROVEN,                 "V-FAIL-BASIS", VERDICT_NON_COMPLIANT  },
 /* 10 */
        {SEEN | PAIR_UNNAMED,                                                 "V-AWAIT",      VERDICT_UNRESOLVED     },
        {(SEEN & ~PAIR_SILENCE_COUNTS) | PAIR_UNNAMED | PAIR_DEADLINE_PASSED, "V-AWAIT",      VERDICT_UNRESOLVED     },
 /* 11 */
        {SEEN | PAIR_UNNAMED | PAIR_DEADLINE_PASSED,                          "V-NOBASIS",    VERDICT_NON_COMPLIANT  },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct pair_row *row = pair_row_next(rows[i].facts, NULL);
        if (!row || strcmp(row->code, rows[i].code) || row->verdict != rows[i].verdict)
            fail_msg("row %zu: %s", i, row ? row->code : "none");
    }
}

/* 0: fine, 1: open, 2: breach */
static int badness(unsigned facts)
{
    const struct pair_row *row = pair_row_next(facts, NULL);
    assert_non_null(row);
    return row->verdict == VERDICT_NON_COMPLIANT ? 2 : row->verdict == VERDICT_UNRESOLVED;
}

/* Sets of facts that can come about. */
static bool is_possible(unsigned f)
{
    const unsigned open = PAIR_UNPROVEN | PAIR_FAILING | PAIR_UNNAMED;
    const unsigned kinds = PAIR_BY_AGREEMENT | PAIR_BY_OPT_OUT | PAIR_BY_NECESSITY;
    if (!(f & PAIR_OBSERVED))
        return f & PAIR_DECLARED && !(f & (open | kinds | PAIR_COVERED | PAIR_COVERED_LATE | PAIR_STRONG));
    if (f & PAIR_COVERED && !(f & PAIR_COVERED_LATE))
        return false;
    if (!(f & PAIR_COVERED_LATE) == !(f & open))
        return false; /* every observation is covered, or some is not */
    if (f & PAIR_COVERED_LATE && !(f & kinds))
        return false;
    return f & PAIR_DECLARED || !(f & (kinds | PAIR_UNPROVEN | PAIR_FAILING));
}

/* The properties at the end of 5.7, for every set of facts that can come about. */
static void test_properties(void **state)
{
    (void)state;
    const unsigned open = PAIR_UNPROVEN | PAIR_FAILING | PAIR_UNNAMED, all_facts = 1u << 16;
    static const unsigned additions[] = {PAIR_UNPROVEN | PAIR_DECLARED, PAIR_FAILING | PAIR_DECLARED,
                                         PAIR_UNNAMED};
    size_t possible = 0;
    for (unsigned before = 0; before < all_facts; before++) {
        if (!is_possible(before))
            continue;
        possible++;
        /* one more strong observation that nothing covers */
        for (size_t i = 0; i < COUNT(additions); i++) {
            unsigned after =
                (before | PAIR_OBSERVED | PAIR_STRONG | additions[i]) & ~(PAIR_COVERED | PAIR_COVERED_LATE);
            if (badness(after) < badness(before))
                fail_msg("observation: %x -> %x", before, after);
        }
        /* one more basis that holds for every observation */
        if (before & PAIR_OBSERVED) {
            unsigned after =
                (before | PAIR_DECLARED | PAIR_COVERED | PAIR_COVERED_LATE | PAIR_BY_NECESSITY) & ~open;
            if (badness(after) > badness(before))
                fail_msg("basis: %x -> %x", before, after);
        }
    }
    assert_true(possible > 1000);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_properties)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
