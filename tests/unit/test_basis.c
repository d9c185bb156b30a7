// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "5_judge/basis.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define H        BASIS_HOLDS
#define U        BASIS_UNPROVEN
#define F        BASIS_FAILS
#define UNK      TRUTH_UNKNOWN
#define YES      TRUTH_TRUE
#define NO       TRUTH_FALSE

static const struct policy standard = {
    .documents_required = true, .agreement_written = true, .anonymised_counts = true};

static void check(const char *table, size_t row, const struct basis *basis,
                  const struct basis_service *service, const struct policy *policy, enum basis_result result,
                  const char *code)
{
    struct basis_state state = basis_judge(basis, service, policy);
    if (state.result != result || strcmp(state.code, code))
        fail_msg("%s row %zu: %d %s, not %d %s", table, row, state.result, state.code, result, code);
}

static void test_opt_out(void **state)
{
    (void)state;
    static const struct {
        enum truth catalogue, setting, activated;
        enum extent effective;
        enum signal signal;
        enum review review;
        enum basis_result result;
        const char *code;
    } rows[] = {
  /* 1 */ {UNK, NO,  YES, EXTENT_YES,     SIGNAL_NONE,       REVIEW_NONE,     F, "O-NOSETTING"   },
        {NO,  UNK, UNK, EXTENT_UNKNOWN, SIGNAL_NONE,       REVIEW_NONE,     F, "O-NOSETTING"   },
        {NO,  YES, YES, EXTENT_YES,     SIGNAL_NONE,       REVIEW_NONE,     H, "O-OK"          }, /* catalogue or document */
  /* 2 */
        {UNK, YES, NO,  EXTENT_YES,     SIGNAL_NONE,       REVIEW_NONE,     F, "O-NOTACTIVE"   },
        {UNK, UNK, NO,  EXTENT_UNKNOWN, SIGNAL_NONE,       REVIEW_NONE,     F, "O-NOTACTIVE"   },
 /* 3 */
        {UNK, YES, YES, EXTENT_NO,      SIGNAL_NONE,       REVIEW_ACCEPTED, F, "O-INEFFECTIVE" },
        {UNK, UNK, UNK, EXTENT_NO,      SIGNAL_NONE,       REVIEW_NONE,     F, "O-INEFFECTIVE" },
 /* 4 */
        {UNK, YES, YES, EXTENT_YES,     SIGNAL_DECISIVE,   REVIEW_ACCEPTED, F, "O-CONTRADICTED"},
        {YES, UNK, YES, EXTENT_PARTLY,  SIGNAL_DECISIVE,   REVIEW_NONE,     F, "O-CONTRADICTED"},
 /* 5 */
        {UNK, YES, YES, EXTENT_YES,     SIGNAL_INDICATIVE, REVIEW_ACCEPTED, U, "O-DOUBT"       },
 /* 6 */
        {UNK, YES, YES, EXTENT_PARTLY,  SIGNAL_NONE,       REVIEW_NONE,     U, "O-PARTIAL"     },
        {UNK, YES, YES, EXTENT_UNKNOWN, SIGNAL_CONSISTENT, REVIEW_PENDING,  U, "O-PARTIAL"     },
        {UNK, YES, YES, EXTENT_PARTLY,  SIGNAL_NONE,       REVIEW_ACCEPTED, H, "O-PARTIAL"     },
 /* 7 */
        {UNK, YES, YES, EXTENT_YES,     SIGNAL_NONE,       REVIEW_NONE,     H, "O-OK"          },
        {YES, UNK, YES, EXTENT_YES,     SIGNAL_CONSISTENT, REVIEW_NONE,     H, "O-OK"          },
 /* 8 */
        {UNK, UNK, YES, EXTENT_YES,     SIGNAL_NONE,       REVIEW_ACCEPTED, U, "O-UNKNOWN"     },
        {UNK, YES, UNK, EXTENT_YES,     SIGNAL_NONE,       REVIEW_NONE,     U, "O-UNKNOWN"     },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct basis basis = {.type = BASIS_OPT_OUT,
                              .setting_exists = rows[i].setting,
                              .activated = rows[i].activated,
                              .effective = rows[i].effective,
                              .review = rows[i].review,
                              .evidence_ref = SPAN("dok")};
        struct basis_service service = {
            .optout_exists = rows[i].catalogue, .own_use_possible = UNK, .signal = rows[i].signal};
        check("opt_out", i, &basis, &service, &standard, rows[i].result, rows[i].code);
    }
}

static void test_agreement(void **state)
{
    (void)state;
    static const struct {
        enum own_use_clause clause;
        enum truth written, anonymised;
        bool written_needed, anonymised_counts;
        enum basis_result result;
        const char *code;
    } rows[] = {
  /* 1 */ {CLAUSE_ALLOWS,  YES, NO,  true,  true,  F, "G-OWNUSE"   },
        {CLAUSE_ALLOWS,  UNK, UNK, true,  true,  F, "G-OWNUSE"   },
 /* 2 */
        {CLAUSE_BANS,    YES, YES, true,  true,  F, "G-ANON"     },
        {CLAUSE_BANS,    NO,  YES, true,  true,  F, "G-ANON"     },
        {CLAUSE_BANS,    YES, YES, true,  false, H, "G-OK"       }, /* scenario 26, policy off */
  /* 3 */
        {CLAUSE_BANS,    NO,  NO,  true,  true,  U, "G-UNWRITTEN"},
        {CLAUSE_BANS,    UNK, NO,  true,  true,  U, "G-UNWRITTEN"},
        {CLAUSE_BANS,    NO,  NO,  false, true,  H, "G-OK"       }, /* the guidance text has no form requirement */
  /* 4 */
        {CLAUSE_BANS,    YES, NO,  true,  true,  H, "G-OK"       },
        {CLAUSE_BANS,    YES, UNK, true,  false, H, "G-OK"       },
 /* 5 */
        {CLAUSE_UNCLEAR, YES, NO,  true,  true,  U, "G-UNCLEAR"  },
        {CLAUSE_UNCLEAR, NO,  YES, true,  true,  U, "G-UNCLEAR"  },
        {CLAUSE_BANS,    YES, UNK, true,  true,  U, "G-UNCLEAR"  }, /* silent on anonymised data */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct basis basis = {.type = BASIS_AGREEMENT,
                              .own_use_clause = rows[i].clause,
                              .written = rows[i].written,
                              .anonymised_exempt = rows[i].anonymised,
                              .evidence_ref = SPAN("dok")};
        struct basis_service service = {.optout_exists = UNK, .own_use_possible = UNK};
        struct policy policy = standard;
        policy.agreement_written = rows[i].written_needed;
        policy.anonymised_counts = rows[i].anonymised_counts;
        check("agreement", i, &basis, &service, &policy, rows[i].result, rows[i].code);
    }
}

static void test_necessary(void **state)
{
    (void)state;
    static const struct {
        enum truth catalogue, own_use;
        enum purpose purpose;
        enum truth limited;
        enum category category;
        enum review review;
        enum basis_result result;
        const char *code;
    } rows[] = {
  /* 1 */ {UNK, YES, PURPOSE_SECURITY,     YES, CATEGORY_CONSENT,     REVIEW_ACCEPTED, F, "N-OWNUSE"      },
        {YES, NO,  PURPOSE_PRECONDITION, YES, CATEGORY_CONSENT,     REVIEW_ACCEPTED, F,
           "N-OWNUSE"                                                                                     }, /* scenario 27: veto */
        {YES, UNK, PURPOSE_OTHER,        NO,  CATEGORY_UNKNOWN,     REVIEW_NONE,     F, "N-OWNUSE"      },
 /* 2 */
        {UNK, NO,  PURPOSE_OTHER,        YES, CATEGORY_CONSENT,     REVIEW_ACCEPTED, F, "N-NOTNECESSARY"},
        {UNK, UNK, PURPOSE_OTHER,        NO,  CATEGORY_UNKNOWN,     REVIEW_NONE,     F, "N-NOTNECESSARY"},
 /* 3 */
        {UNK, NO,  PURPOSE_SECURITY,     NO,  CATEGORY_CONSENT,     REVIEW_ACCEPTED, F, "N-EXCESS"      },
        {UNK, UNK, PURPOSE_UNKNOWN,      NO,  CATEGORY_UNKNOWN,     REVIEW_NONE,     F, "N-EXCESS"      },
 /* 4 */
        {UNK, UNK, PURPOSE_SECURITY,     YES, CATEGORY_CONSENT,     REVIEW_ACCEPTED, U, "N-UNKNOWN"     },
        {UNK, UNK, PURPOSE_PRECONDITION, UNK, CATEGORY_CONSENT,     REVIEW_NONE,     U, "N-UNKNOWN"     },
 /* 5 */
        {UNK, NO,  PURPOSE_PRECONDITION, YES, CATEGORY_CONSENT,     REVIEW_NONE,     H, "N-OK"          }, /* scenario 28
  */
        {NO,  UNK, PURPOSE_SECURITY,     YES, CATEGORY_UNKNOWN,     REVIEW_PENDING,  H, "N-OK"          },
 /* 6 */
        {UNK, NO,  PURPOSE_PRECONDITION, YES, CATEGORY_ANALYTICS,   REVIEW_NONE,     U, "N-REVIEW"      },
        {UNK, NO,  PURPOSE_SECURITY,     YES, CATEGORY_TAG_MANAGER, REVIEW_PENDING,  U, "N-REVIEW"      },
        {UNK, NO,  PURPOSE_SECURITY,     YES, CATEGORY_AD,          REVIEW_ACCEPTED, H, "N-REVIEW"      },
        {UNK, NO,  PURPOSE_SECURITY,     YES, CATEGORY_SOCIAL,      REVIEW_NONE,     U, "N-REVIEW"      },
        {UNK, NO,  PURPOSE_SECURITY,     YES, CATEGORY_VIDEO,       REVIEW_NONE,     U, "N-REVIEW"      },
        {UNK, NO,  PURPOSE_SECURITY,     YES, CATEGORY_FONT,        REVIEW_NONE,     U, "N-REVIEW"      },
 /* not told */
        {UNK, NO,  PURPOSE_UNKNOWN,      YES, CATEGORY_CONSENT,     REVIEW_NONE,     U, "N-UNKNOWN"     },
        {UNK, NO,  PURPOSE_SECURITY,     UNK, CATEGORY_CONSENT,     REVIEW_NONE,     U, "N-UNKNOWN"     },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct basis basis = {.type = BASIS_NECESSARY,
                              .own_use_possible = rows[i].own_use,
                              .purpose = rows[i].purpose,
                              .limited_use = rows[i].limited,
                              .review = rows[i].review,
                              .evidence_ref = SPAN("dok")};
        struct basis_service service = {
            .category = rows[i].category, .own_use_possible = rows[i].catalogue, .optout_exists = UNK};
        check("necessary", i, &basis, &service, &standard, rows[i].result, rows[i].code);
    }
}

/* The checks before the tables, in their order. */
static void test_general(void **state)
{
    (void)state;
    static const struct {
        const char *reference;
        enum review review;
        bool documents, reviews;
        enum basis_result result;
        const char *code;
    } rows[] = {
        {"dok", REVIEW_REJECTED, true,  true,  F, "B-REJECTED"},
        {"",    REVIEW_REJECTED, false, false, F, "B-REJECTED"},
        {"",    REVIEW_ACCEPTED, true,  true,  U, "B-NODOC"   },
        {"",    REVIEW_NONE,     false, false, H, "G-OK"      },
        {"dok", REVIEW_PENDING,  true,  true,  U, "B-PENDING" },
        {"dok", REVIEW_NONE,     true,  true,  U, "B-PENDING" },
        {"dok", REVIEW_PENDING,  true,  false, H, "G-OK"      },
        {"dok", REVIEW_ACCEPTED, true,  true,  H, "G-OK"      },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct basis basis = {.type = BASIS_AGREEMENT,
                              .own_use_clause = CLAUSE_BANS,
                              .written = YES,
                              .anonymised_exempt = NO,
                              .review = rows[i].review,
                              .evidence_ref = span_of_string(rows[i].reference)};
        struct basis_service service = {.optout_exists = UNK, .own_use_possible = UNK};
        struct policy policy = standard;
        policy.documents_required = rows[i].documents;
        policy.review_required = rows[i].reviews;
        check("general", i, &basis, &service, &policy, rows[i].result, rows[i].code);
    }
}

static void test_time(void **state)
{
    (void)state;
    struct basis basis = {.valid_from = 10, .valid_to = 20};
    assert_int_equal(basis_time_of(&basis, 9), BASIS_BEFORE);
    assert_int_equal(basis_time_of(&basis, 10), BASIS_WITHIN);
    assert_int_equal(basis_time_of(&basis, 20), BASIS_WITHIN);
    assert_int_equal(basis_time_of(&basis, 21), BASIS_AFTER);
    static const struct {
        enum review review;
        uint32_t before, after;
        bool at_end;
        enum basis_result timeless, result;
        const char *code;
    } rows[] = {
        {REVIEW_NONE,     0, 0, true,  H, H, "X"        },
        {REVIEW_NONE,     0, 0, false, H, H, "X"        }, /* covered while used */
        {REVIEW_NONE,     3, 0, true,  H, H, "X"        },
 /* remedied */
        {REVIEW_NONE,     3, 0, false, H, F, "B-NOTYET" },
        {REVIEW_NONE,     0, 1, false, H, F, "B-EXPIRED"},
        {REVIEW_NONE,     1, 1, false, U, F, "B-EXPIRED"},
        {REVIEW_NONE,     1, 0, true,  U, U, "X"        },
        {REVIEW_REJECTED, 0, 1, false, F, F, "X"        },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        basis.review = rows[i].review;
        struct basis_state over = basis_over(&basis, (struct basis_state){rows[i].timeless, "X", {0}},
                                             rows[i].before, rows[i].after, rows[i].at_end);
        if (over.result != rows[i].result || strcmp(over.code, rows[i].code))
            fail_msg("row %zu: %d %s", i, over.result, over.code);
    }
}

static void test_names(void **state)
{
    (void)state;
    static const struct {
        const char *entity, *service, *pattern;
        bool names;
    } rows[] = {
        {"Google",      "",      "",                    true },
        {"google",      "",      "",                    true },
        {"gstatic.com", "",      "",                    true },
        {"Google",      "Fonts", "",                    true },
        {"Google",      "Maps",  "",                    false},
        {"Meta",        "Fonts", "",                    false},
        {"",            "fonts", "",                    true },
        {"",            "Maps",  "",                    false},
        {"",            "",      "fonts.gstatic.com",   true },
        {"",            "",      "*.gstatic.com",       true },
        {"",            "",      "gstatic.com",         false},
        {"",            "",      "fonts.gstatic.com/s", true },
        {"",            "",      "fonts.gstatic.com/x", false},
        {"Google",      "Fonts", "x.com",               false}, /* a pattern decides alone */
        {"Meta",        "",      "fonts.gstatic.com",   true },
    };
    struct basis_subject subject = {SPAN("Google"), SPAN("Fonts"), SPAN("gstatic.com"),
                                    SPAN("fonts.gstatic.com"), SPAN("/s/roboto.woff2")};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct basis basis = {.entity = span_of_string(rows[i].entity),
                              .service = span_of_string(rows[i].service),
                              .pattern = span_of_string(rows[i].pattern)};
        if (basis_names(&basis, &subject) != rows[i].names)
            fail_msg("row %zu", i);
    }
    subject.entity = subject.site; /* unidentified */
    subject.service = SPAN("");
    struct basis by_site = {.entity = SPAN("gstatic.com"), .service = SPAN("Fonts")},
                 by_name = {.service = SPAN("Fonts")};
    assert_true(basis_names(&by_site, &subject));
    assert_false(basis_names(&by_name, &subject));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opt_out), cmocka_unit_test(test_agreement), cmocka_unit_test(test_necessary),
        cmocka_unit_test(test_general), cmocka_unit_test(test_time),      cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
