// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"

#include "3_extract/url.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "ext/ext_csv.h"

#include <assert.h>

enum { COLUMNS_MAX = 32 };
static_assert(sizeof(enum truth) == sizeof(int), "COLUMN_WORD stores an int");

struct file_reading {
    struct reader *reader;
    const struct schema *schema;
    size_t cell_of[COLUMNS_MAX]; /* per column of the schema: number of its cell + 1; 0: missing */
    size_t cell_count;           /* of the header */
    bool has_header;
};

const struct word *register_word(const struct word *words, struct span text)
{
    for (; words->text; words++) {
        struct span word = span_of_string(words->text);
        size_t i = 0;
        while (i < text.bytes && i < word.bytes) {
            char c = ascii_lower(text.at[i]);
            if ((c == '-' || c == ' ' ? '_' : c) != word.at[i])
                break;
            i++;
        }
        if (i == text.bytes && i == word.bytes)
            return words;
    }
    return NULL;
}

static struct span words_text(struct reader *reader, const struct word *words)
{
    struct span all = SPAN("");
    for (; words->text; words++)
        if (words->text[0])
            all = arena_format(reader->arena, "%.*s%s%s", SPAN_ARG(all), all.bytes ? ", " : "", words->text);
    return all;
}

static void say_cell(struct reader *reader, const struct column *column, struct span cell, const char *right)
{
    struct span shown = register_shown(reader, cell);
    register_say(reader, true, reader->line, column->name, "'%.*s' is not %s", SPAN_ARG(shown), right);
}

/* Item of a list in its stored form; a bad one is told and left empty. */
static enum err item_of(struct reader *reader, const struct column *column, struct span text,
                        struct span *out)
{
    struct url url;
    enum err err = ERR_OK;
    const char *right = "a host, *.host or host/path/prefix";
    switch (column->kind) {
    case COLUMN_PATTERN:
    case COLUMN_PATTERNS:
        err = register_pattern_normal(text, reader->arena, out);
        break;
    case COLUMN_DOMAINS:
        right = "a domain such as example.dk";
        err = register_pattern_normal(text, reader->arena, out);
        if (!err && (span_find(*out, '/', 0) < out->bytes || span_starts(*out, SPAN("*."))))
            err = ERR_SYNTAX;
        break;
    case COLUMN_URLS:
        right = "an address that starts with https:// or http://";
        err = url_parse(text, NULL, reader->arena, &url);
        if (!err && !(span_equal(url.scheme, SPAN("https")) || span_equal(url.scheme, SPAN("http"))))
            err = ERR_URL;
        if (!err)
            *out = url_without_fragment(&url);
        break;
    default:
        *out = arena_copy(reader->arena, text);
        return out->at ? ERR_OK : ERR_MEMORY;
    }
    if (!err_is_data(err))
        return err;
    say_cell(reader, column, text, right);
    *out = SPAN("");
    return ERR_OK;
}

static enum err list_of(struct reader *reader, const struct column *column, struct span cell,
                        struct span_list *out)
{
    while (cell.at) {
        struct span item = span_trim(span_cut(&cell, ';')), stored;
        if (!item.bytes)
            continue;
        TRY(item_of(reader, column, item, &stored));
        if (!stored.bytes)
            continue;
        struct span *place = ARENA_PUSH(reader->arena, out->items, out->count, out->capacity);
        if (!place)
            return ERR_MEMORY;
        *place = stored;
    }
    return ERR_OK;
}

static bool is_hex(struct span s)
{
    for (size_t i = 0; i < s.bytes; i++)
        if (ascii_hex(s.at[i]) < 0)
            return false;
    return true;
}

static enum err value_of(struct reader *reader, const struct column *column, struct span cell, char *to)
{
    uint64_t number = 0;
    date_days date;
    const struct word *word;
    switch (column->kind) {
    case COLUMN_WORD:
        word = register_word(column->words, cell);
        if (word)
            memcpy(to, &word->value, sizeof word->value);
        else
            register_say(reader, true, reader->line, column->name, "'%.*s' is not one of %.*s",
                         SPAN_ARG(register_shown(reader, cell)), SPAN_ARG(words_text(reader, column->words)));
        return ERR_OK;
    case COLUMN_FROM:
    case COLUMN_TO:
        date = column->kind == COLUMN_FROM ? DATE_OPEN_FROM : DATE_OPEN_TO;
        if (cell.bytes && !register_date_parse(cell, &date))
            say_cell(reader, column, cell, "a date of the form YYYY-MM-DD");
        memcpy(to, &date, sizeof date);
        return ERR_OK;
    case COLUMN_NUMBER:
        if (cell.bytes && (!span_to_u64(cell, &number) || number > INT32_MAX))
            say_cell(reader, column, cell, "a number of digits only");
        memcpy(to, &(unsigned){(unsigned)number}, sizeof(unsigned));
        return ERR_OK;
    case COLUMN_LIST:
    case COLUMN_PATTERNS:
    case COLUMN_DOMAINS:
    case COLUMN_URLS:
        return list_of(reader, column, cell, (struct span_list *)to);
    case COLUMN_SHA256:
        if (cell.bytes && (cell.bytes != 64 || !is_hex(cell)))
            say_cell(reader, column, cell, "a SHA-256 digest of 64 hexadecimal digits");
        return item_of(reader, column, cell, (struct span *)to);
    case COLUMN_PATTERN:
    case COLUMN_TEXT:
        *(struct span *)to = SPAN("");
        return cell.bytes ? item_of(reader, column, cell, (struct span *)to) : ERR_OK;
    case COLUMN_UNUSED:
        break;
    }
    return ERR_OK;
}

static bool is_utf8(struct span s)
{
    for (size_t at = 0; at < s.bytes;) {
        struct utf8_step step = utf8_next(s, at);
        if (!step.valid)
            return false;
        at += step.bytes;
    }
    return true;
}

static enum err read_cells(struct file_reading *reading, const struct sheet_row *row)
{
    struct reader *reader = reading->reader;
    const struct schema *schema = reading->schema;
    char *to = schema->add(reader);
    if (!to)
        return ERR_MEMORY;
    memcpy(to + schema->line_at, &row->line, sizeof row->line);
    for (size_t c = 0; c < schema->column_count; c++) {
        const struct column *column = &schema->columns[c];
        size_t number = reading->cell_of[c];
        struct span cell = number ? span_trim(row->cells[number - 1]) : SPAN("");
        bool told = !number && column->need != NEED_NOTHING; /* with the header */
        if (!is_utf8(cell)) {
            say_cell(reader, column, cell, "UTF-8; save the file as CSV with UTF-8");
            told = true;
        } else if (number && !cell.bytes && column->need == NEED_VALUE) {
            register_say(reader, true, row->line, column->name, "is empty; every row needs a value here");
            told = true;
        }
        if (!told || column->kind != COLUMN_WORD)
            TRY(value_of(reader, column, told ? SPAN("") : cell, to + column->at));
    }
    if (schema->check)
        schema->check(reader, to);
    return reader->arena->full ? ERR_MEMORY : ERR_OK;
}

static void read_header_cell(struct file_reading *reading, const struct sheet_row *row, size_t cell)
{
    const struct schema *schema = reading->schema;
    struct span name = span_trim(row->cells[cell]), shown = register_shown(reading->reader, name);
    for (size_t c = 0; c < schema->column_count; c++) {
        if (!span_equal_nocase(name, span_of_string(schema->columns[c].name)))
            continue;
        if (reading->cell_of[c])
            register_say(reading->reader, true, row->line, schema->columns[c].name,
                         "stands twice in the header");
        reading->cell_of[c] = cell + 1;
        return;
    }
    register_say(reading->reader, false, row->line, NULL, "column '%.*s' is not known here and is ignored",
                 SPAN_ARG(shown));
}

/* ERR_REGISTER: no use in reading on. */
static enum err read_header(struct file_reading *reading, const struct sheet_row *row)
{
    const struct schema *schema = reading->schema;
    struct reader *reader = reading->reader;
    reading->has_header = true;
    reading->cell_count = row->count;
    if (row->count == 1 && !schema->may_have_semicolons &&
        span_find(row->cells[0], ';', 0) < row->cells[0].bytes) {
        register_say(reader, true, row->line, NULL,
                     "columns are separated by ';'; save the file with commas");
        return ERR_REGISTER;
    }
    for (size_t i = 0; i < row->count; i++)
        read_header_cell(reading, row, i);
    for (size_t c = 0; c < schema->column_count; c++)
        if (!reading->cell_of[c] && schema->columns[c].need != NEED_NOTHING)
            register_say(reader, true, row->line, schema->columns[c].name,
                         "is missing from the header; this register cannot do without it");
    return ERR_OK;
}

static enum err read_row(void *context, const struct sheet_row *row)
{
    struct file_reading *reading = context;
    struct reader *reader = reading->reader;
    reader->line = row->line;
    if (row->count && span_starts(row->cells[0], SPAN("#")))
        return ERR_OK; /* a comment */
    if (!reading->has_header)
        return read_header(reading, row);
    if (row->count == reading->cell_count)
        return read_cells(reading, row);
    register_say(reader, true, row->line, NULL,
                 "has %zu cells where the header has %zu; put cells with commas in double quotes", row->count,
                 reading->cell_count);
    return ERR_OK;
}

enum err register_read_file(struct reader *reader, const struct schema *schema,
                            const struct register_text *text)
{
    assert(schema->column_count <= COLUMNS_MAX);
    reader->file = schema->file;
    if (!text->present) {
        if (schema->required)
            register_say(reader, true, 0, NULL, "is missing; a report cannot be made without it");
        else if (!schema->silent)
            register_say(reader, false, 0, NULL, "is missing; it is taken as empty");
    } else {
        struct file_reading reading = {.reader = reader, .schema = schema};
        unsigned line = 0;
        char separator = schema->may_have_semicolons ? sheet_row_separator(text->bytes) : ',';
        enum err err = sheet_row_each_by(text->bytes, separator, read_row, &reading, &line);
        if (err_is_run(err))
            return err;
        if (err == ERR_SYNTAX)
            register_say(
                reader, true, line, NULL,
                "a double quote is not closed or stands inside a bare cell; quote the whole cell and double "
                "the quotes in it; the rows below were not read");
        else if (err == ERR_TOO_LARGE)
            register_say(reader, true, line, NULL,
                         "a cell is longer than %u bytes or the row has more than %u cells", LIMIT_CELL_BYTES,
                         LIMIT_ROW_CELLS);
        else if (!reading.has_header)
            register_say(reader, true, 0, NULL, "is empty; its first line must name the columns");
    }
    return schema->finish ? schema->finish(reader) : ERR_OK;
}
