// SPDX-License-Identifier: MIT
/*
 * html_marks.h - the bytes that tags are made of, found ahead for a window of the text; private to the tokenizer.
 *
 *   text      ...........[ window: marked ]..........
 *                         ^from            ^to          a search that leaves the window moves it to where it is
 *
 * In:     a text, offsets in it; going forward is what costs little
 * Out:    the next byte of a kind
 * Owns:   nothing
 * Limits: HTML_MARKS_BYTES are marked at once
 * Errors: none
 * Source: HTML standard, 13.2.5.1, 13.2.5.8, 13.2.5.33 to 13.2.5.38 (what ends these states)
 */
#ifndef EXTRACT_HTML_MARKS_H
#define EXTRACT_HTML_MARKS_H

#include "base/scan.h"

#define HTML_MARKS_BYTES 1024u

enum html_mark {
    HTML_MARK_OPEN,   /* < */
    HTML_MARK_DOUBLE, /* " */
    HTML_MARK_SINGLE, /* ' */
    HTML_MARK_END,    /* what ends a name: white space / > = */
    HTML_MARK_COUNT
};

struct html_marks {
    size_t from, to;
    /* A row for each block; behind the last one that is used stands one of 0. */
    uint64_t bits[HTML_MARKS_BYTES / SCAN_BYTES + 1][HTML_MARK_COUNT];
};

/* html_marks_next where the bytes from `at` on do not tell; `at` lies in the text for html_marks_move. */
size_t html_marks_seek(struct html_marks *marks, struct span text, enum html_mark kind, size_t at);
void html_marks_move(struct html_marks *marks, struct span text, size_t at);

/* All in the block that holds `at`, which lies in the text: bit i stands for *block_at + i. */
static inline uint64_t html_marks_block(struct html_marks *marks, struct span text, enum html_mark kind,
                                        size_t at, size_t *block_at)
{
    if (at - marks->from >= marks->to - marks->from)
        html_marks_move(marks, text, at);
    size_t block = (at - marks->from) / SCAN_BYTES;
    *block_at = marks->from + block * SCAN_BYTES;
    return marks->bits[block][kind];
}

/* Where what is marked goes on behind the block. */
static inline size_t html_marks_block_end(const struct html_marks *marks, size_t block_at)
{
    size_t end = block_at + SCAN_BYTES;
    return end < marks->to ? end : marks->to;
}

/* Of the SCAN_BYTES from `at` on, which is in the window: bit i stands for at + i. No branch: whether something lies in
 * the block of `at` or in the next one cannot be foretold. */
static inline uint64_t html_marks_from(const struct html_marks *marks, enum html_mark kind, size_t at)
{
    size_t i = at - marks->from, block = i / SCAN_BYTES, bit = i % SCAN_BYTES;
    return marks->bits[block][kind] >> bit | marks->bits[block + 1][kind] << 1 << (SCAN_BYTES - 1 - bit);
}

/* The first of that kind at or behind `at`; text.bytes or more: there is none. A text may grow and shrink meanwhile. */
static inline size_t html_marks_next(struct html_marks *marks, struct span text, enum html_mark kind,
                                     size_t at)
{
    if (at - marks->from < marks->to - marks->from) {
        uint64_t rest = html_marks_from(marks, kind, at);
        if (rest)
            return at + (size_t)__builtin_ctzll(rest);
    }
    return html_marks_seek(marks, text, kind, at);
}

#endif
