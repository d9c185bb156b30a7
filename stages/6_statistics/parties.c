// SPDX-License-Identifier: MIT
#include "6_statistics/parties.h"

#include "6_statistics/cohort.h"

#include <math.h>
#include <stdlib.h>

/* Pairs that carry a verdict, of units in scope, sorted so that equal keys stand together. */
struct pair_list {
    const struct pair **items;
    size_t count;
};

static bool is_judged(const struct pair *pair)
{
    return pair->verdict == VERDICT_COMPLIANT || pair->verdict == VERDICT_UNRESOLVED ||
           pair->verdict == VERDICT_NON_COMPLIANT;
}

static int compare_party(const struct pair *a, const struct pair *b)
{
    int by_entity = span_compare(a->entity, b->entity);
    return by_entity ? by_entity : span_compare(a->service, b->service);
}

static int compare_by_party(const void *left, const void *right)
{
    const struct pair *a = *(const struct pair *const *)left, *b = *(const struct pair *const *)right;
    int order = compare_party(a, b);
    return order ? order : (a->unit > b->unit) - (a->unit < b->unit);
}

static int compare_by_entity(const void *left, const void *right)
{
    const struct pair *a = *(const struct pair *const *)left, *b = *(const struct pair *const *)right;
    int order = span_compare(a->entity, b->entity);
    if (order)
        return order;
    return a->unit != b->unit ? (a->unit > b->unit) - (a->unit < b->unit)
                              : span_compare(a->service, b->service);
}

static int compare_text(const char *a, const char *b)
{
    return span_compare(span_of_string(a), span_of_string(b));
}

static int compare_reason(const struct pair *a, const struct pair *b)
{
    int by_code = compare_text(a->code, b->code);
    return by_code ? by_code : compare_text(a->basis_code, b->basis_code);
}

static int compare_by_reason(const void *left, const void *right)
{
    const struct pair *a = *(const struct pair *const *)left, *b = *(const struct pair *const *)right;
    int order = compare_reason(a, b);
    return order ? order : (a->unit > b->unit) - (a->unit < b->unit);
}

typedef int compare_fn(const void *, const void *);
typedef bool include_fn(const void *context, const struct judgement *judgement, const struct pair *pair);

static bool include_scope(const void *context, const struct judgement *judgement, const struct pair *pair)
{
    (void)context;
    return cohort_in_scope(&judgement->units[pair->unit]);
}

static enum err select_pairs(const struct judgement *judgement, include_fn *include, const void *context,
                             compare_fn *compare, struct arena *arena, struct pair_list *out)
{
    *out = (struct pair_list){.items = arena_alloc(arena, judgement->pair_count * sizeof *out->items)};
    if (!out->items)
        return ERR_MEMORY;
    for (size_t p = 0; p < judgement->pair_count; p++)
        if (is_judged(&judgement->pairs[p]) && include(context, judgement, &judgement->pairs[p]))
            out->items[out->count++] = &judgement->pairs[p];
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, compare);
    return ERR_OK;
}

enum err parties_count(const struct judgement *judgement, struct arena *arena, struct year_figures *out)
{
    struct arena_mark mark = arena_mark(arena);
    struct pair_list list;
    TRY(select_pairs(judgement, include_scope, NULL, compare_by_entity, arena, &list));
    out->pairs = (uint32_t)list.count;
    for (size_t i = 0; i < list.count; i++) {
        const struct pair *pair = list.items[i];
        out->pairs_unresolved += pair->verdict == VERDICT_UNRESOLVED;
        out->pairs_non_compliant += pair->verdict == VERDICT_NON_COMPLIANT;
        out->third_parties += i == 0 || !span_equal(pair->entity, list.items[i - 1]->entity);
    }
    arena_back_to(arena, mark);
    return ERR_OK;
}

static uint64_t pages_in_scope(const struct judgement *judgement)
{
    uint64_t pages = 0;
    for (size_t u = 0; u < judgement->unit_count; u++)
        if (cohort_in_scope(&judgement->units[u]))
            pages += judgement->units[u].measurement.page_count;
    return pages;
}

/* Each pair counts a type once, however many documents of that type hold; the order of the table breaks ties.
 */
static const char *most_used_basis(const struct pair *const *pairs, size_t count)
{
    static const struct {
        enum basis_type type;
        const char *name;
    } order[] = {
        {BASIS_AGREEMENT, "agreement"},
        {BASIS_OPT_OUT,   "opt_out"  },
        {BASIS_NECESSARY, "necessary"}
    };
    uint32_t used[BASIS_NECESSARY + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        bool holds[BASIS_NECESSARY + 1] = {0};
        for (size_t b = 0; b < pairs[i]->basis_count; b++)
            if (pairs[i]->bases[b].result == BASIS_HOLDS)
                holds[pairs[i]->bases[b].basis->type] = true;
        for (size_t t = 0; t <= BASIS_NECESSARY; t++)
            used[t] += holds[t];
    }
    const char *best = "";
    uint32_t best_count = 0;
    for (size_t o = 0; o < sizeof order / sizeof *order; o++)
        if (used[order[o].type] > best_count) {
            best = order[o].name;
            best_count = used[order[o].type];
        }
    return best;
}

static bool include_matched_before(const void *context, const struct judgement *judgement,
                                   const struct pair *pair)
{
    (void)judgement;
    return ((const bool *)context)[pair->unit];
}

/* Pairs of the year before, of units that are matched to a unit of this year. */
static enum err select_matched_before(const struct statistics *s, struct arena *arena, struct pair_list *out)
{
    *out = (struct pair_list){0};
    if (!s->before)
        return ERR_OK;
    bool *matched = arena_alloc(arena, s->before->unit_count * sizeof *matched);
    if (!matched)
        return ERR_MEMORY;
    for (size_t u = 0; u < s->now->unit_count; u++)
        if (cohort_matched(s, u))
            matched[s->previous[u] - s->before->units] = true;
    return select_pairs(s->before, include_matched_before, matched, compare_by_party, arena, out);
}

/* Both lists are in the same order, so `before` is walked once over all rows. */
static uint32_t count_same_party(struct pair_list *before, const struct pair *pair)
{
    uint32_t count = 0;
    for (; before->count; before->items++, before->count--) {
        int order = compare_party(before->items[0], pair);
        if (order > 0)
            break;
        count += order == 0;
    }
    return count;
}

static int compare_row(const void *left, const void *right)
{
    const struct third_party_row *a = left, *b = right;
    if (a->units != b->units)
        return a->units < b->units ? 1 : -1;
    int by_entity = span_compare(a->entity, b->entity);
    return by_entity ? by_entity : span_compare(a->service, b->service);
}

static enum err list_parties(struct statistics *s, struct arena *arena)
{
    struct pair_list list, before;
    TRY(select_pairs(s->now, include_scope, NULL, compare_by_party, arena, &list));
    TRY(select_matched_before(s, arena, &before));
    uint64_t all_pages = pages_in_scope(s->now);
    for (size_t i = 0, end; i < list.count; i = end) {
        const struct pair *first = list.items[i];
        struct third_party_row *row =
            ARENA_PUSH(arena, s->third_parties, s->third_party_count, s->third_party_capacity);
        if (!row)
            return ERR_MEMORY;
        *row = (struct third_party_row){.entity = first->entity,
                                        .owner = first->owner,
                                        .service = first->service,
                                        .category = first->category,
                                        .country = first->country};
        uint64_t pages = 0;
        for (end = i; end < list.count && compare_party(list.items[end], first) == 0; end++) {
            enum verdict verdict = list.items[end]->verdict;
            row->units++;
            row->compliant += verdict == VERDICT_COMPLIANT;
            row->unresolved += verdict == VERDICT_UNRESOLVED;
            row->non_compliant += verdict == VERDICT_NON_COMPLIANT;
            pages += list.items[end]->page_count;
        }
        row->units_share = (double)row->units / s->figures[0].in_scope;
        row->pages_share = all_pages ? (double)pages / (double)all_pages : NAN;
        row->basis_most_used = most_used_basis(list.items + i, end - i);
        row->units_prev_matched = count_same_party(&before, first);
    }
    if (s->third_party_count)
        qsort(s->third_parties, s->third_party_count, sizeof *s->third_parties, compare_row);
    return ERR_OK;
}

static int compare_owner(const void *left, const void *right)
{
    const struct owner_row *a = left, *b = right;
    if (a->units != b->units)
        return a->units < b->units ? 1 : -1;
    return span_compare(a->entity, b->entity);
}

/* A unit counts once for an owner, by the worst verdict among the owner's services on it. */
static enum err list_owners(struct statistics *s, struct arena *arena)
{
    struct pair_list list;
    TRY(select_pairs(s->now, include_scope, NULL, compare_by_entity, arena, &list));
    for (size_t i = 0, end; i < list.count; i = end) {
        const struct pair *first = list.items[i];
        struct owner_row *row = s->owner_count ? &s->owners[s->owner_count - 1] : NULL;
        if (!row || !span_equal(row->entity, first->entity)) {
            row = ARENA_PUSH(arena, s->owners, s->owner_count, s->owner_capacity);
            if (!row)
                return ERR_MEMORY;
            *row = (struct owner_row){.entity = first->entity};
        }
        enum verdict worst =
            VERDICT_COMPLIANT; /* the enum runs from compliant over unresolved to non-compliant */
        for (end = i; end < list.count && list.items[end]->unit == first->unit &&
                      span_equal(list.items[end]->entity, first->entity);
             end++)
            worst = list.items[end]->verdict > worst ? list.items[end]->verdict : worst;
        row->units++;
        row->compliant += worst == VERDICT_COMPLIANT;
        row->unresolved += worst == VERDICT_UNRESOLVED;
        row->non_compliant += worst == VERDICT_NON_COMPLIANT;
        row->units_share = (double)row->units / s->figures[0].in_scope;
    }
    if (s->owner_count)
        qsort(s->owners, s->owner_count, sizeof *s->owners, compare_owner);
    return ERR_OK;
}

static int compare_reason_row(const void *left, const void *right)
{
    const struct reason_row *a = left, *b = right;
    if (a->verdict != b->verdict)
        return a->verdict < b->verdict ? 1 : -1;
    if (a->pairs != b->pairs)
        return a->pairs < b->pairs ? 1 : -1;
    int by_code = compare_text(a->code, b->code);
    return by_code ? by_code : compare_text(a->basis_code, b->basis_code);
}

static enum err list_reasons(struct statistics *s, struct arena *arena)
{
    struct pair_list list;
    TRY(select_pairs(s->now, include_scope, NULL, compare_by_reason, arena, &list));
    for (size_t i = 0, end; i < list.count; i = end) {
        const struct pair *first = list.items[i];
        struct reason_row *row = ARENA_PUSH(arena, s->reasons, s->reason_count, s->reason_capacity);
        if (!row)
            return ERR_MEMORY;
        *row = (struct reason_row){.code = first->code,
                                   .basis_code = first->basis_code,
                                   .label_da = first->label_da,
                                   .verdict = first->verdict};
        for (end = i; end < list.count && compare_reason(list.items[end], first) == 0; end++) {
            row->pairs++;
            row->units += end == i || list.items[end]->unit != list.items[end - 1]->unit;
        }
    }
    if (s->reason_count)
        qsort(s->reasons, s->reason_count, sizeof *s->reasons, compare_reason_row);
    return ERR_OK;
}

enum err parties_list(struct statistics *s, struct arena *arena)
{
    TRY(list_parties(s, arena));
    TRY(list_owners(s, arena));
    return list_reasons(s, arena);
}
