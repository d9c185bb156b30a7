// SPDX-License-Identifier: MIT
/*
 * zip.h - private to 1_read: the members of a ZIP file by its central directory.
 *
 * In:     a whole mapped file
 * Out:    one member after the other, as slices of the file
 * Owns:   nothing
 * Limits: LIMIT_ZIP_COMMENT_BYTES; the caller counts members
 * Errors: ERR_DIRECTORY, ERR_END
 * Source: APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16, 4.5.3
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
};
#define ZIP_STORED         0u
#define ZIP_DEFLATED       8u
#define ZIP_FLAG_ENCRYPTED 1u

enum err zip_open(struct span file, struct zip *out) MUST_CHECK;
/* A member whose own record is damaged: ERR_DIRECTORY, and the next call goes on behind it if that is
 * possible. */
enum err zip_next(struct zip *zip, struct zip_member *out) MUST_CHECK;

#endif
