// SPDX-License-Identifier: MIT
/*
 * Pairing of requests and answers, best proof first; each is used once:
 *
 *   1. WARC-Concurrent-To in either direction (ISO 28500, 5.7: it binds both ways, whichever record bears it)
 *   2. same archive, URL and date: neighbours in the file, then the first request with the first answer
 *   3. same archive and URL, dates a few seconds apart: wpull, some proxies
 *   4. neighbours in the file with the same URL, whatever their dates: the answer took long
 *
 * What remains is an exchange of its own: a second answer to one request, a request without answer.
 */
#include "4_index/crawl_group.h"

#include <stdlib.h>

#define PAIR_NEAR_NS (10ll * 1000000000)

static bool is_half(const struct group_event *e)
{
    return e->event.kind == EVENT_REQUEST || e->event.kind == EVENT_RESPONSE;
}

/* partner holds the other event until exchanges are numbered. */
static void marry(struct group *g, uint32_t a, uint32_t b)
{
    g->events[a].partner = b;
    g->events[b].partner = a;
}

static bool may_marry(const struct group *g, uint32_t a, uint32_t b)
{
    const struct group_event *x = &g->events[a], *y = &g->events[b];
    return is_half(x) && is_half(y) && x->event.kind != y->event.kind && x->partner == NO_EVENT &&
           y->partner == NO_EVENT;
}

/* The first fitting event of those that the record names. */
static uint32_t find_concurrent(const struct group *g, uint32_t event, group_accept_fn *accept)
{
    const struct event_facts *e = &g->events[event].event;
    uint32_t found = e->concurrent ? group_find_id(g, e->concurrent, event, accept) : NO_EVENT;
    struct event head;
    if (found != NO_EVENT || !e->has_more_concurrent)
        return found;
    group_head(&g->events[event], &head);
    for (size_t i = 1; i < RECORD_CONCURRENT_MAX && head.concurrent[i] && found == NO_EVENT; i++)
        found = group_find_id(g, head.concurrent[i], event, accept);
    return found;
}

/* Ids of records that are neither, as a warcinfo, and unknown ones bind nothing. */
static void pair_by_id(struct group *g)
{
    for (uint32_t i = 0; i < g->event_count; i++) {
        const struct group_event *e = &g->events[i];
        if (!is_half(e) || e->partner != NO_EVENT)
            continue;
        uint32_t other = find_concurrent(g, i, may_marry);
        if (other != NO_EVENT)
            marry(g, i, other);
    }
}

static bool same_url(const struct group *g, uint32_t a, uint32_t b)
{
    return g->events[a].archive == g->events[b].archive && g->events[a].url == g->events[b].url;
}

static void pair_neighbours(struct group *g, bool same_date)
{
    for (uint32_t i = 0; i + 1 < g->event_count; i++) {
        uint32_t a = g->in_file[i], b = g->in_file[i + 1];
        if (may_marry(g, a, b) && same_url(g, a, b) &&
            (!same_date || g->events[a].event.date_ns == g->events[b].event.date_ns))
            marry(g, a, b);
    }
}

struct single {
    int64_t date_ns;
    uint32_t archive, url, file_order, event;
};

static int by_url(const void *left, const void *right)
{
    const struct single *a = left, *b = right;
    if (a->archive != b->archive)
        return a->archive < b->archive ? -1 : 1;
    if (a->url != b->url)
        return a->url < b->url ? -1 : 1;
    if (a->date_ns != b->date_ns)
        return a->date_ns < b->date_ns ? -1 : 1;
    return (a->file_order > b->file_order) - (a->file_order < b->file_order);
}

static enum err list_singles(const struct group *g, struct single **singles, size_t *count)
{
    size_t single_count = 0;
    for (uint32_t i = 0; i < g->event_count; i++)
        single_count += is_half(&g->events[i]) && g->events[i].partner == NO_EVENT;
    *count = 0;
    *singles = arena_raw(g->arena, single_count * sizeof **singles);
    if (!*singles)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->event_count; i++) {
        const struct group_event *e = &g->events[i];
        if (is_half(e) && e->partner == NO_EVENT)
            (*singles)[(*count)++] = (struct single){e->event.date_ns, e->archive, e->url, e->file_order, i};
    }
    if (*count)
        qsort(*singles, *count, sizeof **singles, by_url);
    return ERR_OK;
}

/* The n-th request of a run with its n-th answer: two readers in step. */
static void pair_run(struct group *g, const struct single *run, size_t count)
{
    size_t request = 0, response = 0;
    for (;;) {
        while (request < count && g->events[run[request].event].event.kind != EVENT_REQUEST)
            request++;
        while (response < count && g->events[run[response].event].event.kind != EVENT_RESPONSE)
            response++;
        if (request >= count || response >= count)
            return;
        marry(g, run[request++].event, run[response++].event);
    }
}

static void pair_by_date(struct group *g, const struct single *singles, size_t count)
{
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && same_url(g, singles[from].event, singles[to].event) &&
                            singles[to].date_ns == singles[from].date_ns;)
            to++;
        pair_run(g, singles + from, to - from);
    }
}

static void pair_by_time(struct group *g, const struct single *singles, size_t count)
{
    const struct single *waiting = NULL; /* latest one without partner */
    for (const struct single *s = singles; s < singles + count; s++) {
        if (g->events[s->event].partner != NO_EVENT)
            continue;
        bool pairs = waiting && same_url(g, waiting->event, s->event) &&
                     may_marry(g, waiting->event, s->event) &&
                     (uint64_t)s->date_ns - (uint64_t)waiting->date_ns <= PAIR_NEAR_NS; /* sorted */
        if (pairs)
            marry(g, waiting->event, s->event);
        waiting = pairs ? NULL : s;
    }
}

static void make_exchange(struct group *g, uint32_t first)
{
    uint32_t number = g->exchange_count++;
    struct group_event *e = &g->events[first],
                       *other = e->partner == NO_EVENT ? NULL : &g->events[e->partner];
    struct exchange *x = &g->exchanges[number];
    *x = (struct exchange){.order = first,
                           .visit = NO_VISIT,
                           .evidence = EVIDENCE_COUNT,
                           .redirect_from = NO_EVENT,
                           .asked_by = NO_EVENT};
    x->request = e->event.kind == EVENT_REQUEST ? e : other;
    x->response = e->event.kind == EVENT_RESPONSE ? e : other;
    x->url = exchange_proof(x)->url;
    e->partner = number;
    if (other)
        other->partner = number;
}

static bool is_half_id(const struct group *g, uint32_t metadata, uint32_t event)
{
    (void)metadata;
    return is_half(&g->events[event]);
}

/* Metadata points to the answer it speaks of; where it does not, it is the one before it with its URL. */
static enum err bind_metadata(struct group *g)
{
    uint32_t *latest =
        arena_alloc(g->arena, (g->texts.count + 1) * sizeof *latest); /* exchange + 1 per URL */
    if (!latest)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->event_count; i++) {
        struct group_event *e = &g->events[i];
        if (is_half(e))
            latest[e->url] = e->partner + 1;
        if (e->event.kind != EVENT_CRAWL)
            continue;
        uint32_t other = find_concurrent(g, i, is_half_id);
        if (other != NO_EVENT)
            e->partner = g->events[other].partner;
        else if (latest[e->url])
            e->partner = latest[e->url] - 1;
    }
    return ERR_OK;
}

static size_t count_exchanges(const struct group *g)
{
    size_t count = 0;
    for (uint32_t i = 0; i < g->event_count; i++)
        count += is_half(&g->events[i]) && (g->events[i].partner == NO_EVENT || g->events[i].partner > i);
    return count;
}

enum err group_pair(struct group *g)
{
    struct single *singles;
    size_t single_count;
    pair_by_id(g);
    pair_neighbours(g, true);
    TRY(list_singles(g, &singles, &single_count));
    pair_by_date(g, singles, single_count);
    pair_by_time(g, singles, single_count);
    pair_neighbours(g, false);
    g->exchanges = arena_raw(g->arena, (count_exchanges(g) + 1) * sizeof *g->exchanges);
    bool *taken = arena_alloc(g->arena, g->event_count + 1);
    if (!g->exchanges || !taken)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->event_count; i++) {
        if (!is_half(&g->events[i]) || taken[i])
            continue;
        if (g->events[i].partner != NO_EVENT)
            taken[g->events[i].partner] = true;
        make_exchange(g, i);
    }
    return bind_metadata(g);
}
