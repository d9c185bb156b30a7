// SPDX-License-Identifier: MIT
/*
 * event.h - what one record says, small enough to keep: the unit that crosses from workers to the index.
 *
 * In:     -
 * Out:    struct event and its packed form (varints and texts in a fixed order; the same bytes everywhere)
 * Owns:   nothing: packed events live in a struct buf, unpacked ones point into the packed bytes and the
 *         caller's arena
 * Limits: LIMIT_CHUNK_FACTS_BYTES
 * Errors: ERR_CORRUPT (packed bytes of another version),
 *         ERR_MEMORY
 * Source: evidence.md 3.3, pass 1
 */
#ifndef INDEX_EVENT_H
#define INDEX_EVENT_H

#include "1_read/reader.h"
#include "3_extract/consent.h"
#include "3_extract/cookie.h"
#include "3_extract/crawl.h"
#include "3_extract/referrer_policy.h"
#include "base/buf.h"

enum event_kind {
    EVENT_WARCINFO, /* producer, is_part_of in `page_id` */
    EVENT_REQUEST,
    EVENT_RESPONSE, /* response and revisit records */
    EVENT_PAGE,     /* urn:pageinfo: of a page, a line of pages.jsonl, a page of a HAR */
    EVENT_PAGE_END, /* a recorder's mark that the page is over */
    EVENT_CRAWL,    /* Heritrix metadata */
    EVENT_SEGMENT,  /* a part of a record: segment.h; its number in `status`, its origin in `concurrent[0]` */
    EVENT_ALIAS,    /* an answer of the DNS: in each reference the name in `by` leads to that in `url` */
    EVENT_KIND_COUNT
};
/* What a response carried, as far as it matters here. */
enum content { CONTENT_OTHER, CONTENT_HTML, CONTENT_CSS, CONTENT_SCRIPT, CONTENT_DNS };

#define EVENT_FLAG_REVISIT     (1u << 0)
#define EVENT_FLAG_PARTIAL     (1u << 1) /* record or body cut or damaged */
#define EVENT_FLAG_NAVIGATE    (1u << 2) /* Sec-Fetch-Mode: navigate */
#define EVENT_FLAG_UPGRADE     (1u << 3) /* Upgrade-Insecure-Requests: 1 */
#define EVENT_FLAG_SHORT       (1u << 4) /* request without accept and sec-fetch fields: not made by a page */
#define EVENT_FLAG_SAME_ORIGIN (1u << 5) /* Sec-Fetch-Site: same-origin */
#define EVENT_FLAG_NO_CORS     (1u << 6) /* Sec-Fetch-Mode: no-cors */
#define EVENT_FLAG_HAS_DEST    (1u << 7) /* Sec-Fetch-Dest was there */
#define EVENT_FLAG_HAS_HEAD    (1u << 8) /* an HTTP head was there: "no cookie" means something */
#define EVENT_FLAG_TEXT        (1u << 9) /* HTML body with at least one tag */
#define EVENT_FLAG_POST        (1u << 10)
#define EVENT_FLAG_PREFLIGHT   (1u << 11) /* OPTIONS */
#define EVENT_FLAG_TYPED       (1u << 12) /* WARC-Resource-Type was there */
#define EVENT_FLAG_FETCH       (1u << 13) /* Sec-Fetch-Dest: empty */
#define EVENT_FLAG_LINE        (1u << 14) /* EVENT_PAGE from pages.jsonl: no list of resources */
#define EVENT_FLAG_CONNECT     (1u << 15) /* CONNECT or another method that fetches nothing */
#define EVENT_FLAG_HTTP        (1u << 16) /* the record is an HTTP exchange (not dns:, not a pseudo URL) */
#define EVENT_FLAG_BODY        (1u << 17) /* a body was there and was scanned */
#define EVENT_FLAG_UNMODIFIED  (1u << 18) /* a revisit of profile server-not-modified */
#define EVENT_FLAG_LAST        (1u << 19) /* the last part of a record */
#define EVENT_FLAG_ATTEMPTED   (1u << 20) /* a request the browser did not send, or got no answer to */
/* EVENT_PAGE of a HAR: its URL is a title, recorded documents know better */
#define EVENT_FLAG_TITLE       (1u << 21)
#define EVENT_FLAG_GPC         (1u << 22) /* Sec-GPC: 1 */
#define EVENT_FLAG_DNT         (1u << 23) /* DNT: 1 */
#define EVENT_FLAG_PIXEL       (1u << 24) /* an image of at most one pixel, or an answer without content */
#define EVENT_FLAG_SENT_BODY   (1u << 25) /* a request with a body */
#define EVENT_FLAG_SPECULATIVE (1u << 26) /* Sec-Purpose: prefetch or prerender */

struct event_cookie {
    struct span name, domain, path; /* sent: name only */
    int64_t lifetime_s;
    bool secure, http_only, partitioned;
    enum cookie_storable storable; /* by its own attributes */
    enum same_site same_site;
    uint64_t value_hash; /* identifier.h; 0: none. For comparing within a crawl, the index has none of it */
    struct consent consent; /* what it answers, when it is a consent tool's */
};
struct event_reference {
    struct span url; /* absolute, without fragment */
    enum evidence evidence;
    enum condition condition;
    enum resource resource;
    struct span by; /* "script src" */
};
struct event_resource { /* one line of a page's own list */
    struct span url;
    int status;
    enum resource resource;
    bool from_cache;
    bool aborted; /* given up by the browser: sent or not */
    bool reached; /* failed, but in a way that only an answer of the host explains */
};
struct event {
    enum event_kind kind;
    struct place place;
    int64_t date_ns;
    uint32_t flags;
    enum producer producer; /* warcinfo, or guessed from this record */
    /* Hashes of WARC-Record-ID and of each WARC-Concurrent-To; 0 = none. */
    uint64_t id, concurrent[RECORD_CONCURRENT_MAX];
    unsigned status;
    enum resource resource;
    enum content content;
    enum referrer_policy referrer_policy;  /* of a document: its own last word, else its head's */
    struct span url;                       /* absolute, normalised, without fragment */
    struct span page_id;                   /* WARC-Page-ID */
    struct span referer, origin, location; /* referer and location without fragment; location resolved */
    struct span via, hops;                 /* EVENT_CRAWL */
    /* A revisit: what it repeats, as far as it says. */
    uint64_t refers_to; /* hash of WARC-Refers-To */
    uint64_t digest;    /* hash of WARC-Payload-Digest: of revisits and of scanned bodies */
    struct span refers_url;
    int64_t refers_date_ns;                  /* 0 when absent */
    struct span segment_head, segment_block; /* EVENT_SEGMENT; the head of the first part only */
    struct event_cookie *cookies;
    struct event_reference *references;
    struct event_resource *resources;
    size_t cookie_count, reference_count, resource_count;
    size_t cookie_capacity, reference_capacity, resource_capacity;
};

/* place is not part of the packed form: it is the key the event is stored under. */
void event_pack(const struct event *event, struct buf *out);
enum err event_unpack(struct span packed, struct arena *arena, struct event *out) MUST_CHECK;
/* The same in steps, since lists are most of an event: first all but the lists (their counts are there) and where they
 * are packed, then the lists of that event. */
enum err event_unpack_head(struct span packed, struct event *out, struct span *lists) MUST_CHECK;
/* The head in turn: all but its texts, and where they are packed; then the texts alone. */
enum err event_unpack_numbers(struct span packed, struct event *out, struct span *texts) MUST_CHECK;
enum err event_unpack_texts(struct span texts, struct event *event, struct span *lists) MUST_CHECK;
enum err event_unpack_lists(struct span lists, struct arena *arena, struct event *event) MUST_CHECK;
/* Of its lists the cookies alone: of a document they are the least. */
enum err event_unpack_cookies(struct span lists, struct arena *arena, size_t count,
                              struct event_cookie **out) MUST_CHECK;

#endif
