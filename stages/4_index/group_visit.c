// SPDX-License-Identifier: MIT
/*
 * Which documents a person would have seen as pages (evidence.md 3.3). The first source that an archive has
 * is used: the crawler's own page lists, a recorder's end-of-page marks, else navigations among the
 * exchanges.
 */
#include "4_index/crawl_group.h"

#include <stdlib.h>

static struct group_visit *add_visit(struct group *g, uint32_t url, uint32_t order)
{
    struct group_visit *v = ARENA_PUSH(g->arena, g->visits, g->visit_count, g->visit_capacity);
    if (v)
        *v = (struct group_visit){.url = url,
                                  .page_id = INTERN_NONE,
                                  .order = order,
                                  .stream = g->events[order].stream,
                                  .document = NO_EVENT,
                                  .mark = order};
    return v;
}

/* A revisit of something unknown may be a page: it has no head that tells, or one that leaves the type out. */
static bool is_page(const struct group *g, const struct exchange *x)
{
    const struct event_facts *r = x->response ? &x->response->event : NULL;
    if (!r || exchange_is_redirect(x) || exchange_is_speculative(x))
        return false;
    bool unknown = x->response->body == NO_EVENT && r->content == CONTENT_OTHER &&
                   (!(r->flags & EVENT_FLAG_HAS_HEAD) || (r->flags & EVENT_FLAG_UNMODIFIED));
    return unknown || r->status >= 400 || exchange_content(g, x) == CONTENT_HTML;
}

static enum err visits_of_lists(struct group *g)
{
    for (int line = 0; line < 2; line++) /* pageinfo first: it is richer than a line of pages.jsonl */
        for (uint32_t i = 0; i < g->event_count; i++) {
            const struct group_event *e = &g->events[i];
            if (e->event.kind != EVENT_PAGE || !!(e->event.flags & EVENT_FLAG_LINE) != line ||
                (e->event.flags & EVENT_FLAG_TITLE))
                continue;
            if (e->page_id != INTERN_NONE && g->visit_of_page_id[e->page_id] != NO_VISIT)
                continue; /* of duplicate ids the first counts */
            struct group_visit *v = add_visit(g, e->url, i);
            if (!v)
                return ERR_MEMORY;
            v->page = e;
            v->page_id = e->page_id;
            v->time_ns = e->event.date_ns;
            v->producer = e->event.producer;
            g->has_pages[v->producer] = true;
            if (e->page_id != INTERN_NONE)
                g->visit_of_page_id[e->page_id] = (uint32_t)g->visit_count - 1;
        }
    return ERR_OK;
}

/* The lines of a list whose ids no record bears name their pages by URL alone: the n-th line of a URL is its n-th
 * document. */
static enum err bind_lines(struct group *g)
{
    uint32_t *first = arena_alloc(g->arena, (g->texts.count + 1) * sizeof *first);
    uint32_t *next = arena_alloc(g->arena, (g->visit_count + 1) * sizeof *next);
    if (!first || !next)
        return ERR_MEMORY;
    for (size_t i = 0; i < g->texts.count; i++)
        first[i] = NO_VISIT;
    for (uint32_t i = (uint32_t)g->visit_count; i-- > 0;) {
        const struct group_visit *v = &g->visits[i];
        if (!(v->page->event.flags & EVENT_FLAG_LINE) || g->has_page_ids[v->producer])
            continue;
        next[i] = first[v->url];
        first[v->url] = i;
    }
    for (uint32_t i = 0; i < g->exchange_count; i++) {
        const struct exchange *x = &g->exchanges[i];
        if (first[x->url] == NO_VISIT || !is_page(g, x) || group_noise(g, x) != FATE_UNATTRIBUTED)
            continue;
        struct group_visit *v = &g->visits[first[x->url]];
        first[x->url] = next[first[x->url]];
        v->document = i;
        v->order = x->order;
        v->stream = exchange_proof(x)->stream;
        if (v->time_ns == RECORD_NO_DATE)
            v->time_ns = exchange_proof(x)->event.date_ns;
    }
    return ERR_OK;
}

static bool is_part(enum resource resource)
{
    static const uint32_t others = 1u << RESOURCE_DOCUMENT | 1u << RESOURCE_PREFETCH |
                                   1u << RESOURCE_CONNECT | 1u << RESOURCE_REDIRECT | 1u << RESOURCE_PING |
                                   1u << RESOURCE_OTHER;
    return !(others & 1u << resource);
}

static bool is_whole_page(const struct group *g, const struct exchange *x)
{
    return is_page(g, x) && !(x->request && is_part(x->request->event.resource));
}

/* titles: per text, the HAR page of that id that is titled by its URL, or NULL. */
static const struct group_event **find_titles(const struct group *g)
{
    const struct group_event **titles = arena_alloc(g->arena, (g->texts.count + 1) * sizeof *titles);
    for (uint32_t i = 0; titles && i < g->event_count; i++) {
        const struct group_event *e = &g->events[i];
        if (e->event.kind == EVENT_PAGE && (e->event.flags & EVENT_FLAG_TITLE) && !titles[e->page_id])
            titles[e->page_id] = e;
    }
    return titles;
}

/* Page ids that no list names. Of a HAR the page is the exchange that its title names; else it is the first
 * document recorded under the id; and where none was, the title alone. */
enum page_source { PAGE_TITLED, PAGE_DOCUMENT, PAGE_TITLE_ONLY, PAGE_SOURCE_COUNT };

static bool is_page_of_id(const struct group *g, const struct exchange *x, const struct group_event *title,
                          enum page_source source)
{
    if (source == PAGE_DOCUMENT)
        return is_whole_page(g, x);
    return title && (source == PAGE_TITLE_ONLY || title->url == x->url);
}

static enum err visits_of_ids(struct group *g)
{
    const struct group_event **titles = find_titles(g);
    if (!titles)
        return ERR_MEMORY;
    for (uint64_t k = 0; k < (uint64_t)PAGE_SOURCE_COUNT * g->exchange_count; k++) {
        enum page_source source = (enum page_source)(k / g->exchange_count);
        const struct exchange *x = &g->exchanges[k % g->exchange_count];
        const struct group_event *proof = exchange_proof(x), *title;
        if (proof->page_id == INTERN_NONE || g->visit_of_page_id[proof->page_id] != NO_VISIT)
            continue;
        title = titles[proof->page_id];
        if (!is_page_of_id(g, x, title, source))
            continue;
        struct group_visit *v = add_visit(g, source == PAGE_DOCUMENT ? x->url : title->url, x->order);
        if (!v)
            return ERR_MEMORY;
        v->page_id = proof->page_id;
        v->time_ns = proof->event.date_ns;
        v->producer = proof->event.producer;
        g->visit_of_page_id[proof->page_id] = (uint32_t)g->visit_count - 1;
    }
    return ERR_OK;
}

/* Per stream a number, all of them `value`. */
static uint32_t *per_stream(struct group *g, uint32_t value)
{
    uint32_t *items = arena_alloc(g->arena, (g->stream_count + 1) * sizeof *items);
    for (uint32_t i = 0; items && i < g->stream_count; i++)
        items[i] = value;
    return items;
}

static enum err visits_of_marks(struct group *g)
{
    uint32_t *from = per_stream(g, 0);
    if (!from)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->event_count; i++) {
        const struct group_event *e = &g->events[i];
        if (e->event.kind != EVENT_PAGE_END)
            continue;
        struct group_visit *v = add_visit(g, e->url, from[e->stream]);
        if (!v)
            return ERR_MEMORY;
        v->stream = e->stream;
        v->time_ns = e->event.date_ns;
        v->producer = e->event.producer;
        v->mark = i;
        v->end = i;
        v->has_mark = true;
        from[e->stream] = i;
        g->has_pages[v->producer] = true;
    }
    return ERR_OK;
}

/* Heritrix: the way from the seed ends in a link, a form, a sitemap, or is empty; redirects at its end do not
 * matter. */
static bool is_followed(struct span hops)
{
    while (hops.bytes && hops.at[hops.bytes - 1] == 'R')
        hops.bytes--;
    return !hops.bytes || memchr("LSM", hops.at[hops.bytes - 1], 3) != NULL;
}

struct navigation {
    const bool *is_embedded;          /* per text: a part of some document, as a frame, an image, a script */
    const struct group_event **crawl; /* per exchange: Heritrix metadata */
};

/* What a crawler's parser took for an address on another host, and was not there: no page of anybody's. */
static bool is_error_elsewhere(const struct group *g, const struct exchange *x)
{
    struct span referer = x->request ? group_text(g, x->request->referer) : SPAN_NONE;
    return x->response && x->response->event.status >= 400 && referer.bytes &&
           !span_equal(href_of(referer).host, href_of(group_text(g, x->url)).host);
}

static bool is_navigation(const struct group *g, const struct navigation *nav, uint32_t number)
{
    const struct exchange *x = &g->exchanges[number];
    struct event crawl;
    const struct event_facts *request = x->request ? &x->request->event : NULL;
    if (exchange_is_speculative(x))
        return false;
    if (request && (request->flags & EVENT_FLAG_HAS_DEST))
        return (request->flags &
                EVENT_FLAG_NAVIGATE) && /* a service worker passes navigations on as "empty" */
               (request->resource == RESOURCE_DOCUMENT || (request->flags & EVENT_FLAG_FETCH));
    if (nav->crawl[number]) {
        group_head(nav->crawl[number], &crawl);
        return is_followed(crawl.hops);
    }
    if (producer_traits(exchange_producer(x))->runs_scripts && request)
        return (request->flags & EVENT_FLAG_UPGRADE) && !nav->is_embedded[x->url];
    return !nav->is_embedded[x->url] && !is_error_elsewhere(g, x);
}

static enum err find_embedded(const struct group *g, bool *is_embedded)
{
    for (uint32_t i = 0; i < g->event_count; i++) {
        struct arena_mark mark = arena_mark(g->arena);
        struct event full;
        if (!g->events[i].event.reference_count)
            continue;
        TRY(group_lists(g, &g->events[i], &full));
        for (size_t k = 0; k < full.reference_count; k++) {
            const struct event_reference *r = &full.references[k];
            uint32_t number = is_part(r->resource) ? intern_find(&g->texts, r->url) : INTERN_NONE;
            bool is_itself = number == g->events[i].url; /* <img src="#"> */
            if (number != INTERN_NONE && !is_itself)
                is_embedded[number] = true;
        }
        arena_back_to(g->arena, mark);
    }
    return ERR_OK;
}

static void find_crawl(const struct group *g, const struct group_event **crawl)
{
    for (uint32_t i = 0; i < g->event_count; i++)
        if (g->events[i].event.kind == EVENT_CRAWL && g->events[i].partner != NO_EVENT)
            crawl[g->events[i].partner] = &g->events[i];
}

/* Is there an exchange of which is_navigation asks whether it is embedded? A browser's records mostly tell it themselves, and
 * all references of all documents need not be unpacked. */
static bool needs_embedded(const struct group *g, const struct navigation *nav)
{
    for (uint32_t i = 0; i < g->exchange_count; i++) {
        const struct exchange *x = &g->exchanges[i];
        enum producer producer = exchange_producer(x);
        bool is_listed = g->has_page_ids[producer] || g->has_pages[producer];
        bool tells = x->request && (x->request->event.flags & EVENT_FLAG_HAS_DEST);
        if (!is_listed && !tells && !nav->crawl[i])
            return true;
    }
    return false;
}

/* A redirect on the way to a page begins the window of that page. */
static enum err visits_of_navigations(struct group *g)
{
    struct navigation nav;
    bool *is_embedded = arena_alloc(g->arena, g->texts.count + 1);
    nav.crawl = arena_alloc(g->arena, (g->exchange_count + 1) * sizeof *nav.crawl);
    if (!is_embedded || !nav.crawl)
        return ERR_MEMORY;
    nav.is_embedded = is_embedded;
    find_crawl(g, nav.crawl);
    if (needs_embedded(g, &nav))
        TRY(find_embedded(g, is_embedded));
    uint32_t *first_hops = per_stream(g, NO_EVENT);
    if (!first_hops)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->exchange_count; i++) {
        struct exchange *x = &g->exchanges[i];
        if (g->has_page_ids[exchange_producer(x)] || g->has_pages[exchange_producer(x)] ||
            group_noise(g, x) != FATE_UNATTRIBUTED || !is_navigation(g, &nav, i))
            continue;
        uint32_t *first_hop = &first_hops[exchange_proof(x)->stream];
        if (exchange_is_redirect(x)) {
            *first_hop = *first_hop == NO_EVENT ? x->order : *first_hop;
            continue;
        }
        if (!is_page(g, x))
            continue;
        struct group_visit *v = add_visit(g, x->url, *first_hop == NO_EVENT ? x->order : *first_hop);
        if (!v)
            return ERR_MEMORY;
        *first_hop = NO_EVENT;
        v->stream = exchange_proof(x)->stream;
        v->time_ns = exchange_proof(x)->event.date_ns;
        v->producer = exchange_producer(x);
        v->document = i;
    }
    return ERR_OK;
}

/* An app has no pages: all that was recorded of a session is one visit. */
static enum err visit_of_session(struct group *g)
{
    for (uint32_t i = 0; i < g->exchange_count; i++) {
        const struct exchange *x = &g->exchanges[i];
        if (group_noise(g, x) != FATE_UNATTRIBUTED)
            continue;
        struct group_visit *v = add_visit(g, intern_find(&g->texts, g->session), x->order);
        if (!v)
            return ERR_MEMORY;
        v->time_ns = exchange_proof(x)->event.date_ns;
        v->producer = exchange_producer(x);
        return ERR_OK;
    }
    return ERR_OK; /* nothing was recorded */
}

static int by_order(const void *left, const void *right)
{
    const struct group_visit *a = left, *b = right;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return (a->mark > b->mark) - (a->mark < b->mark);
}

static enum err close_windows(struct group *g)
{
    uint32_t *next = per_stream(g, g->event_count);
    if (!next)
        return ERR_MEMORY;
    if (g->visit_count)
        qsort(g->visits, g->visit_count, sizeof *g->visits, by_order);
    for (size_t i = g->visit_count; i-- > 0;) {
        struct group_visit *v = &g->visits[i];
        if (!v->has_mark)
            v->end = next[v->stream];
        next[v->stream] = v->order;
    }
    for (size_t i = 0; i < g->texts.count; i++)
        g->visit_of_page_id[i] = NO_VISIT;
    for (size_t i = g->visit_count; i-- > 0;)
        if (g->visits[i].page_id != INTERN_NONE)
            g->visit_of_page_id[g->visits[i].page_id] = (uint32_t)i;
    return ERR_OK;
}

enum err group_find_visits(struct group *g)
{
    g->visit_of_page_id = arena_alloc(g->arena, (g->texts.count + 1) * sizeof *g->visit_of_page_id);
    if (!g->visit_of_page_id)
        return ERR_MEMORY;
    for (size_t i = 0; i < g->texts.count; i++)
        g->visit_of_page_id[i] = NO_VISIT;
    if (g->session.bytes) {
        TRY(visit_of_session(g));
        return close_windows(g);
    }
    TRY(visits_of_lists(g));
    TRY(bind_lines(g));
    TRY(visits_of_ids(g));
    TRY(visits_of_marks(g));
    TRY(visits_of_navigations(g));
    return close_windows(g);
}
