// SPDX-License-Identifier: MIT
/*
 * Who set the cookies that were sent (evidence.md 5.5, "JS-set cookies"). A cookie that came along with a request was set by an
 * answer before it, by a script of a document of that site, or was there when the crawl began. Only where every answer of the
 * site shows its head, and the producer writes Set-Cookie down, does the lack of one tell.
 */
#include "4_index/crawl_group.h"

#include "3_extract/site.h"

#include <stdlib.h>

struct origin {
    struct span name, where; /* Set-Cookie: its domain; Cookie: the site it was sent to */
    uint32_t order;          /* of the earliest one */
};
struct origin_list {
    struct origin *items;
    size_t count;
};
struct origins {
    struct origin_list set, sent;
    struct intern hosts, sites;
    uint32_t *site_of_host;
    /* Per site: order of its first answer, of its first document, whose scripts may set cookies, and of the first answer
     * without a head; NO_EVENT. */
    uint32_t *answered, *documents, *blind;
};

static bool has_head(const struct exchange *x)
{
    return x->response && (x->response->event.flags & EVENT_FLAG_HAS_HEAD);
}

static enum err find_sites(struct group *g, struct origins *o)
{
    intern_init(&o->hosts, g->arena);
    intern_init(&o->sites, g->arena);
    for (uint32_t i = 0; i < g->exchange_count; i++)
        if (intern_add(&o->hosts, href_of(group_text(g, g->exchanges[i].url)).host) == INTERN_NONE)
            return ERR_MEMORY;
    o->site_of_host = arena_alloc(g->arena, (o->hosts.count + 1) * sizeof *o->site_of_host);
    o->answered = arena_alloc(g->arena, (o->hosts.count + 1) * sizeof *o->answered);
    o->blind = arena_alloc(g->arena, (o->hosts.count + 1) * sizeof *o->blind);
    o->documents = arena_alloc(g->arena, (o->hosts.count + 1) * sizeof *o->documents);
    if (!o->site_of_host || !o->answered || !o->blind || !o->documents)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < o->hosts.count; i++) {
        o->site_of_host[i] = intern_add(&o->sites, site_of(g->suffixes, intern_text(&o->hosts, i)));
        if (o->site_of_host[i] == INTERN_NONE)
            return ERR_MEMORY;
        o->answered[i] = o->blind[i] = o->documents[i] = NO_EVENT;
    }
    return ERR_OK;
}

static uint32_t site_number(const struct group *g, const struct exchange *x)
{
    const struct origins *o = g->origins;
    return o->site_of_host[intern_find(&o->hosts, href_of(group_text(g, x->url)).host)];
}

static void find_answers(const struct group *g, struct origins *o)
{
    for (uint32_t i = g->exchange_count; i-- > 0;) { /* in time order: the first one stays */
        const struct exchange *x = &g->exchanges[i];
        uint32_t site = site_number(g, x);
        if (has_head(x))
            o->answered[site] = x->order;
        if (exchange_content(g, x) == CONTENT_HTML)
            o->documents[site] = x->order;
        if (!has_head(x) && !(exchange_flags(x) & EVENT_FLAG_ATTEMPTED))
            o->blind[site] = x->order;
    }
}

static size_t cookies_of(const struct group_event *e)
{
    return e ? e->event.cookie_count : 0;
}

/* Texts lie in the packed events, so that the lists can go. */
static enum err add_origins(struct group *g, const struct exchange *x, bool sent, struct origin_list *to)
{
    const struct group_event *e = sent ? x->request : x->response;
    struct arena_mark mark = arena_mark(g->arena);
    struct event full;
    if (!cookies_of(e))
        return ERR_OK;
    TRY(group_lists(g, e, &full));
    for (size_t i = 0; i < full.cookie_count; i++)
        to->items[to->count++] = (struct origin){
            .name = full.cookies[i].name,
            .where = sent ? intern_text(&g->origins->sites, site_number(g, x)) : full.cookies[i].domain,
            .order = x->order};
    arena_back_to(g->arena, mark);
    return ERR_OK;
}

static int by_name(const struct origin *a, const struct origin *b)
{
    int order = span_compare(a->name, b->name);
    return order ? order : span_compare(a->where, b->where);
}

static int by_origin(const void *left, const void *right)
{
    const struct origin *a = left, *b = right;
    int order = by_name(a, b);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static void keep_earliest(struct origin_list *list)
{
    size_t kept = 0;
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_origin);
    for (size_t i = 0; i < list->count; i++)
        if (!kept || by_name(&list->items[kept - 1], &list->items[i]))
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static const struct origin *find(const struct origin_list *list, struct span name, struct span where)
{
    struct origin key = {.name = name, .where = where};
    size_t lo = 0, hi = list->count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (by_name(&list->items[mid], &key) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < list->count && !by_name(&list->items[lo], &key) ? &list->items[lo] : NULL;
}

enum err group_find_origins(struct group *g)
{
    struct origins *o = arena_alloc(g->arena, sizeof *o);
    size_t set = 0, sent = 0;
    if (!o)
        return ERR_MEMORY;
    *o = (struct origins){0};
    g->origins = o;
    TRY(find_sites(g, o));
    find_answers(g, o);
    for (uint32_t i = 0; i < g->exchange_count; i++) {
        set += cookies_of(g->exchanges[i].response);
        sent += cookies_of(g->exchanges[i].request);
    }
    o->set.items = arena_alloc(g->arena, (set + 1) * sizeof *o->set.items);
    o->sent.items = arena_alloc(g->arena, (sent + 1) * sizeof *o->sent.items);
    if (!o->set.items || !o->sent.items)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->exchange_count; i++) {
        TRY(add_origins(g, &g->exchanges[i], false, &o->set));
        TRY(add_origins(g, &g->exchanges[i], true, &o->sent));
    }
    keep_earliest(&o->set);
    keep_earliest(&o->sent);
    return ERR_OK;
}

/* The order in which the cookie was first sent to the site of that exchange. */
static uint32_t first_sent(const struct group *g, const struct exchange *x, struct span name)
{
    const struct origins *o = g->origins;
    const struct origin *sent = find(&o->sent, name, intern_text(&o->sites, site_number(g, x)));
    return sent ? sent->order : NO_EVENT;
}

bool group_is_preset(const struct group *g, const struct exchange *x, struct span name)
{
    uint32_t first = first_sent(g, x, name), answered = g->origins->answered[site_number(g, x)];
    return first != NO_EVENT && first <= answered;
}

/* By that host or one above it, up to then. */
static bool was_set(const struct group *g, const struct exchange *x, struct span name)
{
    struct span host = href_of(group_text(g, x->url)).host;
    while (host.bytes) {
        const struct origin *set = find(&g->origins->set, name, host);
        if (set && set->order <= x->order)
            return true;
        host = span_from(host, span_find(host, '.', 0) + 1);
    }
    return false;
}

bool group_is_by_script(const struct group *g, const struct exchange *x, struct span name)
{
    enum producer producer = exchange_producer(x);
    uint32_t site = site_number(g, x);
    bool shows = producer_traits(producer)->runs_scripts &&
                 producer_ability(producer, CAPABILITY_SET_COOKIE) == ABILITY_RELIABLE &&
                 producer_ability(producer, CAPABILITY_REPEATED_SET_COOKIE) == ABILITY_RELIABLE;
    const struct origins *o = g->origins;
    bool able = o->documents[site] < x->order,
         blind = o->blind[site] < x->order; /* NO_EVENT is the largest */
    return shows && name.bytes && able && !blind && !group_is_preset(g, x, name) && !was_set(g, x, name);
}
