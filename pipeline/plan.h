// SPDX-License-Identifier: MIT
/*
 * plan.h - from the paths of a command line to the archives that will be read, numbered by name.
 */
#ifndef PIPELINE_PLAN_H
#define PIPELINE_PLAN_H

#include "1_read/source.h"
#include "3_extract/crawl.h"
#include "failure.h"
#include "io/pathlist.h"

struct plan_archive {
    struct span file;  /* path, NUL-terminated */
    struct span name;  /* as `show` names it: the path, or FILE.wacz!member */
    struct span group; /* archives whose pages may use each other's records */
    enum source_kind kind;
    bool is_pages, is_unread; /* is_unread: named and counted, not read */
    uint64_t at, bytes;       /* its slice of the file */
    enum producer producer;
};
struct plan {
    struct plan_archive *archives;
    size_t count, capacity;
    uint64_t total_bytes;
    struct span inputs; /* tells these inputs from others: names, sizes, times of change */
};

/* Files that are no archives are named on standard error and left out. */
/* dictionary: of zstd frames that name it; may be empty. */
enum err plan_make(const struct pathlist *paths, struct span dictionary, struct arena *arena,
                   struct plan *out, struct failure *failure) MUST_CHECK;

#endif
