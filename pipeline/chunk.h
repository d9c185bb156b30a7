// SPDX-License-Identifier: MIT
/*
 * chunk.h - one byte range of one archive, through stages 1 to 3: what a worker does.
 *
 *   archive  |----chunk 0----|----chunk 1----|--chunk 2--|     ranges of WORK_BLOCK_BYTES times n
 *             [m0][m1][m2      ][m3][m4 ][m5        ][m6 ]      a member belongs to the range of its first
 * byte
 */
#ifndef PIPELINE_CHUNK_H
#define PIPELINE_CHUNK_H

#include "1_read/reader.h"
#include "4_index/counter.h"
#include "4_index/observe.h"
#include "4_index/work.h"
#include "opening.h"

#include <signal.h>

#define CHUNK_FAULTS_MAX 64 /* pairs of stage and kind: three stages, a dozen kinds */

struct chunk_file { /* an open archive, shared by the chunks of it that are under way */
    struct opening opened;
    unsigned users;
};
struct chunk {
    uint32_t archive;
    struct chunk_file *file;
    struct span bytes; /* the whole archive */
    enum source_kind kind;
    bool exact, is_pages;
    enum producer producer;
    uint64_t from, lo, hi; /* blocks of [from, hi) are hashed here; records that begin in [lo, hi) are read */
    /* results */
    uint64_t first_at, end_at;
    struct buf events;
    struct counters counters;
    uint64_t page_count;
    struct work_fault faults[CHUNK_FAULTS_MAX];
    size_t fault_count;
    struct fingerprint *blocks;
    size_t block_count;
};

struct worker {
    struct inflater *inflater;
    struct observer observer;
    struct chunk *chunk;
    struct reader_needs needs;
    bool complete; /* inflate and check every member */
    const volatile sig_atomic_t *stop;
};
struct worker *worker_new(const struct suffixes *suffixes, bool complete, const volatile sig_atomic_t *stop);
void worker_free(struct worker *worker);

struct chunk *chunk_new(void);
void chunk_free(struct chunk *chunk);
/* Reads the range; run errors only. May be called again after changing lo and exact. */
enum err chunk_read(struct worker *worker, struct chunk *chunk) MUST_CHECK;
/* Fingerprints of the range's blocks. */
enum err chunk_hash(struct chunk *chunk) MUST_CHECK;

#endif
