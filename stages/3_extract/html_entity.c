// SPDX-License-Identifier: MIT
#include "3_extract/html_entity.h"

#include "3_extract/html_charset.h"
#include "3_extract/html_entities.h"

#define LONGEST_BARE_NAME 6u /* longest name that needs no semicolon */
#define CODE_MAX          0x10ffffu

static const struct html_entities_row *find_named(struct span name)
{
    size_t low = 0, high = html_entities_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct html_entities_row *row = &html_entities_rows[middle];
        int order = span_compare(name, span_of(row->name, row->name_bytes));
        if (order == 0)
            return row;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static bool is_alphanumeric(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c);
}

/* The longest name at the start of s: with its semicolon a name is unique, without it only short ones exist. */
static const struct html_entities_row *longest_named(struct span s)
{
    size_t run = 0;
    while (run < s.bytes && run < 32 && is_alphanumeric(s.at[run]))
        run++;
    if (run < s.bytes && s.at[run] == ';') {
        const struct html_entities_row *row = find_named(span_first(s, run + 1));
        if (row)
            return row;
    }
    for (size_t n = run < LONGEST_BARE_NAME ? run : LONGEST_BARE_NAME; n > 1; n--) {
        const struct html_entities_row *row = find_named(span_first(s, n));
        if (row)
            return row;
    }
    return NULL;
}

/* 13.2.5.80, numeric character reference end state */
static uint32_t numeric_meaning(uint32_t code)
{
    if (code == 0 || code > CODE_MAX || (code >= 0xd800 && code <= 0xdfff))
        return HTML_CHARSET_REPLACEMENT;
    return code >= 0x80 && code < 0xa0 ? html_charset_windows_1252((unsigned char)code) : code;
}

/* s begins behind "&#". Returns the bytes used, 0 when this is no reference. */
static size_t numeric_reference(struct span s, char *out, size_t *out_bytes)
{
    bool hexadecimal = s.bytes && ascii_lower(s.at[0]) == 'x';
    size_t first = hexadecimal, i = first;
    uint32_t code = 0;
    for (; i < s.bytes; i++) {
        int digit = hexadecimal ? ascii_hex(s.at[i]) : ascii_is_digit(s.at[i]) ? s.at[i] - '0' : -1;
        if (digit < 0)
            break;
        if (code <= CODE_MAX)
            code = code * (hexadecimal ? 16 : 10) + (uint32_t)digit;
    }
    if (i == first)
        return 0;
    *out_bytes = html_charset_put_utf8(numeric_meaning(code), out);
    return i + (i < s.bytes && s.at[i] == ';');
}

/* s begins behind "&". Returns the bytes used, 0 when this is no reference. */
static size_t reference(struct span s, enum html_entity_place place, char *out, size_t *out_bytes)
{
    if (s.bytes && s.at[0] == '#') {
        size_t used = numeric_reference(span_from(s, 1), out, out_bytes);
        return used ? used + 1 : 0;
    }
    const struct html_entities_row *row = longest_named(s);
    if (!row)
        return 0;
    size_t used = row->name_bytes;
    bool open_ended = row->name[used - 1] != ';' && used < s.bytes;
    if (place == HTML_ENTITY_ATTRIBUTE && open_ended && (s.at[used] == '=' || is_alphanumeric(s.at[used])))
        return 0; /* "?a=1&copy=2" is a query */
    *out_bytes = strlen(row->text);
    memcpy(out, row->text, *out_bytes);
    return used;
}

static bool is_plain(struct span s)
{
    return span_find(s, '&', 0) == s.bytes && span_find(s, '\0', 0) == s.bytes &&
           span_find(s, '\r', 0) == s.bytes;
}

/* How much longer the text may become: a NUL turns into three bytes, the worst name of five into six. */
static size_t growth_bytes(struct span s)
{
    size_t growth = 0;
    for (size_t i = 0; i < s.bytes; i++)
        growth += s.at[i] == '&' || s.at[i] == 0 ? 2 : 0;
    return growth;
}

struct span html_entity_decode(struct span raw, enum html_entity_place place, struct arena *arena)
{
    if (is_plain(raw))
        return raw;
    char *out = arena_bytes(arena, raw.bytes + growth_bytes(raw));
    if (!out)
        return SPAN_NONE;
    size_t n = 0;
    for (size_t i = 0; i < raw.bytes;) {
        char c = raw.at[i++];
        size_t added = 0, used = c == '&' ? reference(span_from(raw, i), place, out + n, &added) : 0;
        if (used) {
            i += used;
            n += added;
        } else if (c == 0) {
            n += html_charset_put_utf8(HTML_CHARSET_REPLACEMENT, out + n);
        } else if (c == '\r') {
            i += i < raw.bytes && raw.at[i] == '\n';
            out[n++] = '\n';
        } else {
            out[n++] = c;
        }
    }
    return span_of(out, n);
}
