// SPDX-License-Identifier: MIT
/*
 * chunked.h - chunked transfer framing, if it is there.
 *
 * In:     bytes that may be framed
 * Out:    the content, in *out (emptied first)
 * Owns:   nothing
 * Limits: the maximum of *out
 * Errors: ERR_CODING: no framing, *out is empty; ERR_TRUNCATED: the last chunk is missing; ERR_CORRUPT: a
 *         chunk of wrong size, the rest follows as it stands; ERR_TOO_LARGE: the prefix; ERR_MEMORY
 * Source: RFC 9112 7.1; rows 73 to 77 of formats.md
 */
#ifndef DECODE_CHUNKED_H
#define DECODE_CHUNKED_H

#include "base/buf.h"

enum err chunked_decode(struct span in, size_t max_bytes, struct buf *out) MUST_CHECK;

/* Cuts a size line off: 1 to 16 hexadecimal digits, blanks, maybe an extension, LF. false: none; *rest is left alone.
 */
bool chunked_size_line(struct span *rest, uint64_t *size_bytes);
/* Cuts off the line end behind a chunk. */
bool chunked_line_end(struct span *rest);

#endif
