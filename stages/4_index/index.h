// SPDX-License-Identifier: MIT
/*
 * index.h - reading a finished index: one year's observations, in the order the tables print.
 *
 * In:     an index file that index_build.h finished
 * Out:    visits, contacts, cookies, aliases, archives, faults, counters through cursors
 * Owns:   a struct index (maps the file); rows point into the map and live until index_close
 * Limits: none of its own
 * Errors: ERR_INDEX (no index, or of another version), ERR_IO, ERR_MEMORY
 * Source: interface.md 2; key.h draws the keys
 */
#ifndef INDEX_INDEX_H
#define INDEX_INDEX_H

#include "1_read/record.h"
#include "3_extract/consent.h"
#include "3_extract/cookie.h"
#include "3_extract/crawl.h"
#include "3_extract/referrer_policy.h"
#include "4_index/origin.h"
#include "4_index/signal.h"

struct index;

/* A page as one browser or crawler saw it once. */
struct index_visit {
    uint32_t id; /* dense, 0 .. visit_count-1, in the order of the table: page_url, time, archive, offset */
    struct span page_url;   /* final URL without fragment */
    struct span host, site; /* of page_url */
    int64_t time_ns;        /* RECORD_NO_DATE: unknown */
    uint32_t archive;       /* number of its row in `archives` */
    uint64_t at, bytes, inner;
    unsigned status; /* 0: unknown */
    enum producer producer;
    bool complete; /* no partial record, nothing unreadable among what belongs to it */
    bool has_text; /* an HTML body that could be read was there: usable content */
    uint32_t contact_count;
    uint32_t signals; /* SIGNAL_GPC, SIGNAL_DNT */
    enum referrer_policy referrer_policy;
    struct consent consent;
    uint32_t consent_archive; /* record that proves the consent; the visit's own without a rule */
    uint64_t consent_at, consent_bytes, consent_inner;
};
struct index_contact {
    uint32_t visit;
    struct span host, path, site; /* site: registrable domain, both PSL sections */
    enum evidence evidence;       /* best class */
    uint32_t evidence_mask;       /* bit per enum evidence: all that support it */
    enum condition
        condition; /* of the best class, when that is D2; of several, one an ordinary visit meets */
    enum resource resource;
    bool third;     /* plain test: site of host differs from site of page */
    uint32_t count; /* observations and declarations summed up in this row */
    int64_t first_time_ns;
    uint32_t archive; /* record that proves the best class */
    uint64_t at, bytes, inner;
    struct span first_url;   /* as recorded, without fragment */
    struct span declared_by; /* "script src" of the first declaration; empty if none */
    uint32_t signals;        /* signal.h */
    enum origin origin;
    unsigned depth;            /* 1: the page's own documents ask; at least that many */
    unsigned hop;              /* redirects before it */
    struct span redirect_from; /* host before it; empty: none */
    struct span frame_site;    /* of the other site's frame that asks; empty: none */
};
enum cookie_how { COOKIE_SET, COOKIE_SENT, COOKIE_SCRIPT };
const char *cookie_how_name(enum cookie_how how); /* "set", "sent", "script" */
struct index_cookie {
    uint32_t visit;
    struct span host, name, domain, path; /* domain and path: `set` only */
    enum cookie_how how;
    bool third;
    int64_t lifetime_s; /* declared, `set` only; COOKIE_SESSION; deletions are <= 0 */
    bool secure, http_only, partitioned;
    enum cookie_storable storable; /* `set` only: by a browser, on that page */
    enum same_site same_site;
    uint32_t archive;
    uint64_t at, bytes, inner;
};
/* A name that leads to another by an answer of the DNS. That one may lead on in a row of its own. */
struct index_alias {
    struct span host, canonical; /* lower case, IDNA, without final dot */
    int64_t time_ns;             /* of the first answer that says so; RECORD_NO_DATE: unknown */
    uint32_t archive;            /* record that proves it */
    uint64_t at, bytes, inner;
};
struct index_archive {
    uint32_t number;
    struct span name; /* as `show` and `record` name it */
    struct span kind;
    enum producer producer;
    uint64_t bytes, record_count, response_count, visit_count, fault_count;
    struct span fingerprint; /* 32 hex digits of the whole content */
    bool complete;           /* read to its end */
};
struct index_fault {
    uint32_t archive;
    uint64_t first_at; /* of the example */
    struct span stage; /* "read", "decode", "extract", "index" */
    enum err err;
    uint64_t count;
    struct span example;
};
struct index_counter {
    struct span name, unit;
    uint64_t value;
};

enum err index_open(const char *path, struct index **out) MUST_CHECK;
void index_close(struct index *index);
unsigned index_year(const struct index *index);
uint32_t index_visit_count(const struct index *index);
/* 32 hex digits over everything observed: equal for equal inputs, whatever the threads, chunks and order
 * were. */
struct span index_digest(const struct index *index);
struct span index_program(const struct index *index);  /* version that made it */
struct span index_suffixes(const struct index *index); /* where its PSL came from */
/* 64 hex digits of that file; empty: built in, or not noted. */
struct span index_suffixes_sha256(const struct index *index);

/* Each calls back in table order; a callback result other than ERR_OK ends the walk and is returned. */
typedef enum err index_visit_fn(void *context, const struct index_visit *row);
typedef enum err index_contact_fn(void *context, const struct index_contact *row);
typedef enum err index_cookie_fn(void *context, const struct index_cookie *row);
typedef enum err index_alias_fn(void *context, const struct index_alias *row);
typedef enum err index_archive_fn(void *context, const struct index_archive *row);
typedef enum err index_fault_fn(void *context, const struct index_fault *row);
typedef enum err index_counter_fn(void *context, const struct index_counter *row);
enum err index_each_visit(const struct index *index, index_visit_fn *fn, void *context) MUST_CHECK;
/* Sorted by visit, host, path. The page's doing: origin_is_page. */
enum err index_each_contact(const struct index *index, index_contact_fn *fn, void *context) MUST_CHECK;
/* The same of any origin. */
enum err index_each_evidence(const struct index *index, index_contact_fn *fn, void *context) MUST_CHECK;
enum err index_each_cookie(const struct index *index, index_cookie_fn *fn, void *context) MUST_CHECK;
/* Sorted by host, canonical name; of several names of a host the times tell which held when. */
enum err index_each_alias(const struct index *index, index_alias_fn *fn, void *context) MUST_CHECK;
enum err index_each_archive(const struct index *index, index_archive_fn *fn, void *context) MUST_CHECK;
enum err index_each_fault(const struct index *index, index_fault_fn *fn, void *context) MUST_CHECK;
enum err index_each_counter(const struct index *index, index_counter_fn *fn, void *context) MUST_CHECK;
/* Rows by number: the row lives as long as the index. */
enum err index_visit_at(const struct index *index, uint32_t visit, struct index_visit *out) MUST_CHECK;
enum err index_archive_at(const struct index *index, uint32_t archive, struct index_archive *out) MUST_CHECK;

#endif
