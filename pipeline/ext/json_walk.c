// SPDX-License-Identifier: MIT
#include "ext/json_walk.h"

#include "base/limits.h"

#define OPEN SIZE_MAX /* the text ends before the value does */

size_t json_walk_blank(struct span text, size_t at)
{
    while (at < text.bytes && memchr(" \t\r\n", text.at[at], 4))
        at++;
    return at;
}

/* A quote is escaped when an odd number of backslashes stands before it. */
static size_t end_of_string(struct span text, size_t at)
{
    size_t first = at + 1;
    for (size_t quote = first;; quote++) {
        quote = span_find(text, '"', quote);
        if (quote == text.bytes)
            return OPEN;
        size_t slashes = quote;
        while (slashes > first && text.at[slashes - 1] == '\\')
            slashes--;
        if ((quote - slashes) % 2 == 0)
            return quote + 1;
    }
}

static size_t end_of_word(struct span text, size_t at)
{
    while (at < text.bytes && !memchr(",:]}[{\" \t\r\n", text.at[at], 11))
        at++;
    return at;
}

/* `at` itself: nested too deep. */
static size_t end_of_brackets(struct span text, size_t at)
{
    size_t depth = 0;
    for (size_t i = at; i < text.bytes;) {
        char c = text.at[i];
        if (c == '"') {
            i = end_of_string(text, i);
            if (i == OPEN)
                return OPEN;
            continue;
        }
        i++;
        if ((c == '{' || c == '[') && ++depth > LIMIT_JSON_WALK_DEPTH)
            return at;
        if ((c == '}' || c == ']') && --depth == 0)
            return i;
    }
    return OPEN;
}

struct json_walk json_walk_open(struct span text, size_t at)
{
    return (struct json_walk){.text = text, .at = at + 1, .is_object = text.at[at] == '{'};
}

static enum err fail(const struct json_walk *w)
{
    return w->at < w->text.bytes ? ERR_JSON : ERR_TRUNCATED;
}

static bool take(struct json_walk *w, char c)
{
    w->at = json_walk_blank(w->text, w->at);
    if (w->at == w->text.bytes || w->text.at[w->at] != c)
        return false;
    w->at++;
    return true;
}

static enum err take_key(struct json_walk *w, struct span *key)
{
    w->at = json_walk_blank(w->text, w->at);
    if (w->at == w->text.bytes || w->text.at[w->at] != '"')
        return fail(w);
    size_t end = end_of_string(w->text, w->at);
    if (end == OPEN)
        return ERR_TRUNCATED;
    *key = span_of(w->text.at + w->at + 1, end - w->at - 2);
    w->at = end;
    return take(w, ':') ? ERR_OK : fail(w);
}

enum err json_walk_next(struct json_walk *w, struct span *key)
{
    *key = SPAN_NONE;
    if (take(w, w->is_object ? '}' : ']'))
        return ERR_END;
    if (w->begun && !take(w, ','))
        return fail(w);
    w->begun = true;
    if (w->is_object)
        TRY(take_key(w, key));
    w->at = json_walk_blank(w->text, w->at);
    return w->at < w->text.bytes ? ERR_OK : ERR_TRUNCATED;
}

enum err json_walk_pass(struct json_walk *w, struct span *value)
{
    char c = w->at < w->text.bytes ? w->text.at[w->at] : 0;
    size_t end = c == '"'               ? end_of_string(w->text, w->at)
                 : c == '{' || c == '[' ? end_of_brackets(w->text, w->at)
                                        : end_of_word(w->text, w->at);
    if (end == OPEN)
        return ERR_TRUNCATED;
    if (end == w->at)
        return fail(w);
    *value = span_of(w->text.at + w->at, end - w->at);
    w->at = end;
    return ERR_OK;
}

struct span json_walk_find(struct span text, struct span key)
{
    struct span name, value;
    size_t at = json_walk_blank(text, 0);
    if (at == text.bytes || text.at[at] != '{')
        return SPAN_NONE;
    struct json_walk walk = json_walk_open(text, at);
    while (json_walk_next(&walk, &name) == ERR_OK && json_walk_pass(&walk, &value) == ERR_OK)
        if (span_equal(name, key))
            return value;
    return SPAN_NONE;
}
