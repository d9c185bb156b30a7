// SPDX-License-Identifier: MIT
/*
 * sink.h - the output side that all decompressors share: into a struct buf, at most max_bytes.
 *
 * One byte more than allowed is offered, so that output of exactly max_bytes ends as success, and one more as
 * ERR_TOO_LARGE. The buffer's own maximum must be larger than max_bytes.
 */
#ifndef EXT_SINK_H
#define EXT_SINK_H

#include "base/buf.h"

#define SINK_PIECE_BYTES (64u << 10) /* a buffer that is full grows at least by this */

struct sink {
    struct buf *out;
    size_t end_bytes; /* of out->bytes; the offered extra byte not counted */
};

static inline struct sink sink_into(struct buf *out, size_t max_bytes)
{
    return (struct sink){out, out->bytes + max_bytes};
}
/* Where to write and how much, or NULL (see out->err). */
static inline char *sink_room(struct sink *sink, size_t *room_bytes)
{
    size_t left = sink->end_bytes + 1 - sink->out->bytes;
    char *to = buf_room(sink->out, left < SINK_PIECE_BYTES ? left : SINK_PIECE_BYTES);
    size_t spare = sink->out->capacity_bytes - sink->out->bytes;
    *room_bytes = left < spare ? left : spare;
    return to;
}
/* `bytes` were written there; false: too much, cut back to the maximum. */
static inline bool sink_took(struct sink *sink, size_t bytes)
{
    sink->out->bytes += bytes;
    if (sink->out->bytes <= sink->end_bytes)
        return true;
    sink->out->bytes = sink->end_bytes;
    return false;
}

#endif
