// SPDX-License-Identifier: MIT
#include "3_extract/html_charset.h"

#include "3_extract/html_class.h"
#include "3_extract/html_entity.h"
#include "3_extract/html_token.h"
#include "base/utf8.h"

#define PRESCAN_BYTES 1024u

uint32_t html_charset_windows_1252(unsigned char byte)
{
    static const uint16_t c1[32] = {
        0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
        0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178,
    };
    return byte >= 0x80 && byte < 0xa0 ? c1[byte - 0x80] : byte;
}

size_t html_charset_put_utf8(uint32_t code, char *out)
{
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t bytes = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = bytes - 1; i > 0; i--, code >>= 6)
        out[i] = (char)(0x80 | (code & 0x3f));
    out[0] = (char)(lead[bytes] | code);
    return bytes;
}

/* UNDECLARED: no label. Encodings that differ from these in other bytes than ASCII only are OTHER. */
static enum html_charset charset_of_label(struct span label)
{
    // clang-format off
    static const struct { const char *label; enum html_charset charset; } labels[] = {
        {"utf-8", HTML_CHARSET_UTF8}, {"utf8", HTML_CHARSET_UTF8}, {"unicode-1-1-utf-8", HTML_CHARSET_UTF8},
        {"unicode11utf8", HTML_CHARSET_UTF8}, {"unicode20utf8", HTML_CHARSET_UTF8}, {"x-unicode20utf8", HTML_CHARSET_UTF8},
        {"utf-16", HTML_CHARSET_UTF16LE}, {"utf-16le", HTML_CHARSET_UTF16LE}, {"unicode", HTML_CHARSET_UTF16LE},
        {"ucs-2", HTML_CHARSET_UTF16LE}, {"csunicode", HTML_CHARSET_UTF16LE}, {"iso-10646-ucs-2", HTML_CHARSET_UTF16LE},
        {"unicodefeff", HTML_CHARSET_UTF16LE}, {"utf-16be", HTML_CHARSET_UTF16BE}, {"unicodefffe", HTML_CHARSET_UTF16BE},
        {"windows-1252", HTML_CHARSET_WINDOWS_1252}, {"iso-8859-1", HTML_CHARSET_WINDOWS_1252},
        {"latin1", HTML_CHARSET_WINDOWS_1252}, {"us-ascii", HTML_CHARSET_WINDOWS_1252}, {"ascii", HTML_CHARSET_WINDOWS_1252},
        {"ansi_x3.4-1968", HTML_CHARSET_WINDOWS_1252}, {"cp1252", HTML_CHARSET_WINDOWS_1252},
        {"cp819", HTML_CHARSET_WINDOWS_1252}, {"csisolatin1", HTML_CHARSET_WINDOWS_1252}, {"ibm819", HTML_CHARSET_WINDOWS_1252},
        {"iso-ir-100", HTML_CHARSET_WINDOWS_1252}, {"iso8859-1", HTML_CHARSET_WINDOWS_1252},
        {"iso88591", HTML_CHARSET_WINDOWS_1252}, {"iso_8859-1", HTML_CHARSET_WINDOWS_1252},
        {"iso_8859-1:1987", HTML_CHARSET_WINDOWS_1252}, {"l1", HTML_CHARSET_WINDOWS_1252},
        {"x-cp1252", HTML_CHARSET_WINDOWS_1252},
    };
    // clang-format on
    label = span_trim(label);
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (span_equal_nocase(label, span_of_string(labels[i].label)))
            return labels[i].charset;
    return label.bytes ? HTML_CHARSET_OTHER : HTML_CHARSET_UNDECLARED;
}

static size_t skip_space(struct span s, size_t at)
{
    while (at < s.bytes && html_class_is(s.at[at], HTML_CLASS_SPACE))
        at++;
    return at;
}

/* The label behind "name =", quoted or not: a content attribute or an XML declaration. */
static struct span label_behind(struct span s, struct span name)
{
    for (size_t at = 0; at + name.bytes < s.bytes; at++) {
        if (!span_starts_nocase(span_from(s, at), name))
            continue;
        size_t p = skip_space(s, at + name.bytes);
        if (p >= s.bytes || s.at[p] != '=')
            continue;
        struct span rest = span_from(s, skip_space(s, p + 1));
        if (rest.bytes && (rest.at[0] == '"' || rest.at[0] == '\'')) {
            size_t close = span_find(rest, rest.at[0], 1);
            return close < rest.bytes ? span_of(rest.at + 1, close - 1) : SPAN_NONE;
        }
        size_t end = 0;
        while (end < rest.bytes && rest.at[end] != ';' && !html_class_is(rest.at[end], HTML_CLASS_SPACE))
            end++;
        return span_first(rest, end);
    }
    return SPAN_NONE;
}

static struct span label_of_meta(const struct html_token *tag)
{
    const struct html_attribute *charset = html_token_attribute(tag, SPAN("charset"));
    const struct html_attribute *pragma = html_token_attribute(tag, SPAN("http-equiv"));
    const struct html_attribute *content = html_token_attribute(tag, SPAN("content"));
    if (charset)
        return charset->value;
    if (pragma && content && span_equal_nocase(pragma->value, SPAN("content-type")))
        return label_behind(content->value, SPAN("charset"));
    return SPAN_NONE;
}

/* The prescan knows no content of script or title: a tokenizer that is never told to enter one does the same. */
static enum html_charset prescan(struct span head)
{
    struct html_tokenizer tokenizer;
    struct html_token token;
    enum html_charset of_xml = HTML_CHARSET_UNDECLARED;
    html_token_init(&tokenizer, span_first(head, PRESCAN_BYTES));
    tokenizer.wants_all_attributes = true;
    while (html_token_next(&tokenizer, &token)) {
        enum html_charset charset = HTML_CHARSET_UNDECLARED;
        if (token.kind == HTML_TOKEN_INSTRUCTION && token.text.at == head.at + 2 &&
            span_starts(token.text, SPAN("xml")))
            of_xml = charset_of_label(label_behind(token.text, SPAN("encoding")));
        if (token.kind == HTML_TOKEN_START && span_equal(token.element->name, SPAN("meta")))
            charset = charset_of_label(label_of_meta(&token));
        if (charset == HTML_CHARSET_UTF16LE || charset == HTML_CHARSET_UTF16BE)
            return HTML_CHARSET_UTF8; /* it was legible as ASCII, so it is not UTF-16 */
        if (charset != HTML_CHARSET_UNDECLARED)
            return charset;
    }
    bool of_wide = of_xml == HTML_CHARSET_UTF16LE || of_xml == HTML_CHARSET_UTF16BE;
    return of_wide ? HTML_CHARSET_UTF8 : of_xml;
}

enum html_charset html_charset_of(struct span body, struct span http_charset)
{
    if (span_starts(body, SPAN("\xef\xbb\xbf")))
        return HTML_CHARSET_UTF8;
    if (span_starts(body, SPAN("\xff\xfe")))
        return HTML_CHARSET_UTF16LE;
    if (span_starts(body, SPAN("\xfe\xff")))
        return HTML_CHARSET_UTF16BE;
    enum html_charset charset = charset_of_label(http_charset);
    return charset != HTML_CHARSET_UNDECLARED ? charset : prescan(body);
}

static uint32_t unit_at(struct span body, size_t at, bool big)
{
    unsigned char first = (unsigned char)body.at[at], second = (unsigned char)body.at[at + 1];
    return big ? (uint32_t)first << 8 | second : (uint32_t)second << 8 | first;
}

struct span html_charset_from_utf16(struct span body, enum html_charset charset, struct arena *arena)
{
    bool big = charset == HTML_CHARSET_UTF16BE;
    char *out = arena_bytes(arena, body.bytes / 2 * 3 + 3);
    if (!out)
        return SPAN_NONE;
    size_t n = 0, at = body.bytes > 1 && unit_at(body, 0, big) == 0xfeff ? 2 : 0;
    while (at + 1 < body.bytes) {
        uint32_t code = unit_at(body, at, big);
        at += 2;
        if (code >= 0xd800 && code < 0xdc00 && at + 1 < body.bytes) {
            uint32_t low = unit_at(body, at, big);
            bool paired = low >= 0xdc00 && low < 0xe000;
            code = paired ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00) : HTML_CHARSET_REPLACEMENT;
            at += paired ? 2 : 0;
        } else if (code >= 0xd800 && code < 0xe000) {
            code = HTML_CHARSET_REPLACEMENT;
        }
        n += html_charset_put_utf8(code, out + n);
    }
    if (at < body.bytes)
        n += html_charset_put_utf8(HTML_CHARSET_REPLACEMENT, out + n);
    return span_of(out, n);
}

static bool is_utf8(struct span s)
{
    for (size_t at = 0; at < s.bytes;) {
        struct utf8_step step = utf8_next(s, at);
        if (!step.valid)
            return false;
        at += step.bytes;
    }
    return true;
}

static size_t count_not_ascii(struct span s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.bytes; i++)
        count += (unsigned char)s.at[i] >= 0x80;
    return count;
}

struct span html_charset_to_utf8(struct span value, enum html_charset charset, struct arena *arena)
{
    if (charset != HTML_CHARSET_WINDOWS_1252 && charset != HTML_CHARSET_UNDECLARED)
        return value;
    size_t wide_count = count_not_ascii(value);
    if (!wide_count || (charset == HTML_CHARSET_UNDECLARED && is_utf8(value)))
        return value;
    char *out = arena_bytes(arena, value.bytes + 2 * wide_count);
    if (!out)
        return SPAN_NONE;
    size_t n = 0;
    for (size_t i = 0; i < value.bytes; i++)
        n += html_charset_put_utf8(html_charset_windows_1252((unsigned char)value.at[i]), out + n);
    return span_of(out, n);
}
