// SPDX-License-Identifier: MIT
#include "3_extract/url_internal.h"

#include "base/limits.h"
#include "base/utf8.h"

// clang-format off
#define F URL_SET_FRAGMENT
#define Q (URL_SET_QUERY | URL_SET_SPECIAL_QUERY)
#define P URL_SET_PATH
#define U URL_SET_USERINFO
#define D URL_FORBIDDEN_DOMAIN
#define H (URL_FORBIDDEN_HOST | D)
#define EVERY (URL_SET_C0 | F | Q | P | U)

static const uint8_t sets[256] = {
    [0x00] = EVERY | H, [0x01 ... 0x08] = EVERY | D, ['\t'] = EVERY | H, ['\n'] = EVERY | H,
    [0x0b ... 0x0c] = EVERY | D, ['\r'] = EVERY | H, [0x0e ... 0x1f] = EVERY | D,
    [' '] = F | Q | P | U | H, ['"'] = F | Q | P | U, ['<'] = F | Q | P | U | H, ['>'] = F | Q | P | U | H,
    ['#'] = Q | P | U | H, ['\''] = URL_SET_SPECIAL_QUERY,
    ['?'] = P | U | H, ['^'] = P | U | H, ['`'] = F | P | U, ['{'] = P | U, ['}'] = P | U,
    ['/'] = U | H, [':'] = U | H, [';'] = U, ['='] = U, ['@'] = U | H, ['['] = U | H, ['\\'] = U | H,
    [']'] = U | H, ['|'] = U | H, ['%'] = D,
    [0x7f] = EVERY | D, [0x80 ... 0xff] = EVERY,
};
#undef F
#undef Q
#undef P
#undef U
#undef D
#undef H
#undef EVERY
// clang-format on

bool url_encode_has(struct span s, enum url_set set)
{
    for (size_t i = 0; i < s.bytes; i++)
        if (sets[(unsigned char)s.at[i]] & set)
            return true;
    return false;
}

static bool has_room(struct url_text *out, size_t bytes)
{
    if (bytes > LIMIT_URL_BYTES - out->bytes)
        out->full = true;
    return !out->full;
}

void url_encode_plain(struct url_text *out, struct span s)
{
    if (!s.bytes || !has_room(out, s.bytes))
        return;
    memcpy(out->at + out->bytes, s.at, s.bytes);
    out->bytes += s.bytes;
}

void url_encode_add(struct url_text *out, struct span s, enum url_set set)
{
    for (size_t at = 0; at < s.bytes;) {
        size_t start = at;
        while (at < s.bytes && !(sets[(unsigned char)s.at[at]] & set))
            at++;
        url_encode_plain(out, span_of(s.at + start, at - start));
        if (at == s.bytes)
            return;
        unsigned char c = (unsigned char)s.at[at++];
        char hex[3] = {'%', "0123456789ABCDEF"[c >> 4], "0123456789ABCDEF"[c & 15]};
        url_encode_plain(out, span_of(hex, 3));
    }
}

/* Offset of the first byte that is not ASCII, or is TAB, LF or CR. */
static size_t find_unclean(struct span text, size_t at)
{
    while (at < text.bytes && (unsigned char)text.at[at] < 0x80 && text.at[at] != '\t' &&
           text.at[at] != '\n' && text.at[at] != '\r')
        at++;
    return at;
}

enum err url_encode_clean(struct span text, struct arena *arena, struct span *out)
{
    size_t at = find_unclean(text, 0), bytes = at;
    *out = text;
    if (at == text.bytes)
        return ERR_OK;
    char *to = arena_bytes(arena, text.bytes * 3); /* U+FFFD has three bytes and replaces at least one */
    if (!to)
        return ERR_MEMORY;
    memcpy(to, text.at, at);
    while (at < text.bytes) {
        struct utf8_step step = utf8_next(text, at);
        struct span piece = span_of(text.at + at, step.code < 0x80 ? 0 : step.bytes);
        piece = step.valid ? piece : SPAN("\xef\xbf\xbd");
        memcpy(to + bytes, piece.at, piece.bytes);
        bytes += piece.bytes;
        at += step.bytes;
        size_t clean = find_unclean(text, at) - at;
        memcpy(to + bytes, text.at + at, clean);
        bytes += clean;
        at += clean;
    }
    *out = span_of(to, bytes);
    return ERR_OK;
}

enum err url_encode_undo(struct span text, struct arena *arena, struct span *out)
{
    *out = text;
    if (span_find(text, '%', 0) == text.bytes)
        return ERR_OK;
    char *to = arena_bytes(arena, text.bytes);
    if (!to)
        return ERR_MEMORY;
    size_t bytes = 0;
    for (size_t at = 0; at < text.bytes; at++, bytes++) {
        bool coded = text.at[at] == '%' && at + 2 < text.bytes && ascii_hex(text.at[at + 1]) >= 0 &&
                     ascii_hex(text.at[at + 2]) >= 0;
        to[bytes] =
            coded ? (char)(ascii_hex(text.at[at + 1]) * 16 + ascii_hex(text.at[at + 2])) : text.at[at];
        at += coded ? 2 : 0;
    }
    *out = span_of(to, bytes);
    return ERR_OK;
}
