// SPDX-License-Identifier: MIT
#include "4_index/crawl_group.h"

enum err group_sort_exchanges(struct group *g)
{
    size_t texts = g->texts.count;
    g->first_of_visit = arena_alloc(g->arena, (g->visit_count + 2) * sizeof *g->first_of_visit);
    g->exchanges_of_visit = arena_alloc(g->arena, (g->exchange_count + 1) * sizeof *g->exchanges_of_visit);
    g->document_of_url = arena_alloc(g->arena, (texts + 1) * sizeof *g->document_of_url);
    if (!g->first_of_visit || !g->exchanges_of_visit || !g->document_of_url)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->exchange_count; i++)
        if (g->exchanges[i].visit != NO_VISIT)
            g->first_of_visit[g->exchanges[i].visit + 2]++;
    for (size_t v = 2; v < g->visit_count + 2; v++)
        g->first_of_visit[v] += g->first_of_visit[v - 1];
    for (uint32_t i = 0; i < g->exchange_count;
         i++) /* one ahead, so that filling leaves the starts in place */
        if (g->exchanges[i].visit != NO_VISIT)
            g->exchanges_of_visit[g->first_of_visit[g->exchanges[i].visit + 1]++] = i;
    for (size_t i = 0; i < texts; i++)
        g->document_of_url[i] = NO_EVENT;
    for (uint32_t i = 0; i < g->event_count; i++) {
        const struct group_event *e = &g->events[i];
        bool body = e->event.kind == EVENT_RESPONSE && e->event.reference_count;
        if (body && g->document_of_url[e->url] == NO_EVENT)
            g->document_of_url[e->url] = i;
    }
    /* a crawler's list of embeds stands in where the body itself was not kept */
    for (uint32_t i = 0; i < g->event_count; i++) {
        const struct group_event *e = &g->events[i];
        if (e->event.kind == EVENT_CRAWL && e->event.reference_count &&
            g->document_of_url[e->url] == NO_EVENT)
            g->document_of_url[e->url] = i;
    }
    return ERR_OK;
}

static const struct group_place the_page = {.depth = 1};

struct documents {
    struct group *group;
    uint32_t visit;
    struct span page_site;
    struct group_document *items;
    size_t count, capacity;
};

/* The body that the visit's own copy has or repeats; a copy without one is read as another of its URL, unless it is a
 * revisit: then its body is known to be missing. */
static uint32_t body_of(const struct group *g, uint32_t url, const struct group_event *own)
{
    if (own && own->body != NO_EVENT && (g->events[own->body].event.flags & EVENT_FLAG_BODY))
        return own->body;
    return own && own->body == NO_EVENT ? NO_EVENT : g->document_of_url[url];
}

/* `own`: the visit's own answer to that URL, when it has one. */
static enum err add_document(struct documents *d, uint32_t url, const struct group_event *own,
                             struct group_place place)
{
    struct group *g = d->group;
    if (url == INTERN_NONE || g->seen_by_visit[url] == d->visit + 1 || d->count >= LIMIT_VISIT_DOCUMENTS)
        return ERR_OK;
    uint32_t event = body_of(g, url, own);
    if (event == NO_EVENT)
        return ERR_OK;
    g->seen_by_visit[url] = d->visit + 1;
    struct group_document *item = ARENA_PUSH(g->arena, d->items, d->count, d->capacity);
    if (!item)
        return ERR_MEMORY;
    *item =
        (struct group_document){.event = event, .is_elsewhere = g->events[event].url != url, .place = place};
    return group_lists(g, &g->events[event], &item->full);
}

/* Of an app: HTML that something shows, and no text for the app's own code, no error page. */
static bool is_web_view(const struct group *g, const struct exchange *x, enum resource resource)
{
    bool shown = resource == RESOURCE_DOCUMENT || resource == RESOURCE_FRAME ||
                 (exchange_flags(x) & EVENT_FLAG_UPGRADE);
    return g->session.bytes && exchange_content(g, x) == CONTENT_HTML && shown &&
           x->response->event.status < 400 && !exchange_is_speculative(x);
}

bool group_is_subdocument(const struct group *g, const struct exchange *x)
{
    const struct event_facts *r = x->response ? &x->response->event : NULL;
    if (!r || exchange_is_redirect(x))
        return false;
    enum resource resource = x->request ? x->request->event.resource : r->resource;
    if (resource == RESOURCE_OTHER)
        resource = r->resource;
    bool fetched =
        resource == RESOURCE_FETCH || resource == RESOURCE_XHR; /* text for a script, not a document */
    return !fetched && (exchange_content(g, x) == CONTENT_CSS || resource == RESOURCE_FRAME ||
                        resource == RESOURCE_STYLESHEET || is_web_view(g, x, resource));
}

/* A document or style sheet that is named at `outer`. */
static enum err add_named(struct documents *d, struct span url, struct group_place outer, bool frame)
{
    struct group_place place = group_place_inside(d->group, d->page_site, outer, url, frame);
    return add_document(d, intern_find(&d->group->texts, url), NULL, place);
}

static enum err add_observed(struct documents *d)
{
    struct group *g = d->group;
    for (uint32_t i = g->first_of_visit[d->visit]; i < g->first_of_visit[d->visit + 1]; i++) {
        const struct exchange *x = &g->exchanges[g->exchanges_of_visit[i]];
        if (group_is_subdocument(g, x))
            TRY(add_document(d, x->url, x->response, group_place_behind(g, d->page_site, x)));
    }
    struct event page = {0};
    if (g->visits[d->visit].page)
        TRY(group_lists(g, g->visits[d->visit].page, &page));
    for (size_t i = 0; i < page.resource_count; i++) {
        const struct event_resource *r = &page.resources[i];
        if (r->resource == RESOURCE_STYLESHEET || r->resource == RESOURCE_DOCUMENT ||
            r->resource == RESOURCE_FRAME)
            TRY(add_named(d, r->url, the_page, r->resource != RESOURCE_STYLESHEET));
    }
    return ERR_OK;
}

enum err group_documents(struct group *g, uint32_t visit, struct group_document **documents, size_t *count)
{
    const struct group_visit *v = &g->visits[visit];
    struct documents d = {.group = g, .visit = visit, .page_site = g->page.site};
    const struct exchange *page = v->document == NO_EVENT ? NULL : &g->exchanges[v->document];
    TRY(add_document(&d, v->url, page ? page->response : NULL, the_page));
    TRY(add_observed(&d));
    for (size_t i = 0; i < d.count;
         i++) { /* grows while it is walked: frames of frames, imports of imports */
        const struct event full = d.items[i].full; /* items may move */
        const struct group_place place = d.items[i].place;
        for (size_t k = 0; k < full.reference_count; k++) {
            const struct event_reference *r = &full.references[k];
            if (r->evidence == EVIDENCE_D1 &&
                (r->resource == RESOURCE_STYLESHEET || r->resource == RESOURCE_FRAME))
                TRY(add_named(&d, r->url, place, r->resource == RESOURCE_FRAME));
        }
    }
    *documents = d.items;
    *count = d.count;
    return ERR_OK;
}
