// SPDX-License-Identifier: MIT
#include "base/span.h"

/* Eight bytes with their capitals made small: bit 7 of a byte of `capital` says that it is one of A to Z. */
static uint64_t lower(const char *at)
{
    const uint64_t ones = 0x0101010101010101u, tops = ones << 7;
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    uint64_t low = bytes & ~tops, from_a = low + ones * (128 - 'A'), over_z = low + ones * (127 - 'Z'),
             capital = (from_a ^ over_z) & ~bytes & tops;
    return bytes | capital >> 2;
}

bool span_same_nocase(const char *a, const char *b, size_t bytes)
{
    size_t i = 0;
    for (; i + 8 <= bytes; i += 8)
        if (lower(a + i) != lower(b + i))
            return false;
    if (bytes >= 8) /* the last eight once more */
        return lower(a + bytes - 8) == lower(b + bytes - 8);
    for (; i < bytes; i++)
        if (ascii_lower(a[i]) != ascii_lower(b[i]))
            return false;
    return true;
}

bool span_is_one_of(struct span s, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (span_equal_nocase(s, span_of_string(texts[i])))
            return true;
    return false;
}

bool span_starts(struct span s, struct span prefix)
{
    return s.bytes >= prefix.bytes && span_equal(span_first(s, prefix.bytes), prefix);
}

bool span_starts_nocase(struct span s, struct span prefix)
{
    return s.bytes >= prefix.bytes && span_equal_nocase(span_first(s, prefix.bytes), prefix);
}

bool span_ends(struct span s, struct span suffix)
{
    return s.bytes >= suffix.bytes && span_equal(span_from(s, s.bytes - suffix.bytes), suffix);
}

bool span_ends_nocase(struct span s, struct span suffix)
{
    return s.bytes >= suffix.bytes && span_equal_nocase(span_from(s, s.bytes - suffix.bytes), suffix);
}

bool span_is_within(struct span host, struct span domain)
{
    return span_ends(host, domain) &&
           (host.bytes == domain.bytes || host.at[host.bytes - domain.bytes - 1] == '.');
}

int span_compare(struct span a, struct span b)
{
    size_t n = a.bytes < b.bytes ? a.bytes : b.bytes;
    int order = n ? memcmp(a.at, b.at, n) : 0;
    if (order)
        return order;
    return (a.bytes > b.bytes) - (a.bytes < b.bytes);
}

size_t span_find(struct span s, char c, size_t from)
{
    if (from >= s.bytes)
        return s.bytes;
    const char *hit = memchr(s.at + from, c, s.bytes - from);
    return hit ? (size_t)(hit - s.at) : s.bytes;
}

size_t span_find_span(struct span s, struct span needle, size_t from)
{
    if (from >= s.bytes || needle.bytes == 0)
        return s.bytes;
    const char *hit = memmem(s.at + from, s.bytes - from, needle.at, needle.bytes);
    return hit ? (size_t)(hit - s.at) : s.bytes;
}

size_t span_find_last(struct span s, char c)
{
    const char *hit = s.bytes ? memrchr(s.at, c, s.bytes) : NULL;
    return hit ? (size_t)(hit - s.at) : s.bytes;
}

bool span_has_nocase(struct span s, struct span needle)
{
    for (size_t i = 0; i + needle.bytes <= s.bytes; i++)
        if (span_equal_nocase(span_of(s.at + i, needle.bytes), needle))
            return true;
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct span span_trim(struct span s)
{
    while (s.bytes && is_blank(s.at[0]))
        s = span_from(s, 1);
    while (s.bytes && is_blank(s.at[s.bytes - 1]))
        s.bytes--;
    return s;
}

struct span span_cut(struct span *rest, char separator)
{
    size_t at = span_find(*rest, separator, 0);
    struct span head = span_first(*rest, at);
    *rest = at < rest->bytes ? span_from(*rest, at + 1) : SPAN_NONE;
    return head;
}

struct span span_cut_line(struct span *rest)
{
    struct span line = span_cut(rest, '\n');
    while (line.bytes && line.at[line.bytes - 1] == '\r')
        line.bytes--;
    return line;
}

bool span_to_u64(struct span s, uint64_t *out)
{
    uint64_t value = 0;
    if (s.bytes == 0 || s.bytes > 20)
        return false;
    for (size_t i = 0; i < s.bytes; i++) {
        if (!ascii_is_digit(s.at[i]))
            return false;
        unsigned digit = (unsigned)(s.at[i] - '0');
        if (value > (UINT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}
