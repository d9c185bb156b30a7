// SPDX-License-Identifier: MIT
/*
 * payload.h - the two digests of a record, computed again.
 *
 * In:     a record, its block piece by piece
 * Out:    for each digest whether the bytes meet it
 * Owns:   nothing; two digest contexts and an arena are the caller's
 * Limits: LIMIT_HTTP_HEAD_BYTES, LIMIT_HTTP_FIELDS (exchange.h)
 * Errors: run errors, and what reading a piece gives
 * Source: ISO 28500 5.8 and 5.9; formats.md 1.2 and row 71
 *
 * The payload of an HTTP message is its entity body: by the standard without transfer coding, but nearly every crawler
 * took the body as it came, chunks and all. Both readings are tried; content codings stay on in both. A message that is
 * no HTTP, and a record of another type, is its own payload. A revisit names the payload of another record, a segment
 * that of all segments: those cannot be computed from the record.
 */
#ifndef DECODE_PAYLOAD_H
#define DECODE_PAYLOAD_H

#include "1_read/record.h"
#include "2_decode/digest.h"
#include "base/arena.h"

/* The bytes of the block from `from` on, as many as can be had at once; empty behind its end. They live until the next
 * call. */
typedef enum err payload_piece_fn(void *context, uint64_t from, struct span *out);

enum payload_verdict {
    PAYLOAD_NO_DIGEST,
    PAYLOAD_GOOD,
    PAYLOAD_GOOD_AS_STORED, /* met by the body with its chunked framing, which should have been removed */
    PAYLOAD_BAD,
    PAYLOAD_UNKNOWN_ALGORITHM,
    PAYLOAD_MALFORMED_DIGEST,
    PAYLOAD_ELSEWHERE, /* a revisit, a segment */
    PAYLOAD_VERDICT_COUNT
};
struct payload_check {
    enum payload_verdict block, payload;
    struct digest block_found, payload_found; /* computed, where the verdict is good or bad */
    bool not_http;                            /* a message by its type, but not by its bytes */
};
struct payload_tools {
    struct crypto *block, *body;
    struct arena *arena; /* holds nothing that is needed afterwards */
};

enum err payload_check(const struct payload_tools *tools, const struct record *record,
                       payload_piece_fn *piece, void *context, struct payload_check *out) MUST_CHECK;

#endif
