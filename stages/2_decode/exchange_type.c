// SPDX-License-Identifier: MIT
#include "2_decode/exchange.h"

static struct span unquote(struct span s)
{
    s = span_trim(s);
    while (s.bytes && (s.at[0] == '"' || s.at[0] == '\''))
        s = span_from(s, 1);
    while (s.bytes && (s.at[s.bytes - 1] == '"' || s.at[s.bytes - 1] == '\''))
        s.bytes--;
    return s;
}

/* Up to a comma that stands in no quotes: fields sent twice arrive joined. */
static struct span cut_member(struct span *rest)
{
    size_t at = 0;
    for (bool quoted = false; at < rest->bytes && (quoted || rest->at[at] != ','); at++)
        quoted ^= rest->at[at] == '"';
    struct span member = span_first(*rest, at);
    *rest = span_from(*rest, at + 1);
    return member;
}

/* The last usable member wins, as in the Fetch standard ("extract a MIME type"). */
struct span exchange_mime(struct span content_type, struct arena *arena)
{
    struct span found = SPAN_NONE;
    while (content_type.bytes) {
        struct span member = cut_member(&content_type);
        struct span essence = unquote(span_cut(&member, ';'));
        essence = span_cut(&essence, ' ');
        if (span_find(essence, '/', 0) < essence.bytes && !span_equal(essence, SPAN("*/*")))
            found = essence;
    }
    char *to = found.bytes ? arena_bytes(arena, found.bytes) : NULL;
    if (!to)
        return SPAN_NONE;
    for (size_t i = 0; i < found.bytes; i++)
        to[i] = ascii_lower(found.at[i]);
    return span_of(to, found.bytes);
}

static size_t skip_blanks(struct span s, size_t at)
{
    while (at < s.bytes && (s.at[at] == ' ' || s.at[at] == '\t'))
        at++;
    return at;
}

/* Real labels lack semicolons, double quotes and put blanks around "=": the word is searched, not the
 * grammar. */
struct span exchange_charset(struct span content_type)
{
    const struct span word = SPAN("charset");
    for (size_t i = 0; i + word.bytes < content_type.bytes; i++) {
        bool begins = i == 0 || !ascii_is_alpha(content_type.at[i - 1]);
        if (!begins || !span_starts_nocase(span_from(content_type, i), word))
            continue;
        size_t at = skip_blanks(content_type, i + word.bytes);
        if (at == content_type.bytes || content_type.at[at] != '=')
            continue;
        struct span value = span_from(content_type, skip_blanks(content_type, at + 1));
        size_t quotes = 0, end = 0;
        while (quotes < value.bytes && (value.at[quotes] == '"' || value.at[quotes] == '\''))
            quotes++;
        value = span_from(value, quotes);
        while (end < value.bytes && !memchr("\"' \t;,", value.at[end], 6))
            end++;
        if (end)
            return span_first(value, end);
    }
    return SPAN_NONE;
}
