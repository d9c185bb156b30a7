// SPDX-License-Identifier: MIT
/*
 * ranges.h - all archives of a plan, cut into ranges, read by a crew and handed over in order, seams proved.
 *
 *   archive  |----range 0----|----range 1----|--range 2--|
 *             [m0][m1][m2      ][m3][m4 ][m5        ][m6 ]   a member belongs to the range of its first byte
 *
 * What a range is read for is the caller's (struct range_use): its own struct begins with a struct range.
 */
#ifndef PIPELINE_RANGES_H
#define PIPELINE_RANGES_H

#include <signal.h>

#include "opening.h"
#include "plan.h"

#define RANGES_BYTES_DEFAULT (4ull << 20)

struct range_file { /* an open archive, shared by the ranges of it that are under way */
    struct opening opened;
    unsigned users;
};
struct range {
    uint32_t archive;
    struct range_file *file;
    struct span bytes; /* the whole archive */
    enum source_kind kind;
    bool exact;        /* a member is known to begin at lo */
    uint64_t from, to; /* the range as it was cut; all ranges together are the archive */
    uint64_t lo, hi; /* what begins in [lo, hi) is read: the first places at or behind `from` and `to` that an
                        * index names, since a member is likely to begin there */
    struct indexed_list indexed; /* what indexes say about the whole archive */
    /* results of reading, see reader.h */
    uint64_t first_at, end_at;
    bool is_cut; /* results enough for now: what begins in [end_at, hi) is still to be read */
};

/* How far a commit goes. */
enum range_part {
    RANGE_PIECE /* up to end_at of a range that was cut */,
    RANGE_ALL,
    RANGE_LAST /* of its archive */
};

/* Where reading of an archive begins: everything before `from` and before `lo` is done. */
struct range_start {
    uint64_t from, lo;
    bool skip, whole; /* whole: one range, whatever chunk_bytes says */
};

struct range_use {
    void *(*worker_new)(const void *settings); /* NULL: out of memory */
    void (*worker_free)(void *worker);         /* takes NULL */
    /* On a worker, once a range, also when nothing begins in it. May be NULL. */
    enum err (*prepare)(void *worker, struct range *range);
    /* On a worker; run errors only. Called anew, on a spare worker, when the range began elsewhere, and for what is
     * left of a range that was cut. */
    enum err (*read)(void *worker, struct range *range);
    void (*forget)(struct range *range); /* no result of reading is left */
    void (*free)(struct range *range);
};

struct ranges {
    const struct plan *plan;
    struct opener *opener; /* the one the plan was made with */
    uint64_t chunk_bytes;
    const struct range_use *use;
    const void *settings; /* of its workers */
    unsigned threads;     /* a worker each, and a spare one */
    const volatile sig_atomic_t *stop;
    void *context;
    /* On the calling thread, once an archive. */
    enum err (*begin)(void *context, uint32_t archive, struct range_start *out);
    struct range *(*make)(void *context); /* NULL: out of memory */
    /* In order, on the calling thread. */
    enum err (*commit)(void *context, struct range *range, enum range_part part);
    void (*tick)(void *context); /* see crew.h */
};

enum err ranges_run(const struct ranges *ranges) MUST_CHECK;

#endif
