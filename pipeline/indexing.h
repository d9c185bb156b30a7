// SPDX-License-Identifier: MIT
/*
 * indexing.h - archives to a finished index: plan, read by the crew, resolve, rename.
 */
#ifndef PIPELINE_INDEXING_H
#define PIPELINE_INDEXING_H

#include <signal.h>

#include "chunk.h"
#include "ext/ext_crypto.h"
#include "failure.h"
#include "io/pathlist.h"
#include "run/progress.h"

struct indexing {
    const char *output;
    unsigned year;
    unsigned threads;
    uint64_t chunk_bytes;
    double max_faults; /* share of bytes not understood that is still exit status 0 */
    bool restart, quiet;
    enum progress_mode progress;
    struct worker_settings worker;
    const char *suffixes_source;
    char suffixes_sha256[CRYPTO_SHA256_TEXT_BYTES]; /* of that file; empty: the list was built in */
    const char *captures;                           /* path of captures.csv; NULL: none */
    struct mapfile dictionary;                      /* of --zstd-dict */
};
/* *damaged: more was lost than max_faults. */
enum err indexing_run(const struct indexing *indexing, const struct pathlist *paths, struct failure *failure,
                      bool *damaged) MUST_CHECK;

#endif
