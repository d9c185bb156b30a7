// SPDX-License-Identifier: MIT
/*
 * Records by their WARC-Record-ID. Ids repeat where files were copied together, so that of equal ones the nearest in
 * the file is meant.
 */
#include "4_index/crawl_group.h"

#define NEIGHBOURS                                                                                           \
    4u /* of equal ids, how many before and behind are looked at: bounds what repetition costs */

enum err group_sort_ids(struct group *g)
{
    size_t count = 0;
    for (uint32_t i = 0; i < g->event_count; i++)
        count += g->events[i].event.id != 0;
    g->ids = arena_raw(g->arena, count * sizeof *g->ids);
    struct arena_mark mark = arena_mark(g->arena);
    struct keyed *room = arena_raw(g->arena, count * sizeof *room);
    if (!g->ids || !room)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->event_count; i++) { /* in the order of the file, which equal ids keep */
        uint32_t event = g->in_file[i];
        if (g->events[event].event.id)
            g->ids[g->id_count++] = (struct keyed){g->events[event].event.id, event};
    }
    keyed_sort(g->ids, room, g->id_count);
    arena_back_to(g->arena, mark);
    return ERR_OK;
}

static bool is_before(const struct group *g, const struct keyed *item, uint64_t id, uint32_t file_order)
{
    return item->key != id ? item->key < id : g->events[item->number].file_order < file_order;
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

uint32_t group_find_id(const struct group *g, uint64_t id, uint32_t near, group_accept_fn *accept)
{
    uint32_t file_order = g->events[near].file_order;
    size_t lo = 0, hi = g->id_count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (is_before(g, &g->ids[mid], id, file_order))
            lo = mid + 1;
        else
            hi = mid;
    }
    uint32_t best = NO_EVENT;
    size_t from = lo > NEIGHBOURS ? lo - NEIGHBOURS : 0;
    for (size_t i = from; id && i < lo + NEIGHBOURS && i < g->id_count; i++) {
        uint32_t event = g->ids[i].number;
        if (g->ids[i].key != id || event == near || !accept(g, near, event))
            continue;
        if (best == NO_EVENT || distance(g->events[event].file_order, file_order) <
                                    distance(g->events[best].file_order, file_order))
            best = event;
    }
    return best;
}
