// SPDX-License-Identifier: MIT
/*
 * links.h - what records say of each other: ids, Concurrent-To, the two halves of an exchange, the target of a revisit.
 *
 * In:     a struct link of every record of an archive, in the archive's order
 * Out:    what does not hold together, through a callback
 * Owns:   nothing: memory comes from the caller's arena
 * Limits: the caller's arena
 * Errors: ERR_MEMORY
 * Source: ISO 28500 5.2 (ids), 5.7 (Concurrent-To), 5.11 and 6.7 (revisits); formats.md 1.2 (pairing), rows 55, 62, 67
 *
 * Texts are compared by a 64-bit hash: two that differ are taken for one about once in 10^8 archives of a million records.
 */
#ifndef READ_LINKS_H
#define READ_LINKS_H

#include "1_read/reader.h"
#include "base/arena.h"

struct link {
    uint64_t at, inner; /* place of the record */
    enum record_type type;
    bool is_http, is_more; /* is_more: only a further Concurrent-To of the record before */
    int64_t date_ns;
    uint64_t id, uri, concurrent_to; /* hashes; 0: no such field */
    uint64_t refers_to, target, digest;
};
/* target: of WARC-Refers-To-Target-URI and -Date for a revisit, of URI and date for other records; digest: of
 * WARC-Payload-Digest without case. */
struct link links_of(const struct record *record, struct place place);
/* Calls `add` for links_of and for each further Concurrent-To of the record. */
typedef void links_add_fn(void *context, const struct link *link);
void links_each(const struct record *record, struct place place, links_add_fn *add, void *context);

enum links_fault {
    LINKS_DUPLICATE_ID,
    LINKS_UNKNOWN_CONCURRENT,
    LINKS_LONELY_REQUEST,
    LINKS_LONELY_RESPONSE,
    LINKS_NO_REQUESTS,  /* once, for all responses */
    LINKS_NO_RESPONSES, /* once, for all requests */
};
typedef void links_fault_fn(void *context, enum links_fault fault, const struct link *link);

/* Within one archive. Faults come in the order of the records, those of the whole archive last. */
enum err links_check(const struct link *links, size_t count, struct arena *arena, links_fault_fn *fault,
                     void *context) MUST_CHECK;

/* Whether a revisit finds what it stands for among `keys`: those of links_keys of all records, sorted. */
#define LINKS_KEYS 3
size_t links_keys(const struct link *link, uint64_t out[LINKS_KEYS]); /* how many */
void links_sort_keys(uint64_t *keys, size_t count);
bool links_resolves(const struct link *revisit, const uint64_t *sorted_keys, size_t count);

#endif
