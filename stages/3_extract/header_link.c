// SPDX-License-Identifier: MIT
#include "3_extract/header_link.h"

static size_t skip_blanks(struct span s, size_t at)
{
    while (at < s.bytes && (s.at[at] == ' ' || s.at[at] == '\t'))
        at++;
    return at;
}

/* The first of the separators at or behind `at`, or the end. */
static size_t find_any(struct span s, struct span separators, size_t at)
{
    while (at < s.bytes && !memchr(separators.at, s.at[at], separators.bytes))
        at++;
    return at;
}

struct span header_link_unquote(struct span s, struct arena *arena, size_t *bytes)
{
    size_t end = 1, escapes = 0;
    while (end < s.bytes && s.at[end] != '"') {
        bool escape = s.at[end] == '\\' && end + 1 < s.bytes;
        escapes += escape;
        end += escape ? 2 : 1;
    }
    struct span text = span_of(s.at + 1, end - 1);
    *bytes = end < s.bytes ? end + 1 : s.bytes;
    char *room = escapes ? arena_bytes(arena, text.bytes) : NULL;
    if (!room)
        return text;
    size_t length = 0;
    for (size_t i = 0; i < text.bytes; i++) {
        i += text.at[i] == '\\' && i + 1 < text.bytes;
        room[length++] = text.at[i];
    }
    return span_of(room, length);
}

/* The comma that ends the link, outside of quotes. */
static size_t find_end(struct span s, size_t at, struct arena *arena)
{
    while (at < s.bytes && s.at[at] != ',') {
        size_t bytes = 1;
        if (s.at[at] == '"')
            (void)header_link_unquote(span_from(s, at), arena, &bytes);
        at += bytes;
    }
    return at;
}

/* name [BWS "=" BWS (token / quoted-string)]; returns the offset behind it. */
static size_t read_parameter(struct span s, size_t at, struct arena *arena, struct html_attribute *out)
{
    size_t end = find_any(s, SPAN(" \t=;,"), at);
    out->name = span_of(s.at + at, end - at);
    out->value = span_of(s.at + end, 0);
    at = skip_blanks(s, end);
    if (at == s.bytes || s.at[at] != '=')
        return at;
    at = skip_blanks(s, at + 1);
    if (at < s.bytes && s.at[at] == '"') {
        size_t bytes;
        out->value = header_link_unquote(span_from(s, at), arena, &bytes);
        return at + bytes;
    }
    end = find_any(s, SPAN(";,"), at);
    out->value = span_trim(span_of(s.at + at, end - at));
    return end;
}

/* From behind the target to the comma behind the last parameter; false when something else stands there. */
static bool read_parameters(struct span s, size_t *at, struct arena *arena, struct html_token *tag)
{
    for (;;) {
        *at = skip_blanks(s, *at);
        if (*at == s.bytes || s.at[*at] == ',')
            return true;
        if (s.at[*at] != ';')
            return false;
        *at = skip_blanks(s, *at + 1);
        if (*at == s.bytes || s.at[*at] == ';' || s.at[*at] == ',')
            continue;
        struct html_attribute parameter;
        *at = read_parameter(s, *at, arena, &parameter);
        if (parameter.name.bytes && tag->attribute_count < LIMIT_ATTRIBUTES)
            tag->attributes[tag->attribute_count++] = parameter;
    }
}

bool header_link_next(struct span *rest, struct arena *arena, struct span *target, struct html_token *tag)
{
    struct span s = *rest;
    size_t at = 0;
    tag->kind = HTML_TOKEN_START;
    tag->text = SPAN("link");
    tag->element = html_element_find(tag->text);
    while (at < s.bytes) {
        at = skip_blanks(s, at);
        if (at < s.bytes && s.at[at] == ',') {
            at++;
            continue;
        }
        if (at < s.bytes && s.at[at] == '<') {
            size_t close = span_find(s, '>', at);
            if (close == s.bytes)
                break; /* nor does any later target end */
            *target = span_trim(span_of(s.at + at + 1, close - at - 1));
            at = close + 1;
            tag->attribute_count = 0;
            if (read_parameters(s, &at, arena, tag)) {
                *rest = span_from(s, at);
                return true;
            }
        }
        at = find_end(s, at, arena);
    }
    *rest = span_from(s, s.bytes);
    return false;
}
