// SPDX-License-Identifier: MIT
/*
 * Archives of one crawl either follow one another, as a recorder changes files, or were recorded at the same time by
 * several. Only in the first case is "the page before" of one file the page before of the next.
 */
#include "4_index/crawl_group.h"

#include <stdlib.h>

#define OVERLAP_NS                                                                                           \
    (10ll * 1000000000) /* records bear the date of their request and are written when it ended */

struct stretch {
    int64_t from_ns, to_ns;
};

static int by_begin(const void *left, const void *right)
{
    const struct stretch *a = left, *b = right;
    if (a->from_ns != b->from_ns)
        return a->from_ns < b->from_ns ? -1 : 1;
    return (a->to_ns > b->to_ns) - (a->to_ns < b->to_ns);
}

static bool is_parallel(struct stretch *stretches, size_t count)
{
    bool parallel = false;
    if (count)
        qsort(stretches, count, sizeof *stretches, by_begin);
    for (size_t i = 1; i < count; i++) {
        int64_t until_ns =
            stretches[i].to_ns < stretches[i - 1].to_ns ? stretches[i].to_ns : stretches[i - 1].to_ns;
        parallel |= until_ns - stretches[i].from_ns > OVERLAP_NS;
        if (stretches[i].to_ns < stretches[i - 1].to_ns)
            stretches[i].to_ns = stretches[i - 1].to_ns;
    }
    return parallel;
}

enum err group_find_streams(struct group *g)
{
    struct stretch *stretches = NULL, *last = NULL;
    size_t count = 0, capacity = 0;
    uint32_t archive = UINT32_MAX, archive_count = 0;
    bool has_lists = false; /* lists speak for all archives of their crawl */
    for (uint32_t i = 0; i < g->event_count; i++) {
        struct group_event *e = &g->events[g->in_file[i]];
        if (!i || e->archive != archive) {
            archive = e->archive;
            archive_count++;
            last = NULL;
        }
        e->stream = archive_count - 1;
        has_lists |= e->event.kind == EVENT_PAGE;
        if (e->event.kind != EVENT_REQUEST && e->event.kind != EVENT_RESPONSE)
            continue;
        if (!last) {
            last = ARENA_PUSH(g->arena, stretches, count, capacity);
            if (!last)
                return ERR_MEMORY;
            *last = (struct stretch){e->event.date_ns, e->event.date_ns};
        }
        last->from_ns = e->event.date_ns < last->from_ns ? e->event.date_ns : last->from_ns;
        last->to_ns = e->event.date_ns > last->to_ns ? e->event.date_ns : last->to_ns;
    }
    bool apart = !has_lists && is_parallel(stretches, count);
    g->stream_count = apart ? archive_count : 1;
    for (uint32_t i = 0; !apart && i < g->event_count; i++)
        g->events[i].stream = 0;
    return ERR_OK;
}
