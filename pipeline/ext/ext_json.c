// SPDX-License-Identifier: MIT
#include "ext/ext_json.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "ext/json_scan.h"

#include <assert.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#undef json_is_object
#undef json_is_array
#undef json_is_true

/*
 * struct json is json_t under another name. A container that lost a member must not be written as if it were
 * whole: it is marked by a second reference, which nothing else here ever takes and which needs no memory.
 */
static json_t *in(const struct json *value)
{
    return (json_t *)value;
}

static struct json *of(json_t *value)
{
    return (struct json *)value;
}

static bool is_constant(const json_t *value)
{
    return json_typeof(value) == JSON_TRUE || json_typeof(value) == JSON_FALSE ||
           json_typeof(value) == JSON_NULL;
}

static bool is_broken(const json_t *value)
{
    return !value || (!is_constant(value) && value->refcount > 1);
}

static void mark_broken(json_t *container)
{
    if (container && !is_broken(container))
        json_incref(container);
}

void json_free(struct json *value)
{
    if (value && !is_constant(in(value)) && is_broken(in(value)))
        json_decref(in(value));
    json_decref(in(value));
}

enum err json_parse(struct span text, struct json **out)
{
    struct buf mended;
    *out = NULL;
    if (text.bytes > LIMIT_JSON_BYTES)
        return ERR_JSON;
    if (span_starts(text, SPAN("\xef\xbb\xbf")))
        text = span_from(text, 3);
    buf_init(&mended, 3 * (size_t)LIMIT_JSON_BYTES); /* a byte becomes three at most */
    enum err err = json_scan(text, &mended, &text);
    if (!err) {
        json_error_t error;
        *out = of(json_loadb(text.at ? text.at : "", text.bytes, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error));
        if (!*out)
            err = json_error_code(&error) == json_error_out_of_memory ? ERR_MEMORY : ERR_JSON;
    }
    buf_free(&mended);
    return err;
}

bool json_is_object(const struct json *value)
{
    return value && json_typeof(in(value)) == JSON_OBJECT;
}

bool json_is_array(const struct json *value)
{
    return value && json_typeof(in(value)) == JSON_ARRAY;
}

const struct json *json_get(const struct json *object, const char *key)
{
    return of(json_object_get(in(object), key)); /* NULL for all but objects */
}

const struct json *json_item(const struct json *array, size_t index)
{
    return of(json_array_get(in(array), index));
}

size_t json_count(const struct json *value)
{
    return json_is_object(value) ? json_object_size(in(value)) : json_array_size(in(value));
}

enum err json_each(const struct json *object, json_member_fn *fn, void *context)
{
    json_t *from = in(object);
    for (void *i = json_object_iter(from); i; i = json_object_iter_next(from, i)) {
        struct span key = span_of(json_object_iter_key(i), json_object_iter_key_len(i));
        TRY(fn(context, key, of(json_object_iter_value(i))));
    }
    return ERR_OK;
}

struct span json_text(const struct json *value)
{
    const char *text = json_string_value(in(value)); /* NULL for all but strings */
    return text ? span_of(text, json_string_length(in(value))) : SPAN_NONE;
}

int64_t json_int(const struct json *value, int64_t otherwise)
{
    if (value && json_typeof(in(value)) == JSON_INTEGER)
        return json_integer_value(in(value));
    double number = json_number(value, NAN);
    return number > -0x1p63 && number < 0x1p63 ? (int64_t)number : otherwise;
}

double json_number(const struct json *value, double otherwise)
{
    return json_is_number(in(value)) ? json_number_value(in(value)) : otherwise;
}

bool json_is_true(const struct json *value)
{
    return value && json_typeof(in(value)) == JSON_TRUE;
}

struct json *json_new_object(void)
{
    return of(json_object());
}

struct json *json_new_array(void)
{
    return of(json_array());
}

struct json *json_of_text(struct span text)
{
    return of(json_stringn_nocheck(text.bytes ? text.at : "", text.bytes)); /* json_write mends it */
}

struct json *json_of_integer(int64_t value)
{
    return of(json_integer(value));
}

struct json *json_of_number(double value)
{
    return of(isfinite(value) ? json_real(value) : json_null());
}

struct json *json_of_bool(bool value)
{
    return of(value ? json_true() : json_false());
}

struct json *json_of_null(void)
{
    return of(json_null());
}

void json_set(struct json *object, const char *key, struct json *value)
{
    bool broken = is_broken(in(value));
    if (broken)
        json_free(value);
    if (broken || json_object_set_new_nocheck(in(object), key, in(value)))
        mark_broken(in(object));
}

void json_append(struct json *array, struct json *value)
{
    bool broken = is_broken(in(value));
    if (broken)
        json_free(value);
    if (broken || json_array_append_new(in(array), in(value)))
        mark_broken(in(array));
}

static void write_text(struct buf *out, struct span text)
{
    static const char letters[] = "\b\f\n\r\t\"\\", escapes[] = "bfnrt\"\\";
    size_t kept_at = 0;
    buf_add_char(out, '"');
    for (size_t at = 0; at < text.bytes;) {
        struct utf8_step step = utf8_next(text, at);
        if (!step.valid || step.code < ' ' || step.code == '"' || step.code == '\\') {
            const char *letter = memchr(letters, (int)step.code, sizeof letters - 1);
            buf_add(out, span_of(text.at + kept_at, at - kept_at));
            if (!step.valid)
                buf_add(out, SPAN("\xef\xbf\xbd"));
            else if (letter)
                buf_format(out, "\\%c", escapes[letter - letters]);
            else
                buf_format(out, "\\u%04x", (unsigned)step.code);
            kept_at = at + step.bytes;
        }
        at += step.bytes;
    }
    buf_add(out, span_of(text.at + kept_at, text.bytes - kept_at));
    buf_add_char(out, '"');
}

static void write_real(struct buf *out, double value)
{
    char text[40] = "0"; /* also for -0, which would be read as an integer and lose its sign */
    for (int digits = 1; digits <= 17 && value != 0; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    for (char *p = text; *p; p++) /* whatever the locale puts between the digits */
        buf_add_char(out, ascii_is_digit(*p) || memchr("+-e", *p, 3) ? *p : '.');
}

static void write_scalar(struct buf *out, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        write_text(out, json_text(of((json_t *)value)));
        break;
    case JSON_INTEGER:
        buf_format(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        break;
    case JSON_REAL:
        write_real(out, json_real_value(value));
        break;
    default:
        buf_add_string(out, value == json_true() ? "true" : value == json_false() ? "false" : "null");
    }
}

/* An open container and how far it is written. */
struct level {
    json_t *container;
    void *member;
    size_t count;
};

static void new_line(struct buf *out, bool indent, size_t depth)
{
    if (indent)
        buf_add_char(out, '\n');
    for (size_t i = 0; indent && i < depth; i++)
        buf_add_string(out, "  ");
}

/* Writes what stands before the next member and returns it, or closes the container and returns NULL. */
static json_t *next_member(struct level *level, bool indent, size_t depth, struct buf *out)
{
    json_t *value, *container = level->container;
    bool is_object = json_typeof(container) == JSON_OBJECT;
    if (is_object) {
        level->member =
            level->count ? json_object_iter_next(container, level->member) : json_object_iter(container);
        value = json_object_iter_value(level->member);
    } else {
        value = json_array_get(container, level->count);
    }
    if (!value) {
        if (level->count)
            new_line(out, indent, depth - 1);
        buf_add_char(out, is_object ? '}' : ']');
        return NULL;
    }
    if (level->count++)
        buf_add_char(out, ',');
    new_line(out, indent, depth);
    if (is_object) {
        write_text(out,
                   span_of(json_object_iter_key(level->member), json_object_iter_key_len(level->member)));
        buf_add_string(out, indent ? ": " : ":");
    }
    return value;
}

enum err json_write(const struct json *value, bool indent, struct buf *out)
{
    struct level levels[LIMIT_JSON_DEPTH];
    size_t depth = 0;
    for (json_t *next = in(value);;) {
        if (is_broken(next))
            return ERR_MEMORY;
        bool is_object = json_typeof(next) == JSON_OBJECT;
        if (is_object || json_typeof(next) == JSON_ARRAY) {
            assert(depth < LIMIT_JSON_DEPTH);
            levels[depth++] = (struct level){.container = next};
            buf_add_char(out, is_object ? '{' : '[');
        } else {
            write_scalar(out, next);
        }
        for (next = NULL; depth && !next; depth -= !next)
            next = next_member(&levels[depth - 1], indent, depth, out);
        if (!depth)
            return out->err;
    }
}
