// SPDX-License-Identifier: MIT
/*
 * source.h - what a file is, told by its content, and the archives that lie in it.
 *
 * In:     a whole mapped file
 * Out:    its kind; of a ZIP or tar the parts worth reading, as slices of the file, and what of it is damaged
 * Owns:   nothing (the list lives in the caller's arena)
 * Limits: LIMIT_CONTAINER_MEMBERS, LIMIT_ZIP_COMMENT_BYTES, LIMIT_SEARCH_BYTES of a deflated part are looked at
 * Errors: ERR_CONTAINER (known kind that is no container), ERR_DIRECTORY, ERR_TRUNCATED, ERR_TOO_LARGE,
 *         ERR_END (empty), ERR_GARBAGE (no archive at all); ERR_MEMORY
 * Source: RFC 1952 2.3.1, RFC 8878 3.1.1, APPNOTE 6.3 (ZIP, ZIP64), WACZ 1.1.1, POSIX pax
 */
#ifndef READ_SOURCE_H
#define READ_SOURCE_H

#include "base/arena.h"

struct inflater; /* ext/ext_deflate.h */

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

#define SOURCE_KIND_TEXT_BYTES 32
/* With the compression around the file: "warc.bz2". wrapper SOURCE_NONE: source_kind_name. */
struct span source_kind_text(enum source_kind kind, enum source_kind wrapper,
                             char room[SOURCE_KIND_TEXT_BYTES]);

enum source_kind source_kind_of(struct span file);
/* The same with an inflater that is there already; what it gave before is lost. */
enum source_kind source_tell(struct inflater *inflater, struct span file);
/* Kinds whose bytes reader.h reads as they lie. */
bool source_is_records(enum source_kind kind);
/* Kinds that source_list takes apart. */
bool source_is_container(enum source_kind kind);
/* Kinds that are one compressed stream of something else. */
bool source_is_wrapped(enum source_kind kind);

/* How the bytes of a part lie in the file. */
enum source_coding {
    SOURCE_STORED,   /* as they are */
    SOURCE_DEFLATED, /* ZIP method 8: raw deflate */
    SOURCE_SPARSE,   /* a tar member with holes: from its header on */
    SOURCE_SEALED    /* encrypted, or by a method that is not read: named, not read */
};

struct source_part {
    struct span
        name; /* member name, e.g. archive/rec-0.warc.gz; "@OFFSET" of what lost its header; empty: the file itself */
    struct span bytes; /* as they lie in the file, see coding */
    enum source_kind kind;
    enum source_coding coding;
    bool is_pages; /* pages/ *.jsonl of a WACZ */
    bool has_crc;
    uint32_t crc; /* of the bytes unpacked */
};
struct source_fault {
    enum err err;
    uint64_t at, bytes; /* in the file; bytes: what was not understood */
};
struct source_parts {
    struct source_part *items;
    size_t count, capacity;
    struct source_fault *faults;
    size_t fault_count, fault_capacity;
    uint64_t member_count; /* all there are, wanted or not */
    bool is_wacz;          /* else a tar, or a ZIP of whatever */
};
/*
 * The parts worth reading, each under a name of its own, in the order of the file or its directory. Of a record archive:
 * the file itself. Of a WACZ: what lies in archive/, WACZ files, pages/ *.jsonl, and CDX files in indexes/. Of another
 * ZIP and of a tar: every member that has a kind. A ZIP without a sound directory is listed by its local headers. With
 * data errors *out holds what could be found, and the faults are told one by one.
 */
enum err source_list(struct span file, struct arena *arena, struct source_parts *out) MUST_CHECK;

#endif
