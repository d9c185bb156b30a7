// SPDX-License-Identifier: MIT
#include "6_statistics/cohort.h"

#include <assert.h>
#include <stdlib.h>

/* A unit of this year has an edge to a unit of the year before when it bears the same id or names it as
 * predecessor. Only units in scope in their own year take part: a register lists both the old and the new row
 * of a move. */
struct edges {
    const struct judgement *now, *before;
    uint32_t *now_degree, *before_degree;
    uint32_t *target; /* per unit of now: the last edge, the only one when now_degree is 1 */
    uint32_t
        *last_source; /* per unit of before: unit + 1 that last pointed here, so a repeated id counts once */
};

bool cohort_assessed(const struct unit_verdict *unit)
{
    static const bool assessed[VERDICT_UNDETERMINED + 1] = {
        [VERDICT_COMPLIANT] = true,
        [VERDICT_UNRESOLVED] = true,
        [VERDICT_NON_COMPLIANT] = true,
        [VERDICT_LIMITED] = true,
    };
    return cohort_in_scope(unit) && assessed[unit->verdict];
}

bool cohort_matched(const struct statistics *statistics, size_t unit)
{
    const struct unit_verdict *previous = statistics->previous[unit];
    return previous && cohort_assessed(previous) && cohort_assessed(&statistics->now->units[unit]);
}

static int compare_id(const void *key, const void *item)
{
    return span_compare(*(const struct span *)key, ((const struct unit_verdict *)item)->unit->id);
}

static void add_edge(struct edges *e, uint32_t from, struct span id)
{
    const struct judgement *before = e->before;
    const struct unit_verdict *found =
        before->unit_count ? bsearch(&id, before->units, before->unit_count, sizeof *found, compare_id)
                           : NULL;
    if (!found || !cohort_in_scope(found))
        return;
    size_t to = (size_t)(found - before->units);
    if (e->last_source[to] == from + 1)
        return;
    e->last_source[to] = from + 1;
    e->target[from] = (uint32_t)to;
    e->now_degree[from]++;
    e->before_degree[to]++;
}

static enum err find_edges(struct edges *e, struct arena *arena)
{
    size_t now = e->now->unit_count, before = e->before->unit_count;
    e->now_degree = arena_alloc(arena, now * sizeof *e->now_degree);
    e->target = arena_alloc(arena, now * sizeof *e->target);
    e->before_degree = arena_alloc(arena, before * sizeof *e->before_degree);
    e->last_source = arena_alloc(arena, before * sizeof *e->last_source);
    if (arena->full)
        return ERR_MEMORY;
    for (uint32_t u = 0; u < now; u++) {
        if (!cohort_in_scope(&e->now->units[u]))
            continue;
        const struct unit *unit = e->now->units[u].unit;
        add_edge(e, u, unit->id);
        for (size_t p = 0; p < unit->predecessor_ids.count; p++)
            add_edge(e, u, unit->predecessor_ids.items[p]);
    }
    return ERR_OK;
}

/* Moves to or from `limited` say something about the measurement, not about the unit: neither better nor
 * worse. */
static int direction(enum verdict before, enum verdict now)
{
    static const int rank[VERDICT_UNDETERMINED + 1] = {
        [VERDICT_NON_COMPLIANT] = 1, [VERDICT_UNRESOLVED] = 2, [VERDICT_COMPLIANT] = 3};
    return rank[before] && rank[now] ? (rank[now] > rank[before]) - (rank[now] < rank[before]) : 0;
}

static struct transition_row *transition_of(struct statistics *s, enum verdict before, enum verdict now,
                                            struct arena *arena)
{
    for (size_t i = 0; i < s->transition_count; i++)
        if (s->transitions[i].before == before && s->transitions[i].now == now)
            return &s->transitions[i];
    struct transition_row *row =
        ARENA_PUSH(arena, s->transitions, s->transition_count, s->transition_capacity);
    if (row)
        *row = (struct transition_row){.before = before, .now = now};
    return row;
}

static int compare_transition(const void *left, const void *right)
{
    const struct transition_row *a = left, *b = right;
    return a->before != b->before ? (a->before > b->before) - (a->before < b->before)
                                  : (a->now > b->now) - (a->now < b->now);
}

/* Two passes over the units: the first counts bytes, so that a row's list of ids is copied once. */
static enum err list_ids(struct statistics *s, struct arena *arena)
{
    for (size_t i = 0; i < s->transition_count; i++) {
        char *at = arena_bytes(arena, s->transitions[i].unit_ids.bytes + 1);
        if (!at)
            return ERR_MEMORY;
        s->transitions[i].unit_ids = span_of(at, 0);
    }
    for (size_t u = 0; u < s->now->unit_count; u++) {
        if (!cohort_matched(s, u))
            continue;
        struct span id = s->now->units[u].unit->id;
        struct transition_row *row =
            transition_of(s, s->previous[u]->verdict, s->now->units[u].verdict, arena);
        assert(row);
        char *end = (char *)row->unit_ids.at + row->unit_ids.bytes;
        if (row->unit_ids.bytes)
            *end++ = ';';
        if (id.bytes)
            memcpy(end, id.at, id.bytes);
        row->unit_ids.bytes = (size_t)(end - row->unit_ids.at) + id.bytes;
    }
    return ERR_OK;
}

static enum err count_transitions(struct statistics *s, struct arena *arena)
{
    for (size_t u = 0; u < s->now->unit_count; u++) {
        if (!cohort_matched(s, u))
            continue;
        enum verdict before = s->previous[u]->verdict, now = s->now->units[u].verdict;
        struct transition_row *row = transition_of(s, before, now, arena);
        if (!row)
            return ERR_MEMORY;
        row->count++;
        row->unit_ids.bytes += s->now->units[u].unit->id.bytes + 1;
        s->matched++;
        s->matched_better += direction(before, now) > 0;
        s->matched_worse += direction(before, now) < 0;
    }
    if (s->transition_count)
        qsort(s->transitions, s->transition_count, sizeof *s->transitions, compare_transition);
    return list_ids(s, arena);
}

/* The one predecessor of each unit, where the relation is one-to-one; `left` are those nobody continues. */
static enum err link_units(struct statistics *s, struct arena *arena)
{
    struct edges e = {.now = s->now, .before = s->before};
    TRY(find_edges(&e, arena));
    bool *continued = arena_alloc(arena, s->before->unit_count * sizeof *continued);
    if (!continued)
        return ERR_MEMORY;
    for (size_t u = 0; u < s->now->unit_count; u++) {
        if (!cohort_in_scope(&s->now->units[u]))
            continue;
        if (e.now_degree[u] == 1 && e.before_degree[e.target[u]] == 1) {
            s->previous[u] = &s->before->units[e.target[u]];
            continued[e.target[u]] = true;
        } else {
            s->entered++;
        }
    }
    for (size_t u = 0; u < s->before->unit_count; u++)
        s->left += cohort_in_scope(&s->before->units[u]) && !continued[u];
    assert(s->figures[0].in_scope + s->left == s->figures[1].in_scope + s->entered);
    return ERR_OK;
}

enum err cohort_compare(struct statistics *s, struct arena *arena)
{
    s->previous = arena_alloc(arena, s->now->unit_count * sizeof *s->previous);
    if (!s->previous)
        return ERR_MEMORY;
    if (!s->before)
        return ERR_OK;
    TRY(link_units(s, arena));
    return count_transitions(s, arena);
}
