// SPDX-License-Identifier: MIT
#include "7_report/table.h"

#include "7_report/csv.h"
#include "ext/ext_json.h"
#include "io/outfile.h"

#include <assert.h>
#include <math.h>

struct cell cell_real(double value)
{
    return (struct cell){.type = isfinite(value) ? CELL_REAL : CELL_MISSING, .real = value};
}

static void fill_row(const struct table *table, const struct report_data *data, size_t row,
                     struct cell *cells)
{
    assert(table->column_count <= TABLE_MAX_COLUMNS);
    memset(cells, 0, table->column_count * sizeof *cells);
    table->fill(data, row, cells);
    for (size_t c = 0; c < table->column_count; c++)
        assert(cells[c].type == CELL_MISSING || cells[c].type == table->columns[c].type);
}

static void add_csv_cell(struct csv *csv, const struct cell *cell)
{
    switch (cell->type) {
    case CELL_COUNT:
        csv_count(csv, cell->count);
        return;
    case CELL_REAL:
        csv_real(csv, cell->real);
        return;
    case CELL_TEXT:
    case CELL_LIST:
        csv_text(csv, cell->text);
        return;
    case CELL_MISSING:
        csv_text(csv, SPAN_NONE);
    }
}

static void add_csv(const struct table *table, const struct report_data *data,
                    const struct csv_dialect *dialect, struct buf *out)
{
    struct csv csv;
    csv_init(&csv, out, dialect, data->arena);
    for (size_t c = 0; c < table->column_count; c++)
        csv_text(&csv, span_of_string(table->columns[c].name));
    csv_end_row(&csv);
    size_t rows = table->row_count(data);
    for (size_t r = 0; r < rows && !out->err; r++) {
        struct cell cells[TABLE_MAX_COLUMNS];
        struct arena_mark mark = arena_mark(data->arena);
        fill_row(table, data, r, cells);
        for (size_t c = 0; c < table->column_count; c++)
            add_csv_cell(&csv, &cells[c]);
        csv_end_row(&csv);
        arena_back_to(data->arena, mark);
    }
}

static enum err write_buf(const struct report_data *data, const char *folder, const char *name,
                          const struct buf *out)
{
    TRY(out->err);
    if (data->arena->full)
        return ERR_MEMORY;
    return outfile_put(folder, name, buf_span(out));
}

enum err table_write_csv(const struct table *table, const struct report_data *data, const char *folder,
                         struct buf *scratch)
{
    static const struct {
        const char *folder;
        const struct csv_dialect *dialect;
    } copies[] = {
        {"data",    &csv_standard},
        {"data/dk", &csv_danish  }
    };
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++) {
        struct span name = arena_format(data->arena, "%s/%s.csv", copies[i].folder, table->name);
        if (!name.at)
            return ERR_MEMORY;
        buf_reset(scratch);
        add_csv(table, data, copies[i].dialect, scratch);
        TRY(write_buf(data, folder, name.at, scratch));
    }
    return ERR_OK;
}

static struct json *list_json(struct span text)
{
    struct json *array = json_new_array();
    while (text.at)
        json_append(array, json_of_text(span_cut(&text, ';')));
    return array;
}

static struct json *cell_json(const struct cell *cell)
{
    switch (cell->type) {
    case CELL_COUNT:
        return json_of_integer((int64_t)cell->count);
    case CELL_REAL:
        return json_of_number(cell->real);
    case CELL_TEXT:
        return json_of_text(cell->text);
    case CELL_LIST:
        return list_json(cell->text);
    case CELL_MISSING:
        break;
    }
    return json_of_null();
}

void table_row_json(const struct table *table, const struct report_data *data, size_t row,
                    struct json *object)
{
    struct cell cells[TABLE_MAX_COLUMNS];
    struct arena_mark mark = arena_mark(data->arena);
    fill_row(table, data, row, cells);
    for (size_t c = 0; c < table->column_count; c++)
        json_set(object, table->columns[c].name, cell_json(&cells[c]));
    arena_back_to(data->arena, mark);
}

enum err table_write_lines(const struct table *table, const struct report_data *data, const char *folder,
                           struct buf *scratch)
{
    buf_reset(scratch);
    size_t rows = table->row_count(data);
    for (size_t r = 0; r < rows; r++) {
        struct json *object = json_new_object();
        table_row_json(table, data, r, object);
        enum err err = json_write(object, false, scratch);
        json_free(object);
        TRY(err);
        buf_add_char(scratch, '\n');
    }
    struct span name = arena_format(data->arena, "data/%s.jsonl", table->name);
    return name.at ? write_buf(data, folder, name.at, scratch) : ERR_MEMORY;
}
