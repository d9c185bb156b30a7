// SPDX-License-Identifier: MIT
/*
 * ext_csv.h - rows of comma-separated text (RFC 4180), through libcsv.
 *
 * Strict: a quote inside a bare cell, text behind a closing quote and a quote that never closes are errors. A
 * UTF-8 byte order mark at the start is skipped, and so are blank lines. Bare cells lose the blanks at both
 * their ends.
 */
#ifndef EXT_CSV_H
#define EXT_CSV_H

#include "base/err.h"
#include "base/span.h"

struct sheet_row {
    const struct span *cells; /* they live until the callback returns */
    size_t count;
    unsigned line; /* where the row starts, from 1: quoted cells may hold line breaks */
};
typedef enum err sheet_row_fn(void *context, const struct sheet_row *row);

/*
 * Calls back for each row in order; a result other than ERR_OK ends the walk and is returned. ERR_SYNTAX:
 * quotes. ERR_TOO_LARGE: a cell beyond LIMIT_CELL_BYTES or a row beyond LIMIT_ROW_CELLS. ERR_MEMORY. *line:
 * start of the row in which the walk ended.
 */
enum err sheet_row_each_by(struct span text, char separator, sheet_row_fn *fn, void *context,
                           unsigned *line) MUST_CHECK;
/* The same with commas. */
enum err sheet_row_each(struct span text, sheet_row_fn *fn, void *context, unsigned *line) MUST_CHECK;
/* ';' when the first line has that and no comma, else ','. */
char sheet_row_separator(struct span text);

#endif
