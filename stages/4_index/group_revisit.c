// SPDX-License-Identifier: MIT
/*
 * Where the body of a revisit is, best proof first:
 *
 *   1. the record that WARC-Refers-To names, and what that one repeats in turn
 *   2. the answer of WARC-Refers-To-Target-URI at WARC-Refers-To-Date
 *   3. an answer with the same payload digest: of the same URL before one of another
 *   4. an answer of the same URL whose digest does not say otherwise
 *
 * Of several the latest before the revisit, else the first behind it. A revisit that carries its body needs none.
 */
#include "4_index/crawl_group.h"

#define NS_PER_S INT64_C(1000000000)

struct lookup {
    struct group *group;
    struct keyed *by_url, *by_digest; /* answers, those of one key in time order */
    size_t url_count, digest_count;
};

static bool is_repetition(const struct event_facts *e)
{
    return (e->flags & EVENT_FLAG_REVISIT) && !(e->flags & EVENT_FLAG_BODY);
}

static enum err fill_lookup(struct lookup *l)
{
    struct group *g = l->group;
    l->by_url = arena_raw(g->arena, (g->event_count + 1) * sizeof *l->by_url);
    l->by_digest = arena_raw(g->arena, (g->event_count + 1) * sizeof *l->by_digest);
    struct arena_mark mark = arena_mark(g->arena);
    struct keyed *room = arena_raw(g->arena, (g->event_count + 1) * sizeof *room);
    if (!l->by_url || !l->by_digest || !room)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->event_count; i++) {
        const struct event_facts *e = &g->events[i].event;
        if (e->kind != EVENT_RESPONSE || is_repetition(e) || g->events[i].location != INTERN_NONE)
            continue;
        l->by_url[l->url_count++] = (struct keyed){g->events[i].url, i};
        if (e->digest)
            l->by_digest[l->digest_count++] = (struct keyed){e->digest, i};
    }
    keyed_sort(l->by_url, room, l->url_count);
    keyed_sort(l->by_digest, room, l->digest_count);
    arena_back_to(g->arena, mark);
    return ERR_OK;
}

/* The last answer of that key at or before event `until`, else the first one behind; count: there is none. */
static size_t find_answer(const struct keyed *answers, size_t count, uint64_t key, uint32_t until)
{
    size_t lo = 0, hi = count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (answers[mid].key != key ? answers[mid].key < key : answers[mid].number <= until)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo && answers[lo - 1].key == key)
        return lo - 1;
    return lo < count && answers[lo].key == key ? lo : count;
}

static bool is_answer(const struct group *g, uint32_t near, uint32_t event)
{
    (void)near;
    return g->events[event].event.kind == EVENT_RESPONSE;
}

/* Follows revisits of revisits; a ring ends with nothing. */
static uint32_t by_record(const struct lookup *l, uint32_t revisit)
{
    const struct group *g = l->group;
    uint32_t at = revisit;
    for (unsigned hops = 0; hops < LIMIT_REDIRECTS; hops++) {
        at = group_find_id(g, g->events[at].event.refers_to, at, is_answer);
        if (at == NO_EVENT || !is_repetition(&g->events[at].event))
            return at;
    }
    return NO_EVENT;
}

/* Dates are written to the second by some and finer by others: the same second is the same date. */
static uint32_t by_url_and_date(const struct lookup *l, uint32_t revisit)
{
    const struct group *g = l->group;
    struct event e;
    group_head(&g->events[revisit], &e);
    uint32_t url = e.refers_url.bytes ? intern_find(&g->texts, e.refers_url) : INTERN_NONE;
    if (url == INTERN_NONE || !e.refers_date_ns)
        return NO_EVENT;
    int64_t from_ns = e.refers_date_ns - e.refers_date_ns % NS_PER_S;
    uint32_t lo = 0, hi = g->event_count; /* events lie in time order: the last one before the next second */
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (g->events[mid].event.date_ns < from_ns + NS_PER_S)
            lo = mid + 1;
        else
            hi = mid;
    }
    size_t i = lo ? find_answer(l->by_url, l->url_count, url, lo - 1) : l->url_count;
    if (i == l->url_count)
        return NO_EVENT;
    int64_t date_ns = g->events[l->by_url[i].number].event.date_ns;
    return date_ns >= from_ns && date_ns < from_ns + NS_PER_S ? l->by_url[i].number : NO_EVENT;
}

static bool may_be_equal(const struct event_facts *a, const struct event_facts *b)
{
    return !a->digest || !b->digest || a->digest == b->digest;
}

static uint32_t by_url(const struct lookup *l, uint32_t revisit, bool same_digest)
{
    const struct group *g = l->group;
    const struct event_facts *e = &g->events[revisit].event;
    if (same_digest && !e->digest)
        return NO_EVENT;
    size_t i = find_answer(l->by_url, l->url_count, g->events[revisit].url, revisit);
    if (i == l->url_count)
        return NO_EVENT;
    const struct event_facts *answer = &g->events[l->by_url[i].number].event;
    return (same_digest ? answer->digest == e->digest : may_be_equal(answer, e)) ? l->by_url[i].number
                                                                                 : NO_EVENT;
}

static uint32_t by_digest(const struct lookup *l, uint32_t revisit)
{
    uint64_t digest = l->group->events[revisit].event.digest;
    size_t i = digest ? find_answer(l->by_digest, l->digest_count, digest, revisit) : l->digest_count;
    return i < l->digest_count ? l->by_digest[i].number : NO_EVENT;
}

static uint32_t find_body(const struct lookup *l, uint32_t revisit)
{
    uint32_t body = by_record(l, revisit);
    if (body == NO_EVENT)
        body = by_url_and_date(l, revisit);
    if (body == NO_EVENT)
        body = by_url(l, revisit, true);
    if (body == NO_EVENT)
        body = by_digest(l, revisit);
    return body == NO_EVENT ? by_url(l, revisit, false) : body;
}

enum err group_find_bodies(struct group *g)
{
    struct lookup lookup = {.group = g};
    for (uint32_t i = 0; i < g->event_count; i++) {
        struct group_event *e = &g->events[i];
        e->body = e->event.kind == EVENT_RESPONSE ? i : NO_EVENT;
        if (!is_repetition(&e->event) || e->event.kind != EVENT_RESPONSE)
            continue;
        if (!lookup.by_url)
            TRY(fill_lookup(&lookup));
        e->body = find_body(&lookup, i);
        g->counters->revisits_resolved += e->body != NO_EVENT;
        g->counters->revisits_open += e->body == NO_EVENT;
    }
    return ERR_OK;
}
