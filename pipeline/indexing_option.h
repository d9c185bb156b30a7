// SPDX-License-Identifier: MIT
/* indexing_option.h - the options that `index` and `run` share, and what both set up before reading. */
#ifndef PIPELINE_INDEXING_OPTION_H
#define PIPELINE_INDEXING_OPTION_H

#include "ext/ext_psl.h"
#include "indexing.h"
#include "option.h"

struct indexing_settings {
    unsigned threads;
    uint64_t chunk_bytes, memory_bytes; /* memory_bytes 0: the limits of limits.h */
    double max_faults;
    bool restart, quiet, complete;
    const char *progress, *psl, *zstd_dict;
};
#define INDEXING_OPTION_ROWS 10
/* Defaults into *settings, rows into rows[0 .. INDEXING_OPTION_ROWS). */
void indexing_option_rows(struct indexing_settings *settings, struct option_row *rows);
/* Checks the settings, loads the list, installs the stop handler, gives up privileges. */
enum err indexing_option_apply(const struct indexing_settings *settings, struct indexing *out,
                               struct suffixes **suffixes, struct failure *failure) MUST_CHECK;

extern const char indexing_option_help[];

#endif
