// SPDX-License-Identifier: MIT
/*
 * fuzz_member.c - the reader over arbitrary bytes: progress, every byte accounted for, and ranges chained by
 * the seam rule equal to one pass. The first byte chooses the kind of file and the size of the ranges.
 */
#include "make/walk.h"

#include <assert.h>

static bool same(const struct walk *a, const struct walk *b)
{
    return span_equal(buf_span(&a->log), buf_span(&b->log)) && a->understood_bytes == b->understood_bytes &&
           a->lost_bytes == b->lost_bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    if (bytes == 0)
        return 0;
    struct span file = span_of(data + 1, bytes - 1);
    enum source_kind kind = data[0] & 1 ? SOURCE_WARC_GZ : SOURCE_WARC;
    uint64_t range_bytes = 1 + (uint64_t)(data[0] >> 1) * 7;
    static struct walk whole, chain, pieces; /* their buffers are large: made once */
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
    assert(chain.err == ERR_END && chain.end_at == file.bytes && same(&whole, &chain));
    walk_whole(&pieces, file, kind);
    assert(pieces.err == ERR_END && pieces.lost_bytes + pieces.understood_bytes == file.bytes);
    assert(whole.fault_count || pieces.fault_count || same(&whole, &pieces));
    return 0;
}
