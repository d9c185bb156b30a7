// SPDX-License-Identifier: MIT
#include "3_extract/html_marks.h"

void html_marks_move(struct html_marks *marks, struct span text, size_t at)
{
    static const struct scan_set sets[HTML_MARK_COUNT] = {
        [HTML_MARK_OPEN] = SCAN_SET(0, '<', '<', '<', '<', '<', '<', '<', '<'),
        [HTML_MARK_DOUBLE] = SCAN_SET(0, '"', '"', '"', '"', '"', '"', '"', '"'),
        [HTML_MARK_SINGLE] = SCAN_SET(0, '\'', '\'', '\'', '\'', '\'', '\'', '\'', '\''),
        [HTML_MARK_END] = SCAN_SET(0, ' ', '\t', '\n', '\f', '\r', '/', '>', '='),
    };
    const struct scan_way *way = scan_way_at(0);
    struct span window = span_first(span_from(text, at), HTML_MARKS_BYTES);
    marks->from = at;
    marks->to = at + window.bytes;
    for (size_t block = 0; block * SCAN_BYTES < window.bytes; block++)
        for (size_t kind = 0; kind < HTML_MARK_COUNT; kind++)
            marks->bits[block][kind] = scan_mask(way, window, &sets[kind], block * SCAN_BYTES);
}

size_t html_marks_seek(struct html_marks *marks, struct span text, enum html_mark kind, size_t at)
{
    while (at < text.bytes) {
        size_t block_at;
        uint64_t rest = html_marks_block(marks, text, kind, at, &block_at);
        rest >>= at - block_at;
        if (rest)
            return at + (size_t)__builtin_ctzll(rest);
        at = html_marks_block_end(marks, block_at);
    }
    return text.bytes;
}
