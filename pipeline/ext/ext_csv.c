// SPDX-License-Identifier: MIT
#include "ext/ext_csv.h"

#include "base/buf.h"
#include "base/limits.h"

#include <csv.h>
#include <stdlib.h>

struct walk {
    sheet_row_fn *fn;
    void *context;
    struct buf text; /* the cells of the row so far, one behind the other */
    size_t ends[LIMIT_ROW_CELLS], count;
    unsigned row_line, line;
    enum err err;
};

/* libcsv knows no maximum: a cell that would outgrow ours finds no memory. */
static void *limited_realloc(void *at, size_t bytes)
{
    return bytes <= LIMIT_CELL_BYTES ? realloc(at, bytes) : NULL;
}

static void on_cell(void *cell, size_t bytes, void *context)
{
    struct walk *walk = context;
    if (walk->err)
        return;
    if (bytes)
        buf_add(&walk->text, span_of(cell, bytes));
    walk->err = walk->count == LIMIT_ROW_CELLS ? ERR_TOO_LARGE : walk->text.err;
    if (!walk->err)
        walk->ends[walk->count++] = walk->text.bytes;
}

static void on_row(int terminator, void *context)
{
    struct walk *walk = context;
    (void)terminator;
    if (walk->err)
        return;
    struct span cells[LIMIT_ROW_CELLS], all = buf_span(&walk->text);
    for (size_t i = 0, start = 0; i < walk->count; start = walk->ends[i++])
        cells[i] = span_of(all.at ? all.at + start : "", walk->ends[i] - start);
    struct sheet_row row = {cells, walk->count, walk->row_line};
    walk->err = walk->fn(walk->context, &row);
    buf_reset(&walk->text);
    walk->count = 0;
    if (!walk->err)
        walk->row_line = walk->line;
}

/* One line with its line break, which is LF, CR LF or CR. */
static struct span cut_line(struct span *rest)
{
    size_t n = 0;
    while (n < rest->bytes && rest->at[n] != '\n' && rest->at[n] != '\r')
        n++;
    if (n + 1 < rest->bytes && rest->at[n] == '\r' && rest->at[n + 1] == '\n')
        n++;
    struct span line = span_first(*rest, n + 1);
    *rest = span_from(*rest, n + 1);
    return line;
}

static enum err parser_err(struct csv_parser *parser)
{
    if (csv_error(parser) == CSV_EPARSE)
        return ERR_SYNTAX;
    /* Its buffer grows in blocks, so a refused cell leaves it within one block of the limit. */
    return csv_get_buffer_size(parser) + 4096 > LIMIT_CELL_BYTES ? ERR_TOO_LARGE : ERR_MEMORY;
}

static enum err parse_lines(struct csv_parser *parser, struct span text, struct walk *walk)
{
    bool quoted = false;
    while (text.bytes && !walk->err) {
        struct span line = cut_line(&text);
        walk->line++;
        if (!quoted)
            walk->row_line = walk->line;
        for (size_t i = 0; i < line.bytes; i++)
            quoted ^= line.at[i] == '"';
        if (csv_parse(parser, line.at, line.bytes, on_cell, on_row, walk) != line.bytes && !walk->err)
            walk->err = parser_err(parser);
    }
    if (!walk->err && csv_fini(parser, on_cell, on_row, walk) != 0)
        walk->err = parser_err(parser);
    return walk->err;
}

enum err sheet_row_each(struct span text, sheet_row_fn *fn, void *context, unsigned *line)
{
    return sheet_row_each_by(text, CSV_COMMA, fn, context, line);
}

char sheet_row_separator(struct span text)
{
    struct span line = cut_line(&text);
    bool has_commas = span_find(line, CSV_COMMA, 0) < line.bytes;
    return !has_commas && span_find(line, ';', 0) < line.bytes ? ';' : CSV_COMMA;
}

enum err sheet_row_each_by(struct span text, char separator, sheet_row_fn *fn, void *context, unsigned *line)
{
    struct walk walk = {.fn = fn, .context = context};
    struct csv_parser parser = {/* what csv_init and its setters do; the type is open */
                                .options = CSV_STRICT | CSV_STRICT_FINI,
                                .delim_char = (unsigned char)separator,
                                .quote_char = CSV_QUOTE,
                                .blk_size = 4096,
                                .realloc_func = limited_realloc,
                                .free_func = free};
    buf_init(&walk.text, (size_t)LIMIT_ROW_CELLS * LIMIT_CELL_BYTES);
    if (span_starts(text, SPAN("\xef\xbb\xbf")))
        text = span_from(text, 3);
    enum err err = parse_lines(&parser, text, &walk);
    *line = walk.row_line;
    buf_free(&walk.text);
    csv_free(&parser);
    return err;
}
