// SPDX-License-Identifier: MIT
/*
 * index_build.h - from the work file to the finished index: groups are resolved, rows sorted, texts stored
 * once.
 *
 * In:     a work file whose archives are all done
 * Out:    a new index file at `path`, synced, not yet under its final name
 * Owns:   the files `path` and `sort_path` while it runs (the second is the caller's to remove), and one without a name
 *         in `folder`
 * Limits: one group at a time in memory (resolve.h); all visits' URLs and places, about 300 bytes a visit; all
 *         aliases, about 200 bytes each; of each worker the rows of some visits, which are few together or of one
 * Errors: run errors only; `stop` set: ERR_STOPPED
 * Source: architecture.md 2, 3
 */
#ifndef INDEX_INDEX_BUILD_H
#define INDEX_INDEX_BUILD_H

#include "4_index/work.h"

#include <signal.h>

/* Pieces of work that do not touch one another: work() of any piece on any thread, with a number below worker_count that
 * no other work() has at that moment; commit() on the calling thread, in order. */
struct index_pieces {
    void *context;
    uint32_t count;
    enum err (*work)(void *context, unsigned worker, uint32_t piece);
    enum err (*commit)(void *context, uint32_t piece);
};
/* Who does them, as a stage starts no threads. A piece is begun only when the one INDEX_PIECES_UNDER_WAY before it is
 * committed. */
#define INDEX_PIECES_UNDER_WAY(worker_count) (2 * (worker_count) + 1)
struct index_crew {
    unsigned worker_count; /* at least 1 */
    void *context;
    enum err (*run)(void *context, const struct index_pieces *pieces);
};

struct index_build {
    const char *path, *sort_path, *folder;
    const struct index_crew *crew;
    uint64_t map_bytes;
    unsigned year;
    const char *program, *suffixes_source, *suffixes_sha256;
    const struct counters *planned; /* what was counted before reading */
    const struct suffixes *suffixes;
    uint32_t archive_count; /* rows of the work file, page lists included */
    const volatile sig_atomic_t *stop;
};
enum err index_build(const struct index_build *build, struct work *work, struct counters *totals) MUST_CHECK;

#endif
