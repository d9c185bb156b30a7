// SPDX-License-Identifier: MIT
/*
 * resolve.h - which page made which request: events become visits with their contacts and cookies.
 *
 * In:     all events of one group (the archives of one crawl: crawl_name.h), in any order
 * Out:    visits, each with contacts sorted by host and path and cookies sorted by host, name, how, domain,
 *         path; how browsers would have taken the cookies, and what the consent was
 * Owns:   nothing: everything lives in the arena of the call, or points into the packed events
 * Limits: memory grows with the events of one group, about 250 bytes an event and the events themselves, mapped
 * Errors: ERR_CORRUPT (packed event), ERR_MEMORY
 * Source: evidence.md 3.2 (precedence), 3.3 (procedure), 3.4-3.8
 */
#ifndef INDEX_RESOLVE_H
#define INDEX_RESOLVE_H

#include "4_index/counter.h"
#include "4_index/event.h"
#include "4_index/origin.h"
#include "4_index/signal.h"

/* Where the record that proves something lies. */
struct proof {
    uint32_t archive;
    struct place place;
};
struct resolved_contact {
    struct span url; /* first one seen, without fragment; host and path are its */
    struct span site;
    enum evidence evidence;
    uint32_t evidence_mask;
    enum condition condition;
    enum resource resource;
    bool third;
    uint32_t count;
    int64_t first_time_ns;
    struct proof proof;
    struct span declared_by;
    uint32_t signals;
    enum origin origin;
    unsigned
        depth; /* 1: the page's own documents ask; more: a third party's frame, style sheet or script does */
    unsigned hop;              /* redirects before it */
    struct span redirect_from; /* host of the one directly before; empty: none */
    struct span frame_site;    /* of the third party's frame that asks; empty: none */
};
struct resolved_cookie {
    struct span host;
    struct event_cookie cookie; /* storable: in the context of the visit */
    bool sent, third;
    bool by_script; /* a further row of one that was sent: nobody else can have set it */
    struct proof proof;
};
struct resolved_visit {
    struct span url;
    int64_t time_ns;
    struct proof proof;
    unsigned status;
    enum producer producer;
    bool complete, has_text;
    enum referrer_policy referrer_policy; /* of its document */
    uint32_t signals;
    struct consent consent;
    struct proof consent_proof;              /* without a rule: as proof */
    const struct resolved_contact *contacts; /* of any origin */
    const struct resolved_cookie *cookies;
    size_t contact_count, cookie_count;
    uint32_t page_contact_count; /* of these the page's */
};

struct packed_event {
    uint32_t archive;
    struct place place;
    struct span packed;
};
typedef enum err resolve_visit_fn(void *context, const struct resolved_visit *visit);

struct resolve_input {
    const struct packed_event *events;
    size_t count;
    struct span session; /* all of it is one visit of that address: session.h; empty: pages */
};
/* All of it, one visit after the other. */
enum err resolve_group(const struct resolve_input *input, const struct suffixes *suffixes,
                       struct arena *arena, struct counters *counters, resolve_visit_fn *fn,
                       void *context) MUST_CHECK;

/*
 * The same in parts, for several threads:
 *
 *   open -> load, any part of the events on any thread -> join, which asks what is asked of all events together
 *        -> visits, of which no two touch each other, each thread with a view of its own -> close, which makes the sums
 */
struct group;
enum err resolve_open(const struct resolve_input *input, const struct suffixes *suffixes, struct arena *arena,
                      struct counters *counters, struct group **out) MUST_CHECK;
enum err resolve_load(struct group *group, size_t from, size_t to) MUST_CHECK;
enum err resolve_join(struct group *group) MUST_CHECK;
uint32_t resolve_visit_count(const struct group *group);
/* The end of a piece of work that begins with visit `from`: at most max_visits, fewer where they are large. */
uint32_t resolve_piece_end(const struct group *group, uint32_t from, uint32_t max_visits);
/* Lives in the arena, which is the view's from then on, and counts into `counters`. */
enum err resolve_view(const struct group *group, struct arena *arena, struct counters *counters,
                      struct group **out) MUST_CHECK;
enum err resolve_visits(struct group *view, uint32_t from, uint32_t to, resolve_visit_fn *fn,
                        void *context) MUST_CHECK;
void resolve_close(struct group *group);

#endif
