// SPDX-License-Identifier: MIT
/*
 * The final URL of a page: a crawler's list names the one it asked for, people judge by the one they were led
 * to (evidence.md 3.5). HTTP redirects and meta refreshes are followed as far as the visit itself recorded
 * them.
 */
#include "4_index/crawl_group.h"

static struct exchange *find_exchange(const struct group *g, uint32_t visit, uint32_t url)
{
    for (uint32_t i = g->first_of_visit[visit]; i < g->first_of_visit[visit + 1]; i++) {
        struct exchange *x = &g->exchanges[g->exchanges_of_visit[i]];
        if (x->url == url && !exchange_is_speculative(x))
            return x;
    }
    return NULL;
}

static bool is_refresh(const struct event_reference *r)
{
    return r->evidence == EVIDENCE_N && r->resource == RESOURCE_REDIRECT;
}

/* The first one of its document counts. */
static enum err refresh_target(const struct group *g, uint32_t url, uint32_t *target)
{
    uint32_t document = g->document_of_url[url];
    struct arena_mark mark = arena_mark(g->arena);
    struct event full;
    *target = INTERN_NONE;
    if (document == NO_EVENT)
        return ERR_OK;
    TRY(group_lists(g, &g->events[document], &full));
    size_t i = 0;
    while (i < full.reference_count && !is_refresh(&full.references[i]))
        i++;
    if (i < full.reference_count)
        *target = intern_find(&g->texts, full.references[i].url);
    arena_back_to(g->arena, mark);
    return ERR_OK;
}

/* Where the visit went on from `url`; INTERN_NONE: nowhere, it is the final one. */
static enum err next_hop(struct group *g, uint32_t visit, uint32_t url, uint32_t *to)
{
    struct exchange *x = find_exchange(g, visit, url);
    if (x && exchange_is_redirect(x)) {
        x->is_document = true;
        *to = exchange_target(x);
        return ERR_OK;
    }
    TRY(refresh_target(g, url, to));
    if (*to != INTERN_NONE && (*to == url || !find_exchange(g, visit, *to)))
        *to = INTERN_NONE;
    return ERR_OK;
}

/* Backwards from the page: the redirects that led to it are navigation, whatever the visit began with. */
static void mark_hops(struct group *g, uint32_t v)
{
    uint32_t to = g->visits[v].url;
    if (g->visits[v].document == NO_EVENT)
        return;
    for (uint32_t i = g->first_of_visit[v + 1]; i-- > g->first_of_visit[v];) {
        struct exchange *x = &g->exchanges[g->exchanges_of_visit[i]];
        bool before = g->exchanges_of_visit[i] < g->visits[v].document;
        if (!before || !exchange_is_redirect(x) || exchange_is_speculative(x) || exchange_target(x) != to)
            continue;
        x->is_document = true;
        to = x->url;
    }
}

enum err group_follow_redirects(struct group *g)
{
    for (uint32_t v = 0; v < g->visit_count; v++) {
        uint32_t url = g->visits[v].url;
        for (unsigned hops = 0; hops < LIMIT_REDIRECTS; hops++) {
            uint32_t to;
            TRY(next_hop(g, v, url, &to));
            if (to == INTERN_NONE)
                break;
            url = to;
        }
        if (url == g->visits[v].url) {
            mark_hops(g, v);
            continue;
        }
        g->visits[v].url = url;
        g->visits[v].document = NO_EVENT;
        struct exchange *page = find_exchange(g, v, url);
        if (page && !exchange_is_redirect(page)) {
            page->is_document = true;
            g->visits[v].document = (uint32_t)(page - g->exchanges);
        }
    }
    return ERR_OK;
}
