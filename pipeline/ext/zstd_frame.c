// SPDX-License-Identifier: MIT
#include "ext/zstd_frame.h"

#include "base/bytes.h"
#include "base/limits.h"

#define SINGLE_SEGMENT    0x20
#define SEARCH_STEP_BYTES (1u << 20)

bool zstd_frame_is_skippable(struct span s)
{
    struct span magic = SPAN(ZSTD_FRAME_DICTIONARY);
    return s.bytes >= 2 && ((unsigned char)s.at[0] & 0xf0) == 0x50 &&
           span_starts(span_from(s, 1), span_first(span_from(magic, 1), s.bytes - 1));
}

bool zstd_frame_begins(struct span s)
{
    struct span magic = SPAN(ZSTD_FRAME_MAGIC);
    return zstd_frame_is_skippable(s) || (s.bytes >= 2 && span_starts(s, span_first(magic, s.bytes)));
}

struct span zstd_frame_skippable_content(struct span s)
{
    if (s.bytes < ZSTD_FRAME_SKIPPABLE_BYTES)
        return span_of(s.at, 0);
    return span_first(span_from(s, ZSTD_FRAME_SKIPPABLE_BYTES), bytes_u32_le(s.at + 4));
}

bool zstd_frame_is_whole_skippable(struct span s)
{
    return s.bytes >= ZSTD_FRAME_SKIPPABLE_BYTES && zstd_frame_is_skippable(s) &&
           zstd_frame_skippable_content(s).bytes == bytes_u32_le(s.at + 4);
}

/* A frame of a single segment has its content for a window. */
uint64_t zstd_frame_window_bytes(struct span s, uint64_t content_bytes)
{
    unsigned char descriptor = (unsigned char)s.at[4], window = (unsigned char)s.at[5];
    uint64_t base = 1ull << (10 + (window >> 3));
    return descriptor & SINGLE_SEGMENT ? content_bytes : base + base / 8 * (window & 7);
}

static bool is_dictionary(struct span archive, size_t at, size_t to)
{
    struct span frame = span_first(span_from(archive, at), to - at);
    struct span content = zstd_frame_skippable_content(frame);
    return zstd_frame_is_whole_skippable(frame) && content.bytes <= LIMIT_ZSTD_DICTIONARY_BYTES &&
           (span_starts(content, SPAN(ZSTD_FRAME_RAW_DICTIONARY)) ||
            span_starts(content, SPAN(ZSTD_FRAME_MAGIC)));
}

size_t zstd_frame_last_dictionary(struct span archive, size_t from, size_t to)
{
    struct span magic = SPAN(ZSTD_FRAME_DICTIONARY);
    size_t found = to;
    for (size_t end = to; end > from && found == to;) {
        size_t begin = end - from > SEARCH_STEP_BYTES ? end - SEARCH_STEP_BYTES : from;
        struct span step = span_first(archive, end + magic.bytes - 1);
        for (size_t at = begin; (at = span_find_span(step, magic, at)) < end; at++)
            if (is_dictionary(archive, at, to))
                found = at;
        end = begin;
    }
    return found;
}
