// SPDX-License-Identifier: MIT
/*
 * What one visit shows: what was seen (listed, recorded) and what its documents declare.
 */
#include "4_index/sighting.h"

#include <stdlib.h>

struct declared {
    struct span url;
    const struct event_reference *reference;
    struct proof proof;
    struct group_place place;
    bool is_of_other_visit; /* the body was recorded by another one */
};
struct gathering {
    struct group *group;
    uint32_t visit;
    struct span page_site;
    struct event page; /* its own list */
    struct sighting *sightings;
    size_t sighting_count, sighting_capacity;
    struct declared *declared; /* sorted by URL, then evidence */
    size_t declared_count, declared_capacity;
};

static struct proof proof_of(const struct group_event *e)
{
    return (struct proof){e->archive, e->event.place};
}

static enum err add_sighting(struct gathering *g, struct sighting draft)
{
    struct sighting *s = ARENA_PUSH(g->group->arena, g->sightings, g->sighting_count, g->sighting_capacity);
    if (!s)
        return ERR_MEMORY;
    struct href parts = href_of(draft.url);
    draft.host = parts.host;
    draft.path = parts.path;
    *s = draft;
    return ERR_OK;
}

static int by_declared_url(const void *left, const void *right)
{
    const struct declared *a = left, *b = right;
    int order = span_compare(a->url, b->url);
    return order ? order : (int)a->reference->evidence - (int)b->reference->evidence;
}

/* The strongest declaration of a URL, or NULL. */
static const struct declared *find_declared(const struct gathering *g, struct span url)
{
    size_t lo = 0, hi = g->declared_count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (span_compare(g->declared[mid].url, url) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < g->declared_count && span_equal(g->declared[lo].url, url) ? &g->declared[lo] : NULL;
}

static bool is_of_other_visit(const struct gathering *g, const struct group_event *body)
{
    return body->partner != NO_EVENT && g->group->exchanges[body->partner].visit != g->visit;
}

/* The documents of a visit: its page, and every frame and style sheet it has or declares, as far as they were
 * recorded. */
static enum err gather_declared(struct gathering *g, const struct group_document *documents,
                                size_t document_count)
{
    struct group *group = g->group;
    for (size_t i = 0; i < document_count; i++) {
        const struct group_event *e = &group->events[documents[i].event];
        const struct event *full = &documents[i].full;
        struct span own_host =
            documents[i].is_elsewhere ? href_of(group_text(group, e->url)).host : SPAN_NONE;
        for (size_t k = 0; k < full->reference_count; k++) {
            if (own_host.bytes && span_equal(href_of(full->references[k].url).host, own_host))
                continue;
            struct declared *d =
                ARENA_PUSH(group->arena, g->declared, g->declared_count, g->declared_capacity);
            if (!d)
                return ERR_MEMORY;
            *d = (struct declared){full->references[k].url, &full->references[k], proof_of(e),
                                   documents[i].place, is_of_other_visit(g, e)};
        }
    }
    if (g->declared_count)
        qsort(g->declared, g->declared_count, sizeof *g->declared, by_declared_url);
    for (size_t i = 0; i < g->declared_count; i++) {
        const struct event_reference *r = g->declared[i].reference;
        if (r->evidence == EVIDENCE_N)
            continue;
        struct sighting s = {.url = r->url,
                             .evidence = r->evidence,
                             .condition = r->condition,
                             .resource = r->resource,
                             .date_ns = group->visits[g->visit].time_ns,
                             .proof = g->declared[i].proof,
                             .place = g->declared[i].place,
                             .signals = g->declared[i].is_of_other_visit ? SIGNAL_OTHER_BODY : 0,
                             .by = r->by};
        TRY(add_sighting(g, s));
    }
    return ERR_OK;
}

/* A document that is fetched ahead is a prefetch, whatever Sec-Fetch-Dest says of it. */
static enum resource resource_of(const struct exchange *x)
{
    const struct event_facts *r = x->request ? &x->request->event : NULL;
    enum resource resource =
        r && r->resource != RESOURCE_OTHER ? r->resource : exchange_proof(x)->event.resource;
    return resource == RESOURCE_DOCUMENT && exchange_is_speculative(x) ? RESOURCE_PREFETCH : resource;
}

static void note_load(struct group *g, uint32_t visit, uint32_t url, enum resource resource)
{
    static const uint32_t loads = 1u << RESOURCE_IMAGE | 1u << RESOURCE_STYLESHEET | 1u << RESOURCE_MEDIA;
    if (url != INTERN_NONE && (loads & 1u << resource))
        g->loaded_by_visit[url] = visit + 1;
}

static void note_loads(const struct gathering *g)
{
    struct group *group = g->group;
    for (uint32_t i = group->first_of_visit[g->visit]; i < group->first_of_visit[g->visit + 1]; i++) {
        const struct exchange *x = &group->exchanges[group->exchanges_of_visit[i]];
        note_load(group, g->visit, x->url, resource_of(x));
    }
    for (size_t i = 0; i < g->page.resource_count; i++)
        note_load(group, g->visit, intern_find(&group->texts, g->page.resources[i].url),
                  g->page.resources[i].resource);
}

/* evidence.md 3.8: what a behaviour of the crawler asked for looks like a script's fetch, but stands in the
 * markup as something a browser need not take: candidates, data-* values, media rules. What the page was also seen to
 * load by itself is the page's. */
static bool is_behaviour(const struct gathering *g, struct span url, enum resource resource, bool post)
{
    static const uint32_t taken = 1u << CONDITION_CANDIDATE | 1u << CONDITION_DATA | 1u << CONDITION_MEDIA |
                                  1u << CONDITION_RULE | 1u << CONDITION_LAZY | 1u << CONDITION_NOSCRIPT;
    enum producer producer = g->group->visits[g->visit].producer;
    bool has_behaviours = producer == PRODUCER_BROWSERTRIX || producer == PRODUCER_ARCHIVEWEB;
    bool fetched = resource == RESOURCE_FETCH || resource == RESOURCE_XHR || resource == RESOURCE_OTHER;
    uint32_t number = intern_find(&g->group->texts, url);
    bool loaded = number != INTERN_NONE && g->group->loaded_by_visit[number] == g->visit + 1;
    if (!has_behaviours || post || !fetched || loaded)
        return false;
    const struct declared *d = find_declared(g, url);
    return d && d->reference->evidence == EVIDENCE_D2 && (taken & 1u << d->reference->condition);
}

/* A crawler that runs no scripts takes what its parser finds: only what the page declares as loading, and
 * where that redirects to, is the page's doing. */
static bool is_crawlers_own(const struct gathering *g, const struct exchange *x)
{
    if (x->evidence != EVIDENCE_O5 || x->is_document)
        return false;
    for (unsigned hops = 0; hops <= LIMIT_REDIRECTS; hops++) {
        const struct declared *d = find_declared(g, group_text(g->group, x->url));
        if (d && d->reference->evidence != EVIDENCE_D3)
            return d->reference->evidence != EVIDENCE_D1;
        if (x->redirect_from == NO_EVENT)
            return true;
        x = &g->group->exchanges[x->redirect_from];
    }
    return true;
}

/* A browser asks for the icon of a site whether or not the page declares one. */
static bool is_browsers_own(const struct gathering *g, const struct exchange *x, struct span url)
{
    struct href parts = href_of(url);
    bool refers = x->request && (x->request->referer != INTERN_NONE || x->request->event.has_origin);
    return !refers && span_equal(parts.path, SPAN("/favicon.ico")) && !find_declared(g, url);
}

static enum origin origin_of(const struct gathering *g, const struct exchange *x, struct span url,
                             enum resource resource)
{
    if (is_behaviour(g, url, resource, exchange_flags(x) & EVENT_FLAG_POST))
        return ORIGIN_BEHAVIOUR;
    if (is_crawlers_own(g, x))
        return exchange_producer(x) == PRODUCER_UNKNOWN ? ORIGIN_UNKNOWN : ORIGIN_CRAWLER;
    return is_browsers_own(g, x, url) ? ORIGIN_BROWSER : ORIGIN_PAGE;
}

static enum err gather_exchanges(struct gathering *g, const uint32_t *exchanges, size_t count)
{
    struct group *group = g->group;
    for (size_t i = 0; i < count; i++) {
        struct exchange *x = &group->exchanges[exchanges[i]];
        const struct group_event *proof = exchange_proof(x);
        uint32_t flags = exchange_flags(x);
        bool navigation = x->is_document && exchange_is_redirect(x);
        struct sighting s = {.url = group_text(group, x->url),
                             .evidence = x->evidence,
                             .resource = resource_of(x),
                             .date_ns = proof->event.date_ns,
                             .proof = proof_of(proof),
                             .refers = x->evidence < EVIDENCE_O5 && x->request &&
                                       x->request->referer == group->visits[g->visit].url,
                             .counts = !(flags & EVENT_FLAG_PREFLIGHT),
                             .is_recorded = true,
                             .place = group_place(group, g->page_site, x),
                             .hops = group_hops(group, x->redirect_from)};
        if (x->is_document)
            s.resource = navigation ? RESOURCE_REDIRECT : RESOURCE_DOCUMENT;
        s.origin = x->origin = origin_of(g, x, s.url, s.resource);
        TRY(group_exchange_signals(group, g->visit, x, s.resource, &s.signals));
        TRY(add_sighting(g, s));
    }
    return ERR_OK;
}

/* The page's own list. Answers nobody read end as ERR_ABORTED though the request was sent: those were POSTs
 * and pings. */
static enum err gather_listed(struct gathering *g)
{
    struct group *group = g->group;
    const struct group_event *page = group->visits[g->visit].page;
    for (size_t i = 0; i < g->page.resource_count; i++) {
        const struct event_resource *r = &g->page.resources[i];
        bool post = span_find_span(r->url, SPAN("__wb_method=POST"), 0) < r->url.bytes;
        bool sent = r->status > 0 || r->reached || (r->aborted && (post || r->resource == RESOURCE_PING));
        struct sighting s = {.url = r->url,
                             .evidence = sent ? EVIDENCE_O1 : EVIDENCE_A,
                             .resource = r->resource,
                             .date_ns = page->event.date_ns,
                             .proof = proof_of(page),
                             .origin =
                                 is_behaviour(g, r->url, r->resource, post) ? ORIGIN_BEHAVIOUR : ORIGIN_PAGE};
        if (span_equal(r->url, group_text(group, group->visits[g->visit].url)))
            s.resource = RESOURCE_DOCUMENT;
        if (sent)
            s.hops = group_hops(group, group_hop_to(group, g->visit, r->url));
        s.signals = sent ? group_url_signals(group, g->visit, r->url, s.resource, post) : 0;
        group->counters->listed++;
        TRY(add_sighting(g, s));
    }
    return ERR_OK;
}

enum err group_contacts(struct group *group, uint32_t visit, struct resolved_visit *out)
{
    struct gathering g = {.group = group, .visit = visit, .page_site = group->page.site};
    struct group_document *documents;
    size_t document_count;
    TRY(group_documents(group, visit, &documents, &document_count));
    TRY(gather_declared(&g, documents, document_count));
    if (group->visits[visit].page)
        TRY(group_lists(group, group->visits[visit].page, &g.page));
    note_loads(&g);
    group_note_hops(group, visit);
    TRY(gather_exchanges(&g, group->exchanges_of_visit + group->first_of_visit[visit],
                         group->first_of_visit[visit + 1] - group->first_of_visit[visit]));
    TRY(gather_listed(&g));
    const struct sighting_list list = {g.sightings, g.sighting_count, visit, g.page_site};
    return sighting_merge(group, &list, out);
}
