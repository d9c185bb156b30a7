// SPDX-License-Identifier: MIT
/*
 * verifying.h - archives read from the first to the last byte and held against what they say of themselves.
 *
 * Findings are printed as they come, archive by archive in the order of their names; then what only all archives
 * together tell (targets of revisits) and the packages; then a table. The same for any number of threads and chunk size.
 */
#ifndef PIPELINE_VERIFYING_H
#define PIPELINE_VERIFYING_H

#include <signal.h>

#include "finding.h"
#include "io/pathlist.h"
#include "plan.h"
#include "run/progress.h"

struct verifying {
    unsigned threads;
    uint64_t chunk_bytes, max_lines;
    FILE *findings, *table; /* NULL: not printed */
    enum finding_format format;
    enum progress_mode progress;
    const char *captures;   /* file for the register of captures, "-": standard output, NULL: none */
    struct span dictionary; /* for zstd frames that name it; may be empty */
    const volatile sig_atomic_t *stop;
};
/* *damaged: there was an error among the findings. */
enum err verifying_run(const struct verifying *verifying, const struct pathlist *paths,
                       struct failure *failure, bool *damaged) MUST_CHECK;

#endif
