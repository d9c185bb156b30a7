// SPDX-License-Identifier: MIT
/*
 * Pairing, best proof first: WARC-Concurrent-To in either direction (ISO 28500 5.7: it binds both ways,
 * whichever record bears it), then neighbours with the same URL, then the next answer to the same URL.
 */
#include "4_index/crawl_group.h"

#define PAIR_MAX_NS (60ll * 1000000000) /* an answer that took longer than a minute is another visit's */

struct id_table {
    uint32_t *slots; /* event + 1 */
    size_t mask;
};

static size_t id_slot(const struct group *g, const struct id_table *t, uint64_t id)
{
    size_t i = id & t->mask;
    while (t->slots[i] && g->events[t->slots[i] - 1].event.id != id)
        i = (i + 1) & t->mask;
    return i;
}

static enum err fill_ids(const struct group *g, struct id_table *t)
{
    size_t slots = 16;
    while (slots < (size_t)g->event_count * 2)
        slots *= 2;
    t->mask = slots - 1;
    t->slots = arena_alloc(g->arena, slots * sizeof *t->slots);
    if (!t->slots)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->event_count; i++) {
        size_t slot = g->events[i].event.id ? id_slot(g, t, g->events[i].event.id) : 0;
        if (g->events[i].event.id && !t->slots[slot]) /* of duplicate ids the first counts */
            t->slots[slot] = i + 1;
    }
    return ERR_OK;
}

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

static void pair_by_id(struct group *g, const struct id_table *ids)
{
    for (uint32_t i = 0; i < g->event_count; i++) {
        if (!g->events[i].event.concurrent || !is_half(&g->events[i]))
            continue;
        uint32_t other = ids->slots[id_slot(g, ids, g->events[i].event.concurrent)];
        if (other && may_marry(g, i, other - 1))
            marry(g, i, other - 1);
    }
}

static bool same_url(const struct group *g, uint32_t a, uint32_t b)
{
    return g->events[a].archive == g->events[b].archive && g->events[a].url == g->events[b].url;
}

static enum err pair_by_url(struct group *g)
{
    for (uint32_t i = 0; i + 1 < g->event_count; i++)
        if (may_marry(g, i, i + 1) && same_url(g, i, i + 1))
            marry(g, i, i + 1);
    uint32_t *waiting = arena_alloc(g->arena, (g->texts.count + 1) * sizeof *waiting); /* event + 1 per URL */
    if (!waiting)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->event_count; i++) {
        if (!is_half(&g->events[i]) || g->events[i].partner != NO_EVENT)
            continue;
        uint32_t *last = &waiting[g->events[i].url];
        if (*last && may_marry(g, *last - 1, i) && same_url(g, *last - 1, i) &&
            g->events[i].event.date_ns - g->events[*last - 1].event.date_ns <= PAIR_MAX_NS) {
            marry(g, *last - 1, i);
            *last = 0;
        } else {
            *last = i + 1;
        }
    }
    return ERR_OK;
}

static void make_exchange(struct group *g, uint32_t first)
{
    uint32_t number = g->exchange_count++;
    struct group_event *e = &g->events[first],
                       *other = e->partner == NO_EVENT ? NULL : &g->events[e->partner];
    struct exchange *x = &g->exchanges[number];
    *x = (struct exchange){
        .order = first, .visit = NO_VISIT, .evidence = EVIDENCE_COUNT, .redirect_from = NO_EVENT};
    x->request = e->event.kind == EVENT_REQUEST ? e : other;
    x->response = e->event.kind == EVENT_RESPONSE ? e : other;
    x->url = exchange_proof(x)->url;
    e->partner = number;
    if (other)
        other->partner = number;
}

/* Metadata points to the answer it speaks of; where it does not, it is the one before it with its URL. */
static enum err bind_metadata(struct group *g, const struct id_table *ids)
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
        uint32_t other = e->event.concurrent ? ids->slots[id_slot(g, ids, e->event.concurrent)] : 0;
        if (other && is_half(&g->events[other - 1]))
            e->partner = g->events[other - 1].partner;
        else if (latest[e->url])
            e->partner = latest[e->url] - 1;
    }
    return ERR_OK;
}

enum err group_pair(struct group *g)
{
    struct id_table ids;
    TRY(fill_ids(g, &ids));
    pair_by_id(g, &ids);
    TRY(pair_by_url(g));
    g->exchanges = arena_alloc(g->arena, g->event_count * sizeof *g->exchanges);
    bool *taken = arena_alloc(g->arena, g->event_count * sizeof *taken);
    if (!g->exchanges || !taken)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->event_count; i++) {
        if (!is_half(&g->events[i]) || taken[i])
            continue;
        if (g->events[i].partner != NO_EVENT)
            taken[g->events[i].partner] = true;
        make_exchange(g, i);
    }
    return bind_metadata(g, &ids);
}
