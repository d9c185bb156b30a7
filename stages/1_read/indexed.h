// SPDX-License-Identifier: MIT
/*
 * indexed.h - what indexes say about one archive, held against the archive.
 *
 *   indexed      ^m0       ^m3             ^?        places the index names: not all members, and some wrong ones
 *   archive     |m0  |m1 |m2  |m3   |m4   |m5   |
 *
 * A named place is a good one to cut at, nothing more: the reader still looks what begins there. Where index and archive
 * differ, the archive is right and the difference a fault. That an index names fewer records is none: most name
 * responses only.
 *
 * In:     the named places in order; the records of one range as they are read
 * Out:    faults through a callback, each with the place that the index names
 * Owns:   nothing
 * Limits: of several lines for one place the first 64 are told apart by URL
 * Errors: ERR_CDX_PLACE, ERR_CDX_LENGTH, ERR_CDX_URL (all data, through the callback)
 * Source: formats.md 1.8
 */
#ifndef READ_INDEXED_H
#define READ_INDEXED_H

#include "1_read/reader.h"

#define INDEXED_NO_LENGTH UINT32_MAX /* or too long for this field */

struct indexed { /* one line of an index */
    uint64_t at;
    uint32_t bytes;   /* length of the gzip member or plain record, or INDEXED_NO_LENGTH */
    uint32_t url_key; /* cdx_url_key */
};
struct indexed_list { /* by place, then by the rest */
    const struct indexed *items;
    size_t count;
};

/* The first named place in [from, to), or `from`. */
uint64_t indexed_cut(struct indexed_list list, uint64_t from, uint64_t to);

struct indexed_check {
    struct indexed_list list;
    reader_fault_fn *fault;
    void *fault_context;
    uint64_t unlisted_count; /* responses at places the index does not name */
    /* private */
    size_t at, group_count; /* next line; lines for the current place */
    uint64_t matched;       /* which of these have the URL of a record there */
    uint64_t place_at, longest_bytes, shortest_bytes;
    bool started, has_place;
};
void indexed_check_init(struct indexed_check *check, struct indexed_list list, reader_fault_fn *fault,
                        void *fault_context);
/* Every record of the range in order; first_at: as the reader tells it. */
void indexed_check_record(struct indexed_check *check, uint64_t first_at, const struct record *record,
                          struct place place);
/* What the index names in the rest of [first_at, end_at) is not there. */
void indexed_check_end(struct indexed_check *check, uint64_t first_at, uint64_t end_at);

#endif
