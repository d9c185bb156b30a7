// SPDX-License-Identifier: MIT
/*
 * Which visit made which request: the precedence of evidence.md 3.2 as one sweep in time order.
 *
 * A sweep knows, per URL and origin, the latest visit and the latest attributed exchange; so a referrer is
 * looked up in one step and means the nearest thing before it that bears that URL.
 */
#include "4_index/crawl_group.h"

#define SEVERAL_VISITS (NO_VISIT - 1)
#define HOP_NS         UINT64_C(60000000000) /* a redirect that comes later is no hop of the same chain */

struct sweep {
    struct group *group;
    uint32_t *visit_of_url;      /* per text: latest visit that began, NO_VISIT */
    uint32_t *later_visit;       /* per text: first visit of all, for what came before its page */
    uint32_t *exchange_of_url;   /* per text: latest attributed exchange, NO_EVENT */
    uint32_t *visit_of_origin;   /* per text: visit of the latest attributed exchange of that origin */
    uint32_t *sender_of_origin;  /* per text: visit that has a page, frame or sheet of it; SEVERAL_VISITS */
    uint32_t *asker_of_origin;   /* per text: latest attributed frame or style sheet of that origin */
    uint32_t *hop_to;            /* per text: latest attributed exchange that redirects there */
    uint32_t *leads_to;          /* per exchange that redirects: text where the chain of redirects ends */
    uint32_t *visit_of_document; /* per exchange: the visit whose page it is, NO_VISIT */
    const struct group_event **crawl; /* per exchange: Heritrix metadata */
    uint32_t next_visit;              /* first one that has not begun */
    uint32_t *windows; /* per stream: the visit whose window it is, NO_VISIT outside of windows */
    uint32_t window;   /* of the stream of the exchange that is looked at */
};

struct answer {
    uint32_t visit;
    enum evidence evidence;
    bool is_ambiguous;
};
static const struct answer no_answer = {NO_VISIT, EVIDENCE_COUNT, false};

static struct answer answer_of(uint32_t visit, enum evidence evidence)
{
    return visit == NO_VISIT ? no_answer : (struct answer){visit, evidence, false};
}

static uint32_t visit_of_text(const struct sweep *s, uint32_t text)
{
    if (text == INTERN_NONE)
        return NO_VISIT;
    return s->visit_of_url[text] != NO_VISIT ? s->visit_of_url[text] : s->later_visit[text];
}

static bool is_bare_origin(struct span url)
{
    struct href parts = href_of(url);
    return span_equal(parts.path, SPAN("/")) && !parts.query.bytes;
}

/* 1, 2: the record bears its page's id. */
static struct answer by_page_id(const struct sweep *s, const struct exchange *x)
{
    const struct group_event *proof = exchange_proof(x), *request = x->request;
    uint32_t id = proof->page_id != INTERN_NONE ? proof->page_id : request ? request->page_id : INTERN_NONE;
    return id == INTERN_NONE ? no_answer : answer_of(s->group->visit_of_page_id[id], EVIDENCE_O2);
}

/* 3: the referrer is a page. An origin that is also a front page is one only for requests of the same origin,
 * or when it is the page of this very window: other pages of the site send the same referrer across origins.
 */
static struct answer by_page_referrer(const struct sweep *s, const struct exchange *x)
{
    uint32_t referer = x->request ? x->request->referer : INTERN_NONE;
    uint32_t visit = visit_of_text(s, referer);
    if (visit == NO_VISIT)
        return no_answer;
    bool exact = !is_bare_origin(group_text(s->group, referer)) ||
                 (x->request->event.flags & EVENT_FLAG_SAME_ORIGIN) ||
                 (s->window != NO_VISIT && s->group->visits[s->window].url == referer);
    if (s->window != NO_VISIT && s->group->visits[s->window].url == referer)
        visit = s->window;
    return exact ? answer_of(visit, EVIDENCE_O3) : no_answer;
}

/* 4: the referrer is a recorded frame, style sheet or script. In a single window it is the window's, even
 * when the resource itself came out of the cache. */
static struct answer by_resource_referrer(const struct sweep *s, const struct exchange *x)
{
    uint32_t referer = x->request ? x->request->referer : INTERN_NONE;
    if (referer == INTERN_NONE || s->exchange_of_url[referer] == NO_EVENT)
        return no_answer;
    if (s->window != NO_VISIT)
        return answer_of(s->window, EVIDENCE_O3);
    return answer_of(s->group->exchanges[s->exchange_of_url[referer]].visit, EVIDENCE_O3);
}

static bool has_origin(const struct sweep *s, uint32_t visit, struct span origin)
{
    return span_equal(href_of(group_text(s->group, s->group->visits[visit].url)).origin, origin);
}

/* In a single window it is the window's, but for the late requests of an earlier page of another site: a style
 * sheet out of the cache sends for its fonts on every page. */
static uint32_t visit_of_origin(const struct sweep *s, struct span url)
{
    struct span text = href_of(url).origin;
    uint32_t origin = intern_find(&s->group->texts, text);
    uint32_t visit = origin == INTERN_NONE ? NO_VISIT : s->visit_of_origin[origin];
    if (s->window == NO_VISIT || visit == s->window)
        return visit;
    bool is_window = has_origin(s, s->window, text) || (visit != NO_VISIT && !has_origin(s, visit, text));
    return is_window ? s->window : visit;
}

/* Outside of windows all pages, frames and style sheets of an origin that were loaded so far may have sent it. */
static bool is_ambiguous(const struct sweep *s, struct span url)
{
    uint32_t origin = intern_find(&s->group->texts, href_of(url).origin);
    return s->window == NO_VISIT && origin != INTERN_NONE && s->sender_of_origin[origin] == SEVERAL_VISITS;
}

static struct answer answer_of_origin(const struct sweep *s, struct span url)
{
    struct answer answer = answer_of(visit_of_origin(s, url), EVIDENCE_O4);
    answer.is_ambiguous = is_ambiguous(s, url);
    return answer;
}

/* 5 and 8: the referrer is an origin only, or there is only an Origin. */
static struct answer by_origin(const struct sweep *s, const struct exchange *x)
{
    if (!x->request)
        return no_answer;
    struct answer answer = no_answer;
    struct event head;
    if (x->request->referer != INTERN_NONE)
        answer = answer_of_origin(s, group_text(s->group, x->request->referer));
    if (answer.visit != NO_VISIT || !x->request->event.has_origin)
        return answer;
    group_head(x->request, &head);
    return answer_of_origin(s, head.origin);
}

/* 6: it is where an attributed exchange redirects to. */
static struct answer by_redirect(const struct sweep *s, const struct exchange *x)
{
    uint32_t hop = s->hop_to[x->url];
    if (hop == NO_EVENT)
        return no_answer;
    const struct exchange *from = &s->group->exchanges[hop];
    return answer_of(from->visit, from->evidence);
}

/* 7: the crawler found it there: Heritrix's via, or the referrer of a crawler that sends its parent page. */
static struct answer by_crawler(const struct sweep *s, const struct exchange *x, uint32_t number)
{
    const struct group_event *crawl = s->crawl[number];
    uint32_t via = crawl ? crawl->via : INTERN_NONE;
    uint32_t text = via != INTERN_NONE ? via : x->request ? x->request->referer : INTERN_NONE;
    uint32_t visit = visit_of_text(s, text);
    if (visit == NO_VISIT && text != INTERN_NONE && s->exchange_of_url[text] != NO_EVENT)
        visit = s->group->exchanges[s->exchange_of_url[text]].visit;
    struct answer answer = answer_of(visit, EVIDENCE_O5);
    return answer.visit != NO_VISIT ? answer : by_redirect(s, x);
}

/* 9: nothing but the time, and one window. */
static struct answer by_window(const struct sweep *s, const struct exchange *x)
{
    (void)x;
    return answer_of(s->window, EVIDENCE_O4);
}

static struct answer answer_for(const struct sweep *s, const struct exchange *x, uint32_t number)
{
    if (s->group->session.bytes)
        return answer_of(0, EVIDENCE_O4); /* that it was recorded then is all that binds it */
    static struct answer (*const browser_rules[])(const struct sweep *, const struct exchange *) = {
        by_page_id, by_page_referrer, by_resource_referrer, by_origin, by_redirect, by_window,
    };
    const struct producer_traits *traits = producer_traits(exchange_producer(x));
    if (exchange_producer(x) == PRODUCER_HAR && exchange_proof(x)->page_id != INTERN_NONE)
        return by_page_id(s, x); /* of a page whose document is not there, and of no other */
    if (traits->referer_is_parent || !traits->runs_scripts)
        return by_crawler(s, x, number);
    struct answer answer = no_answer;
    for (size_t i = 0; i < sizeof browser_rules / sizeof *browser_rules && answer.visit == NO_VISIT; i++)
        answer = browser_rules[i](s, x);
    return answer;
}

static void note_sender(struct sweep *s, uint32_t origin, uint32_t visit)
{
    uint32_t *sender = &s->sender_of_origin[origin];
    *sender = *sender == NO_VISIT || *sender == visit ? visit : SEVERAL_VISITS;
}

static void note_page(struct sweep *s, uint32_t visit)
{
    const struct group *g = s->group;
    uint32_t origin = intern_find(&g->texts, href_of(group_text(g, g->visits[visit].url)).origin);
    if (origin != INTERN_NONE)
        note_sender(s, origin, visit);
}

/* Windows say something only where one browser window visits one page after the other and nothing better is
 * recorded. */
static void move_window(struct sweep *s, uint32_t order, uint32_t stream)
{
    struct group *g = s->group;
    while (s->next_visit < g->visit_count && g->visits[s->next_visit].order <= order) {
        const struct group_visit *v = &g->visits[s->next_visit];
        s->visit_of_url[v->url] = s->next_visit;
        note_page(s, s->next_visit);
        bool windows = !g->has_page_ids[v->producer] && producer_traits(v->producer)->runs_scripts;
        s->windows[v->stream] = windows ? s->next_visit : NO_VISIT;
        s->next_visit++;
    }
    s->window = s->windows[stream];
    if (s->window != NO_VISIT && order >= g->visits[s->window].end)
        s->window = s->windows[stream] = NO_VISIT;
}

static bool is_behind(const struct group *g, const struct exchange *x, uint32_t asker)
{
    uint32_t by = x->asked_by;
    for (unsigned i = 0; i < LIMIT_REDIRECTS && by != NO_EVENT && by != asker; i++)
        by = g->exchanges[by].asked_by;
    return by != NO_EVENT && by == asker;
}

/* A style sheet never hides the frame of its origin that asked for it: of an origin alone the nearer is meant, as depths
 * are lower bounds, and frames and scripts are no style sheet's doing. */
static void remember_asker(struct sweep *s, uint32_t origin, uint32_t number)
{
    const struct group *g = s->group;
    const struct exchange *x = &g->exchanges[number];
    bool is_sheet = exchange_content(g, x) == CONTENT_CSS;
    if (!group_is_subdocument(g, x))
        return;
    note_sender(s, origin, x->visit);
    if (!(is_sheet && is_behind(g, x, s->asker_of_origin[origin])))
        s->asker_of_origin[origin] = number;
}

static void remember(struct sweep *s, uint32_t number)
{
    struct group *g = s->group;
    struct exchange *x = &g->exchanges[number];
    s->exchange_of_url[x->url] = number;
    uint32_t origin = intern_find(&g->texts, href_of(group_text(g, x->url)).origin);
    if (origin != INTERN_NONE) {
        s->visit_of_origin[origin] = x->visit;
        remember_asker(s, origin, number);
    }
    uint32_t to = exchange_target(x);
    if (to != INTERN_NONE)
        s->hop_to[to] = number;
}

static bool is_own_document(const struct group *g, const struct exchange *x, uint32_t number)
{
    if (g->session.bytes || exchange_is_speculative(x))
        return false;
    const struct group_visit *v = &g->visits[x->visit];
    if (v->document == number)
        return true;
    bool navigated = exchange_flags(x) & EVENT_FLAG_NAVIGATE;
    bool top = !x->request || x->request->event.resource == RESOURCE_DOCUMENT;
    return (x->url == v->url && exchange_content(g, x) == CONTENT_HTML) ||
           (navigated && top && exchange_is_redirect(x));
}

/* Which frame, style sheet or script of the visit its referrer names. A style sheet of another site, and a frame, send
 * their origin only: then it is the latest of that origin. */
static uint32_t asked_by(const struct sweep *s, const struct exchange *x)
{
    const struct group *g = s->group;
    uint32_t referer = x->request ? x->request->referer : INTERN_NONE;
    if (referer == INTERN_NONE || referer == g->visits[x->visit].url)
        return NO_EVENT;
    uint32_t by = s->exchange_of_url[referer];
    if (by == NO_EVENT && is_bare_origin(group_text(g, referer))) {
        uint32_t origin = intern_find(&g->texts, href_of(group_text(g, referer)).origin);
        by = origin == INTERN_NONE ? NO_EVENT : s->asker_of_origin[origin];
    }
    bool is_ours = by != NO_EVENT && g->exchanges[by].visit == x->visit && !g->exchanges[by].is_document;
    return is_ours ? by : NO_EVENT;
}

static void attribute_one(struct sweep *s, uint32_t number)
{
    struct group *g = s->group;
    struct exchange *x = &g->exchanges[number];
    x->fate = group_noise(g, x);
    if (x->fate != FATE_UNATTRIBUTED)
        return;
    struct answer answer = answer_of(s->visit_of_document[number], EVIDENCE_O3);
    if (answer.visit == NO_VISIT)
        answer = answer_for(s, x, number);
    bool may_lead = exchange_is_redirect(x) && !exchange_is_speculative(x);
    if (answer.visit == NO_VISIT && may_lead) /* a hop on the way to a page */
        answer = answer_of(visit_of_text(s, s->leads_to[number]), EVIDENCE_O4);
    if (answer.visit == NO_VISIT)
        return;
    x->fate = FATE_ATTRIBUTED;
    x->visit = answer.visit;
    x->evidence = answer.evidence;
    x->is_ambiguous = answer.is_ambiguous;
    if ((exchange_flags(x) & EVENT_FLAG_ATTEMPTED) && x->evidence < EVIDENCE_A)
        x->evidence = EVIDENCE_A;
    x->is_document = is_own_document(g, x, number);
    uint32_t hop = s->hop_to[x->url];
    if (hop != NO_EVENT && g->exchanges[hop].visit == x->visit)
        x->redirect_from = hop;
    x->asked_by = asked_by(s, x);
    struct group_visit *v = &g->visits[x->visit];
    if (x->is_document && !exchange_is_redirect(x) && v->document == NO_EVENT)
        v->document = number;
    remember(s, number);
}

static uint32_t *filled(struct group *g, size_t count, uint32_t value)
{
    uint32_t *items = arena_raw(g->arena, (count + 1) * sizeof *items);
    for (size_t i = 0; items && i < count; i++)
        items[i] = value;
    return items;
}

/* A date of 0 is unknown: there was none to carry on. */
static bool is_soon(const struct exchange *x, const struct exchange *next)
{
    int64_t from_ns = exchange_proof(x)->event.date_ns, to_ns = exchange_proof(next)->event.date_ns;
    return !from_ns || to_ns <= from_ns || (uint64_t)to_ns - (uint64_t)from_ns <= HOP_NS;
}

/* Backwards: the next exchange with the address is the one that was redirected to. */
static enum err follow_chains(struct sweep *s)
{
    struct group *g = s->group;
    uint32_t *next_of_url = filled(g, g->texts.count, NO_EVENT);
    s->leads_to = filled(g, g->exchange_count, INTERN_NONE);
    if (!next_of_url || !s->leads_to)
        return ERR_MEMORY;
    for (uint32_t i = g->exchange_count; i-- > 0;) {
        const struct exchange *x = &g->exchanges[i];
        uint32_t to = exchange_target(x), next = to == INTERN_NONE ? NO_EVENT : next_of_url[to];
        const struct exchange *hop = next == NO_EVENT ? NULL : &g->exchanges[next];
        bool goes_on = hop && exchange_is_redirect(hop) && is_soon(x, hop);
        s->leads_to[i] = goes_on ? s->leads_to[next] : to;
        next_of_url[x->url] = i;
    }
    return ERR_OK;
}

enum err group_attribute(struct group *g)
{
    size_t texts = g->texts.count;
    struct sweep s = {.group = g, .window = NO_VISIT};
    s.visit_of_url = filled(g, texts, NO_VISIT);
    s.later_visit = filled(g, texts, NO_VISIT);
    s.exchange_of_url = filled(g, texts, NO_EVENT);
    s.visit_of_origin = filled(g, texts, NO_VISIT);
    s.sender_of_origin = filled(g, texts, NO_VISIT);
    s.asker_of_origin = filled(g, texts, NO_EVENT);
    s.hop_to = filled(g, texts, NO_EVENT);
    s.windows = filled(g, g->stream_count, NO_VISIT);
    s.visit_of_document = filled(g, g->exchange_count, NO_VISIT);
    s.crawl = arena_alloc(g->arena, (g->exchange_count + 1) * sizeof *s.crawl);
    if (!s.visit_of_url || !s.later_visit || !s.exchange_of_url || !s.visit_of_origin ||
        !s.sender_of_origin || !s.asker_of_origin || !s.hop_to || !s.windows || !s.visit_of_document ||
        !s.crawl)
        return ERR_MEMORY;
    TRY(follow_chains(&s));
    for (uint32_t v = (uint32_t)g->visit_count; v-- > 0;) {
        s.later_visit[g->visits[v].url] = v;
        if (g->visits[v].document != NO_EVENT)
            s.visit_of_document[g->visits[v].document] = v;
    }
    for (uint32_t i = 0; i < g->event_count; i++)
        if (g->events[i].event.kind == EVENT_CRAWL && g->events[i].partner != NO_EVENT)
            s.crawl[g->events[i].partner] = &g->events[i];
    for (uint32_t i = 0; i < g->exchange_count; i++) {
        move_window(&s, g->exchanges[i].order, exchange_proof(&g->exchanges[i])->stream);
        attribute_one(&s, i);
    }
    return ERR_OK;
}
