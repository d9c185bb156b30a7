// SPDX-License-Identifier: MIT
/*
 * indexing.h - archives to a finished index: plan, read by the crew, resolve, rename.
 */
#ifndef PIPELINE_INDEXING_H
#define PIPELINE_INDEXING_H

#include <signal.h>

#include "failure.h"
#include "io/pathlist.h"
#include "run/progress.h"

struct suffixes;
struct indexing {
    const char *output;
    unsigned year;
    unsigned threads;
    uint64_t chunk_bytes;
    double max_faults; /* share of bytes not understood that is still exit status 0 */
    bool restart, quiet;
    bool complete; /* every member is inflated and checked, also those of bodies nobody needs */
    enum progress_mode progress;
    const struct suffixes *suffixes;
    const char *suffixes_source;
    const volatile sig_atomic_t *stop;
};
/* *damaged: more was lost than max_faults. */
enum err indexing_run(const struct indexing *indexing, const struct pathlist *paths, struct failure *failure,
                      bool *damaged) MUST_CHECK;

#endif
