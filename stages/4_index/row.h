// SPDX-License-Identifier: MIT
/*
 * row.h - the rows of a finished index, packed and unpacked. Texts stand as numbers; whoever reads looks them
 * up.
 *
 * In:     rows with text numbers
 * Out:    bytes, and back
 * Owns:   nothing
 * Limits: none of its own
 * Errors: ERR_INDEX: bytes that are no such row
 * Source: key.h
 */
#ifndef INDEX_ROW_H
#define INDEX_ROW_H

#include "4_index/pack.h"

struct row_proof {
    uint64_t archive, at, bytes, inner;
};
/* url_site_at, url_site_bytes: the registrable domain as a slice of the URL. */
struct row_visit {
    uint64_t url, url_site_at, url_site_bytes;
    int64_t time_ns;
    struct row_proof proof;
    uint64_t status, producer, complete, has_text, contact_count;
    uint64_t signals, consent, consent_rule, referrer_policy;
    struct row_proof consent_proof; /* of nothing known: the visit's */
};
struct row_contact {
    uint64_t url, url_site_at, url_site_bytes;
    uint64_t evidence, evidence_mask, condition, resource, third, count;
    int64_t first_time_ns;
    struct row_proof proof;
    uint64_t declared_by, signals;
    uint64_t origin, depth, hop, redirect_from, frame_site;
};
struct row_cookie {
    uint64_t host, name, domain, path;
    uint64_t how, third, secure, http_only, partitioned, storable, same_site;
    int64_t lifetime_s;
    struct row_proof proof;
};
struct row_alias {
    uint64_t host, canonical;
    int64_t time_ns;
    struct row_proof proof;
};
struct row_archive {
    struct span name, kind, fingerprint;
    uint64_t producer, bytes, record_count, response_count, visit_count, fault_count, complete;
};
struct row_fault {
    struct span stage, example;
    uint64_t archive, first_at, err, count;
};
struct row_counter {
    struct span name, unit;
    uint64_t value;
};

#define ROW_LIST(X) X(visit) X(contact) X(cookie) X(alias) X(archive) X(fault) X(counter)
#define ROW_FUNCTIONS(name)                                                                                  \
    void row_##name##_pack(const struct row_##name *row, struct buf *out);                                   \
    void row_##name##_take(struct unpack *in, struct row_##name *out); /* where other bytes follow */        \
    enum err row_##name##_unpack(struct span packed, struct row_##name *out) MUST_CHECK;
ROW_LIST(ROW_FUNCTIONS)
#undef ROW_FUNCTIONS

#endif
