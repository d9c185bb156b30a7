// SPDX-License-Identifier: MIT
/*
 * source.h - what a file is, told by its content, and the archives that lie in it.
 *
 * In:     a whole mapped file
 * Out:    its kind; for a WACZ the stored archives and page lists inside, as slices of the file
 * Owns:   nothing (the list lives in the caller's arena)
 * Limits: LIMIT_ZIP_MEMBERS, LIMIT_ZIP_COMMENT_BYTES
 * Errors: ERR_CONTAINER (known kind that is not read), ERR_DIRECTORY, ERR_TOO_LARGE, ERR_END (empty),
 *         ERR_GARBAGE (no archive at all); ERR_MEMORY
 * Source: RFC 1952 2.3.1, RFC 8878 3.1.1, APPNOTE 6.3 (ZIP, ZIP64), WACZ 1.1.1
 */
#ifndef READ_SOURCE_H
#define READ_SOURCE_H

#include "base/arena.h"

enum source_kind {
    SOURCE_NONE,    /* no archive */
    SOURCE_WARC,    /* plain */
    SOURCE_WARC_GZ, /* gzip members whose inflated bytes begin with a WARC record */
    SOURCE_WACZ,
    SOURCE_ARC,
    SOURCE_ARC_GZ,
    SOURCE_WARC_ZST, /* zstd frames of the same kind, or frames whose dictionary is not in the file */
    SOURCE_ARC_ZST,
    SOURCE_ZSTD, /* of something else */
    SOURCE_BZIP2,
    SOURCE_XZ,
    SOURCE_LZ4,
    SOURCE_TAR,
    SOURCE_HAR,
    SOURCE_CDX,
    SOURCE_GZIP_OTHER,
    SOURCE_KIND_COUNT
};
/* As in `show archives`: "warc", "warc.gz", "wacz", "arc", ... */
const char *source_kind_name(enum source_kind kind);

enum source_kind source_kind_of(struct span file);
/* Kinds whose bytes reader.h reads as they lie. */
bool source_is_records(enum source_kind kind);

struct source_part {
    struct span name;  /* member name inside the WACZ, e.g. archive/rec-0.warc.gz; empty: the file itself */
    struct span bytes; /* stored bytes: a slice of the file */
    enum source_kind kind;
    bool is_pages; /* pages/ *.jsonl */
    bool deflated; /* ZIP method 8, another one, or encrypted: named, not read; bytes as they are stored */
};
struct source_parts {
    struct source_part *items;
    size_t count, capacity;
};
/*
 * The parts worth reading: of a plain or gzipped WARC the file itself; of a WACZ its archive/ members, the
 * WACZ files in it (kind SOURCE_WACZ, for the caller to open or refuse) and pages/ *.jsonl, in directory
 * order. With ERR_DIRECTORY and ERR_TOO_LARGE, *out holds the parts that could be found.
 */
enum err source_list(struct span file, struct arena *arena, struct source_parts *out) MUST_CHECK;

#endif
