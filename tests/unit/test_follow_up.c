// SPDX-License-Identifier: MIT
#include "6_statistics/follow_up.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "followed.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Every row of the ladder; whatever the facts, some row fits. */
static void test_levels(void **state)
{
    (void)state;
    enum {
        P = FOLLOW_PORTAL,
        U = FOLLOW_UNRESOLVED,
        B = FOLLOW_BREACH,
        R = FOLLOW_REPEAT,
        L = FOLLOW_LONG,
        N = FOLLOW_UNANSWERED,
        S = FOLLOW_SEVERAL
    };
    // clang-format off
    static const struct {
        unsigned facts, level;
        const char *reason;
    } rows[] = {
        {0,                 0, ""             },
        {P,                 0, ""             },
        {U,                 1, "unresolved"   },
        {P | U,             1, "portal"       },
        {P | U | N,         1, "portal"       },
        {P | B,             1, "portal"       },
        {P | B | R | L | N, 1, "portal"       },
        {B,                 2, "new_breach"   },
        {B | U,             2, "new_breach"   },
        {B | R,             3, "repeat"       },
        {B | R | N,         3, "repeat"       },
        {B | N,             3, "unanswered"   },
        {U | N,             3, "unanswered"   },
        {B | R | L,         4, "long_repeat"  },
        {B | R | L | S,     4, "long_repeat"  },
        {B | R | S,         4, "several_units"},
        {B | N | S,         4, "several_units"},
        {U | N | S,         4, "several_units"},
    };
    // clang-format on
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct follow_level *got = follow_level_of(rows[i].facts);
        if (got->level != rows[i].level || strcmp(got->reason, rows[i].reason))
            fail_msg("row %zu: %u %s", i, got->level, got->reason);
    }
    for (unsigned facts = 0; facts < 2 * FOLLOW_SEVERAL; facts++) {
        bool possible = (facts & (U | B) || !(facts & N)) && (facts & B || !(facts & R)) &&
                        (facts & R || !(facts & L)) && (facts & (R | N) || !(facts & S));
        if (possible && !(facts & P && facts & S))
            assert_non_null(follow_level_of(facts));
    }
}

static date_days day_of(const char *text)
{
    date_days day;
    return *text && register_date_parse(span_of_string(text), &day) ? day : DATE_OPEN_FROM;
}

/* A breach in both years: what cases, an answer and a decision make of it. The report is of 31 December 2025. */
// clang-format off
static const struct {
    const char *name;
    struct {
        const char *sent_on, *deadline, *answered_on;
        enum case_outcome outcome;
    } cases[2];
    enum answer_kind answer;
    const char *answered_on;
    unsigned decided; /* year */
    enum finding_state want;
    unsigned level;
    const char *asked;
    uint32_t sent, answered;
} case_rows[] = {
    {"nothing", {{0}}, ANSWER_NONE, "", 0, FINDING_STATE_REPEAT, 3, "", 0, 0},
    {"awaited", {{"2025-12-01", "2026-01-15", "", OUTCOME_NONE}}, ANSWER_NONE, "", 0, FINDING_STATE_REPEAT, 3, "0 0", 1, 0},
    {"deadline passed", {{"2025-10-01", "2025-11-01", "", OUTCOME_NONE}}, ANSWER_NONE, "", 0, FINDING_STATE_REPEAT, 3, "0 1", 1, 0},
    {"answered", {{"2025-10-01", "2025-11-01", "2025-10-11", OUTCOME_NONE}}, ANSWER_NONE, "", 0, FINDING_STATE_REPEAT, 3, "1 0", 1, 1},
    {"answered in a file", {{"2025-10-01", "2025-11-01", "", OUTCOME_NONE}}, ANSWER_REMOVED, "2025-10-11", 0, FINDING_STATE_REPEAT, 3, "1 0", 1, 1},
    {"answered later than the report", {{"2025-10-01", "2025-11-01", "2026-02-01", OUTCOME_NONE}}, ANSWER_NONE, "", 0, FINDING_STATE_REPEAT, 3, "0 1", 1, 0},
    {"sent later than the report", {{"2026-01-10", "2026-02-01", "", OUTCOME_DISPUTED}}, ANSWER_NONE, "", 0, FINDING_STATE_REPEAT, 3, "", 0, 0},
    {"disputed", {{"2025-10-01", "2025-11-01", "2025-10-11", OUTCOME_DISPUTED}}, ANSWER_NONE, "", 0, FINDING_STATE_DISPUTED, 1, "1 0", 1, 1},
    {"disputed in a file", {{0}}, ANSWER_DISPUTE, "2025-10-11", 0, FINDING_STATE_DISPUTED, 1, "", 0, 0},
    {"decided", {{0}}, ANSWER_DISPUTE, "2025-10-11", 2025, FINDING_STATE_REPEAT, 3, "", 0, 0},
    {"decided before", {{0}}, ANSWER_DISPUTE, "2025-10-11", 2024, FINDING_STATE_DISPUTED, 1, "", 0, 0},
    {"closed", {{"2025-10-01", "2025-11-01", "2025-10-11", OUTCOME_CLOSED}}, ANSWER_DISPUTE, "2025-10-11", 0, FINDING_STATE_REPEAT, 3, "1 0", 1, 1},
    {"the last one counts", {{"2025-06-01", "2025-07-01", "", OUTCOME_DISPUTED}, {"2025-10-01", "2025-11-01", "2025-10-11", OUTCOME_CLOSED}},
     ANSWER_NONE, "", 0, FINDING_STATE_REPEAT, 3, "1 0", 2, 1},
};
// clang-format on

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(case_rows); i++) {
        struct estate e;
        struct follow_up f;
        estate_init(&e, 2025);
        const struct unit *unit = estate_unit(&e, "U", "U", estate_authority(&e, "A", "M"));
        followed_add_year(&e, 1, unit, 'x');
        followed_add_year(&e, 0, unit, 'x');
        struct case_entry cases[2];
        struct answer answer = {.finding_id = SPAN("2025-u-acme-tal"),
                                .kind = case_rows[i].answer,
                                .file = SPAN("answers/A.csv")};
        struct decision decision = {
            .unit_id = SPAN("U"), .entity = SPAN("Acme"), .year = case_rows[i].decided};
        answer.basis.declared_on = day_of(case_rows[i].answered_on);
        for (size_t k = 0; k < 2 && case_rows[i].cases[k].sent_on; k++)
            cases[e.registers.case_count++] =
                (struct case_entry){.finding_id = SPAN("2025-u-acme-tal"),
                                    .sent_on = day_of(case_rows[i].cases[k].sent_on),
                                    .deadline = day_of(case_rows[i].cases[k].deadline),
                                    .answered_on = day_of(case_rows[i].cases[k].answered_on),
                                    .outcome = case_rows[i].cases[k].outcome};
        e.registers.cases = cases;
        e.registers.answers = &answer;
        e.registers.answer_count = case_rows[i].answer != ANSWER_NONE;
        e.registers.decisions = &decision;
        e.registers.decision_count = case_rows[i].decided > 0;
        followed_run(&e, 2, &f);
        const struct follow_asked *asked = &f.units[0].asked;
        char got[8] = "";
        if (asked->was_sent)
            snprintf(got, sizeof got, "%d %d", asked->is_answered, asked->is_unanswered);
        if (f.findings[0].state != case_rows[i].want || f.units[0].level->level != case_rows[i].level ||
            strcmp(got, case_rows[i].asked) || f.case_count != case_rows[i].sent ||
            f.answered_count != case_rows[i].answered || f.unknown_count)
            fail_msg("%s: %s level %u asked '%s' %u %u", case_rows[i].name,
                     finding_state_name(f.findings[0].state), f.units[0].level->level, got, f.case_count,
                     f.answered_count);
        if (f.answered_count)
            assert_true(f.answer_days_median == 10);
        estate_free(&e);
    }
}

/* Rows that speak of no finding are told for years that are given. */
static void test_unknown(void **state)
{
    (void)state;
    struct estate e;
    struct follow_up f;
    estate_init(&e, 2025);
    const struct unit *unit = estate_unit(&e, "U", "U", estate_authority(&e, "A", "M"));
    followed_add_year(&e, 1, unit, 'x');
    followed_add_year(&e, 0, unit, 'x');
    struct case_entry cases[] = {
        {.finding_id = SPAN("2020-u-other"),    .line = 2},
        {.finding_id = SPAN("2024-u-acme-tal"), .line = 3},
        {.finding_id = SPAN("2025-u-other"),    .line = 4},
    };
    struct answer answer = {
        .finding_id = SPAN("2025-u-acme"), .kind = ANSWER_REMOVED, .file = SPAN("answers/A.csv"), .line = 9};
    e.registers.cases = cases;
    e.registers.case_count = COUNT(cases);
    e.registers.answers = &answer;
    e.registers.answer_count = 1;
    followed_run(&e, 2, &f);
    assert_int_equal(f.unknown_count, 2);
    assert_int_equal(f.unknown[0].line, 4);
    assert_true(span_equal(f.unknown[1].file, SPAN("answers/A.csv")));
    estate_free(&e);
}

/* Several repeats of one authority are raised; a portal is not; a service that holds is not told of the other's breach. */
static void test_units(void **state)
{
    (void)state;
    struct estate e;
    struct follow_up f;
    estate_init(&e, 2025);
    const struct authority *a = estate_authority(&e, "A", "M"), *b = estate_authority(&e, "B", "M");
    static const char *const ids[] = {"U1", "U2", "U3", "U4"};
    struct unit *units[4];
    for (size_t u = 0; u < 4; u++)
        units[u] = estate_unit(&e, ids[u], ids[u], u == 3 ? b : a);
    units[2]->type = UNIT_PORTAL;
    for (unsigned y = 2; y-- > 0;)
        for (size_t u = 0; u < 4; u++)
            followed_add_year(&e, y, units[u], 'x');
    struct pair *other = estate_add_pair(&e, 0, "Acme", "Andet", followed_holds, 0);
    followed_run(&e, 2, &f);
    static const unsigned levels[] = {4, 4, 1, 3};
    for (size_t u = 0; u < 4; u++)
        assert_int_equal(f.units[u].level->level, levels[u]);
    assert_int_equal(f.units[0].state, FINDING_STATE_REPEAT);
    assert_int_equal(f.units[0].years_non_compliant, 2);
    size_t number = (size_t)(other - e.years[0].pairs);
    assert_int_equal(follow_up_state(&f, number), FINDING_STATE_NONE);
    assert_int_equal(follow_up_state(&f, number - 1), FINDING_STATE_REPEAT);
    estate_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
