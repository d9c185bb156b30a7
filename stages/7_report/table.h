// SPDX-License-Identifier: MIT
/*
 * table.h - a table of the data package: columns as data, rows made on demand, written in every machine form.
 *
 * In:     a struct table and the report's data
 * Out:    data/NAME.csv, data/dk/NAME.csv, JSON Lines
 * Owns:   nothing
 * Limits: TABLE_MAX_COLUMNS, LIMIT_OUTPUT_BYTES
 * Errors: ERR_IO, ERR_MEMORY, ERR_TOO_LARGE
 * Source: report.md 7.2 (machine files), 7.4
 */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "7_report/findings.h"
#include "base/buf.h"

#define TABLE_MAX_COLUMNS 32u

enum cell_type {
    CELL_MISSING, /* fits every column */
    CELL_TEXT,
    CELL_LIST, /* texts joined by ';' */
    CELL_COUNT,
    CELL_REAL
};
struct column {
    const char *name;
    enum cell_type type;
};
struct cell {
    enum cell_type type;
    struct span text;
    uint64_t count;
    double real;
};
static inline struct cell cell_missing(void)
{
    return (struct cell){.type = CELL_MISSING};
}
static inline struct cell cell_text(struct span text)
{
    return (struct cell){.type = text.bytes ? CELL_TEXT : CELL_MISSING, .text = text};
}
static inline struct cell cell_string(const char *text)
{
    return cell_text(span_of_string(text));
}
static inline struct cell cell_list(struct span text)
{
    return (struct cell){.type = text.bytes ? CELL_LIST : CELL_MISSING, .text = text};
}
static inline struct cell cell_count(uint64_t count)
{
    return (struct cell){.type = CELL_COUNT, .count = count};
}
/* NAN: missing */
struct cell cell_real(double value);

struct json;
struct table {
    const char *name, *title_da;
    const struct column *columns;
    size_t column_count;
    size_t (*row_count)(const struct report_data *data);
    /* Fills one cell per column; texts may be made in data->arena, which is taken back after the row. */
    void (*fill)(const struct report_data *data, size_t row, struct cell *cells);
};

enum err table_write_csv(const struct table *table, const struct report_data *data, const char *folder,
                         struct buf *scratch) MUST_CHECK;
/* One object a line; a missing cell is null, a list an array. */
enum err table_write_lines(const struct table *table, const struct report_data *data, const char *folder,
                           struct buf *scratch) MUST_CHECK;
/* The members of one row, added to an object. */
void table_row_json(const struct table *table, const struct report_data *data, size_t row,
                    struct json *object);

#endif
