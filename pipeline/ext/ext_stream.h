// SPDX-License-Identifier: MIT
/* ext_stream.h - deflate of HTTP bodies, through zlib: stops at a maximum, delivers what it could. */
#ifndef EXT_STREAM_H
#define EXT_STREAM_H

#include "base/buf.h"

enum stream_format { STREAM_GZIP, STREAM_ZLIB, STREAM_RAW };

/*
 * Appends what `in` inflates to; *used: bytes of `in` that belong to it. Gzip: all members that follow each
 * other; what comes after the end is left alone. ERR_TRUNCATED, ERR_CORRUPT, ERR_CHECKSUM, ERR_TOO_LARGE
 * (more than max_bytes): the prefix is in *out. ERR_MEMORY.
 */
enum err stream_inflate(struct span in, enum stream_format format, size_t max_bytes, struct buf *out,
                        size_t *used) MUST_CHECK;

#endif
