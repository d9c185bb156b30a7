// SPDX-License-Identifier: MIT
#include "4_index/crawl_group.h"

#include <stdlib.h>

static int by_cookie(const void *left, const void *right)
{
    const struct resolved_cookie *a = left, *b = right;
    int order = span_compare(a->host, b->host);
    if (!order)
        order = span_compare(a->cookie.name, b->cookie.name);
    if (!order)
        order = (int)a->sent - (int)b->sent;
    if (!order)
        order = (int)a->by_script - (int)b->by_script;
    if (!order)
        order = span_compare(a->cookie.domain, b->cookie.domain);
    if (!order)
        order = span_compare(a->cookie.path, b->cookie.path);
    if (!order)
        order = (int)cookie_stored(a->cookie.storable) - (int)cookie_stored(b->cookie.storable);
    if (order)
        return order;
    if (a->proof.archive != b->proof.archive)
        return a->proof.archive < b->proof.archive ? -1 : 1;
    if (a->proof.place.at != b->proof.place.at)
        return a->proof.place.at < b->proof.place.at ? -1 : 1;
    return (a->proof.place.inner > b->proof.place.inner) - (a->proof.place.inner < b->proof.place.inner);
}

static bool same_cookie(const struct resolved_cookie *a, const struct resolved_cookie *b)
{
    return a->sent == b->sent && a->by_script == b->by_script && span_equal(a->host, b->host) &&
           span_equal(a->cookie.name, b->cookie.name) && span_equal(a->cookie.domain, b->cookie.domain) &&
           span_equal(a->cookie.path, b->cookie.path);
}

struct jar {
    struct resolved_cookie *items;
    size_t count, capacity;
};

/* A frame of another site sends for it: what is then on the page's own site is across sites all the same. */
static bool is_in_foreign_frame(const struct group *g, const struct exchange *x, struct span site)
{
    uint32_t referer = x->request ? x->request->referer : INTERN_NONE;
    uint32_t document = referer == INTERN_NONE ? NO_EVENT : g->document_of_url[referer];
    return document != NO_EVENT && g->events[document].event.content == CONTENT_HTML &&
           !span_equal(group_site_of(g, href_of(group_text(g, referer)).host), site);
}

static enum cookie_context context_of(const struct group *g, uint32_t visit, const struct exchange *x)
{
    struct span page = group_text(g, g->visits[visit].url), url = group_text(g, x->url);
    struct span site = g->page.site;
    if (x->is_document || g->session.bytes) /* an app keeps its cookies in a jar that knows no page */
        return COOKIE_SAME_SITE;
    if (!span_equal(group_site_of(g, href_of(url).host), site) || is_in_foreign_frame(g, x, site))
        return COOKIE_OTHER_SITE;
    return span_starts(page, SPAN("https:")) == span_starts(url, SPAN("https:")) ? COOKIE_SAME_SITE
                                                                                 : COOKIE_OTHER_SCHEME;
}

enum cookie_storable group_cookie_storable(const struct group *g, uint32_t visit, const struct exchange *x,
                                           const struct event_cookie *cookie)
{
    return cookie->storable == COOKIE_STORABLE && cookie->same_site != SAME_SITE_NONE
               ? cookie_storable_in(cookie->storable, cookie->same_site, context_of(g, visit, x))
               : cookie->storable;
}

static enum err add_cookie(struct jar *jar, struct arena *arena, struct resolved_cookie cookie)
{
    struct resolved_cookie *c = ARENA_PUSH(arena, jar->items, jar->count, jar->capacity);
    if (!c)
        return ERR_MEMORY;
    *c = cookie;
    return ERR_OK;
}

static enum err add_cookies(struct group *g, uint32_t visit, const struct exchange *x, bool sent,
                            struct span site, struct jar *jar)
{
    const struct group_event *e = sent ? x->request : x->response;
    struct span host = href_of(group_text(g, e->url)).host;
    bool third = !span_equal(group_site_of(g, host), site);
    struct event_cookie *cookies;
    if (!e->event.cookie_count)
        return ERR_OK;
    TRY(group_cookie_list(g, e, &cookies));
    for (size_t i = 0; i < e->event.cookie_count; i++) {
        struct resolved_cookie c = {
            .host = host,
            .cookie = cookies[i],
            .sent = sent,
            .third = third,
            .proof = {e->archive, e->event.place}
        };
        if (!sent)
            c.cookie.storable = group_cookie_storable(g, visit, x, &cookies[i]);
        TRY(add_cookie(jar, g->arena, c));
        c.by_script = sent && group_is_by_script(g, x, c.cookie.name);
        if (c.by_script)
            TRY(add_cookie(jar, g->arena, c));
    }
    return ERR_OK;
}

enum err group_cookies(struct group *g, uint32_t visit, struct resolved_visit *out)
{
    struct jar jar = {0};
    struct span site = g->page.site;
    for (uint32_t i = g->first_of_visit[visit]; i < g->first_of_visit[visit + 1]; i++) {
        const struct exchange *x = &g->exchanges[g->exchanges_of_visit[i]];
        if (!origin_is_page(x->origin))
            continue;
        if (x->request)
            TRY(add_cookies(g, visit, x, true, site, &jar));
        if (x->response)
            TRY(add_cookies(g, visit, x, false, site, &jar));
    }
    if (jar.count)
        qsort(jar.items, jar.count, sizeof *jar.items, by_cookie);
    size_t kept = 0;
    for (size_t i = 0; i < jar.count; i++)
        if (!kept || !same_cookie(&jar.items[kept - 1], &jar.items[i]))
            jar.items[kept++] = jar.items[i];
    out->cookies = jar.items;
    out->cookie_count = kept;
    return ERR_OK;
}
