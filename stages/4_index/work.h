// SPDX-License-Identifier: MIT
/*
 * work.h - the index while it is being made: events, and how far every archive has been read.
 *
 * In:     chunks in order: events, faults, counters, the offset reached
 * Out:    everything resolve.h needs; after a kill, where to go on
 * Owns:   struct work owns the file INDEX.work (removed when the index is finished)
 * Limits: none of its own
 * Errors: ERR_INDEX_OTHER (made from other inputs), ERR_INDEX, ERR_IO, ERR_MEMORY
 * Source: architecture.md 3: a chunk's events and its "done" mark are one transaction
 */
#ifndef INDEX_WORK_H
#define INDEX_WORK_H

#include "1_read/source.h"
#include "4_index/counter.h"
#include "4_index/event.h"
#include "ext/ext_xxhash.h"

struct work;
/* The state of one archive; texts of rows that work_archive gave live in the caller's arena. */
struct work_archive {
    uint32_t number;
    struct span name;    /* as `show` names it */
    struct span group;   /* archives of one group are resolved together: crawl_name.h */
    struct span session; /* address of the app session the archive is bound to: session.h; empty: none */
    enum source_kind kind, wrapper;
    bool is_pages; /* a page list inside a WACZ: no archive of its own in the tables */
    enum producer producer;
    uint64_t bytes, next_at; /* everything before next_at is committed */
    uint64_t record_count, response_count, member_count, fault_count;
    struct fingerprint folded; /* of all WORK_BLOCK_BYTES blocks before next_block */
    uint64_t next_block;
    bool done;
};
/* Fingerprints are folded over blocks of this size, so that chunk sizes do not move them. */
#define WORK_BLOCK_BYTES (64u << 10)

struct work_fault {
    const char *stage;
    enum err err;
    uint64_t count, first_at, bytes;
};

/* inputs: a text that tells the inputs and the program version apart; kept, and compared on resuming. */
enum err work_open(const char *path, uint64_t map_bytes, struct span inputs, struct work **out) MUST_CHECK;
void work_close(struct work *work);

/* The row as it was committed, or ERR_NOT_FOUND. */
enum err work_archive(struct work *work, uint32_t number, struct arena *arena,
                      struct work_archive *out) MUST_CHECK;
/* What a stretch of an archive told. events: as observe.h fills them, so many. */
struct work_piece {
    struct span events;
    uint64_t event_count;
    const struct work_fault *faults;
    size_t fault_count;
    const struct counters *counters;
};
/* One transaction: the piece, and how far the archive is read with it. */
enum err work_commit(struct work *work, const struct work_archive *archive,
                     const struct work_piece *piece) MUST_CHECK;
enum err work_sync(struct work *work) MUST_CHECK;

/* Reading, while no commit is under way: spans live until work_read_end. */
enum err work_read_begin(struct work *work) MUST_CHECK;
void work_read_end(struct work *work);
/* What was committed at once, `count` events for observe_take; in the order of the commits. */
typedef enum err work_events_fn(void *context, uint32_t archive, size_t count, struct span events);
enum err work_each_events(struct work *work, uint32_t archive, work_events_fn *fn, void *context) MUST_CHECK;
/* The stage is given apart: sum->stage is not set. */
typedef enum err work_fault_fn(void *context, uint32_t archive, struct span stage,
                               const struct work_fault *sum);
enum err work_each_fault(struct work *work, work_fault_fn *fn, void *context) MUST_CHECK;
enum err work_counters(struct work *work, struct counters *out) MUST_CHECK;

#endif
