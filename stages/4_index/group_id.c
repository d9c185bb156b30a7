// SPDX-License-Identifier: MIT
/*
 * Records by their WARC-Record-ID. Ids repeat where files were copied together, so that of equal ones the nearest in
 * the file is meant.
 */
#include "4_index/crawl_group.h"

#include <stdlib.h>

#define NEIGHBOURS                                                                                           \
    4u /* of equal ids, how many before and behind are looked at: bounds what repetition costs */

static int by_id(const void *left, const void *right)
{
    const struct group_id *a = left, *b = right;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return (a->file_order > b->file_order) - (a->file_order < b->file_order);
}

enum err group_sort_ids(struct group *g)
{
    g->ids = arena_alloc(g->arena, (g->event_count + 1) * sizeof *g->ids);
    if (!g->ids)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->event_count; i++)
        if (g->events[i].event.id)
            g->ids[g->id_count++] = (struct group_id){g->events[i].event.id, g->events[i].file_order, i};
    if (g->id_count)
        qsort(g->ids, g->id_count, sizeof *g->ids, by_id);
    return ERR_OK;
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

uint32_t group_find_id(const struct group *g, uint64_t id, uint32_t near, group_accept_fn *accept)
{
    const struct group_id wanted = {.id = id, .file_order = g->events[near].file_order};
    size_t lo = 0, hi = g->id_count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (by_id(&g->ids[mid], &wanted) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    uint32_t best = NO_EVENT;
    size_t from = lo > NEIGHBOURS ? lo - NEIGHBOURS : 0;
    for (size_t i = from; id && i < lo + NEIGHBOURS && i < g->id_count; i++) {
        uint32_t event = g->ids[i].event;
        if (g->ids[i].id != id || event == near || !accept(g, near, event))
            continue;
        if (best == NO_EVENT || distance(g->ids[i].file_order, wanted.file_order) <
                                    distance(g->events[best].file_order, wanted.file_order))
            best = event;
    }
    return best;
}
