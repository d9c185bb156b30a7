// SPDX-License-Identifier: MIT
#include "5_judge/settle.h"

#include "5_judge/grade.h"
#include "5_judge/pair.h"
#include "5_judge/verdict.h"

#include <assert.h>
#include <stdlib.h>

bool settle_is_pair(const struct settling *settling, const struct tally_pair *tallied)
{
    if (tallied->observation_count)
        return true;
    /* what is declared next year leaves the report of this year as it is */
    for (size_t i = 0; i < tallied->pair.basis_count; i++)
        if (basis_time_of(tallied->pair.bases[i].basis, settling->window_end) != BASIS_BEFORE)
            return true;
    return false;
}

static void find_result(const struct settling *settling, struct tally_pair *tallied, size_t number)
{
    struct basis_finding *finding = &tallied->pair.bases[number];
    const struct basis_tally *tally = &tallied->tallies[number];
    uint32_t before = tally->before_count, after = tally->after_count;
    if (!tallied->observation_count) { /* declared only: the window's end stands for the day */
        enum basis_time time = basis_time_of(finding->basis, settling->window_end);
        before = time == BASIS_BEFORE;
        after = time == BASIS_AFTER;
    }
    bool is_past = tally->within_count && !tally->within_at_end;
    struct basis_state state = basis_over(finding->basis, is_past ? tally->worst : tally->timeless, before,
                                          after, tally->within_at_end);
    finding->result = state.result;
    finding->code = state.code;
    finding->rule = state.rule;
    finding->covers_all = tallied->observation_count && tally->held_count == tallied->observation_count;
    finding->covers_end = tally->within_at_end && tally->timeless.result == BASIS_HOLDS;
}

/* Order of display: agreement, opt-out, necessary; then by id. */
static int compare_findings(const void *a, const void *b)
{
    static const int order[] = {[BASIS_AGREEMENT] = 0, [BASIS_OPT_OUT] = 1, [BASIS_NECESSARY] = 2};
    const struct basis *x = ((const struct basis_finding *)a)->basis,
                       *y = ((const struct basis_finding *)b)->basis;
    return x->type != y->type ? order[x->type] - order[y->type] : span_compare(x->id, y->id);
}

static bool decides(const struct decision *decision, const struct tally_pair *tallied)
{
    if (span_equal_nocase(decision->entity, tallied->pair.entity))
        return true;
    for (size_t i = 0; i < tallied->sites.count; i++)
        if (span_equal_nocase(decision->entity, tallied->sites.items[i]))
            return true;
    return false;
}

static const struct decision *find_decision(const struct settling *settling, const struct tally_pair *tallied)
{
    const struct registers *r = settling->registers;
    for (size_t i = 0; i < r->decision_count; i++) {
        const struct decision *decision = &r->decisions[i];
        if (decision->year == settling->year && !decision->superseded &&
            span_equal(decision->unit_id, r->units[tallied->pair.unit].id) && decides(decision, tallied))
            return decision;
    }
    return NULL;
}

static unsigned basis_facts(const struct tally_pair *tallied)
{
    static const unsigned kinds[] = {[BASIS_OPT_OUT] = PAIR_BY_OPT_OUT,
                                     [BASIS_AGREEMENT] = PAIR_BY_AGREEMENT,
                                     [BASIS_NECESSARY] = PAIR_BY_NECESSITY};
    const struct pair *pair = &tallied->pair;
    unsigned facts = pair->basis_count ? PAIR_DECLARED : 0;
    if (!tallied->observation_count)
        return facts;
    facts |= PAIR_OBSERVED | (tallied->all_covered ? PAIR_COVERED : 0) |
             (tallied->all_covered_late ? PAIR_COVERED_LATE : 0) |
             (tallied->some_unproven ? PAIR_UNPROVEN : 0) | (tallied->some_failing ? PAIR_FAILING : 0) |
             (tallied->some_unnamed ? PAIR_UNNAMED : 0);
    for (size_t i = 0; i < pair->basis_count; i++)
        facts |= tallied->tallies[i].held_count ? kinds[pair->bases[i].basis->type] : 0;
    return facts;
}

static unsigned facts_of(const struct settling *settling, const struct tally_pair *tallied, bool decided)
{
    const struct pair *pair = &tallied->pair;
    const struct policy *policy = &settling->registers->policy;
    bool accused = tallied->some_failing || tallied->some_unnamed;
    const struct tally_weight *against = accused ? &tallied->accusing : &tallied->doubtful;
    bool strong = grade_is_strong(against->grade_counts, against->page_count, against->capture_count, policy);
    return basis_facts(tallied) | (decided ? PAIR_DECIDED : 0) |
           (party_is_judged(pair->party, policy) ? PAIR_JUDGED : 0) | (strong ? PAIR_STRONG : 0) |
           (pair->party != PARTY_THIRD_UNIDENTIFIED ? PAIR_IDENTIFIED : 0) |
           (settling->deadline_passed ? PAIR_DEADLINE_PASSED : 0) |
           (policy->no_answer_is_breach ? PAIR_SILENCE_COUNTS : 0);
}

static void add_code(struct pair *pair, struct arena *arena, const char *code)
{
    pair->codes = arena_format(arena, "%.*s%s%s", SPAN_ARG(pair->codes), pair->codes.bytes ? ";" : "", code);
}

static void take_rows(struct pair *pair, unsigned facts, const struct decision *decision, struct arena *arena)
{
    const struct pair_row *first = pair_row_next(facts, NULL);
    assert(first);
    pair->verdict = decision ? verdict_of_name(decision->verdict) : first->verdict;
    pair->code = first->code;
    pair->label_da = first->label_da;
    for (const struct pair_row *row = first; row; row = pair_row_next(facts, row)) {
        add_code(pair, arena, row->code);
        pair->rows |= 1u << pair_row_number(row);
    }
}

static int compare_spans(const void *a, const void *b)
{
    return span_compare(*(const struct span *)a, *(const struct span *)b);
}

static void join_hosts(struct tally_pair *tallied, struct arena *arena)
{
    struct span_list *hosts = &tallied->hosts;
    size_t bytes = 0;
    if (!hosts->count)
        return;
    qsort(hosts->items, hosts->count, sizeof *hosts->items, compare_spans);
    for (size_t i = 0; i < hosts->count; i++)
        bytes += hosts->items[i].bytes + 1;
    char *text = arena_bytes(arena, bytes), *to = text;
    if (!text)
        return;
    for (size_t i = 0; i < hosts->count; i++) {
        if (i)
            *to++ = ';';
        memcpy(to, hosts->items[i].at, hosts->items[i].bytes);
        to += hosts->items[i].bytes;
    }
    tallied->pair.hosts = span_of(text, (size_t)(to - text));
}

enum err settle_pair(const struct settling *settling, struct tally_pair *tallied)
{
    struct pair *pair = &tallied->pair;
    for (size_t i = 0; i < pair->basis_count; i++)
        find_result(settling, tallied, i);
    const struct decision *decision = find_decision(settling, tallied);
    unsigned facts = pair->facts = facts_of(settling, tallied, decision);
    take_rows(pair, facts, decision, settling->arena);
    if (pair->basis_count) /* after the facts: their tallies are in the order met */
        qsort(pair->bases, pair->basis_count, sizeof *pair->bases, compare_findings);
    for (size_t i = 0; i < pair->basis_count; i++) {
        const struct basis_finding *finding = &pair->bases[i];
        add_code(pair, settling->arena, finding->code);
        if (!pair->basis_code && pair->verdict == VERDICT_NON_COMPLIANT && finding->result == BASIS_FAILS)
            pair->basis_code = finding->code;
    }
    if (!pair->contact_count)
        pair->best = (struct observation){.grade = GRADE_D};
    join_hosts(tallied, settling->arena);
    return settling->arena->full ? ERR_MEMORY : ERR_OK;
}
