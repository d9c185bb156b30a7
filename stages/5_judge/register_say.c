// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { SAY_BYTES = 1024, SHOWN_BYTES = 60 };

void register_say(struct reader *reader, bool is_error, unsigned line, const char *column, const char *format,
                  ...)
{
    struct register_messages *messages = reader->messages;
    size_t same = is_error ? messages->error_count++ : messages->warning_count++;
    if (same > LIMIT_REGISTER_MESSAGES)
        return;
    char text[SAY_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    char place[16] = "";
    if (line)
        snprintf(place, sizeof place, ":%u", line);
    struct register_message *message =
        ARENA_PUSH(reader->arena, messages->items, messages->count, messages->capacity);
    if (!message)
        return; /* the arena remembers that it is full */
    message->is_error = is_error;
    if (same == LIMIT_REGISTER_MESSAGES)
        message->text = is_error ? SPAN("more errors are left out; correct the ones above first")
                                 : SPAN("more warnings are left out");
    else
        message->text = arena_format(reader->arena, "%s%s: %s%s%s%s", reader->file, place,
                                     column ? "column " : "", column ? column : "", column ? ": " : "", text);
}

struct span register_shown(struct reader *reader, struct span value)
{
    char *out = arena_bytes(reader->arena, SHOWN_BYTES + sizeof "...");
    if (!out)
        return SPAN("");
    size_t bytes = 0;
    for (size_t at = 0; at < value.bytes;) {
        struct utf8_step step = utf8_next(value, at);
        bool plain = step.valid && step.code >= ' ' && (step.code < 0x7f || step.code > 0x9f);
        if (bytes + step.bytes > SHOWN_BYTES) {
            memcpy(out + bytes, "...", 3);
            return span_of(out, bytes + 3);
        }
        memcpy(out + bytes, plain ? value.at + at : "?", plain ? step.bytes : 1);
        bytes += plain ? step.bytes : 1;
        at += step.bytes;
    }
    return span_of(out, bytes);
}

void register_say_twice(struct reader *reader, const char *column, struct span key, unsigned line,
                        unsigned other_line)
{
    struct span shown = register_shown(reader, key);
    register_say(reader, true, line, column, "'%.*s' stands on line %u too; give each row its own",
                 SPAN_ARG(shown), other_line);
}

static struct span key_of(const struct register_rows *rows, const void *row)
{
    return *(const struct span *)(const void *)((const char *)row + rows->key_at);
}

static unsigned line_of(const struct register_rows *rows, const void *row)
{
    return *(const unsigned *)(const void *)((const char *)row + rows->line_at);
}

static int compare_rows(const void *a, const void *b, void *context)
{
    const struct register_rows *rows = context;
    int order = span_compare(key_of(rows, a), key_of(rows, b));
    unsigned x = line_of(rows, a), y = line_of(rows, b);
    return order ? order : (x > y) - (x < y);
}

void register_sort_rows(struct reader *reader, const struct register_rows *rows)
{
    struct register_rows context = *rows;
    if (rows->count)
        qsort_r(rows->items, rows->count, rows->item_bytes, compare_rows, &context);
    for (size_t i = 1; i < rows->count; i++) {
        const char *row = (const char *)rows->items + i * rows->item_bytes, *before = row - rows->item_bytes;
        struct span key = key_of(rows, row); /* an empty one was told where it was read */
        if (key.bytes && span_equal(key_of(rows, before), key))
            register_say_twice(reader, rows->column, key, line_of(rows, row), line_of(rows, before));
    }
}
