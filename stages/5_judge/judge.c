// SPDX-License-Identifier: MIT
#include "5_judge/judge.h"

#include "5_judge/gather.h"
#include "5_judge/scope.h"
#include "5_judge/settle.h"
#include "5_judge/verdict.h"

#include <stdlib.h>

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    int order = span_compare(x->entity, y->entity);
    if (!order)
        order = span_compare(x->service, y->service);
    return order ? order : (int)x->party - (int)y->party;
}

static enum err settle_all(const struct index *index, const struct settling *settling, struct tally *tally,
                           struct judgement *out)
{
    out->pairs = arena_alloc(settling->arena, tally->pair_count * sizeof *out->pairs);
    out->pair_capacity = tally->pair_count;
    if (!out->pairs)
        return ERR_MEMORY;
    for (size_t i = 0; i < tally->pair_count; i++) {
        struct tally_pair *tallied = &tally->pairs[i];
        if (!settle_is_pair(settling, tallied))
            continue;
        TRY(settle_pair(settling, tallied));
        if (tallied->pair.contact_count)
            TRY(index_visit_at(index, tallied->pair.best.contact.visit, &tallied->pair.best.visit));
        out->pairs[out->pair_count++] = tallied->pair;
    }
    if (out->pair_count)
        qsort(out->pairs, out->pair_count, sizeof *out->pairs, compare_pairs);
    return ERR_OK;
}

/* On how many usable pages each judged third party was seen; `counts` has one list for all units, cut by
 * `first`. */
struct page_counts {
    uint32_t *counts;
    size_t *first; /* unit_count + 1 */
};

static enum err count_pages(const struct tally *tally, const struct policy *policy, size_t unit_count,
                            struct arena *arena, struct page_counts *out)
{
    size_t *next = arena_alloc(arena, (unit_count + 1) * sizeof *next);
    out->first = arena_alloc(arena, (unit_count + 1) * sizeof *out->first);
    out->counts = arena_alloc(arena, tally->pair_count * sizeof *out->counts);
    if (!next || !out->first || !out->counts)
        return ERR_MEMORY;
    for (size_t i = 0; i < tally->pair_count; i++)
        out->first[tally->pairs[i].pair.unit + 1]++;
    for (size_t i = 0; i < unit_count; i++)
        next[i + 1] = out->first[i + 1] += out->first[i];
    for (size_t i = 0; i < tally->pair_count; i++) {
        const struct tally_pair *tallied = &tally->pairs[i];
        bool counts = party_is_judged(tallied->pair.party, policy);
        out->counts[next[tallied->pair.unit]++] = counts ? tallied->usable_page_count : 0;
    }
    return ERR_OK;
}

static enum err judge_unit(struct judgement *out, size_t number, struct gather_unit *counts,
                           const struct page_counts *pages, struct arena *arena)
{
    struct unit_verdict *unit = &out->units[number];
    unit->measurement = counts->result;
    struct measurement_coverage coverage =
        measurement_coverage_of(counts->result.page_count, pages->counts + pages->first[number],
                                pages->first[number + 1] - pages->first[number]);
    unit->measurement.coverage = coverage.coverage;
    unit->measurement.unseen_min = coverage.unseen_min;
    TRY(measurement_classify(&counts->facts, &out->registers->policy, arena, &unit->measurement));
    for (uint32_t i = unit->first_pair; i < unit->first_pair + unit->pair_count; i++) {
        enum verdict verdict = out->pairs[i].verdict;
        unit->unresolved_count += verdict == VERDICT_UNRESOLVED;
        unit->non_compliant_count += verdict == VERDICT_NON_COMPLIANT;
        unit->judged_count +=
            verdict == VERDICT_UNRESOLVED || verdict == VERDICT_NON_COMPLIANT || verdict == VERDICT_COMPLIANT;
    }
    struct verdict_facts facts = {unit->scope.scope, unit->measurement.class, unit->judged_count,
                                  unit->unresolved_count, unit->non_compliant_count};
    struct unit_row row = unit_row_of(&facts);
    unit->verdict = row.verdict;
    unit->verdict_da = row.verdict_da;
    unit->row = row.number;
    return ERR_OK;
}

static enum err judge_units(struct judgement *out, struct gather *gathered, struct arena *arena)
{
    struct page_counts pages;
    uint32_t next = 0;
    TRY(count_pages(&gathered->tally, &out->registers->policy, out->unit_count, arena, &pages));
    for (size_t i = 0; i < out->unit_count; i++) {
        out->units[i].first_pair = next;
        while (next < out->pair_count && out->pairs[next].unit == i)
            next++;
        out->units[i].pair_count = next - out->units[i].first_pair;
        TRY(judge_unit(out, i, &gathered->units[i], &pages, arena));
    }
    return ERR_OK;
}

static enum err find_scopes(struct judgement *out, struct arena *arena, struct scope_result **scopes)
{
    const struct registers *registers = out->registers;
    out->unit_count = out->unit_capacity = registers->unit_count;
    out->units = arena_alloc(arena, out->unit_count * sizeof *out->units);
    *scopes = arena_alloc(arena, out->unit_count * sizeof **scopes);
    if (!out->units || !*scopes)
        return ERR_MEMORY;
    TRY(scope_of_all(registers, out->reference_date, arena, *scopes));
    for (size_t i = 0; i < out->unit_count; i++) {
        out->units[i].unit = &registers->units[i];
        out->units[i].scope = (*scopes)[i];
    }
    return ERR_OK;
}

enum err judge_year_watched(const struct index *index, const struct registers *registers,
                            const struct suffixes *suffixes, date_days as_of, const struct judge_watch *watch,
                            struct arena *arena, struct judgement *out)
{
    const struct policy_year dates = register_policy_year(&registers->policy, index_year(index));
    struct gather gathered;
    struct scope_result *scopes;
    *out = (struct judgement){.year = index_year(index),
                              .registers = registers,
                              .reference_date = dates.reference_date,
                              .hearing_deadline = dates.hearing_deadline};
    out->as_of = as_of == DATE_OPEN_TO ? out->reference_date : as_of;
    TRY(find_scopes(out, arena, &scopes));
    TRY(gather_index(index, registers, suffixes, scopes, out->reference_date, watch, arena, &gathered));
    out->visits_outside = gathered.visits_outside;
    out->outside = gathered.outside;
    out->outside_count = gathered.outside_count;
    out->pages = gathered.pages;
    out->page_count = gathered.page_count;
    for (size_t i = 0; i < out->unit_count; i++)
        if (gathered.units[i].in_scope)
            TRY(tally_add_declared(&gathered.tally, (uint32_t)i));
    struct settling settling = {.registers = registers,
                                .year = out->year,
                                .window_end = gathered.window_end,
                                .deadline_passed = out->as_of > dates.hearing_deadline,
                                .arena = arena};
    TRY(settle_all(index, &settling, &gathered.tally, out));
    return judge_units(out, &gathered, arena);
}

enum err judge_year(const struct index *index, const struct registers *registers,
                    const struct suffixes *suffixes, date_days as_of, struct arena *arena,
                    struct judgement *out)
{
    return judge_year_watched(index, registers, suffixes, as_of, NULL, arena, out);
}
