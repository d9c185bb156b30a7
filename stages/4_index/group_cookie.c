// SPDX-License-Identifier: MIT
#include "4_index/crawl_group.h"

#include "3_extract/site.h"

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
        order = span_compare(a->cookie.domain, b->cookie.domain);
    if (!order)
        order = span_compare(a->cookie.path, b->cookie.path);
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
    return a->sent == b->sent && span_equal(a->host, b->host) && span_equal(a->cookie.name, b->cookie.name) &&
           span_equal(a->cookie.domain, b->cookie.domain) && span_equal(a->cookie.path, b->cookie.path);
}

struct jar {
    struct resolved_cookie *items;
    size_t count, capacity;
};

static enum err add_cookies(struct group *g, const struct group_event *e, bool sent, struct span site,
                            struct jar *jar)
{
    struct span host = href_of(e->event.url).host;
    struct event full;
    if (!e->event.cookie_count)
        return ERR_OK;
    TRY(group_lists(g, e, &full));
    for (size_t i = 0; i < full.cookie_count; i++) {
        struct resolved_cookie *c = ARENA_PUSH(g->arena, jar->items, jar->count, jar->capacity);
        if (!c)
            return ERR_MEMORY;
        *c = (struct resolved_cookie){
            .host = host,
            .cookie = full.cookies[i],
            .sent = sent,
            .third = !span_equal(site_of(g->suffixes, host), site),
            .proof = {e->archive, e->event.place}
        };
    }
    return ERR_OK;
}

enum err group_cookies(struct group *g, uint32_t visit, struct resolved_visit *out)
{
    struct jar jar = {0};
    struct span site = site_of(g->suffixes, href_of(out->url).host);
    for (uint32_t i = g->first_of_visit[visit]; i < g->first_of_visit[visit + 1]; i++) {
        const struct exchange *x = &g->exchanges[g->exchanges_of_visit[i]];
        if (x->made_by_crawler)
            continue;
        if (x->request)
            TRY(add_cookies(g, x->request, true, site, &jar));
        if (x->response)
            TRY(add_cookies(g, x->response, false, site, &jar));
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
