// SPDX-License-Identifier: MIT
#include "finding.h"

#include <stdarg.h>
#include <string.h>

#include "base/limits.h"
#include "ext/ext_json.h"

#define TEXT_BYTES_MAX 512 /* of one finding; what a record says of itself is cut there */

static const char *const names[FINDING_KIND_COUNT] = {
#define FINDING_NAME(name, text) [FINDING_##name] = text,
    FINDING_LIST(FINDING_NAME)
#undef FINDING_NAME
};

const char *finding_name(enum finding_kind kind)
{
    return names[kind];
}

void finding_init(struct finding_list *list, uint64_t max_lines)
{
    *list = (struct finding_list){.max_lines = max_lines};
    buf_init(&list->items, LIMIT_CHUNK_FACTS_BYTES);
    buf_init(&list->texts, LIMIT_CHUNK_FACTS_BYTES);
}

void finding_free(struct finding_list *list)
{
    buf_free(&list->items);
    buf_free(&list->texts);
}

void finding_reset(struct finding_list *list)
{
    buf_reset(&list->items);
    buf_reset(&list->texts);
    memset(list->counts, 0, sizeof list->counts);
}

void finding_add(struct finding_list *list, enum finding_kind kind, bool is_error, struct place place,
                 const char *format, ...)
{
    char text[TEXT_BYTES_MAX];
    va_list args;
    if (list->counts[is_error][kind]++ >= list->max_lines)
        return;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    size_t bytes = length < 0 ? 0 : length < TEXT_BYTES_MAX ? (size_t)length : TEXT_BYTES_MAX - 1;
    const struct finding finding = {kind, is_error, place.at, place.inner, list->texts.bytes, bytes};
    buf_add(&list->items, span_of(&finding, sizeof finding));
    buf_add(&list->texts, span_of(text, bytes));
}

size_t finding_count(const struct finding_list *list)
{
    return list->items.bytes / sizeof(struct finding);
}

const struct finding *finding_at(const struct finding_list *list, size_t index)
{
    return (const struct finding *)(const void *)list->items.at + index;
}

static void add_tsv_cell(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.bytes; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '\t' || c == '\n' || c == '\r' || c == '\\')
            buf_format(out, "\\%c", c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : '\\');
        else if (c < 0x20 || c == 0x7f)
            buf_format(out, "\\x%02x", c); /* a terminal must not be told anything by an archive */
        else
            buf_add_char(out, (char)c);
    }
}

static bool is_number(struct span cell)
{
    uint64_t value;
    return span_to_u64(cell, &value) && value <= INT64_MAX;
}

static enum err add_json_row(struct buf *out, const char *const *columns, const struct span *cells,
                             size_t count, size_t text_count)
{
    struct json *row = json_new_object();
    for (size_t i = 0; row && i < count; i++) {
        uint64_t value = 0;
        bool number = i >= text_count && is_number(cells[i]) && span_to_u64(cells[i], &value);
        json_set(row, columns[i],
                 !cells[i].bytes ? json_of_null()
                 : number        ? json_of_integer((int64_t)value)
                                 : json_of_text(cells[i]));
    }
    enum err err = json_write(row, false, out);
    json_free(row);
    return err;
}

enum err finding_print_row(FILE *out, enum finding_format format, const char *const *columns,
                           const struct span *cells, size_t count, size_t text_count)
{
    struct buf line;
    enum err err = ERR_OK;
    buf_init(&line, LIMIT_JSON_BYTES);
    if (format == FINDING_JSONL)
        err = add_json_row(&line, columns, cells, count, text_count);
    for (size_t i = 0; format == FINDING_TSV && i < count; i++) {
        if (i)
            buf_add_char(&line, '\t');
        add_tsv_cell(&line, cells[i]);
    }
    buf_add_char(&line, '\n');
    if (!err)
        err = line.err;
    if (!err && fwrite(line.at, 1, line.bytes, out) != line.bytes)
        err = ERR_IO;
    buf_free(&line);
    return err;
}

static enum err print_line(const struct finding_printer *printer, struct span file, struct span place,
                           bool is_error, enum finding_kind kind, struct span text)
{
    static const char *const columns[] = {"file", "offset", "level", "kind", "text"};
    const struct span cells[] = {file, place, is_error ? SPAN("error") : SPAN("note"),
                                 span_of_string(names[kind]), text};
    return finding_print_row(printer->out, printer->format, columns, cells, 5, 1);
}

enum err finding_print(struct finding_printer *printer, struct span file, const struct finding_list *list)
{
    if (list->items.err || list->texts.err)
        return ERR_MEMORY;
    for (size_t i = 0; i < finding_count(list); i++) {
        const struct finding *f = finding_at(list, i);
        if (printer->printed[f->is_error][f->kind] >= printer->max_lines)
            continue;
        char place[48] = "";
        if (f->at != UINT64_MAX)
            snprintf(place, sizeof place, f->inner ? "%llu+%llu" : "%llu", (unsigned long long)f->at,
                     (unsigned long long)f->inner);
        printer->printed[f->is_error][f->kind]++;
        if (printer->out)
            TRY(print_line(printer, file, span_of_string(place), f->is_error, f->kind,
                           span_of(list->texts.at + f->text_at, f->text_bytes)));
    }
    for (int level = 0; level < 2; level++)
        for (int k = 0; k < FINDING_KIND_COUNT; k++)
            printer->all[level][k] += list->counts[level][k];
    return ERR_OK;
}

enum err finding_print_end(struct finding_printer *printer, struct span file, uint64_t totals[2])
{
    for (int k = 0; k < 2 * FINDING_KIND_COUNT; k++) {
        bool is_error = k >= FINDING_KIND_COUNT;
        enum finding_kind kind = (enum finding_kind)(k % FINDING_KIND_COUNT);
        uint64_t more = printer->all[is_error][kind] - printer->printed[is_error][kind];
        char text[64];
        snprintf(text, sizeof text, "%llu more of this kind", (unsigned long long)more);
        if (more && printer->out)
            TRY(print_line(printer, file, SPAN(""), is_error, kind, span_of_string(text)));
        totals[is_error] += printer->all[is_error][kind];
    }
    memset(printer->printed, 0, sizeof printer->printed);
    memset(printer->all, 0, sizeof printer->all);
    return ERR_OK;
}
