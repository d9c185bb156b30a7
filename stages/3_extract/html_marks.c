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
    struct span window = span_first(span_from(text, at), HTML_MARKS_BYTES);
    marks->from = at;
    marks->to = at + window.bytes;
    scan_masks(scan_way_at(0), window, sets, HTML_MARK_COUNT, marks->bits[0]);
    memset(marks->bits[(window.bytes + SCAN_BYTES - 1) / SCAN_BYTES], 0, sizeof marks->bits[0]);
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
