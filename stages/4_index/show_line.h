// SPDX-License-Identifier: MIT
/*
 * show_line.h - lines of a table on their way to be printed; private to show*.c.
 *
 * In:     cells, a line at a time
 * Out:    lines that share their first cell, sorted by all cells, as TSV or JSON
 * Owns:   nothing
 * Limits: as show.h
 * Errors: as show.h
 * Source: interface.md 2
 */
#ifndef INDEX_SHOW_LINE_H
#define INDEX_SHOW_LINE_H

#include "4_index/show.h"
#include "base/buf.h"

#define SHOW_COLUMNS_MAX 16

/* A cell is a text or a number; numbers sort as numbers (an offset with an inner one by both). */
struct show_cell {
    struct span text;
    bool is_number;
    int64_t value;
    uint64_t inner;
};
struct show_line {
    struct show_cell cells[SHOW_COLUMNS_MAX];
    size_t count;
};
struct showing {
    const struct index *index;
    const char *const *columns;
    size_t column_count;
    enum show_format format;
    show_write_fn *write;
    void *context;
    struct arena arena; /* lines that share their first cell */
    struct show_line **lines;
    size_t line_count, line_capacity;
    uint32_t next_visit; /* table signals: the first one whose row is not out */
    struct buf out;
};

/* Opens a line whose first cell is known: lines of another first cell are written before. */
enum err show_begin(struct showing *showing, struct span first, struct show_line **out) MUST_CHECK;
/* Every column was filled, and there was memory. */
enum err show_end(const struct showing *showing, const struct show_line *line) MUST_CHECK;
enum err show_flush(struct showing *showing, bool all) MUST_CHECK;

void show_text(struct show_line *line, struct span text);
void show_string(struct show_line *line, const char *text);
void show_signed(struct showing *showing, struct show_line *line, int64_t value);
/* Offsets, lengths and counts: no file has more than 2^63 - 1 of anything. */
void show_number(struct showing *showing, struct show_line *line, uint64_t value);
void show_place(struct showing *showing, struct show_line *line, uint64_t at, uint64_t inner);
void show_time(struct showing *showing, struct show_line *line, int64_t ns);
/* Empty when it is not known. */
void show_flag(struct showing *showing, struct show_line *line, bool known, bool value);

#endif
