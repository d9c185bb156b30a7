// SPDX-License-Identifier: MIT
/*
 * zip.h - private to 1_read: the members of a ZIP file, by its central directory or without it.
 *
 * In:     a whole mapped file
 * Out:    one member after the other, as slices of the file
 * Owns:   nothing
 * Limits: LIMIT_ZIP_COMMENT_BYTES; the caller counts members
 * Errors: ERR_DIRECTORY, ERR_GARBAGE, ERR_END
 * Source: APPNOTE 6.3, sections 4.3.7, 4.3.9, 4.3.12, 4.3.14 to 4.3.16, 4.5.3
 *
 *   | local header, data | ... | central headers | ZIP64 end record | its locator | end record, comment |
 */
#ifndef READ_ZIP_H
#define READ_ZIP_H

#include "base/err.h"
#include "base/span.h"

struct zip {
    struct span file, directory;
    size_t at;            /* of the next central header in the directory */
    uint64_t taken_bytes; /* data handed out: members must not share bytes */
};

struct zip_member {
    struct span name, data; /* data as stored, compressed or not */
    unsigned method, flags;
    uint32_t crc; /* of the data unpacked, when has_crc */
    bool has_crc;
    bool is_cut; /* zip_walk only: the file ends before its end was found */
};
#define ZIP_STORED         0u
#define ZIP_DEFLATED       8u
#define ZIP_FLAG_ENCRYPTED 1u

enum err zip_open(struct span file, struct zip *out) MUST_CHECK;
/* A member whose own record is damaged: ERR_DIRECTORY, and the next call goes on behind it if that is
 * possible. */
enum err zip_next(struct zip *zip, struct zip_member *out) MUST_CHECK;

/*
 * The members of a file whose directory is missing or damaged, by the headers before their data. Where a local header
 * does not tell the size (bit 3), the descriptor behind the data is searched: it holds the very distance and, of stored
 * data, its CRC. ERR_GARBAGE: *out is what lies between members and is none, as nameless stored data.
 */
struct zip_walk {
    struct span file;
    uint64_t at;
};
enum err zip_walk_next(struct zip_walk *walk, struct zip_member *out) MUST_CHECK;

#endif
