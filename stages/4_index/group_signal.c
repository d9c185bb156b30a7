// SPDX-License-Identifier: MIT
/* What requests do beside fetching (compliance.md 5.3, K6), and what consent they show (formats.md 2.13). */
#include "4_index/crawl_group.h"

#include "3_extract/identifier.h"

static struct span page_of(const struct group *g, uint32_t visit)
{
    return group_text(g, g->visits[visit].url);
}

static bool is_own_host(const struct group *g, struct span url)
{
    return span_equal(href_of(url).host, g->page.href.host);
}

static bool is_same_site(const struct group *g, struct span a, struct span b)
{
    return span_equal(group_site_of(g, href_of(a).host), group_site_of(g, href_of(b).host));
}

static bool is_of_page_site(const struct group *g, struct span url)
{
    return span_equal(group_site(g, url), g->page.site);
}

uint32_t group_url_signals(const struct group *g, uint32_t visit, struct span url, enum resource resource,
                           bool post)
{
    struct span query = href_of(url).query;
    uint32_t signals = resource == RESOURCE_PING ? SIGNAL_BEACON : 0;
    bool is_like = false;
    if (is_own_host(g, url))
        return 0;
    if (resource == RESOURCE_SCRIPT && signal_is_fingerprinting(href_of(url).host, href_of(url).path))
        signals |= SIGNAL_FINGERPRINT;
    if (post) /* a recorder appends what was posted */
        query = span_first(query, span_find_span(query, SPAN("__wb_method="), 0));
    if (identifier_query_has_url(query, page_of(g, visit)))
        signals |= SIGNAL_PAGE_URL;
    while (!is_like && identifier_next(&query, &is_like))
        continue;
    return signals | (is_like ? SIGNAL_IDENTIFIER : 0);
}

/* Across hosts only a page that lets its full address go sends one with a path; a front page's looks like any origin. */
static bool refers_fully(const struct group *g, uint32_t visit, const struct exchange *x)
{
    bool bare = span_equal(g->page.href.path, SPAN("/")) && !g->page.href.query.bytes;
    return !bare && x->request && x->request->referer == g->visits[visit].url;
}

struct answer_cookies {
    bool kept, refused;
};

static enum err look_at_cookies(const struct group *g, uint32_t visit, const struct exchange *x,
                                struct answer_cookies *out)
{
    struct arena_mark mark = arena_mark(g->arena);
    struct event_cookie *cookies;
    *out = (struct answer_cookies){0};
    if (!x->response || !x->response->event.cookie_count)
        return ERR_OK;
    TRY(group_cookie_list(g, x->response, &cookies));
    for (size_t i = 0; i < x->response->event.cookie_count; i++) {
        const struct event_cookie *c = &cookies[i];
        bool refused = cookie_stored(group_cookie_storable(g, visit, x, c)) == COOKIE_REFUSED;
        out->refused |= refused;
        out->kept |= !refused && cookie_class(c->lifetime_s) != COOKIE_CLASS_DELETION;
    }
    arena_back_to(g->arena, mark);
    return ERR_OK;
}

static enum err has_value(const struct group *g, const struct group_event *e, uint64_t hash, bool *out)
{
    struct event_cookie *cookies;
    if (!e || !e->event.cookie_count)
        return ERR_OK;
    TRY(group_cookie_list(g, e, &cookies));
    for (size_t i = 0; i < e->event.cookie_count; i++)
        *out |= cookies[i].value_hash == hash;
    return ERR_OK;
}

/* Does its URL bear the value of a cookie of the third party that redirected to it? */
static enum err is_synchronised(const struct group *g, const struct exchange *x, bool *out)
{
    *out = false;
    if (x->redirect_from == NO_EVENT || x->is_document)
        return ERR_OK;
    const struct exchange *from = &g->exchanges[x->redirect_from];
    struct span url = group_text(g, x->url), from_url = group_text(g, from->url);
    if (is_same_site(g, url, from_url) || is_of_page_site(g, url) || is_of_page_site(g, from_url))
        return ERR_OK;
    struct span query = href_of(url).query;
    struct arena_mark mark = arena_mark(g->arena);
    uint64_t hash;
    bool is_like;
    while (!*out && (hash = identifier_next(&query, &is_like)) != 0) {
        TRY(has_value(g, from->request, hash, out));
        TRY(has_value(g, from->response, hash, out));
        arena_back_to(g->arena, mark);
    }
    return ERR_OK;
}

enum err group_exchange_signals(const struct group *g, uint32_t visit, const struct exchange *x,
                                enum resource resource, uint32_t *out)
{
    const uint32_t keepalive = EVENT_FLAG_POST | EVENT_FLAG_NO_CORS | EVENT_FLAG_FETCH;
    struct span url = group_text(g, x->url);
    uint32_t flags = exchange_flags(x), signals = 0;
    bool hop = x->is_document && exchange_is_redirect(x), synchronised;
    struct answer_cookies cookies;
    *out = (hop ? SIGNAL_NAVIGATION : 0) | (flags & EVENT_FLAG_SPECULATIVE ? SIGNAL_SPECULATIVE : 0) |
           (x->is_ambiguous ? SIGNAL_AMBIGUOUS : 0);
    if (x->evidence == EVIDENCE_A || is_own_host(g, url))
        return ERR_OK;
    TRY(look_at_cookies(g, visit, x, &cookies));
    TRY(is_synchronised(g, x, &synchronised));
    const struct {
        bool when;
        uint32_t signal;
    } rows[] = {
        {flags & EVENT_FLAG_PIXEL,                                    SIGNAL_PIXEL },
        {(flags & keepalive) == keepalive,                            SIGNAL_BEACON},
        {(flags & EVENT_FLAG_POST) && (flags & EVENT_FLAG_SENT_BODY), SIGNAL_POST  },
        {refers_fully(g,                                              visit,         x), SIGNAL_PAGE_URL},
        {hop && cookies.kept && !is_of_page_site(g,                                            url),                                                         SIGNAL_BOUNCE},
        {synchronised,            SIGNAL_SYNC},
        {cookies.refused,                                                SIGNAL_REFUSED                                      },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        signals |= rows[i].when ? rows[i].signal : 0;
    *out |= signals | group_url_signals(g, visit, url, resource, flags & EVENT_FLAG_POST);
    return ERR_OK;
}

/* How much a rule tells, best last; of equals the latest counts. */
enum weight { WEIGHT_NONE, WEIGHT_TOOL, WEIGHT_UNREAD, WEIGHT_REQUEST, WEIGHT_COOKIE };
struct finding {
    enum weight weight;
    struct consent consent;
    struct proof proof;
};

static void take(struct finding *best, enum weight weight, struct consent consent, struct proof proof)
{
    if (consent.rule && weight >= best->weight)
        *best = (struct finding){weight, consent, proof};
}

static struct proof proof_of(const struct group_event *e)
{
    return (struct proof){e->archive, e->event.place};
}

static enum err take_cookies(const struct group *g, const struct exchange *x, const struct group_event *e,
                             struct finding *best)
{
    struct arena_mark mark = arena_mark(g->arena);
    struct event_cookie *cookies;
    if (!e || !e->event.cookie_count)
        return ERR_OK;
    TRY(group_cookie_list(g, e, &cookies));
    for (size_t i = 0; i < e->event.cookie_count; i++) {
        struct consent consent = cookies[i].consent;
        bool known = consent.state != CONSENT_UNKNOWN;
        if (consent.rule && e == x->request && group_is_preset(g, x, cookies[i].name))
            consent.state = CONSENT_PRESET;
        take(best, known || consent.state == CONSENT_PRESET ? WEIGHT_COOKIE : WEIGHT_UNREAD, consent,
             proof_of(e));
    }
    arena_back_to(g->arena, mark);
    return ERR_OK;
}

enum err group_consent(const struct group *g, uint32_t visit, struct resolved_visit *out)
{
    struct finding best = {.proof = out->proof}, listed = {.proof = out->proof};
    uint32_t flags = 0;
    for (uint32_t i = g->first_of_visit[visit]; i < g->first_of_visit[visit + 1]; i++) {
        const struct exchange *x = &g->exchanges[g->exchanges_of_visit[i]];
        struct span url = group_text(g, x->url);
        if (!origin_is_page(x->origin))
            continue;
        flags |= exchange_flags(x);
        take(&best, WEIGHT_REQUEST, consent_of_query(href_of(url).query), proof_of(exchange_proof(x)));
        if (!g->session.bytes && !is_of_page_site(g, url))
            continue;
        TRY(take_cookies(g, x, x->request, &best));
        TRY(take_cookies(g, x, x->response, &best));
    }
    for (size_t i = 0; i < out->contact_count; i++) { /* what the page's list names only */
        const struct resolved_contact *c = &out->contacts[i];
        if (c->evidence > EVIDENCE_O5 || !origin_is_page(c->origin))
            continue;
        take(&listed, WEIGHT_TOOL, consent_of_host(href_of(c->url).host), c->proof);
        take(&listed, WEIGHT_REQUEST, consent_of_query(href_of(c->url).query), c->proof);
    }
    if (listed.weight > best.weight)
        best = listed;
    out->consent = best.consent;
    out->consent_proof = best.proof;
    out->signals = (flags & EVENT_FLAG_GPC ? SIGNAL_GPC : 0) | (flags & EVENT_FLAG_DNT ? SIGNAL_DNT : 0);
    return ERR_OK;
}
