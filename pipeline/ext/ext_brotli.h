// SPDX-License-Identifier: MIT
/* ext_brotli.h - brotli of HTTP bodies, through libbrotlidec. */
#ifndef EXT_BROTLI_H
#define EXT_BROTLI_H

#include "base/buf.h"

/*
 * Appends what the stream at the start of `in` decodes to; *used: its length. ERR_TRUNCATED, ERR_CORRUPT,
 * ERR_TOO_LARGE (more than max_bytes): the prefix is in *out. ERR_MEMORY. Brotli has no magic and no
 * checksum: success proves little for short input.
 */
enum err brotli_decode(struct span in, size_t max_bytes, struct buf *out, size_t *used) MUST_CHECK;

#endif
