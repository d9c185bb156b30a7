// SPDX-License-Identifier: MIT
#include "3_extract/url_internal.h"

/* Decimal, octal (0...) or hexadecimal (0x...); saturates, since all that matters beyond 2^32 is that it is
 * too big. */
static bool parse_number(struct span s, uint64_t *out)
{
    unsigned base = 10;
    if (s.bytes == 0)
        return false;
    if (s.bytes >= 2 && s.at[0] == '0') {
        bool hex = ascii_lower(s.at[1]) == 'x';
        base = hex ? 16 : 8;
        s = span_from(s, hex ? 2 : 1);
    }
    uint64_t value = 0;
    for (size_t i = 0; i < s.bytes; i++) {
        int digit = ascii_hex(s.at[i]);
        if (digit < 0 || (unsigned)digit >= base)
            return false;
        value = value > UINT32_MAX ? value : value * base + (unsigned)digit;
    }
    *out = value;
    return true;
}

static struct span without_last_dot(struct span domain)
{
    bool dot = domain.bytes > 1 && domain.at[domain.bytes - 1] == '.';
    return span_first(domain, domain.bytes - dot);
}

bool url_ip_ends_in_number(struct span domain)
{
    domain = without_last_dot(domain);
    size_t dot = span_find_last(domain, '.');
    struct span last = dot < domain.bytes ? span_from(domain, dot + 1) : domain;
    size_t digits = 0;
    while (digits < last.bytes && ascii_is_digit(last.at[digits]))
        digits++;
    uint64_t value;
    return (digits && digits == last.bytes) || parse_number(last, &value);
}

static void add_number(struct url_text *out, unsigned value, unsigned base)
{
    char digits[10], *p = digits + sizeof digits;
    do
        *--p = "0123456789abcdef"[value % base];
    while (value /= base);
    url_encode_plain(out, span_of(p, (size_t)(digits + sizeof digits - p)));
}

enum err url_ip_parse_v4(struct span domain, struct url_text *out)
{
    uint64_t part, address = 0;
    unsigned count = 0;
    for (struct span rest = without_last_dot(domain); rest.at; count++) {
        if (count == 4 || !parse_number(span_cut(&rest, '.'), &part))
            return ERR_URL;
        /* All but the last part are one byte; the last fills what is left. */
        if (part >= (rest.at ? 256 : UINT64_C(1) << 8 * (4 - count)))
            return ERR_URL;
        address |= rest.at ? part << 8 * (3 - count) : part;
    }
    for (int shift = 24; shift >= 0; shift -= 8) {
        add_number(out, address >> shift & 255, 10);
        url_encode_plain(out, shift ? SPAN(".") : SPAN_NONE);
    }
    return ERR_OK;
}

/* "1.2.3.4" at the end of an IPv6 address: four decimal bytes without leading zeros, nothing behind. */
static bool parse_tail(struct span s, uint16_t pieces[2])
{
    unsigned count = 0;
    while (s.at) {
        struct span part = span_cut(&s, '.');
        uint64_t value;
        if (count == 4 || part.bytes > 3 || !span_to_u64(part, &value) || value > 255)
            return false;
        if (part.bytes > 1 && part.at[0] == '0')
            return false;
        pieces[count / 2] = (uint16_t)(pieces[count / 2] << 8 | value);
        count++;
    }
    return count == 4;
}

/* The pieces, and in *gap the index where "::" stood (-1: nowhere). */
static bool parse_pieces(struct span s, uint16_t pieces[8], int *count, int *gap)
{
    size_t at = 0;
    *count = 0;
    *gap = -1;
    if (span_starts(s, SPAN("::"))) {
        at = 2;
        *gap = 0;
    }
    while (at < s.bytes) {
        int taken = *count + (*gap >= 0); /* "::" stands for at least one piece */
        if (taken >= 8)
            return false;
        size_t start = at;
        unsigned value = 0;
        while (at < s.bytes && at < start + 4 && ascii_hex(s.at[at]) >= 0)
            value = value * 16 + (unsigned)ascii_hex(s.at[at++]);
        if (at < s.bytes && s.at[at] == '.' && at > start) {
            if (taken > 6 || !parse_tail(span_from(s, start), pieces + *count))
                return false;
            *count += 2;
            break;
        }
        bool colon = at < s.bytes && s.at[at] == ':';
        if (at == start || (at < s.bytes && !colon))
            return false;
        pieces[(*count)++] = (uint16_t)value;
        if (!colon)
            break;
        at++;
        if (at == s.bytes)
            return false;
        if (s.at[at] == ':') {
            if (*gap >= 0)
                return false;
            *gap = *count;
            at++;
        }
    }
    return *gap >= 0 ? *count < 8 : *count == 8;
}

/* First longest run of at least two zeros, or 8. */
static int longest_zeros(const uint16_t pieces[8], int *length)
{
    int best = 8;
    *length = 1;
    for (int i = 0, run = 0; i < 8; i++) {
        run = pieces[i] ? 0 : run + 1;
        if (run > *length) {
            *length = run;
            best = i - run + 1;
        }
    }
    return best;
}

enum err url_ip_parse_v6(struct span text, struct url_text *out)
{
    uint16_t pieces[8] = {0};
    int count, gap, zeros_length;
    if (!parse_pieces(text, pieces, &count, &gap))
        return ERR_URL;
    if (gap >= 0) {
        int moved = count - gap;
        memmove(pieces + 8 - moved, pieces + gap, (size_t)moved * sizeof *pieces);
        memset(pieces + gap, 0, (size_t)(8 - count) * sizeof *pieces);
    }
    int zeros = longest_zeros(pieces, &zeros_length);
    url_encode_plain(out, SPAN("["));
    for (int i = 0; i < 8; i++) {
        if (i == zeros) {
            url_encode_plain(out, i ? SPAN(":") : SPAN("::"));
            i += zeros_length - 1;
            continue;
        }
        add_number(out, pieces[i], 16);
        url_encode_plain(out, i < 7 ? SPAN(":") : SPAN_NONE);
    }
    url_encode_plain(out, SPAN("]"));
    return ERR_OK;
}
