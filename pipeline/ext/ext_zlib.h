// SPDX-License-Identifier: MIT
/*
 * ext_zlib.h - private to ext_deflate.c: raw deflate by zlib, for prefixes, damage and members over the cap.
 *
 * Slower than libdeflate, but it tells how far it came.
 */
#ifndef EXT_ZLIB_H
#define EXT_ZLIB_H

#include "base/err.h"
#include "base/span.h"

struct ext_zlib;
struct ext_zlib *ext_zlib_new(void); /* NULL: out of memory */
void ext_zlib_free(struct ext_zlib *zlib);

struct ext_zlib_result {
    size_t in_bytes;      /* consumed */
    size_t out_bytes;     /* written to `out` */
    uint64_t total_bytes; /* inflated, with what was thrown away */
    uint32_t crc;         /* of all inflated bytes */
};
/*
 * Inflates the deflate stream at the start of `in` to out[0 .. room_bytes). ERR_OK: its end was reached. When
 * the room is full: ERR_TOO_LARGE, or with `to_end` the rest is inflated too and thrown away. ERR_TRUNCATED,
 * ERR_CORRUPT: the result tells how far it came. ERR_MEMORY.
 */
enum err ext_zlib_inflate(struct ext_zlib *zlib, struct span in, char *out, size_t room_bytes, bool to_end,
                          struct ext_zlib_result *result) MUST_CHECK;

#endif
