// SPDX-License-Identifier: MIT
#include "6_statistics/lineage.h"

#include "6_statistics/cohort.h"

#include <stdlib.h>

struct edge {
    uint32_t now, before;
};
struct edges {
    const struct judgement *now, *before;
    struct arena *arena;
    struct edge *items; /* by unit of now */
    size_t count, capacity;
    uint32_t *now_degree, *before_degree;
    uint32_t
        *last_source; /* per unit of before: unit + 1 that last pointed here, so a repeated id counts once */
};

static int compare_id(const void *key, const void *item)
{
    return span_compare(*(const struct span *)key, ((const struct unit_verdict *)item)->unit->id);
}

static enum err add_edge(struct edges *e, uint32_t from, struct span id)
{
    const struct judgement *before = e->before;
    const struct unit_verdict *found =
        before->unit_count ? bsearch(&id, before->units, before->unit_count, sizeof *found, compare_id)
                           : NULL;
    if (!found || !cohort_in_scope(found))
        return ERR_OK;
    uint32_t to = (uint32_t)(found - before->units);
    if (e->last_source[to] == from + 1)
        return ERR_OK;
    struct edge *edge = ARENA_PUSH(e->arena, e->items, e->count, e->capacity);
    if (!edge)
        return ERR_MEMORY;
    *edge = (struct edge){from, to};
    e->last_source[to] = from + 1;
    e->now_degree[from]++;
    e->before_degree[to]++;
    return ERR_OK;
}

static enum err find_edges(struct edges *e)
{
    size_t now = e->now->unit_count, before = e->before->unit_count;
    e->now_degree = arena_alloc(e->arena, now * sizeof *e->now_degree);
    e->before_degree = arena_alloc(e->arena, before * sizeof *e->before_degree);
    e->last_source = arena_alloc(e->arena, before * sizeof *e->last_source);
    if (e->arena->full)
        return ERR_MEMORY;
    for (uint32_t u = 0; u < now; u++) {
        if (!cohort_in_scope(&e->now->units[u]))
            continue;
        const struct unit *unit = e->now->units[u].unit;
        TRY(add_edge(e, u, unit->id));
        for (size_t p = 0; p < unit->predecessor_ids.count; p++)
            TRY(add_edge(e, u, unit->predecessor_ids.items[p]));
    }
    return ERR_OK;
}

static void join(struct span *list, struct span id, struct arena *arena)
{
    *list = arena_format(arena, "%.*s%s%.*s", SPAN_ARG(*list), list->bytes ? ";" : "", SPAN_ARG(id));
}

/* All edges of one unit: of several units of now a split of one of before, and the other way a merge. */
static enum err add_change(const struct edges *e, bool is_merge, uint32_t unit, struct lineage *out)
{
    struct lineage_change *change =
        ARENA_PUSH(e->arena, out->changes, out->change_count, out->change_capacity);
    if (!change)
        return ERR_MEMORY;
    *change = (struct lineage_change){is_merge, SPAN(""), SPAN("")};
    struct span one = (is_merge ? e->now : e->before)->units[unit].unit->id;
    join(is_merge ? &change->now_ids : &change->before_ids, one, e->arena);
    for (size_t i = 0; i < e->count; i++) {
        const struct edge *edge = &e->items[i];
        if (is_merge && edge->now == unit)
            join(&change->before_ids, e->before->units[edge->before].unit->id, e->arena);
        if (!is_merge && edge->before == unit)
            join(&change->now_ids, e->now->units[edge->now].unit->id, e->arena);
    }
    return e->arena->full ? ERR_MEMORY : ERR_OK;
}

static enum err find_changes(const struct edges *e, struct lineage *out)
{
    for (uint32_t u = 0; u < e->before->unit_count; u++)
        if (e->before_degree[u] > 1)
            TRY(add_change(e, false, u, out));
    for (uint32_t u = 0; u < e->now->unit_count; u++)
        if (e->now_degree[u] > 1)
            TRY(add_change(e, true, u, out));
    return ERR_OK;
}

enum err lineage_link(const struct judgement *now, const struct judgement *before, struct arena *arena,
                      struct lineage *out)
{
    struct edges e = {.now = now, .before = before, .arena = arena};
    *out = (struct lineage){.previous = arena_alloc(arena, now->unit_count * sizeof *out->previous),
                            .continued = arena_alloc(arena, before->unit_count * sizeof *out->continued)};
    if (!out->previous || !out->continued)
        return ERR_MEMORY;
    TRY(find_edges(&e));
    for (size_t i = 0; i < e.count; i++) {
        const struct edge *edge = &e.items[i];
        if (e.now_degree[edge->now] != 1 || e.before_degree[edge->before] != 1)
            continue;
        out->previous[edge->now] = &before->units[edge->before];
        out->continued[edge->before] = true;
    }
    return find_changes(&e, out);
}
