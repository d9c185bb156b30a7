// SPDX-License-Identifier: MIT
#include "4_index/show_line.h"

#include "base/limits.h"
#include "base/when.h"
#include "ext/ext_json.h"

#include <stdlib.h>

#define FLUSH_BYTES (1u << 20)

static int by_cells(const void *left, const void *right)
{
    const struct show_line *a = *(struct show_line *const *)left, *b = *(struct show_line *const *)right;
    for (size_t i = 0; i < a->count; i++) {
        const struct show_cell *x = &a->cells[i], *y = &b->cells[i];
        int order = (x->value > y->value) - (x->value < y->value);
        if (!order)
            order = (x->inner > y->inner) - (x->inner < y->inner);
        if (!order && !x->is_number)
            order = span_compare(x->text, y->text);
        if (order)
            return order;
    }
    return 0;
}

static void write_tsv_cell(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.bytes; i++) {
        const char *escape = text.at[i] == '\t'   ? "\\t"
                             : text.at[i] == '\n' ? "\\n"
                             : text.at[i] == '\r' ? "\\r"
                             : text.at[i] == '\\' ? "\\\\"
                                                  : NULL;
        if (escape)
            buf_add_string(out, escape);
        else
            buf_add_char(out, text.at[i]);
    }
}

static void write_tsv(struct showing *s, const struct show_line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        if (i)
            buf_add_char(&s->out, '\t');
        write_tsv_cell(&s->out, line->cells[i].text);
    }
    buf_add_char(&s->out, '\n');
}

static enum err write_json(struct showing *s, const struct show_line *line)
{
    struct json *object = json_new_object();
    for (size_t i = 0; i < line->count; i++) {
        const struct show_cell *c = &line->cells[i];
        bool plain = c->is_number && c->text.bytes && !c->inner;
        struct json *value = !c->text.bytes ? json_of_null()
                             : plain        ? json_of_integer(c->value)
                                            : json_of_text(c->text);
        json_set(object, s->columns[i], value);
    }
    enum err err = json_write(object, false, &s->out);
    json_free(object);
    buf_add_char(&s->out, '\n');
    return err;
}

enum err show_flush(struct showing *s, bool all)
{
    if (s->line_count)
        qsort(s->lines, s->line_count, sizeof *s->lines, by_cells);
    for (size_t i = 0; i < s->line_count; i++)
        if (s->format == SHOW_TSV)
            write_tsv(s, s->lines[i]);
        else
            TRY(write_json(s, s->lines[i]));
    s->lines = NULL;
    s->line_count = s->line_capacity = 0;
    arena_reset(&s->arena);
    TRY(s->out.err);
    if (s->out.bytes < FLUSH_BYTES && !all)
        return ERR_OK;
    enum err err = s->write(s->context, buf_span(&s->out));
    buf_reset(&s->out);
    return err;
}

enum err show_begin(struct showing *s, struct span first, struct show_line **out)
{
    if (s->line_count && !span_equal(s->lines[0]->cells[0].text, first))
        TRY(show_flush(s, false));
    struct show_line *line = arena_alloc(&s->arena, sizeof *line);
    struct show_line **slot = line ? ARENA_PUSH(&s->arena, s->lines, s->line_count, s->line_capacity) : NULL;
    if (!slot)
        return ERR_MEMORY;
    *slot = *out = line;
    return ERR_OK;
}

void show_text(struct show_line *line, struct span text)
{
    line->cells[line->count++].text = text;
}

void show_string(struct show_line *line, const char *text)
{
    show_text(line, span_of_string(text));
}

void show_signed(struct showing *s, struct show_line *line, int64_t value)
{
    struct span text = arena_format(&s->arena, "%lld", (long long)value);
    line->cells[line->count++] = (struct show_cell){.text = text, .is_number = true, .value = value};
}

void show_number(struct showing *s, struct show_line *line, uint64_t value)
{
    show_signed(s, line, (int64_t)value);
}

void show_place(struct showing *s, struct show_line *line, uint64_t at, uint64_t inner)
{
    if (!inner) {
        show_number(s, line, at);
        return;
    }
    struct span text =
        arena_format(&s->arena, "%llu+%llu", (unsigned long long)at, (unsigned long long)inner);
    line->cells[line->count++] =
        (struct show_cell){.text = text, .is_number = true, .value = (int64_t)at, .inner = inner};
}

void show_time(struct showing *s, struct show_line *line, int64_t ns)
{
    char text[WHEN_TEXT_BYTES];
    struct span cell = SPAN_NONE;
    if (ns != RECORD_NO_DATE)
        cell = arena_copy(&s->arena, span_of(text, (size_t)when_text(ns, text)));
    show_text(line, cell);
}

void show_flag(struct showing *s, struct show_line *line, bool known, bool value)
{
    if (known)
        show_number(s, line, value);
    else
        show_text(line, SPAN_NONE);
}

enum err show_end(const struct showing *s, const struct show_line *line)
{
    return s->arena.full || line->count != s->column_count ? ERR_MEMORY : ERR_OK;
}
