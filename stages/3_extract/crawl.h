// SPDX-License-Identifier: MIT
/*
 * crawl.h - what crawlers write about their own crawl: who they are, pages, ways.
 *
 * In:     blocks of warcinfo, metadata and resource records; pages.jsonl of a WACZ
 * Out:    producer, page lists, Heritrix via and outlinks, end-of-page marks
 * Owns:   nothing: results live in the arena or point into the block
 * Limits: LIMIT_PAGE_RESOURCES, LIMIT_JSON_BYTES, LIMIT_JSON_DEPTH
 * Errors: ERR_JSON, ERR_SYNTAX, ERR_TOO_LARGE (a list or value is cut, the rest delivered), ERR_MEMORY
 * Source: formats.md 2.1 (producers), 2.2 (urn:pageinfo:), 2.4 (Heritrix), 1.7 (pages.jsonl)
 */
#ifndef EXTRACT_CRAWL_H
#define EXTRACT_CRAWL_H

#include "3_extract/reference.h"

// clang-format off
enum producer {
    PRODUCER_UNKNOWN, PRODUCER_BROWSERTRIX, PRODUCER_ARCHIVEWEB, PRODUCER_PYWB, PRODUCER_HERITRIX, PRODUCER_WARCPROX,
    PRODUCER_WGET, PRODUCER_WPULL, PRODUCER_COMMONCRAWL, PRODUCER_SCOOP, PRODUCER_SQUIDWARC, PRODUCER_BROWSER /* other DevTools recorder */,
    PRODUCER_ARC, /* an ARC whose software is not known: answers only */
    PRODUCER_HAR, /* whoever wrote the file: developer tools, proxies, test tools */
    PRODUCER_COUNT
};
// clang-format on
const char *producer_name(enum producer producer); /* "browsertrix", ... */
/* capability rows of formats.md 2.14 that issue 2 needs; more columns come with later work */
struct producer_traits {
    bool runs_scripts;       /* a browser: declared noscript content is not fetched */
    bool lists_pages;        /* urn:pageinfo: or page ids */
    bool set_cookie;         /* Set-Cookie is recorded */
    bool repeats_set_cookie; /* as repeated lines; else joined */
    /* wget, Heritrix: Referer is the page the link was found on, also for links that were followed */
    bool referer_is_parent;
};
const struct producer_traits *producer_traits(enum producer producer);

/* What an archive can show, and how well its producer shows it (formats.md 2.14). */
enum capability {
    CAPABILITY_PAGE_ID,
    CAPABILITY_PAGE_LIST,
    CAPABILITY_RESOURCE_TYPE,
    CAPABILITY_INITIATOR,
    CAPABILITY_REFERER,
    CAPABILITY_COOKIE_SENT,
    CAPABILITY_SET_COOKIE,
    CAPABILITY_REPEATED_SET_COOKIE,
    CAPABILITY_SCRIPT_COOKIE,
    CAPABILITY_BEACON,
    CAPABILITY_REDIRECT,
    CAPABILITY_DATE, /* finer than a second */
    CAPABILITY_COUNT
};
const char *capability_name(enum capability capability); /* "page_id", ... */
/* Only of what is shown reliably is "not seen" an observation. */
enum ability { ABILITY_ABSENT, ABILITY_PARTIAL, ABILITY_RELIABLE };
enum ability producer_ability(enum producer producer, enum capability capability);

struct warcinfo {
    enum producer producer;
    struct span software, is_part_of, operator_name, user_agent, robots;
};
/* Of a WARC, or the arcmetadata in the version block of an ARC. */
enum err crawl_parse_warcinfo(struct span block, struct warcinfo *out) MUST_CHECK;
/* From the fields a single record carries (formats.md 2.1 no. 2); PRODUCER_UNKNOWN when it tells nothing. */
enum producer crawl_guess_producer(struct span warc_head, struct span http_head);

struct page_resource {
    struct span url; /* as listed */
    int status;      /* 0: attempted */
    enum resource resource;
    struct span mime, error;
    bool from_cache;
};
struct pageinfo {
    struct span page_id, url; /* url: of the record's urn:pageinfo: when the JSON has none */
    int64_t time_ns;          /* RECORD_NO_DATE when missing */
    int status;
    struct page_resource *resources;
    size_t resource_count, capacity;
};
/* target_uri: "urn:pageinfo:URL". Resources in the order listed. */
enum err crawl_parse_pageinfo(struct span target_uri, struct span block, struct arena *arena,
                              struct pageinfo *out) MUST_CHECK;

/* One line of pages.jsonl. ERR_END: header or blank line. */
struct page_line {
    struct span id, url;
    int64_t time_ns;
    int status;
};
enum err crawl_parse_page_line(struct span line, struct arena *arena, struct page_line *out) MUST_CHECK;

/* application/warc-fields or text/anvl of Heritrix, and of recorders that close a page with a metadata record. */
struct outlink {
    struct span url;
    char hop;            /* L E X R P I M S */
    struct span context; /* "img/@src", "=JS_MISC" */
};
struct crawl_metadata {
    struct span via, hops_from_seed;
    struct outlink *outlinks;
    size_t outlink_count, capacity;
    struct span page_url, final_url; /* "url:", "finalUrl:" of a page end mark */
    int64_t exchange_count;          /* "exchanges:", -1 when missing */
};
enum err crawl_parse_metadata(struct span block, struct arena *arena, struct crawl_metadata *out) MUST_CHECK;

#endif
