// SPDX-License-Identifier: MIT
#include "6_statistics/population.h"

#include "6_statistics/cohort.h"

#include <stdlib.h>

static const char *const step_of[] = {
    [SCOPE_OUT] = "out", [SCOPE_UNDETERMINED] = "undetermined", [SCOPE_IN] = "in"};

static void count_unit(struct population_row *row, const struct unit_verdict *unit)
{
    *(unit->unit->type == UNIT_PORTAL ? &row->portals : &row->solutions) += 1;
}

static struct population_row *push(struct statistics *s, struct population_row row, struct arena *arena)
{
    struct population_row *to = ARENA_PUSH(arena, s->population, s->population_count, s->population_capacity);
    if (to)
        *to = row;
    return to;
}

static int compare_scope(const void *left, const void *right)
{
    const struct unit_verdict *a = *(const struct unit_verdict *const *)left;
    const struct unit_verdict *b = *(const struct unit_verdict *const *)right;
    if (a->scope.scope != b->scope.scope)
        return a->scope.scope < b->scope.scope ? -1 : 1;
    int by_code = span_compare(span_of_string(a->scope.code), span_of_string(b->scope.code));
    return by_code ? by_code : (a > b) - (a < b);
}

static enum err add_reasons(struct statistics *s, const struct judgement *judgement, struct arena *arena)
{
    const struct unit_verdict **units = arena_alloc(arena, judgement->unit_count * sizeof *units);
    if (!units)
        return ERR_MEMORY;
    for (size_t u = 0; u < judgement->unit_count; u++)
        units[u] = &judgement->units[u];
    if (judgement->unit_count)
        qsort(units, judgement->unit_count, sizeof *units, compare_scope);
    struct population_row *row = NULL;
    for (size_t u = 0; u < judgement->unit_count; u++) {
        const struct scope_result *scope = &units[u]->scope;
        struct span code = span_of_string(scope->code);
        if (!row || row->step != step_of[scope->scope] || !span_equal(row->reason_code, code))
            row = push(s,
                       (struct population_row){.year = judgement->year,
                                               .step = step_of[scope->scope],
                                               .reason_code = code,
                                               .reason_da = span_of_string(scope->reason_da)},
                       arena);
        if (!row)
            return ERR_MEMORY;
        count_unit(row, units[u]);
    }
    return ERR_OK;
}

enum err population_add(struct statistics *s, const struct judgement *judgement, struct arena *arena)
{
    struct population_row registered = {.year = judgement->year, .step = "registered"};
    struct population_row assessed = {.year = judgement->year, .step = "assessed"};
    for (size_t u = 0; u < judgement->unit_count; u++) {
        count_unit(&registered, &judgement->units[u]);
        if (cohort_assessed(&judgement->units[u]))
            count_unit(&assessed, &judgement->units[u]);
    }
    if (!push(s, registered, arena))
        return ERR_MEMORY;
    TRY(add_reasons(s, judgement, arena));
    return push(s, assessed, arena) ? ERR_OK : ERR_MEMORY;
}

enum err population_add_verdicts(struct statistics *s, const struct judgement *judgement, struct arena *arena)
{
    static const enum verdict verdicts[] = {VERDICT_COMPLIANT, VERDICT_UNRESOLVED, VERDICT_NON_COMPLIANT,
                                            VERDICT_LIMITED, VERDICT_NOT_MEASURED};
    uint32_t counts[UNIT_PORTAL + 1][PROVISION_PRIVATE_ONLY + 1][VERDICT_UNDETERMINED + 1] = {0};
    uint32_t totals[UNIT_PORTAL + 1][PROVISION_PRIVATE_ONLY + 1] = {0};
    for (size_t u = 0; u < judgement->unit_count; u++) {
        const struct unit_verdict *unit = &judgement->units[u];
        if (!cohort_in_scope(unit))
            continue;
        counts[unit->unit->type][unit->unit->provision][unit->verdict]++;
        totals[unit->unit->type][unit->unit->provision]++;
    }
    for (unsigned type = 0; type <= UNIT_PORTAL; type++)
        for (unsigned provision = 0; provision <= PROVISION_PRIVATE_ONLY; provision++) {
            const uint32_t *count = counts[type][provision], of = totals[type][provision];
            uint32_t open = count[VERDICT_UNRESOLVED] + count[VERDICT_LIMITED] + count[VERDICT_NOT_MEASURED];
            for (size_t v = 0; of && v < sizeof verdicts / sizeof *verdicts; v++) {
                struct verdict_row *row =
                    ARENA_PUSH(arena, s->verdicts, s->verdict_count, s->verdict_capacity);
                if (!row)
                    return ERR_MEMORY;
                bool settled = verdicts[v] == VERDICT_COMPLIANT || verdicts[v] == VERDICT_NON_COMPLIANT;
                *row = (struct verdict_row){.year = judgement->year,
                                            .type = type,
                                            .provision = provision,
                                            .verdict = verdicts[v],
                                            .count = count[verdicts[v]],
                                            .most = count[verdicts[v]] + (settled ? open : 0),
                                            .of = of};
            }
        }
    return ERR_OK;
}
