// SPDX-License-Identifier: MIT
/*
 * Who set the cookies that were sent (evidence.md 5.5, "JS-set cookies"). A cookie that came along with a request was set by an
 * answer before it, by a script of a document of that site, or was there when the crawl began. Only where every answer of the
 * site shows its head, and the producer writes Set-Cookie down, does the lack of one tell.
 */
#include "4_index/group_memory.h"

/* The earliest order of each name and place: of a Set-Cookie its domain, of a Cookie the site it was sent to. */
struct setter_map {
    struct intern keys; /* fingerprints of both */
    uint32_t *first;
    size_t count, capacity;
};
struct setters {
    struct setter_map set, sent;
    struct intern hosts, sites;
    uint32_t *host_of_url; /* per text that is the URL of an exchange; INTERN_NONE */
    uint32_t *site_of_host;
    /* Per site: order of its first answer, of its first document, whose scripts may set cookies, and of the first
     * answer without a head; NO_EVENT. */
    uint32_t *answered, *documents, *blind;
};

static bool has_head(const struct exchange *x)
{
    return x->response && (x->response->event.flags & EVENT_FLAG_HAS_HEAD);
}

static enum err find_hosts(struct group *g, struct setters *o)
{
    o->host_of_url = arena_alloc(g->arena, (g->texts.count + 1) * sizeof *o->host_of_url);
    if (!o->host_of_url)
        return ERR_MEMORY;
    for (size_t i = 0; i < g->texts.count; i++)
        o->host_of_url[i] = INTERN_NONE;
    for (uint32_t i = 0; i < g->exchange_count; i++) {
        uint32_t url = g->exchanges[i].url;
        if (o->host_of_url[url] == INTERN_NONE)
            o->host_of_url[url] = intern_add(&o->hosts, href_of(group_text(g, url)).host);
        if (o->host_of_url[url] == INTERN_NONE)
            return ERR_MEMORY;
    }
    return ERR_OK;
}

static enum err find_sites(struct group *g, struct setters *o)
{
    intern_init(&o->hosts, g->arena);
    intern_init(&o->sites, g->arena);
    TRY(find_hosts(g, o));
    o->site_of_host = arena_alloc(g->arena, (o->hosts.count + 1) * sizeof *o->site_of_host);
    o->answered = arena_alloc(g->arena, (o->hosts.count + 1) * sizeof *o->answered);
    o->blind = arena_alloc(g->arena, (o->hosts.count + 1) * sizeof *o->blind);
    o->documents = arena_alloc(g->arena, (o->hosts.count + 1) * sizeof *o->documents);
    if (!o->site_of_host || !o->answered || !o->blind || !o->documents)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < o->hosts.count; i++) {
        o->site_of_host[i] = intern_add(&o->sites, group_site_of(g, intern_text(&o->hosts, i)));
        if (o->site_of_host[i] == INTERN_NONE)
            return ERR_MEMORY;
        o->answered[i] = o->blind[i] = o->documents[i] = NO_EVENT;
    }
    return ERR_OK;
}

static uint32_t site_number(const struct group *g, const struct exchange *x)
{
    const struct setters *o = g->setters;
    return o->site_of_host[o->host_of_url[x->url]];
}

static void find_answers(const struct group *g, struct setters *o)
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

/* Not symmetric: a name may be another's place. */
static struct fingerprint key_of_setter(struct fingerprint name, struct span where)
{
    struct fingerprint place = fingerprint_of(where);
    return (struct fingerprint){name.high * 3 + place.high, name.low * 5 + place.low};
}

/* Orders rise, so that the first one of a key stays. */
static enum err add_setter(struct group *g, struct setter_map *map, struct span name, struct span where,
                           uint32_t order)
{
    struct fingerprint key = key_of_setter(fingerprint_of(name), where);
    uint32_t id = intern_add(&map->keys, span_of(&key, sizeof key));
    if (id == INTERN_NONE)
        return ERR_MEMORY;
    if (id < map->count)
        return ERR_OK;
    uint32_t *first = ARENA_PUSH(g->arena, map->first, map->count, map->capacity);
    if (!first)
        return ERR_MEMORY;
    *first = order;
    return ERR_OK;
}

static uint32_t find_setter(const struct setter_map *map, struct fingerprint name, struct span where)
{
    struct fingerprint key = key_of_setter(name, where);
    uint32_t id = intern_find(&map->keys, span_of(&key, sizeof key));
    return id == INTERN_NONE ? NO_EVENT : map->first[id];
}

/* The lists go before anything that stays is added; texts lie in the packed events. */
static enum err add_setters(struct group *g, const struct exchange *x, bool sent)
{
    const struct group_event *e = sent ? x->request : x->response;
    struct span names[LIMIT_COOKIES], domains[LIMIT_COOKIES];
    struct arena_mark mark = arena_mark(g->arena);
    struct event_cookie *cookies;
    size_t count = 0;
    if (!e || !e->event.cookie_count)
        return ERR_OK;
    TRY(group_cookie_list(g, e, &cookies));
    for (; count < e->event.cookie_count && count < LIMIT_COOKIES; count++) {
        names[count] = cookies[count].name;
        domains[count] = cookies[count].domain;
    }
    arena_back_to(g->arena, mark);
    struct span site = intern_text(&g->setters->sites, site_number(g, x));
    for (size_t i = 0; i < count; i++)
        TRY(add_setter(g, sent ? &g->setters->sent : &g->setters->set, names[i], sent ? site : domains[i],
                       x->order));
    return ERR_OK;
}

enum err group_find_setters(struct group *g)
{
    struct setters *o = arena_alloc(g->arena, sizeof *o);
    if (!o)
        return ERR_MEMORY;
    *o = (struct setters){0};
    g->setters = o;
    intern_init(&o->set.keys, g->arena);
    intern_init(&o->sent.keys, g->arena);
    TRY(find_sites(g, o));
    find_answers(g, o);
    for (uint32_t i = 0; i < g->exchange_count; i++) { /* in time order */
        TRY(add_setters(g, &g->exchanges[i], false));
        TRY(add_setters(g, &g->exchanges[i], true));
    }
    return ERR_OK;
}

/* By that host or one above it. */
static uint32_t first_set(const struct setters *o, struct fingerprint name, struct span host)
{
    uint32_t first = NO_EVENT;
    while (host.bytes) {
        uint32_t set = find_setter(&o->set, name, host);
        first = set < first ? set : first; /* NO_EVENT is the largest */
        host = span_from(host, span_find(host, '.', 0) + 1);
    }
    return first;
}

/* When a cookie of that name was first sent to the site of the exchange, and set by its host or one above. */
static const struct group_known_setter *find_known(const struct group *g, const struct exchange *x,
                                                   struct span name)
{
    const struct setters *o = g->setters;
    uint32_t host = o->host_of_url[x->url];
    struct fingerprint print = fingerprint_of(name);
    struct group_known_setter *known = &g->memory->setters[(print.low + host) % GROUP_MEMORY_ROWS];
    if (known->host == host + 1 && known->name.low == print.low && known->name.high == print.high)
        return known;
    *known = (struct group_known_setter){
        .name = print,
        .host = host + 1,
        .sent = find_setter(&o->sent, print, intern_text(&o->sites, o->site_of_host[host])),
        .set = first_set(o, print, intern_text(&o->hosts, host))};
    return known;
}

bool group_is_preset(const struct group *g, const struct exchange *x, struct span name)
{
    uint32_t first = find_known(g, x, name)->sent, answered = g->setters->answered[site_number(g, x)];
    return first != NO_EVENT && first <= answered;
}

bool group_is_by_script(const struct group *g, const struct exchange *x, struct span name)
{
    enum producer producer = exchange_producer(x);
    uint32_t site = site_number(g, x);
    bool shows = producer_traits(producer)->runs_scripts &&
                 producer_ability(producer, CAPABILITY_SET_COOKIE) == ABILITY_RELIABLE &&
                 producer_ability(producer, CAPABILITY_REPEATED_SET_COOKIE) == ABILITY_RELIABLE;
    const struct setters *o = g->setters;
    bool able = o->documents[site] < x->order,
         blind = o->blind[site] < x->order; /* NO_EVENT is the largest */
    if (!shows || !name.bytes || !able || blind || group_is_preset(g, x, name))
        return false;
    uint32_t set = find_known(g, x, name)->set;
    return set == NO_EVENT || set > x->order;
}
