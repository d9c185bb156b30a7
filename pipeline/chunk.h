// SPDX-License-Identifier: MIT
/*
 * chunk.h - one range of one archive, through stages 1 to 3: what a worker does for `index`.
 */
#ifndef PIPELINE_CHUNK_H
#define PIPELINE_CHUNK_H

#include "4_index/counter.h"
#include "4_index/work.h"
#include "ranges.h"

#include <signal.h>

#define CHUNK_FAULTS_MAX 64 /* pairs of stage and kind: three stages, a dozen kinds */

struct chunk {
    struct range range; /* first: see ranges.h. Blocks of [from, to) are hashed here */
    bool is_pages;
    enum producer producer;
    /* results */
    struct buf events;
    uint64_t event_count;
    struct counters counters;
    uint64_t page_count;
    struct work_fault faults[CHUNK_FAULTS_MAX];
    size_t fault_count;
    struct fingerprint *blocks;
    size_t block_count;
};

struct worker_settings {
    const struct suffixes *suffixes;
    const struct loader_search *loaders;
    bool complete;                   /* inflate and check every member */
    size_t window_bytes, body_bytes; /* of an inflated member and of a decoded body that are held at once */
    struct span dictionary;          /* for zstd frames that name it; may be empty */
    const volatile sig_atomic_t *stop;
};
/* Ranges are chunks, the settings of workers those above. */
extern const struct range_use chunk_use;

struct chunk *chunk_new(void);
void chunk_add_fault(struct chunk *chunk, const char *stage, enum err err, uint64_t at, uint64_t bytes);
/* The places that an index names behind the end of the archive; once an archive. */
void chunk_add_places_behind(struct chunk *chunk);

#endif
