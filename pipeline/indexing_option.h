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
    const char *progress, *psl, *zstd_dict, *captures;
};
#define INDEXING_OPTION_ROWS 11
/* What the help of both commands says of them; quiet: what -q leaves out. */
#define INDEXING_OPTION_HELP(quiet)                                                                          \
    "  -j, --threads N        workers (default: all cores)\n"                                                \
    "      --chunk SIZE       bytes of an archive a worker takes at a time, rounded up to 64K (default "     \
    "4M)\n"                                                                                                  \
    "      --memory SIZE      what the workers may hold, at least 12M a worker and a spare; less than they " \
    "need by\n"                                                                                              \
    "                         default (200M each) cuts giant documents, and says so (default: no bound of "  \
    "its own)\n"                                                                                             \
    "      --complete         inflate and check every member; by default bodies nobody needs are skipped,\n" \
    "                         where the end of their member can be proved\n"                                 \
    "      --max-faults SHARE exit 3 when a larger share of the bytes was not understood (default 1.0: "     \
    "report only)\n"                                                                                         \
    "      --restart          begin anew instead of going on where an interrupted run stopped\n"             \
    "      --progress WHEN    auto, always or never (default auto: a line on a terminal, one a minute in a " \
    "log)\n"                                                                                                 \
    "      --psl FILE         Public Suffix List (default: the system's)\n"                                  \
    "      --zstd-dict FILE   dictionaries of .warc.zst that do not hold their own; several as skippable "   \
    "frames\n"                                                                                               \
    "      --captures CSV     captures.csv: its rows with a unit_id bind archives to an app, whose traffic " \
    "has "                                                                                                   \
    "no pages\n"                                                                                             \
    "  -q                     " quiet "\n"

/* Defaults into *settings, rows into rows[0 .. INDEXING_OPTION_ROWS). */
void indexing_option_rows(struct indexing_settings *settings, struct option_row *rows);
/* Checks the settings, loads the list, installs the stop handler, gives up privileges. */
enum err indexing_option_apply(const struct indexing_settings *settings, struct indexing *out,
                               struct suffixes **suffixes, struct failure *failure) MUST_CHECK;

#endif
