// SPDX-License-Identifier: MIT
/*
 * cdx.h - one line of an index of archives: CDX, CDXJ, or a block list of a compressed CDXJ.
 *
 * In:     lines of one index in their order, without line ends
 * Out:    what a line says of a record: file, offset, length, URL, date
 * Owns:   nothing; spans point into the line, or into the arena where JSON escapes had to be undone
 * Limits: LIMIT_CDX_COLUMNS, LIMIT_CDX_LINE_BYTES
 * Errors: ERR_SYNTAX, ERR_TOO_LARGE (data); ERR_MEMORY
 * Source: iipc/warc-specifications CDX 2015 and CDXJ; formats.md 1.8
 *
 *    CDX N b a m s k r M S V g                             header: the first character separates columns
 *   dk,x)/ 20250301100000 http://x.dk/ text/html 200 SUM - - 812 334 a.warc.gz
 *   dk,x)/ 20250301100000 {"url": "http://x.dk/", "length": "812", "offset": 334, "filename": "a.warc.gz"}
 *   !meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}        lines behind it name blocks of an index
 */
#ifndef READ_CDX_H
#define READ_CDX_H

#include "base/arena.h"

#define CDX_NO_LENGTH UINT64_MAX

enum cdx_column { CDX_URL, CDX_DATE, CDX_LENGTH, CDX_OFFSET, CDX_PLAIN_OFFSET, CDX_FILE, CDX_COLUMN_COUNT };

struct cdx {
    char separator;
    bool has_header, is_blocks;
    size_t column_count;                     /* of the header */
    unsigned char columns[CDX_COLUMN_COUNT]; /* which column tells it, from 1; 0: none does */
};

struct cdx_line {
    struct span file; /* as written: a name or a path */
    uint64_t at;      /* offset in that file */
    uint64_t bytes;   /* length there, or CDX_NO_LENGTH */
    struct span url;  /* as written; .bytes 0: not told */
    struct span date; /* 14 to 17 digits; .bytes 0: not told */
};

void cdx_init(struct cdx *cdx);
/* ERR_END: the line speaks of no record (header, empty line, block list). ERR_SYNTAX: it is no index line. */
enum err cdx_read(struct cdx *cdx, struct span line, struct arena *arena, struct cdx_line *out) MUST_CHECK;

/* Whether a text, of which this is the beginning, is an index. */
bool cdx_is_index(struct span text);
/* What stands behind the last slash. */
struct span cdx_base_name(struct span file);
/*
 * A number that two spellings of a URL share when they differ in letter case, percent-encoding, a final slash or what an
 * indexer appends for a POST body. 0: no URL.
 */
uint32_t cdx_url_key(struct span url);

#endif
