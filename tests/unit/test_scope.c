// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "5_judge/scope.h"
#include "unit/registers_of.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct row {
    const char *name;
    struct unit unit;
    enum truth links;
    enum scope scope;
    const char *code, *codes;
};

// clang-format off
#define SELF(audience_, interaction_, provision_, primary_)                                                                             \
    {.type = UNIT_SELF_SERVICE, .audience = AUDIENCE_##audience_, .interaction = TRUTH_##interaction_,                                  \
     .provision = PROVISION_##provision_, .primary = PRIMARY_##primary_, .national = TRUTH_UNKNOWN, .valid_from = 0, .valid_to = 100}
#define PORTAL(audience_, national_, provision_)                                                                                        \
    {.type = UNIT_PORTAL, .audience = AUDIENCE_##audience_, .interaction = TRUTH_UNKNOWN, .provision = PROVISION_##provision_,          \
     .primary = PRIMARY_UNKNOWN, .national = TRUTH_##national_, .valid_from = 0, .valid_to = 100}

static const struct row rows[] = {
    /* the table of 5.1, row by row; the day is 50 */
    {"1 self-service not live", {.type = UNIT_SELF_SERVICE, .audience = AUDIENCE_CITIZENS, .interaction = TRUTH_TRUE, .provision = PROVISION_STATE,
      .primary = PRIMARY_STATUTORY, .valid_from = 0, .valid_to = 49},      TRUTH_UNKNOWN, SCOPE_OUT, "S-NOTLIVE", "S-NOTLIVE"},
    {"1 not live yet", {.type = UNIT_PORTAL, .audience = AUDIENCE_CITIZENS, .national = TRUTH_TRUE, .valid_from = 51, .valid_to = 100},
                                                                           TRUTH_TRUE,    SCOPE_OUT, "S-NOTLIVE", "S-NOTLIVE"},
    {"2 businesses", SELF(BUSINESSES, TRUE, STATE, STATUTORY),             TRUTH_UNKNOWN, SCOPE_OUT, "S-BUSINESS", "S-BUSINESS"},
    {"2 portal for businesses", PORTAL(BUSINESSES, TRUE, STATE),           TRUTH_TRUE,    SCOPE_OUT, "S-BUSINESS", "S-BUSINESS"},
    {"3 information only", SELF(CITIZENS, FALSE, STATE, STATUTORY),        TRUTH_UNKNOWN, SCOPE_OUT, "S-INFO", "S-INFO"},
    {"4 municipal", SELF(BOTH, TRUE, MUNICIPAL_ONLY, STATUTORY),           TRUTH_UNKNOWN, SCOPE_OUT, "S-LOCAL", "S-LOCAL"},
    {"4 regional", SELF(CITIZENS, TRUE, REGIONAL_ONLY, ASSESSED),          TRUTH_UNKNOWN, SCOPE_OUT, "S-LOCAL", "S-LOCAL"},
    {"5 private", SELF(CITIZENS, TRUE, PRIVATE_ONLY, STATUTORY),           TRUTH_UNKNOWN, SCOPE_OUT, "S-PRIVATE", "S-PRIVATE"},
    {"6 not primary", SELF(CITIZENS, TRUE, SHARED, NOT),                   TRUTH_UNKNOWN, SCOPE_OUT, "S-NOTPRIMARY", "S-NOTPRIMARY"},
    {"7 state", SELF(CITIZENS, TRUE, STATE, STATUTORY),                    TRUTH_UNKNOWN, SCOPE_IN,  "S-STATE", "S-STATE"},
    {"7 assessed, both audiences", SELF(BOTH, TRUE, STATE, ASSESSED),      TRUTH_UNKNOWN, SCOPE_IN,  "S-STATE", "S-STATE"},
    {"8 shared", SELF(CITIZENS, TRUE, SHARED, STATUTORY),                  TRUTH_UNKNOWN, SCOPE_IN,  "S-SHARED", "S-SHARED"},
    {"9 outsourced", SELF(CITIZENS, TRUE, OUTSOURCED, ASSESSED),           TRUTH_UNKNOWN, SCOPE_IN,  "S-OUTSOURCED", "S-OUTSOURCED"},
    {"10 portal", PORTAL(CITIZENS, TRUE, PRIVATE_ONLY),                    TRUTH_TRUE,    SCOPE_IN,  "S-PORTAL", "S-PORTAL"},
    {"11 portal without state", PORTAL(BOTH, TRUE, STATE),                 TRUTH_FALSE,   SCOPE_OUT, "S-PORTAL-NOSTATE", "S-PORTAL-NOSTATE"},
    {"12 unknown primary", SELF(CITIZENS, TRUE, STATE, UNKNOWN),           TRUTH_UNKNOWN, SCOPE_UNDETERMINED, "S-UNKNOWN", "S-UNKNOWN:primary"},
    {"12 all unknown", SELF(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),           TRUTH_UNKNOWN, SCOPE_UNDETERMINED, "S-UNKNOWN", "S-UNKNOWN:citizens,interaction,state_part,primary"},
    {"12 portal", PORTAL(CITIZENS, UNKNOWN, STATE),                        TRUTH_UNKNOWN, SCOPE_UNDETERMINED, "S-UNKNOWN", "S-UNKNOWN:national,links_state"},
    {"portal not national", PORTAL(CITIZENS, FALSE, STATE),                TRUTH_TRUE,    SCOPE_OUT, "S-PORTAL-NOTNATIONAL", "S-PORTAL-NOTNATIONAL"},
    /* scenario 6: all false atoms; 7: false beats unknown */
    {"businesses and information", SELF(BUSINESSES, FALSE, STATE, STATUTORY), TRUTH_UNKNOWN, SCOPE_OUT, "S-BUSINESS", "S-BUSINESS;S-INFO"},
    {"everything wrong", {.type = UNIT_SELF_SERVICE, .audience = AUDIENCE_BUSINESSES, .interaction = TRUTH_FALSE, .provision = PROVISION_PRIVATE_ONLY,
      .primary = PRIMARY_NOT, .valid_from = 60, .valid_to = 70},           TRUTH_UNKNOWN, SCOPE_OUT, "S-NOTLIVE", "S-NOTLIVE;S-BUSINESS;S-INFO;S-PRIVATE;S-NOTPRIMARY"},
    {"unknown primary, businesses", SELF(BUSINESSES, TRUE, STATE, UNKNOWN), TRUTH_UNKNOWN, SCOPE_OUT, "S-BUSINESS", "S-BUSINESS"},
    {"portal wrong twice", PORTAL(BUSINESSES, FALSE, STATE),               TRUTH_FALSE,   SCOPE_OUT, "S-BUSINESS", "S-BUSINESS;S-PORTAL-NOSTATE;S-PORTAL-NOTNATIONAL"},
    /* irrelevant for the type */
    {"portal without interaction", PORTAL(CITIZENS, TRUE, MUNICIPAL_ONLY), TRUTH_TRUE,    SCOPE_IN,  "S-PORTAL", "S-PORTAL"},
};
// clang-format on

static void check_row(const struct row *row, const struct policy *policy)
{
    struct arena arena;
    struct scope_result result;
    arena_init(&arena, 1u << 20);
    struct scope_facts facts = scope_facts_of(&row->unit, policy, 50, row->links);
    assert_int_equal(scope_of(&facts, &arena, &result), ERR_OK);
    if (result.scope != row->scope || strcmp(result.code, row->code) ||
        !span_equal(result.codes, span_of_string(row->codes)))
        fail_msg("%s: %d %s %.*s", row->name, result.scope, result.code, SPAN_ARG(result.codes));
    assert_true(result.reason_da[0]);
    arena_free(&arena);
}

static void test_rows(void **state)
{
    (void)state;
    struct policy policy = {0};
    for (size_t i = 0; i < COUNT(rows); i++)
        check_row(&rows[i], &policy);
}

static void test_portal_state_required(void **state)
{
    (void)state;
    struct policy policy = {.portal_state_required = true};
    // clang-format off
    static const struct row strict[] = {
        {"state", PORTAL(CITIZENS, TRUE, STATE), TRUTH_TRUE, SCOPE_IN, "S-PORTAL", "S-PORTAL"},
        {"private", PORTAL(CITIZENS, TRUE, PRIVATE_ONLY), TRUTH_TRUE, SCOPE_OUT, "S-PRIVATE", "S-PRIVATE"},
        {"municipal", PORTAL(CITIZENS, TRUE, MUNICIPAL_ONLY), TRUTH_TRUE, SCOPE_OUT, "S-LOCAL", "S-LOCAL"},
        {"unknown", PORTAL(CITIZENS, TRUE, UNKNOWN), TRUTH_TRUE, SCOPE_UNDETERMINED, "S-UNKNOWN", "S-UNKNOWN:state_part"},
    };
    // clang-format on
    for (size_t i = 0; i < COUNT(strict); i++)
        check_row(&strict[i], &policy);
}

/* Every combination of atoms against Kleene's and, written the long way. */
static void test_formula(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 64u << 20);
    for (unsigned n = 0; n < 2187u * 4; n++) {
        struct scope_facts facts = {
            .type = n % 2, .portal_state_required = n / 2 % 2, .provision = PROVISION_UNKNOWN};
        static const enum provision provisions[] = {PROVISION_MUNICIPAL_ONLY, PROVISION_UNKNOWN,
                                                    PROVISION_STATE};
        bool any_false = false, any_unknown = false;
        unsigned rest = n / 4;
        for (int atom = 0; atom < ATOM_COUNT; atom++, rest /= 3) {
            facts.atoms[atom] = rest % 3;
            if (atom == ATOM_STATE_PART)
                facts.provision = provisions[rest % 3];
            bool counts = facts.type == UNIT_SELF_SERVICE
                              ? atom <= ATOM_PRIMARY
                              : atom <= ATOM_CITIZENS || atom >= ATOM_NATIONAL ||
                                    (atom == ATOM_STATE_PART && facts.portal_state_required);
            any_false |= counts && facts.atoms[atom] == TRUTH_FALSE;
            any_unknown |= counts && facts.atoms[atom] == TRUTH_UNKNOWN;
        }
        struct scope_result result;
        assert_int_equal(scope_of(&facts, &arena, &result), ERR_OK);
        assert_int_equal(result.scope, any_false ? SCOPE_OUT : any_unknown ? SCOPE_UNDETERMINED : SCOPE_IN);
    }
    arena_free(&arena);
}

#define HEAD                                                                                                 \
    "unit_id,name_da,unit_type,authority_id,url_scope,audience,interaction,provision,primary_channel,"       \
    "national"

/* Scenarios 1-9 through the registers, and what must not influence the result. */
static void test_registers(void **state)
{
    (void)state;
    static const struct {
        const char *id, *codes;
    } expected[] = {
        {"p1", "S-PORTAL"             },
        {"p2", "S-PORTAL-NOSTATE"     },
        {"p3", "S-UNKNOWN:links_state"},
        {"p4", "S-UNKNOWN:links_state"},
        {"p5", "S-PORTAL-NOSTATE"     },
        {"s1", "S-STATE"              },
        {"s2", "S-STATE"              },
        {"s3", "S-OUTSOURCED"         },
        {"s4", "S-SHARED"             },
        {"s5", "S-LOCAL"              },
        {"s6", "S-BUSINESS;S-INFO"    },
        {"s7", "S-BUSINESS"           },
        {"s8", "S-UNKNOWN:primary"    },
    };
    const char *units = HEAD ",exemptions_exist,login,channel\n"
                             "s1,n,self_service,A,s1.dk,citizens,yes,state,statutory,,no,none,web\n"
                             "s2,n,self_service,A,s2.dk,citizens,yes,state,statutory,no,yes,MitID,app\n"
                             "s3,n,self_service,A,s3.dk,citizens,yes,outsourced_by_state,statutory,,,,\n"
                             "s4,n,self_service,A,s4.dk,both,yes,shared,assessed_primary,,,,\n"
                             "s5,n,self_service,A,s5.dk,citizens,yes,municipal_only,statutory,,,,\n"
                             "s6,n,self_service,A,s6.dk,businesses,no,state,statutory,,,,\n"
                             "s7,n,self_service,A,s7.dk,businesses,yes,state,,,,,\n"
                             "s8,n,self_service,A,s8.dk,citizens,yes,state,unknown,,,,\n"
                             "p1,n,portal,A,p1.dk,citizens,,,,yes,,,\n"
                             "p2,n,portal,A,p2.dk,citizens,,,,yes,,,\n"
                             "p3,n,portal,A,p3.dk,citizens,,,,yes,,,\n"
                             "p4,n,portal,A,p4.dk,citizens,,,,yes,,,\n"
                             "p5,n,portal,A,p5.dk,citizens,,,,yes,,,\n";
    const char *links = "portal_id,target_id,valid_from,valid_to\n"
                        "p1,s5,,\np1,s1,,\n"
                        "p2,s5,,\np2,s6,,\np2,p1,,\n" /* a portal is no solution */
                        "p3,s8,,\np3,s5,,\n"
                        "p5,s1,,2025-12-31\n"; /* ended */
    struct registers_of of;
    registers_of(&of, 2026,
                 (struct registers_text[]){
                     {"authorities.csv",  "authority_id,name_da\nA,n\n"},
                     {"units.csv",        units                        },
                     {"portal_links.csv", links                        },
                     {NULL,               NULL                         }
    });
    struct scope_result results[COUNT(expected)];
    assert_int_equal(of.registers.unit_count, COUNT(expected));
    assert_int_equal(
        scope_of_all(&of.registers, of.registers.policy.years[0].reference_date, &of.arena, results), ERR_OK);
    for (size_t i = 0; i < COUNT(expected); i++)
        if (!span_equal(of.registers.units[i].id, span_of_string(expected[i].id)) ||
            !span_equal(results[i].codes, span_of_string(expected[i].codes)))
            fail_msg("%.*s: %.*s", SPAN_ARG(of.registers.units[i].id), SPAN_ARG(results[i].codes));
    registers_of_free(&of);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_portal_state_required),
        cmocka_unit_test(test_formula),
        cmocka_unit_test(test_registers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
