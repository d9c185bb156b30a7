// SPDX-License-Identifier: MIT
/* ext_zstd.h - zstd of HTTP bodies, through libzstd. */
#ifndef EXT_ZSTD_H
#define EXT_ZSTD_H

#include "base/buf.h"

/*
 * Appends what the frames that follow each other at the start of `in` decode to (skippable ones give
 * nothing); *used: their length. ERR_TRUNCATED, ERR_CORRUPT, ERR_CHECKSUM, ERR_TOO_LARGE (more than
 * max_bytes, or a window above the 8 MiB of RFC 9659): the prefix is in *out. ERR_MEMORY.
 */
enum err zstd_decode(struct span in, size_t max_bytes, struct buf *out, size_t *used) MUST_CHECK;

#endif
