// SPDX-License-Identifier: MIT
/*
 * seams.h - the reader over arbitrary bytes: progress, every byte accounted for, and ranges chained by the seam
 * rule equal to one pass; for the fuzz targets of all framings.
 */
#ifndef MAKE_SEAMS_H
#define MAKE_SEAMS_H

#include "make/walk.h"

#include <assert.h>

static bool seams_are_same(const struct walk *a, const struct walk *b)
{
    return span_equal(buf_span(&a->log), buf_span(&b->log)) && a->understood_bytes == b->understood_bytes &&
           a->lost_bytes == b->lost_bytes;
}

/* The first byte chooses among the kinds, and the size of the ranges. */
static WALK_UNUSED void seams_check(const uint8_t *data, size_t bytes, const enum source_kind *kinds,
                                    unsigned kind_count)
{
    static struct walk whole, chain, pieces; /* their buffers are large: made once */
    if (bytes == 0)
        return;
    struct span file = span_of(data + 1, bytes - 1);
    enum source_kind kind = kinds[data[0] % kind_count];
    uint64_t range_bytes = 1 + (uint64_t)(data[0] / kind_count) * 7;
    if (!whole.inflater) {
        walk_init(&whole);
        walk_init(&chain);
        walk_init(&pieces);
        assert(whole.inflater && chain.inflater && pieces.inflater);
    }
    walk_reset(&whole);
    walk_reset(&chain);
    walk_reset(&pieces);
    pieces.window_bytes = 600;
    walk_whole(&whole, file, kind);
    assert(whole.err == ERR_END && whole.first_at == 0 && whole.end_at == file.bytes);
    assert(whole.lost_bytes + whole.understood_bytes == file.bytes);
    walk_chain(&chain, file, kind, range_bytes);
    assert(chain.err == ERR_END && chain.end_at == file.bytes && seams_are_same(&whole, &chain));
    walk_whole(&pieces, file, kind);
    assert(pieces.err == ERR_END && pieces.lost_bytes + pieces.understood_bytes == file.bytes);
    assert(whole.fault_count || pieces.fault_count || seams_are_same(&whole, &pieces));
}

#endif
