// SPDX-License-Identifier: MIT
/* zlib_frame.h - what stands around deflated bytes in the zlib format: RFC 1950. */
#ifndef EXT_ZLIB_FRAME_H
#define EXT_ZLIB_FRAME_H

#include "base/err.h"
#include "base/span.h"

/* *bytes: of the header. ERR_SYNTAX: it is none, or names a preset dictionary. ERR_TRUNCATED. */
enum err zlib_frame_header(struct span in, size_t *bytes) MUST_CHECK;
/* adler: of what came out. *at: where the trailer begins, which moves behind it. ERR_TRUNCATED, ERR_CHECKSUM. */
enum err zlib_frame_trailer(struct span in, uint32_t adler, size_t *at) MUST_CHECK;

#endif
