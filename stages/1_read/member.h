// SPDX-License-Identifier: MIT
/*
 * member.h - private to 1_read: where in an archive a gzip member, a zstd frame or a plain record begins, told
 * by its own bytes.
 *
 * In:     the whole archive, an offset, an inflater
 * Out:    the first offset at which reading can begin
 * Owns:   nothing
 * Limits: LIMIT_SEARCH_BYTES
 * Errors: run errors only
 * Source: RFC 1952 2.3; RFC 8878 3.1; formats.md 1.4, 1.5 and 4.1
 *
 * The answer for an offset depends on the bytes there, never on how the search came to it: a reader that lost
 * its way and a reader that begins in the middle meet at the same place.
 */
#ifndef READ_MEMBER_H
#define READ_MEMBER_H

#include "base/err.h"
#include "base/span.h"

struct inflater;

enum member_kind {
    MEMBER_GZIP = 1, /* inflates to the start of a record, or to nothing and is intact */
    MEMBER_ZSTD =
        2, /* the same of a frame; or its dictionary is missing, and where it ends another one begins */
    MEMBER_PLAIN = 4, /* see record_find */
    MEMBER_ARC = 8,   /* all these may be records of an ARC, too */
};

bool member_is_gzip(struct span s);
/* gzip or zstd. */
bool member_is_packed(struct span s);

/* *out: the first start of such kinds in [from, to), or `to`. */
enum err member_find(struct inflater *inflater, struct span file, unsigned kinds, uint64_t from, uint64_t to,
                     uint64_t *out) MUST_CHECK;

#endif
