// SPDX-License-Identifier: MIT
#include "3_extract/css_token.h"

#include "base/scan.h"

enum { NAME = 1, DIGIT = 2, LINE_END = 4, BLANK = 8, BAD_IN_URL = 16, NUMBER = 32 };

/* 4.2: ident code points (a NUL stands for U+FFFD), line ends, white space. */
// clang-format off
static const uint8_t classes[256] = {
    ['a' ... 'z'] = NAME, ['A' ... 'Z'] = NAME, ['0' ... '9'] = NAME | DIGIT | NUMBER, ['_'] = NAME, ['-'] = NAME, [0] = NAME,
    [0x80 ... 0xff] = NAME, ['\n'] = LINE_END | BLANK, ['\r'] = LINE_END | BLANK, ['\f'] = LINE_END | BLANK, [' '] = BLANK,
    ['\t'] = BLANK, ['.'] = NUMBER, ['"'] = BAD_IN_URL, ['\''] = BAD_IN_URL, ['('] = BAD_IN_URL, [1 ... 7] = BAD_IN_URL,
    [0x0b] = BAD_IN_URL, [0x7f] = BAD_IN_URL,
};
// clang-format on

/* What ends or escapes: in the two kinds of strings, in url( ), in a bad one. The second last holds more than it needs. */
static const struct scan_set in_double = SCAN_SET(0, '"', '\\', '\n', '\r', '\f', '\f', '\f', '\f'),
                             in_single = SCAN_SET(0, '\'', '\\', '\n', '\r', '\f', '\f', '\f', '\f'),
                             in_url = SCAN_SET(' ' + 1, ')', '"', '\'', '(', '\\', 0x7f, 0x7f, 0x7f),
                             in_bad_url = SCAN_SET(0, ')', '\\', ')', ')', ')', ')', ')', ')');

static bool is(char c, unsigned class)
{
    return classes[(unsigned char)c] & class;
}

static bool is_newline(char c)
{
    return is(c, LINE_END);
}

static bool is_blank(char c)
{
    return is(c, BLANK);
}

static bool is_name(char c)
{
    return is(c, NAME);
}

static char peek(struct span text, size_t at)
{
    return at < text.bytes ? text.at[at] : '\n'; /* the end stops whatever a line end stops */
}

/* 4.3.8: a backslash that is not before a line end. */
static bool is_escape(struct span text, size_t at)
{
    return at + 1 < text.bytes && text.at[at] == '\\' && !is_newline(text.at[at + 1]);
}

/* 4.3.9 */
static bool starts_ident(struct span text, size_t at)
{
    char c = peek(text, at);
    if (c == '-')
        return peek(text, at + 1) == '-' || is_escape(text, at + 1) ||
               (is_name(peek(text, at + 1)) && !is(peek(text, at + 1), DIGIT) && at + 1 < text.bytes);
    return is_escape(text, at) || (at < text.bytes && is_name(c) && !is(c, DIGIT));
}

/* 4.3.7 without decoding: backslash, up to six hex digits and one blank, or any one character. */
static size_t skip_escape(struct span text, size_t at)
{
    size_t digits = 0;
    at++;
    while (digits < 6 && at < text.bytes && ascii_hex(text.at[at]) >= 0) {
        at++;
        digits++;
    }
    if (!digits)
        return at < text.bytes ? at + 1 : at;
    if (at + 1 < text.bytes && text.at[at] == '\r' && text.at[at + 1] == '\n')
        return at + 2;
    return at < text.bytes && is_blank(text.at[at]) ? at + 1 : at;
}

static size_t skip_name(struct span text, size_t at, bool *escaped)
{
    while (at < text.bytes) {
        if (is_name(text.at[at]))
            at++;
        else if (is_escape(text, at)) {
            *escaped = true;
            at = skip_escape(text, at);
        } else
            break;
    }
    return at;
}

/* 4.3.5: up to the same quote; a bare line end makes it bad. */
static struct css_token take_string(struct span text, size_t *at)
{
    struct css_token t = {.type = CSS_STRING, .at = *at};
    char quote = text.at[*at];
    const struct scan_set *ends = quote == '"' ? &in_double : &in_single;
    size_t i = scan_find(text, ends, *at + 1);
    while (i < text.bytes && text.at[i] == '\\') {
        t.escaped = true;
        i = scan_find(text, ends, i + 2);
    }
    t.text = span_first(span_from(text, *at + 1), i - *at - 1);
    if (i < text.bytes && is_newline(text.at[i]))
        t.type = CSS_BAD;
    else if (i < text.bytes)
        i++;
    *at = i;
    return t;
}

/* 4.3.14 */
static size_t skip_bad_url(struct span text, size_t at)
{
    while ((at = scan_find(text, &in_bad_url, at)) < text.bytes && text.at[at] != ')')
        at = is_escape(text, at) ? skip_escape(text, at) : at + 1;
    return at < text.bytes ? at + 1 : at;
}

/* 4.3.6: behind "url(" and blanks. */
static struct css_token take_url(struct span text, size_t from, size_t *at)
{
    struct css_token t = {.type = CSS_URL, .at = from};
    size_t begin = *at, i = begin;
    while ((i = scan_find(text, &in_url, i)) < text.bytes && text.at[i] != ')' && !is_blank(text.at[i])) {
        char c = text.at[i];
        if (is(c, BAD_IN_URL) || (c == '\\' && !is_escape(text, i))) {
            *at = skip_bad_url(text, i);
            t.type = CSS_BAD;
            return t;
        }
        t.escaped |= c == '\\';
        i = c == '\\' ? skip_escape(text, i) : i + 1;
    }
    t.text = span_first(span_from(text, begin), i - begin);
    while (i < text.bytes && is_blank(text.at[i]))
        i++;
    if (i < text.bytes && text.at[i] != ')') {
        t.type = CSS_BAD;
        i = skip_bad_url(text, i);
    } else if (i < text.bytes)
        i++;
    *at = i;
    return t;
}

/* 4.3.4: ident, function, or url( with an unquoted value. */
static struct css_token take_ident(struct span text, size_t *at)
{
    struct css_token t = {.type = CSS_IDENT, .at = *at};
    size_t end = skip_name(text, *at, &t.escaped);
    t.text = span_first(span_from(text, *at), end - *at);
    if (peek(text, end) != '(') {
        *at = end;
        return t;
    }
    t.type = CSS_FUNCTION;
    *at = end + 1;
    if (!css_token_is(&t, SPAN("url")))
        return t;
    size_t value = end + 1;
    while (value < text.bytes && is_blank(text.at[value]))
        value++;
    if (value < text.bytes && (text.at[value] == '"' || text.at[value] == '\''))
        return t;
    *at = value;
    return take_url(text, t.at, at);
}

/* Behind its end, which a slash tells: in comments there are fewer of them than asterisks. */
static size_t skip_comment(struct span text, size_t at)
{
    for (at += 3; (at = span_find(text, '/', at)) < text.bytes; at++)
        if (text.at[at - 1] == '*')
            return at + 1;
    return text.bytes;
}

static struct css_token take_blank(struct span text, size_t *at)
{
    struct css_token t = {.type = CSS_BLANK, .at = *at};
    for (;;) {
        if (*at < text.bytes && is_blank(text.at[*at])) {
            ++*at;
        } else if (*at + 1 < text.bytes && text.at[*at] == '/' && text.at[*at + 1] == '*') {
            *at = skip_comment(text, *at);
        } else {
            return t;
        }
    }
}

static struct css_token take_other(struct span text, size_t *at)
{
    struct css_token t = {.type = CSS_OTHER, .at = *at, .mark = text.at[*at]};
    size_t end = *at + 1;
    bool number = is(t.mark, DIGIT) || (t.mark == '.' && is(peek(text, end), DIGIT));
    if (t.mark == '#' || number) { /* hash; number with its unit */
        while (number && end < text.bytes && is(text.at[end], NUMBER))
            end++;
        end = skip_name(text, end, &t.escaped);
    }
    t.text = span_first(span_from(text, *at), end - *at);
    *at = end;
    return t;
}

struct css_token css_token_next(struct span text, size_t *at)
{
    if (*at >= text.bytes)
        return (struct css_token){.type = CSS_END, .at = text.bytes};
    char c = text.at[*at];
    bool comment = c == '/' && peek(text, *at + 1) == '*' && *at + 1 < text.bytes;
    if (is_blank(c) || comment)
        return take_blank(text, at);
    if (c == '"' || c == '\'')
        return take_string(text, at);
    if (c == '@' && starts_ident(text, *at + 1)) {
        struct css_token t = {.type = CSS_AT_KEYWORD, .at = *at};
        size_t end = skip_name(text, *at + 1, &t.escaped);
        t.text = span_first(span_from(text, *at + 1), end - *at - 1);
        *at = end;
        return t;
    }
    return starts_ident(text, *at) ? take_ident(text, at) : take_other(text, at);
}

static size_t put_utf8(char *to, uint32_t c)
{
    if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        c = 0xfffd;
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    size_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};
    to[0] = (char)(lead[more] | c >> (6 * more));
    for (size_t i = 1; i <= more; i++)
        to[i] = (char)(0x80 | (c >> (6 * (more - i)) & 0x3f));
    return more + 1;
}

/* 4.3.7: what the escape at s.at[at] stands for, as UTF-8. In a string an escaped line end is nothing. */
static size_t put_escaped(char *to, struct span s, size_t at, size_t end)
{
    uint32_t c = 0;
    if (at + 1 >= s.bytes || is_newline(s.at[at + 1]))
        return 0;
    if (ascii_hex(s.at[at + 1]) < 0) {
        to[0] = s.at[at + 1];
        return 1;
    }
    for (size_t i = at + 1; i < end && ascii_hex(s.at[i]) >= 0; i++)
        c = c << 4 | (uint32_t)ascii_hex(s.at[i]);
    return put_utf8(to, c);
}

bool css_token_is(const struct css_token *t, struct span name)
{
    if (!t->escaped)
        return span_equal_nocase(t->text, name);
    struct span s = t->text;
    size_t n = 0;
    for (size_t i = 0; i < s.bytes;) {
        char room[4] = {s.at[i]};
        size_t end = s.at[i] == '\\' ? skip_escape(s, i) : i + 1;
        size_t count = s.at[i] == '\\' ? put_escaped(room, s, i, end) : 1;
        if (!span_equal_nocase(span_of(room, count), span_first(span_from(name, n), count)))
            return false;
        n += count;
        i = end;
    }
    return n == name.bytes;
}

struct span css_token_value(const struct css_token *t, struct arena *arena)
{
    if (!t->escaped)
        return t->text;
    struct span s = t->text;
    char *to = arena_bytes(arena, s.bytes * 2 + 4); /* an escape of two bytes gives up to three */
    size_t n = 0;
    if (!to)
        return SPAN_NONE;
    for (size_t i = 0; i < s.bytes;) {
        if (s.at[i] != '\\') {
            to[n++] = s.at[i++];
            continue;
        }
        size_t end = skip_escape(s, i);
        n += put_escaped(to + n, s, i, end);
        i = end;
    }
    return span_of(to, n);
}
