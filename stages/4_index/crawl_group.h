// SPDX-License-Identifier: MIT
/*
 * crawl_group.h - the working state of resolve.h, step by step; private to group_*.c and resolve.c.
 *
 *   events --pair--> exchanges --visits--> visits --attribute--> exchange.visit --contacts, cookies--> rows
 *
 * In:     unpacked events in time order
 * Out:    exchanges, visits, and which exchange belongs to which visit, why
 * Owns:   nothing: one arena
 * Limits: as resolve.h
 * Errors: ERR_MEMORY
 * Source: evidence.md 3.2, 3.3
 */
#ifndef INDEX_CRAWL_GROUP_H
#define INDEX_CRAWL_GROUP_H

#include "4_index/href.h"
#include "4_index/keyed.h"
#include "4_index/resolve.h"
#include "base/intern.h"
#include "base/limits.h"

#define NO_VISIT UINT32_MAX
#define NO_EVENT UINT32_MAX

enum fate { FATE_UNATTRIBUTED, FATE_ATTRIBUTED, FATE_BROWSER, FATE_CRAWLER };

/* What is asked for again and again; the rest is unpacked anew: group_head, group_lists. All events are gone through many
 * times, so that every byte of them counts. */
struct event_facts {
    struct place place;
    int64_t date_ns;
    uint64_t id, digest;
    uint64_t concurrent; /* the first of them */
    uint64_t refers_to;
    uint32_t flags;
    unsigned status;
    uint32_t cookie_count, reference_count, resource_count;
    uint8_t kind, producer, resource, content, referrer_policy; /* of the enums of struct event */
    bool has_more_concurrent, has_origin;
};
struct group_event {
    struct event_facts event;
    const char *packed;
    uint32_t packed_bytes, texts_at, lists_at; /* in `packed` */
    uint32_t archive;
    uint32_t url, page_id, referer, location, via; /* numbers in group.texts; INTERN_NONE when empty */
    uint32_t partner;                              /* exchange it belongs to, NO_EVENT before pairing */
    uint32_t file_order;                           /* place among all events by archive and place */
    uint32_t stream; /* archives recorded at the same time are streams of their own */
    uint32_t body;   /* of an answer: the event that has it, itself or another; NO_EVENT */
};
/* A request with its answer, as far as they were recorded: one request-like event. */
struct exchange {
    const struct group_event *request, *response; /* at least one */
    uint32_t order;                               /* place in time of the earlier of both */
    uint32_t url;
    uint32_t visit;
    enum fate fate;
    enum evidence evidence;
    uint32_t redirect_from; /* attributed exchange of the same visit that leads here, NO_EVENT */
    uint32_t asked_by;  /* exchange of the same visit that its referrer names, NO_EVENT: the page itself */
    enum origin origin; /* set by group_contacts */
    bool is_ambiguous;  /* several visits may have asked: it is of the nearest before it */
    bool is_document;   /* it is its visit's own document or a redirect on the way to it */
};
struct group_visit {
    uint32_t url, page_id;
    uint32_t order; /* events of its stream from here on belong to its window */
    uint32_t end;   /* first order behind its window */
    uint32_t stream;
    int64_t time_ns;
    const struct group_event *page; /* pageinfo or page line, NULL */
    uint32_t document;              /* exchange, NO_EVENT */
    uint32_t mark;                  /* event that proves it when there is no document */
    bool has_mark;                  /* a recorder's end-of-page mark bounds the window */
    enum producer producer;
};

struct group_page {
    struct href href;
    struct span site;
};

struct group {
    struct arena *arena;
    const struct suffixes *suffixes;
    struct counters *counters;
    struct span session;               /* of an app: the address of its only visit; empty: pages */
    const struct packed_event *packed; /* as given */
    struct intern texts;
    struct group_event *events; /* in time order */
    uint32_t event_count, stream_count;
    uint32_t *in_file; /* event numbers by file_order */
    struct keyed *ids; /* events by id, then file_order */
    size_t id_count;
    struct exchange *exchanges; /* in time order */
    uint32_t exchange_count;
    struct group_visit *visits; /* in time order */
    size_t visit_count, visit_capacity;
    uint32_t *visit_of_page_id;
    uint32_t *exchanges_of_visit,
        *first_of_visit;       /* numbers of visit v: [first_of_visit[v], first_of_visit[v + 1]) */
    uint32_t *document_of_url; /* per text: event of a scanned body, NO_EVENT */
    /* of a view (resolve.h) */
    struct group_page page;  /* of the visit that is looked at */
    uint32_t *seen_by_visit; /* per text: visit + 1 that looked at it last */
    uint32_t *hop_to; /* per text: exchange that redirects there in the visit that had one last, NO_EVENT */
    struct group_memory *memory;
    uint32_t *loaded_by_visit; /* per text: visit + 1 that had it last as an image, a style sheet, a medium */
    /* Per producer, since files of several are concatenated. Some record bears a page id or a type: those
     * without are the crawler's own. Pages are listed or marked: nothing else is a page. */
    bool has_page_ids[PRODUCER_COUNT], has_types[PRODUCER_COUNT], has_pages[PRODUCER_COUNT];
    struct setters *setters; /* group_setter.c */
};

/* In three steps: room for them; any part of them, on any thread; what is asked of all together. */
enum err group_load_begin(struct group *group, const struct resolve_input *input) MUST_CHECK;
enum err group_load_some(struct group *group, size_t from, size_t to) MUST_CHECK;
enum err group_load_end(struct group *group) MUST_CHECK;
/* All of an event but its lists; producer and date as they were written. */
void group_head(const struct group_event *event, struct event *out);
/* Its lists alone, which live in the group's arena until its next mark is gone back to. */
enum err group_lists(const struct group *group, const struct group_event *event,
                     struct event *out) MUST_CHECK;
/* Its cookies alone, event.cookie_count of them. */
enum err group_cookie_list(const struct group *group, const struct group_event *event,
                           struct event_cookie **out) MUST_CHECK;
enum err group_sort_ids(struct group *group) MUST_CHECK;
enum err group_find_streams(struct group *group) MUST_CHECK;
typedef bool group_accept_fn(const struct group *group, uint32_t near, uint32_t event);
/* Of the events with that id the accepted one that is nearest in the file to event `near`; NO_EVENT. */
uint32_t group_find_id(const struct group *group, uint64_t id, uint32_t near, group_accept_fn *accept);
enum err group_pair(struct group *group) MUST_CHECK;
/* Fills `body` of every event: revisits find theirs within the group. */
enum err group_find_bodies(struct group *group) MUST_CHECK;
enum err group_find_visits(struct group *group) MUST_CHECK;
enum err group_attribute(struct group *group) MUST_CHECK;
/* Fills exchanges_of_visit and document_of_url. */
enum err group_sort_exchanges(struct group *group) MUST_CHECK;
/* Moves every visit to its final URL. */
enum err group_follow_redirects(struct group *group) MUST_CHECK;
/* Where in a page something is asked for. */
struct group_place {
    unsigned depth;         /* 1: by the page's own documents */
    struct span frame_site; /* of the innermost frame of another site; empty: none */
};
struct span group_site(const struct group *group, struct span url);
/* The same of a host; it remembers what it was asked for. */
struct span group_site_of(const struct group *group, struct span host);
struct group_place group_place(const struct group *group, struct span page_site,
                               const struct exchange *exchange);
/* Of what its answer asks for. */
struct group_place group_place_behind(const struct group *group, struct span page_site,
                                      const struct exchange *exchange);
/* Of what the document or script of that URL asks for, which is itself asked for at `outer`. */
struct group_place group_place_inside(const struct group *group, struct span page_site,
                                      struct group_place outer, struct span url, bool frame);
/* group_hop.c: the redirects before something. */
struct group_hops {
    unsigned count;
    struct span from; /* host of the one directly before; empty: none */
};
/* `from`: the exchange that redirected to it, NO_EVENT. */
struct group_hops group_hops(const struct group *group, uint32_t from);
/* Fills hop_to for the visit; then which of its exchanges redirects to the URL, NO_EVENT. */
void group_note_hops(struct group *group, uint32_t visit);
uint32_t group_hop_to(const struct group *group, uint32_t visit, struct span url);
/* A body that a visit has: its page, its frames and style sheets, and theirs. */
struct group_document {
    uint32_t event;
    struct event full;
    struct group_place place; /* of what it declares */
    bool is_elsewhere; /* it was recorded under another URL: what it names on its own host may be relative */
};
enum err group_documents(struct group *group, uint32_t visit, struct group_document **documents,
                         size_t *count) MUST_CHECK;
/* Is its answer a frame or a style sheet, whose declarations are the page's? */
bool group_is_subdocument(const struct group *group, const struct exchange *exchange);
/* Contacts and cookies of one visit into `out`; declared documents are looked up in the group. */
enum err group_contacts(struct group *group, uint32_t visit, struct resolved_visit *out) MUST_CHECK;
enum err group_cookies(struct group *group, uint32_t visit, struct resolved_visit *out) MUST_CHECK;
/* How a browser would take a cookie of that answer, which by its own attributes is `alone`. */
enum cookie_storable group_cookie_storable(const struct group *group, uint32_t visit,
                                           const struct exchange *exchange,
                                           const struct event_cookie *cookie);

/* group_memory.h: answers that are given again and again. Of a group, and of each view. */
struct group_memory;
enum err group_make_memory(struct group *group) MUST_CHECK;

/* group_setter.c: who set the cookies that were sent. */
enum err group_find_setters(struct group *group) MUST_CHECK;
/* Nothing but a script can have set it: the crawl would have shown a Set-Cookie, and there was none before. */
bool group_is_by_script(const struct group *group, const struct exchange *exchange, struct span name);
/* It came along with the very first request to its site: the crawler brought it. */
bool group_is_preset(const struct group *group, const struct exchange *exchange, struct span name);

/* group_signal.c: flags of signal.h. Of one exchange; of a URL on the page's list; of the visit, with its consent. */
enum err group_exchange_signals(const struct group *group, uint32_t visit, const struct exchange *exchange,
                                enum resource resource, uint32_t *out) MUST_CHECK;
uint32_t group_url_signals(const struct group *group, uint32_t visit, struct span url, enum resource resource,
                           bool post);
enum err group_consent(const struct group *group, uint32_t visit, struct resolved_visit *out) MUST_CHECK;

/* group_noise.c: requests no page made. */
enum fate group_noise(const struct group *group, const struct exchange *exchange);

static inline struct span group_text(const struct group *group, uint32_t number)
{
    return number == INTERN_NONE ? SPAN_NONE : intern_text(&group->texts, number);
}
/* The event that proves an exchange: its answer, else the request. */
static inline const struct group_event *exchange_proof(const struct exchange *exchange)
{
    return exchange->response ? exchange->response : exchange->request;
}
static inline uint32_t exchange_flags(const struct exchange *exchange)
{
    return (exchange->request ? exchange->request->event.flags : 0) |
           (exchange->response ? exchange->response->event.flags : 0);
}
/* Fetched or rendered ahead: nobody went there. */
static inline bool exchange_is_speculative(const struct exchange *exchange)
{
    return exchange_flags(exchange) & EVENT_FLAG_SPECULATIVE;
}
static inline bool exchange_is_redirect(const struct exchange *exchange)
{
    return exchange->response && exchange->response->location != INTERN_NONE;
}
/* Number of the URL it redirects to; INTERN_NONE: it does not. */
static inline uint32_t exchange_target(const struct exchange *exchange)
{
    return exchange->response ? exchange->response->location : INTERN_NONE;
}
/* The event that has the body of its answer; NULL: none, or a revisit of something not at hand. */
static inline const struct group_event *exchange_body(const struct group *group,
                                                      const struct exchange *exchange)
{
    uint32_t body = exchange->response ? exchange->response->body : NO_EVENT;
    return body == NO_EVENT ? NULL : &group->events[body];
}
/* What the answer is: by its own head, else by the body it repeats. */
static inline enum content exchange_content(const struct group *group, const struct exchange *exchange)
{
    const struct group_event *body = exchange_body(group, exchange);
    enum content own = exchange->response ? exchange->response->event.content : CONTENT_OTHER;
    return own == CONTENT_OTHER && body ? body->event.content : own;
}
/* The producer of the record that proves it. */
static inline enum producer exchange_producer(const struct exchange *exchange)
{
    return exchange_proof(exchange)->event.producer;
}

#endif
