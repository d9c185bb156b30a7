// SPDX-License-Identifier: MIT
/*
 * index_build.h - from the work file to the finished index: groups are resolved, rows sorted, texts stored
 * once.
 *
 * In:     a work file whose archives are all done
 * Out:    a new index file at `path`, synced, not yet under its final name
 * Owns:   the files `path` and `sort_path` while it runs (the second is the caller's to remove)
 * Limits: one group at a time in memory (resolve.h); all visits' URLs and places, about 150 bytes a visit; all
 *         aliases, about 200 bytes each
 * Errors: run errors only; `stop` set: ERR_STOPPED
 * Source: architecture.md 2, 3
 */
#ifndef INDEX_INDEX_BUILD_H
#define INDEX_INDEX_BUILD_H

#include "4_index/work.h"

#include <signal.h>

struct index_build {
    const char *path, *sort_path;
    uint64_t map_bytes;
    unsigned year;
    const char *program, *suffixes_source;
    const struct counters *planned; /* what was counted before reading */
    struct span inputs;             /* kept as a fingerprint: index_inputs */
    const struct suffixes *suffixes;
    uint32_t archive_count; /* rows of the work file, page lists included */
    const volatile sig_atomic_t *stop;
};
enum err index_build(const struct index_build *build, struct work *work, struct counters *totals) MUST_CHECK;

#endif
