// SPDX-License-Identifier: MIT
#include "1_read/cdx_json.h"

#include "ext/ext_json.h"

struct scan {
    struct span text;
    size_t at;
};

static char here(const struct scan *s)
{
    return s->at < s->text.bytes ? s->text.at[s->at] : '\0';
}

static void skip_blanks(struct scan *s)
{
    while (here(s) == ' ' || here(s) == '\t' || here(s) == '\r' || here(s) == '\n')
        s->at++;
}

static bool take(struct scan *s, char c)
{
    skip_blanks(s);
    bool good = here(s) == c;
    s->at += good;
    return good;
}

/* *out: with its quotes. */
static bool take_string(struct scan *s, struct span *out, bool *escaped)
{
    size_t from = s->at;
    *escaped = false;
    if (!take(s, '"'))
        return false;
    for (from = s->at - 1; s->at < s->text.bytes; s->at++) {
        if (here(s) == '\\') {
            *escaped = true;
            s->at++;
        } else if (here(s) == '"') {
            s->at++;
            *out = span_of(s->text.at + from, s->at - from);
            return true;
        }
    }
    return false;
}

/* An object or array: to the bracket that closes it, whatever is inside. */
static bool skip_nested(struct scan *s)
{
    struct span string;
    bool escaped;
    size_t depth = 0;
    while (s->at < s->text.bytes) {
        char c = here(s);
        if (c == '"') {
            if (!take_string(s, &string, &escaped))
                return false;
            continue;
        }
        s->at++;
        if (c == '{' || c == '[')
            depth++;
        else if ((c == '}' || c == ']') && --depth == 0)
            return true;
    }
    return false;
}

static bool take_value(struct scan *s, struct span *out, bool *escaped)
{
    skip_blanks(s);
    size_t from = s->at;
    *escaped = false;
    if (here(s) == '"')
        return take_string(s, out, escaped);
    if (here(s) == '{' || here(s) == '[') {
        *out = span_of(s->text.at + from, 0);
        return skip_nested(s);
    }
    while (s->at < s->text.bytes && here(s) != ',' && here(s) != '}')
        s->at++;
    *out = span_trim(span_of(s->text.at + from, s->at - from));
    return out->bytes > 0;
}

/* Rare enough (`\/`, `\u0026`) to ask the library. */
static enum err unescape(struct span quoted, struct arena *arena, struct span *out)
{
    struct json *list;
    struct span text = arena_format(arena, "[%.*s]", SPAN_ARG(quoted));
    if (!text.at)
        return ERR_MEMORY;
    enum err err = json_parse(text, &list);
    if (err)
        return err == ERR_JSON ? ERR_SYNTAX : err;
    *out = arena_copy(arena, json_text(json_item(list, 0)));
    json_free(list);
    return out->at ? ERR_OK : ERR_MEMORY;
}

static enum err keep(struct span value, bool escaped, struct arena *arena, struct span *out)
{
    if (escaped)
        return unescape(value, arena, out);
    bool is_string = span_starts(value, SPAN("\""));
    *out = is_string ? span_of(value.at + 1, value.bytes - 2) : value;
    return ERR_OK;
}

enum err cdx_json_read(struct span object, struct arena *arena, struct cdx_member *members, size_t count)
{
    struct scan s = {.text = object};
    if (!take(&s, '{'))
        return ERR_SYNTAX;
    bool ended = take(&s, '}');
    while (!ended) {
        struct span name, value;
        bool name_escaped, escaped;
        if (!take_string(&s, &name, &name_escaped) || !take(&s, ':') || !take_value(&s, &value, &escaped))
            return ERR_SYNTAX;
        name = span_of(name.at + 1, name.bytes - 2);
        for (size_t i = 0; i < count; i++)
            if (span_equal(members[i].name, name))
                TRY(keep(value, escaped, arena, &members[i].value));
        ended = take(&s, '}');
        if (!ended && !take(&s, ','))
            return ERR_SYNTAX;
    }
    skip_blanks(&s);
    return s.at == object.bytes ? ERR_OK : ERR_SYNTAX;
}
