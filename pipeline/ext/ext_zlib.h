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
#include "ext/unpacked.h"

struct ext_zlib;
/* Goes on with a CRC-32 that began as 0: zlib's own takes five times as long as others. */
typedef uint32_t ext_zlib_crc_fn(uint32_t crc, struct span s);
struct ext_zlib *ext_zlib_new(ext_zlib_crc_fn *crc); /* NULL: out of memory */
void ext_zlib_free(struct ext_zlib *zlib);

/* Begins with the deflate stream at the start of `in`, which must stay until the last ext_zlib_run. */
void ext_zlib_start(struct ext_zlib *zlib, struct span in);
/*
 * Inflates up to room_bytes more to `out`; NULL: counts them and throws them away. ERR_OK: the stream has
 * ended. ERR_TOO_LARGE: the room is full, more may come. ERR_TRUNCATED, ERR_CORRUPT: *progress tells how far
 * it came. ERR_MEMORY.
 */
enum err ext_zlib_run(struct ext_zlib *zlib, char *out, uint64_t room_bytes,
                      struct unpacked *progress) MUST_CHECK;

#endif
