// SPDX-License-Identifier: MIT
/*
 * csv.h - rows of cells as comma-separated text.
 *
 * In:     texts and numbers, cell by cell
 * Out:    CSV appended to a buffer: UTF-8, CRLF, quoted where needed
 * Owns:   nothing
 * Limits: those of the buffer
 * Errors: stay in the buffer
 * Source: RFC 4180
 *
 * A text that begins with = + - @ TAB or CR would be run as a formula by a spreadsheet. It gets an apostrophe
 * in front, and so does a text that begins with an apostrophe: whoever drops one leading apostrophe has the
 * text back. Numbers are not touched. An empty cell means missing.
 */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H

#include "base/arena.h"
#include "base/buf.h"

struct csv_dialect {
    char separator, decimal_mark;
    bool has_byte_order_mark;
};
extern const struct csv_dialect csv_standard; /* comma, point */
extern const struct csv_dialect csv_danish;   /* semicolon, comma, byte order mark: for Danish spreadsheets */

struct csv {
    struct buf *out;
    const struct csv_dialect *dialect;
    struct arena *arena; /* scratch for numbers */
    bool row_has_cells;
};
void csv_init(struct csv *csv, struct buf *out, const struct csv_dialect *dialect, struct arena *arena);
void csv_text(struct csv *csv, struct span text);
void csv_count(struct csv *csv, uint64_t value);
/* At most 6 decimals; NAN: missing. */
void csv_real(struct csv *csv, double value);
void csv_end_row(struct csv *csv);

#endif
