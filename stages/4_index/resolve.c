// SPDX-License-Identifier: MIT
#include "4_index/resolve.h"

#include "4_index/crawl_group.h"

/* Exchanges, and what they declare, list and set, of the visits that are handed over at once: a fraction of a millisecond up to
 * a few, and as many rows of the index are held. A visit is not divided. */
#define PIECE_FACTS 4096u

/* A document or style sheet that only repeats what is not at hand: what it declares is not known. */
static bool is_body_missing(const struct group *g, const struct exchange *x)
{
    bool missing = x->response && x->response->body == NO_EVENT;
    return missing &&
           (x->is_document || exchange_content(g, x) != CONTENT_OTHER || group_is_subdocument(g, x));
}

static bool is_complete(const struct group *g, uint32_t visit)
{
    for (uint32_t i = g->first_of_visit[visit]; i < g->first_of_visit[visit + 1]; i++) {
        const struct exchange *x = &g->exchanges[g->exchanges_of_visit[i]];
        const struct group_event *body = exchange_body(g, x);
        uint32_t flags = exchange_flags(x) | (body ? body->event.flags : 0);
        if ((flags & EVENT_FLAG_PARTIAL) || is_body_missing(g, x))
            return false;
    }
    return true;
}

/* A body of that URL with at least one tag: the page's own, or of the visit it was a repetition of. */
static bool has_text(const struct group *g, const struct group_visit *v)
{
    if (g->session.bytes)
        return true; /* an app shows its own screens: what it asked for is all there is to read */
    const struct exchange *x = v->document == NO_EVENT ? NULL : &g->exchanges[v->document];
    if (x && x->response)
        return x->response->body != NO_EVENT && (exchange_body(g, x)->event.flags & EVENT_FLAG_TEXT);
    uint32_t event = g->document_of_url[v->url];
    return event != NO_EVENT && (g->events[event].event.flags & EVENT_FLAG_TEXT);
}

/* A revisit without a head, or one that says "not modified", had the status of what it repeats. */
static unsigned status_of(const struct group *g, const struct exchange *x)
{
    const struct group_event *body = exchange_body(g, x);
    unsigned own = x->response->event.status;
    return body && (own == 0 || own == 304) ? body->event.status : own;
}

static enum referrer_policy policy_of(const struct group *g, const struct exchange *page)
{
    const struct group_event *body = page ? exchange_body(g, page) : NULL;
    return body ? body->event.referrer_policy : REFERRER_NONE_GIVEN;
}

static enum err deliver(struct group *g, uint32_t number, resolve_visit_fn *fn, void *context)
{
    const struct group_visit *v = &g->visits[number];
    g->page.href = href_of(group_text(g, v->url));
    g->page.site = group_site_of(g, g->page.href.host);
    const struct exchange *page = v->document == NO_EVENT ? NULL : &g->exchanges[v->document];
    bool empty = g->first_of_visit[number] == g->first_of_visit[number + 1];
    if (v->page && (v->page->event.flags & EVENT_FLAG_LINE) && empty)
        return ERR_OK; /* a page list names it, but nothing of it was recorded */
    const struct group_event *proof = page ? exchange_proof(page) : v->page ? v->page : &g->events[v->mark];
    struct resolved_visit out = {
        .url = group_text(g, v->url),
        .time_ns = page && !v->page ? exchange_proof(page)->event.date_ns : v->time_ns,
        .proof = {proof->archive, proof->event.place},
        .status = page && page->response ? status_of(g, page)
                  : v->page              ? v->page->event.status
                                         : 0,
        .producer = v->producer,
        .complete = is_complete(g, number),
        .has_text = has_text(g, v),
        .referrer_policy = policy_of(g, page)
    };
    TRY(group_contacts(g, number, &out));
    TRY(group_cookies(g, number, &out));
    TRY(group_consent(g, number, &out));
    g->counters->visits++;
    g->counters->contacts += out.page_contact_count;
    g->counters->cookies += out.cookie_count;
    return fn(context, &out);
}

void resolve_close(struct group *g)
{
    for (uint32_t i = 0; i < g->exchange_count; i++) {
        const struct exchange *x = &g->exchanges[i];
        enum fate fate =
            x->fate == FATE_ATTRIBUTED && x->origin >= ORIGIN_UNKNOWN && x->evidence == EVIDENCE_O5
                ? FATE_CRAWLER
                : x->fate;
        g->counters->exchanges++;
        g->counters->attributed += fate == FATE_ATTRIBUTED;
        g->counters->unattributed += fate == FATE_UNATTRIBUTED;
        g->counters->browser_noise += fate == FATE_BROWSER;
        g->counters->crawler_noise += fate == FATE_CRAWLER;
        g->counters->behaviour += fate == FATE_ATTRIBUTED && x->origin == ORIGIN_BEHAVIOUR;
    }
}

enum err resolve_open(const struct resolve_input *input, const struct suffixes *suffixes, struct arena *arena,
                      struct counters *counters, struct group **out)
{
    struct group *g = arena_alloc(arena, sizeof *g);
    if (!g)
        return ERR_MEMORY;
    *g =
        (struct group){.arena = arena, .suffixes = suffixes, .counters = counters, .session = input->session};
    TRY(group_make_memory(g));
    *out = g;
    return group_load_begin(g, input);
}

enum err resolve_load(struct group *g, size_t from, size_t to)
{
    return group_load_some(g, from, to);
}

enum err resolve_join(struct group *g)
{
    TRY(group_load_end(g));
    TRY(group_find_bodies(g));
    TRY(group_pair(g));
    TRY(group_find_visits(g));
    TRY(group_attribute(g));
    TRY(group_sort_exchanges(g));
    TRY(group_follow_redirects(g));
    return group_find_setters(g);
}

uint32_t resolve_visit_count(const struct group *g)
{
    return (uint32_t)g->visit_count;
}

static uint64_t facts_of_event(const struct group_event *e)
{
    return e ? (uint64_t)e->event.reference_count + e->event.resource_count + e->event.cookie_count : 0;
}

static uint64_t facts_of_visit(const struct group *g, uint32_t visit)
{
    uint64_t count = facts_of_event(g->visits[visit].page);
    for (uint32_t i = g->first_of_visit[visit]; i < g->first_of_visit[visit + 1]; i++) {
        const struct exchange *x = &g->exchanges[g->exchanges_of_visit[i]];
        count += 1 + facts_of_event(x->request) + facts_of_event(x->response) +
                 (exchange_body(g, x) == x->response ? 0 : facts_of_event(exchange_body(g, x)));
    }
    return count;
}

uint32_t resolve_piece_end(const struct group *g, uint32_t from, uint32_t max_visits)
{
    uint32_t to = from + 1;
    uint64_t count = facts_of_visit(g, from);
    while (to < g->visit_count && to - from < max_visits) {
        count += facts_of_visit(g, to);
        if (count > PIECE_FACTS)
            break;
        to++;
    }
    return to;
}

enum err resolve_view(const struct group *g, struct arena *arena, struct counters *counters,
                      struct group **out)
{
    size_t texts = g->texts.count;
    struct group *view = arena_alloc(arena, sizeof *view);
    if (!view)
        return ERR_MEMORY;
    *view = *g;
    view->arena = arena;
    view->counters = counters;
    TRY(group_make_memory(view));
    view->seen_by_visit = arena_alloc(arena, (texts + 1) * sizeof *view->seen_by_visit);
    view->loaded_by_visit = arena_alloc(arena, (texts + 1) * sizeof *view->loaded_by_visit);
    view->hop_to = arena_alloc(arena, (texts + 1) * sizeof *view->hop_to);
    if (!view->seen_by_visit || !view->loaded_by_visit || !view->hop_to)
        return ERR_MEMORY;
    for (size_t i = 0; i < texts; i++)
        view->hop_to[i] = NO_EVENT;
    *out = view;
    return ERR_OK;
}

enum err resolve_visits(struct group *view, uint32_t from, uint32_t to, resolve_visit_fn *fn, void *context)
{
    for (uint32_t v = from; v < to; v++) {
        struct arena_mark mark = arena_mark(view->arena);
        TRY(deliver(view, v, fn, context));
        arena_back_to(view->arena, mark);
    }
    return ERR_OK;
}

enum err resolve_group(const struct resolve_input *input, const struct suffixes *suffixes,
                       struct arena *arena, struct counters *counters, resolve_visit_fn *fn, void *context)
{
    struct group *g, *view;
    TRY(resolve_open(input, suffixes, arena, counters, &g));
    TRY(resolve_load(g, 0, input->count));
    TRY(resolve_join(g));
    TRY(resolve_view(g, arena, counters, &view));
    TRY(resolve_visits(view, 0, resolve_visit_count(g), fn, context));
    resolve_close(g);
    return ERR_OK;
}
