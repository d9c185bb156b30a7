// SPDX-License-Identifier: MIT
#include "6_statistics/figures.h"
#include "6_statistics/statistics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "estate.h"

static const struct estate_reason holds = {VERDICT_COMPLIANT, "V-OK-G", NULL, "Efterlever – aftale"};
static const struct estate_reason awaits = {VERDICT_UNRESOLVED, "V-AWAIT", NULL,
                                            "Uafklaret – afventer myndigheden"};
static const struct estate_reason breach = {VERDICT_NON_COMPLIANT, "V-NOBASIS", NULL,
                                            "Efterlever ikke – intet grundlag"};
static const struct estate_reason listed = {VERDICT_NOT_THIRD_PARTY, "V-NA", NULL, "Ikke tredjepart"};

/* A row is a year of one unit: its letter, '-' out of scope, '?' undetermined, 'n' not measured, 'l' limited,
 * '0' clean, 'c' compliant, 'u' unresolved, 'x' non-compliant. */
static void add_case(struct estate *e, unsigned y, const struct unit *unit, char kind)
{
    enum scope scope = kind == '-' ? SCOPE_OUT : kind == '?' ? SCOPE_UNDETERMINED : SCOPE_IN;
    enum measurement measured = kind == 'n'   ? MEASUREMENT_NONE
                                : kind == 'l' ? MEASUREMENT_LIMITED
                                              : MEASUREMENT_ADEQUATE;
    estate_add_unit(e, y, unit, scope, measured, 10);
    if (kind == 'c')
        estate_add_pair(e, y, "Acme", "Tal", holds, 4);
    if (kind == 'u')
        estate_add_pair(e, y, "Acme", "Tal", awaits, 4);
    if (kind == 'x')
        estate_add_pair(e, y, "Acme", "Tal", breach, 4);
}

static void add_year(struct estate *e, unsigned y, struct unit *const *units, const char *kinds)
{
    for (size_t u = 0; kinds[u]; u++)
        if (kinds[u] != ' ')
            add_case(e, y, units[u], kinds[u]);
}

static struct unit **make_units(struct estate *e, size_t count)
{
    struct authority *authority = estate_authority(e, "Styrelsen", "Ministeriet");
    struct unit **units = arena_alloc(&e->arena, count * sizeof *units);
    for (size_t u = 0; u < count; u++) {
        const char *id = arena_format(&e->arena, "u%02zu", u).at;
        units[u] = estate_unit(e, id, id, authority);
    }
    return units;
}

static void test_rates(void **state)
{
    (void)state;
    static const struct {
        const char *kinds;
        uint32_t in_scope, assessed, numerator;
        double value, lower, upper;
    } rows[] = {
        {"",         0, 0, 0, NAN, NAN,     NAN    },
        {"-?",       0, 0, 0, NAN, NAN,     NAN    },
        {"n",        1, 0, 0, NAN, 0,       1      },
        {"0",        1, 1, 1, 1,   1,       1      },
        {"x",        1, 1, 0, 0,   0,       0      },
        {"0cux",     4, 4, 2, 0.5, 0.5,     0.75   },
        {"0culxn-?", 6, 5, 2, 0.4, 2.0 / 6, 5.0 / 6},
        {"nnnnx",    5, 1, 0, 0,   0,       0.8    },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct estate e;
        struct statistics s;
        estate_init(&e, 2025);
        add_year(&e, 0, make_units(&e, 8), rows[i].kinds);
        estate_finish(&e);
        assert_int_equal(statistics_of(&e.years[0], NULL, &e.arena, &s), ERR_OK);
        const struct year_figures *f = &s.figures[0];
        const double got[] = {f->rate.value, f->rate.lower, f->rate.upper};
        const double want[] = {rows[i].value, rows[i].lower, rows[i].upper};
        for (size_t k = 0; k < 3; k++)
            if (!(got[k] == want[k] || (isnan(got[k]) && isnan(want[k]))))
                fail_msg("'%s': number %zu is %g, not %g", rows[i].kinds, k, got[k], want[k]);
        if (f->in_scope != rows[i].in_scope || f->assessed != rows[i].assessed ||
            f->rate.numerator != rows[i].numerator)
            fail_msg("'%s': %u %u %u", rows[i].kinds, f->in_scope, f->assessed, f->rate.numerator);
        assert_int_equal(s.matched + s.entered + s.left, 0);
        estate_free(&e);
    }
}

static void test_quantiles(void **state)
{
    (void)state;
    static const struct {
        uint32_t values[6];
        size_t count;
        double q1, median, q3;
    } rows[] = {
        {{0},             0, NAN,  NAN, NAN },
        {{7},             1, 7,    7,   7   },
        {{1, 2},          2, 1.25, 1.5, 1.75},
        {{1, 2, 3, 4},    4, 1.75, 2.5, 3.25},
        {{0, 0, 1, 3, 9}, 5, 0,    1,   3   },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const double want[] = {rows[i].q1, rows[i].median, rows[i].q3};
        for (size_t k = 0; k < 3; k++) {
            double got = figures_quantile(rows[i].values, rows[i].count, 0.25 * (double)(k + 1));
            if (!(got == want[k] || (isnan(got) && isnan(want[k]))))
                fail_msg("row %zu quartile %zu: %g", i, k + 1, got);
        }
    }
}

/* Column by column the units u00, u01, ... of the year before and now; then lineage as "new<old". */
static void test_cohorts(void **state)
{
    (void)state;
    static const struct {
        const char *before, *now;
        struct {
            unsigned unit, predecessor;
        } lineage[4];
        uint32_t matched, entered, left, better, worse;
    } rows[] = {
        {"cc",  "cc",  {{0}},            2, 0, 0, 0, 0},
        {"cx",  "xc",  {{0}},            2, 0, 0, 1, 1},
        {"xux", "uc0", {{0}},            3, 0, 0, 3, 0},
        {"x",   "l",   {{0}},            1, 0, 0, 0, 0},
        {"n",   "c",   {{0}},            0, 0, 0, 0, 0},
        {"c-",  "-c",  {{0}},            0, 1, 1, 0, 0},
        {"c?",  "cc",  {{0}},            1, 1, 0, 0, 0},
        {"c ",  " x",  {{1, 0}},         1, 0, 0, 0, 1}, /* renamed */
        {"c-",  "-x",  {{1, 0}},         1, 0, 0, 0, 1}, /* renamed, both rows in both years */
        {"c  ", " cc", {{1, 0}, {2, 0}}, 0, 2, 1, 0, 0}, /* split */
        {"cc ", "  c", {{2, 0}, {2, 1}}, 0, 1, 2, 0, 0}, /* merged */
        {"cc",  " c",  {{1, 0}},         0, 1, 2, 0, 0}, /* merged into one that goes on */
        {"c ",  " c",  {{1, 0}, {1, 0}}, 1, 0, 0, 0, 0}, /* named twice */
        {"c",   "c",   {{0, 0}},         1, 0, 0, 0, 0}, /* its own predecessor */
        {"c",   " c",  {{1, 7}},         0, 1, 1, 0, 0}, /* unknown predecessor */
        {"",    "cu",  {{0}},            0, 2, 0, 0, 0},
        {"cu",  "",    {{0}},            0, 0, 2, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct estate e;
        struct statistics s;
        estate_init(&e, 2025);
        struct unit **units = make_units(&e, 8);
        for (size_t l = 0; l < 4; l++)
            if (rows[i].lineage[l].unit || rows[i].lineage[l].predecessor)
                estate_predecessor(&e, units[rows[i].lineage[l].unit],
                                   units[rows[i].lineage[l].predecessor]->id.at);
        add_year(&e, 1, units, rows[i].before);
        add_year(&e, 0, units, rows[i].now);
        estate_finish(&e);
        assert_int_equal(statistics_of(&e.years[0], &e.years[1], &e.arena, &s), ERR_OK);
        if (s.matched != rows[i].matched || s.entered != rows[i].entered || s.left != rows[i].left ||
            s.matched_better != rows[i].better || s.matched_worse != rows[i].worse)
            fail_msg("row %zu '%s' to '%s': matched %u entered %u left %u better %u worse %u", i,
                     rows[i].before, rows[i].now, s.matched, s.entered, s.left, s.matched_better,
                     s.matched_worse);
        assert_int_equal(s.figures[0].in_scope, s.figures[1].in_scope + s.entered - s.left);
        uint32_t in_transitions = 0;
        for (size_t t = 0; t < s.transition_count; t++)
            in_transitions += s.transitions[t].count;
        assert_int_equal(in_transitions, s.matched);
        estate_free(&e);
    }
}

static void test_transition_ids(void **state)
{
    (void)state;
    struct estate e;
    struct statistics s;
    estate_init(&e, 2025);
    struct unit **units = make_units(&e, 4);
    add_year(&e, 1, units, "ccux");
    add_year(&e, 0, units, "xxuc");
    estate_finish(&e);
    assert_int_equal(statistics_of(&e.years[0], &e.years[1], &e.arena, &s), ERR_OK);
    assert_int_equal(s.transition_count, 3);
    assert_int_equal(s.transitions[0].before, VERDICT_COMPLIANT);
    assert_int_equal(s.transitions[0].now, VERDICT_NON_COMPLIANT);
    assert_true(span_equal(s.transitions[0].unit_ids, SPAN("u00;u01")));
    assert_true(span_equal(s.transitions[1].unit_ids, SPAN("u02")));
    assert_true(span_equal(s.transitions[2].unit_ids, SPAN("u03")));
    estate_free(&e);
}

static void test_population(void **state)
{
    (void)state;
    struct estate e;
    struct statistics s;
    estate_init(&e, 2025);
    struct unit **units = make_units(&e, 6);
    units[1]->type = UNIT_PORTAL;
    add_year(&e, 0, units, "c0x-?n");
    estate_finish(&e);
    assert_int_equal(statistics_of(&e.years[0], NULL, &e.arena, &s), ERR_OK);
    static const struct {
        const char *step, *code;
        uint32_t solutions, portals;
    } want[] = {
        {"registered",   "",          5, 1},
        {"out",          "S-INFO",    1, 0},
        {"undetermined", "S-UNKNOWN", 1, 0},
        {"in",           "S-STATE",   3, 1},
        {"assessed",     "",          2, 1},
    };
    assert_int_equal(s.population_count, sizeof want / sizeof *want);
    for (size_t i = 0; i < s.population_count; i++) {
        const struct population_row *row = &s.population[i];
        if (strcmp(row->step, want[i].step) || !span_equal(row->reason_code, span_of_string(want[i].code)) ||
            row->solutions != want[i].solutions || row->portals != want[i].portals)
            fail_msg("row %zu: %s %.*s %u %u", i, row->step, SPAN_ARG(row->reason_code), row->solutions,
                     row->portals);
    }
    assert_int_equal(s.verdict_count, 10);
    uint32_t sum = 0;
    for (size_t i = 0; i < s.verdict_count; i++) {
        sum += s.verdicts[i].count;
        assert_true(s.verdicts[i].most >= s.verdicts[i].count && s.verdicts[i].most <= s.verdicts[i].of);
    }
    assert_int_equal(sum, s.figures[0].in_scope);
    estate_free(&e);
}

static void hold_basis(struct estate *e, struct pair *pair, enum basis_type type)
{
    struct basis *basis = arena_alloc(&e->arena, sizeof *basis);
    basis->type = type;
    struct basis_finding *to = ARENA_PUSH(&e->arena, pair->bases, pair->basis_count, pair->basis_capacity);
    *to = (struct basis_finding){.basis = basis, .result = BASIS_HOLDS, .code = "G-OK"};
}

static void test_third_parties(void **state)
{
    (void)state;
    struct estate e;
    struct statistics s;
    estate_init(&e, 2025);
    struct unit **units = make_units(&e, 4);
    for (unsigned y = 2; y-- > 0;) {
        estate_add_unit(&e, y, units[0], SCOPE_IN, MEASUREMENT_ADEQUATE, 10);
        hold_basis(&e, estate_add_pair(&e, y, "Acme", "Font", holds, 2), BASIS_OPT_OUT);
        estate_add_pair(&e, y, "Acme", "Tal", breach, 5);
        estate_add_pair(&e, y, "Drift", "", listed, 10);
        estate_add_unit(&e, y, units[1], SCOPE_IN, MEASUREMENT_ADEQUATE, 30);
        hold_basis(&e, estate_add_pair(&e, y, "Acme", "Font", holds, 6), BASIS_OPT_OUT);
        estate_add_pair(&e, y, "Bold", "", awaits, 1);
        estate_add_unit(&e, y, units[2], SCOPE_IN, MEASUREMENT_NONE, 0);
        estate_add_unit(&e, y, units[3], SCOPE_OUT, MEASUREMENT_ADEQUATE, 10);
        estate_add_pair(&e, y, "Outside", "", breach, 9);
    }
    estate_finish(&e);
    assert_int_equal(statistics_of(&e.years[0], &e.years[1], &e.arena, &s), ERR_OK);
    assert_int_equal(s.figures[0].third_parties, 2);
    assert_int_equal(s.figures[0].pairs, 4);
    assert_int_equal(s.figures[0].pairs_unresolved, 1);
    assert_int_equal(s.figures[0].pairs_non_compliant, 1);
    assert_int_equal(s.third_party_count, 3);
    const struct third_party_row *font = &s.third_parties[0];
    assert_true(span_equal(font->entity, SPAN("Acme")) && span_equal(font->service, SPAN("Font")));
    assert_int_equal(font->units, 2);
    assert_int_equal(font->compliant, 2);
    assert_int_equal(font->units_prev_matched, 2);
    assert_true(font->units_share == 2.0 / 3 && font->pages_share == 8.0 / 40);
    assert_string_equal(font->basis_most_used, "opt_out");
    assert_true(span_equal(s.third_parties[2].entity, SPAN("Bold")));
    assert_string_equal(s.third_parties[2].basis_most_used, "");
    assert_int_equal(s.owner_count, 2);
    assert_int_equal(s.owners[0].units,
                     2); /* Acme, though it has three pairs; the first unit counts as a breach */
    assert_int_equal(s.owners[0].compliant, 1);
    assert_int_equal(s.owners[0].non_compliant, 1);
    assert_int_equal(s.reason_count, 3);
    assert_int_equal(s.reasons[0].verdict, VERDICT_NON_COMPLIANT);
    assert_int_equal(s.reasons[2].pairs, 2);
    assert_int_equal(s.reasons[2].units, 2);
    assert_true(s.figures[0].judged_median == 2 && s.figures[0].judged_mean == 2);
    estate_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rates),      cmocka_unit_test(test_quantiles),
        cmocka_unit_test(test_cohorts),    cmocka_unit_test(test_transition_ids),
        cmocka_unit_test(test_population), cmocka_unit_test(test_third_parties),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
