// SPDX-License-Identifier: MIT
/*
 * text.h - strangers' texts made fit to be shown, named and sorted.
 *
 * In:     any bytes
 * Out:    code points that are harmless in a page or a sheet; names for files; Danish order
 * Owns:   nothing: results live in the caller's arena
 * Limits: TEXT_NAME_BYTES
 * Errors: SPAN_NONE when the arena is full
 * Source: Unicode 15; Retskrivningsordbogen section 3 (aa as aa with a ring)
 */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include "base/arena.h"
#include "base/buf.h"

#define TEXT_REPLACEMENT 0xFFFDu
/* Of a file's name before its suffix: file systems end at 255. */
#define TEXT_NAME_BYTES 120u

/* The next code point of *rest, which must not be empty. U+FFFD stands for what is no UTF-8, for
 * control characters other than TAB, LF and CR, and for those that turn the direction of writing. */
uint32_t text_next(struct span *rest);
void text_add(struct buf *out, uint32_t code_point);

/* Distinct ids give distinct names: what is not letter, digit, '-', '_' or an inner '.' becomes ~HH. Ids that
 * would be too long are cut and end in ~~ and `number`. */
struct span text_file_name(struct arena *arena, struct span id, size_t number);

/* Letters before case; ae, oe and aa-ring last, "aa" as aa-ring; other bytes by value. A total order. */
int text_compare_danish(struct span a, struct span b);

#endif
