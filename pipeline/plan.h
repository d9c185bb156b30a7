// SPDX-License-Identifier: MIT
/*
 * plan.h - from the paths of a command line to the archives that will be read, numbered by name.
 *
 * Containers are taken apart here, in whatever depth, without recursion: parts wait on a stack. What is compressed is
 * unpacked once for planning, a single archive no further than its producer shows, and once more when its turn comes.
 */
#ifndef PIPELINE_PLAN_H
#define PIPELINE_PLAN_H

#include "1_read/indexed.h"
#include "3_extract/crawl.h"
#include "failure.h"
#include "io/pathlist.h"
#include "unpack.h"

struct opener; /* opening.h */

struct plan_archive {
    struct span file;    /* path, NUL-terminated */
    struct span name;    /* as `show` names it: the path, or FILE!MEMBER; NUL-terminated */
    struct span group;   /* archives whose pages may use each other's records */
    struct span session; /* of an app, by captures.csv: session.h; empty: none */
    enum source_kind kind;
    enum source_kind
        wrapper; /* the outermost compression when the name is the file's own: "warc.bz2"; or SOURCE_NONE */
    bool is_pages, is_unread;  /* is_unread: named and counted, not read */
    struct unpack_step *steps; /* from the file to its bytes */
    size_t step_count;
    uint64_t bytes; /* when it must be unpacked: those packed */
    enum producer producer;
    struct indexed_list indexed; /* the places that indexes among the inputs name */
    struct source_fault *faults; /* of a container that is damaged; it is_unread and has no other bytes */
    size_t fault_count;
};
/* Where the bytes of all containers are. */
struct plan_containers {
    uint64_t count, bytes, part_bytes, lost_bytes;
};
struct plan {
    struct plan_archive *archives;
    size_t count, capacity;
    struct plan_archive *indexes; /* CDX files: they are used, and are no archives */
    size_t index_count, index_capacity;
    uint64_t total_bytes;  /* of what is read */
    uint64_t packed_bytes; /* of total_bytes, those that will become more */
    struct plan_containers containers;
    bool has_input;     /* standard input is among them: what was read cannot be read again */
    struct span inputs; /* tells these inputs from others: names, sizes, times of change */
};

/* Files that are no archives are named on standard error and left out. */
/* dictionary: of zstd frames that name it; may be empty. */
enum err plan_make(const struct pathlist *paths, struct span dictionary, struct opener *opener,
                   struct arena *arena, struct plan *out) MUST_CHECK;

#endif
