// SPDX-License-Identifier: MIT
#include "6_statistics/cohort.h"

#include "6_statistics/lineage.h"

#include <assert.h>
#include <stdlib.h>

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
    struct lineage lineage;
    TRY(lineage_link(s->now, s->before, arena, &lineage));
    for (size_t u = 0; u < s->now->unit_count; u++) {
        s->previous[u] = lineage.previous[u];
        s->entered += cohort_in_scope(&s->now->units[u]) && !lineage.previous[u];
    }
    for (size_t u = 0; u < s->before->unit_count; u++)
        s->left += cohort_in_scope(&s->before->units[u]) && !lineage.continued[u];
    s->lineage_changes = lineage.changes;
    s->lineage_change_count = lineage.change_count;
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
