// SPDX-License-Identifier: MIT
/*
 * body.h - the bytes a browser would have parsed, whatever was done to them on the way.
 *
 * In:     a head and the stored body; the worker's decoder
 * Out:    the decoded body, in the decoder's buffers until the next call (or the stored bytes when nothing was coded)
 * Owns:   nothing
 * Limits: LIMIT_BODY_BYTES or what decoder_new was given, LIMIT_CODING_RATIO, LIMIT_CODING_DEPTH
 * Errors: ERR_CORRUPT, ERR_TRUNCATED, ERR_CHECKSUM, ERR_TOO_LARGE, ERR_CODING: the prefix is delivered, `partial` is set; ERR_MEMORY
 * Source: RFC 9112 7.1 (chunked), RFC 9110 8.4 (codings), RFC 1950-1952, 7932, 8878; rows 73-83 of formats.md
 *
 * Labels lie: chunked and content codings are applied where the bytes show them, header or not (a label alone, without
 * matching bytes, is ignored; a missing label with matching magic on a text type is decoded). X-Crawler-*, X-Archive-Orig-*
 * and x-orig-* fields are never used.
 */
#ifndef DECODE_BODY_H
#define DECODE_BODY_H

#include "2_decode/exchange.h"

struct decoder; /* two output buffers; made by the worker */
/* body_bytes: a smaller limit than LIMIT_BODY_BYTES; 0: that one. NULL: out of memory. */
struct decoder *decoder_new(size_t body_bytes);
void decoder_free(struct decoder *decoder);

struct body {
    struct span bytes;
    bool partial;     /* cut, damaged, or beyond a limit */
    bool was_chunked; /* transfer framing was really there */
    unsigned codings; /* number of content codings really undone */
};
enum err body_decode(struct decoder *decoder, const struct http_head *head, struct body *out) MUST_CHECK;

#endif
