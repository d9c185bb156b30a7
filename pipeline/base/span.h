// SPDX-License-Identifier: MIT
/*
 * span.h - a slice of bytes somebody else owns. No final NUL is promised, ever.
 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct span {
    const char *at;
    size_t bytes;
};

#define SPAN(literal) ((struct span){(literal), sizeof(literal) - 1})
#define SPAN_NONE     ((struct span){NULL, 0})
/* For printf("%.*s"): output is cut at INT_MAX. */
#define SPAN_ARG(s) (int)((s).bytes > INT32_MAX ? INT32_MAX : (s).bytes), (s).at ? (s).at : ""

static inline struct span span_of(const void *at, size_t bytes)
{
    return (struct span){at, bytes};
}
static inline struct span span_of_string(const char *text)
{
    return (struct span){text, text ? strlen(text) : 0};
}
static inline bool span_equal(struct span a, struct span b)
{
    return a.bytes == b.bytes && (a.bytes == 0 || memcmp(a.at, b.at, a.bytes) == 0);
}
/* Of no span nothing is left: NULL plus zero is undefined. */
static inline struct span span_from(struct span s, size_t offset)
{
    if (!s.bytes)
        return s;
    return offset >= s.bytes ? span_of(s.at + s.bytes, 0) : span_of(s.at + offset, s.bytes - offset);
}
static inline struct span span_first(struct span s, size_t bytes)
{
    return span_of(s.at, bytes < s.bytes ? bytes : s.bytes);
}
static inline char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}
static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool ascii_is_alpha(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}
/* The value of a hexadecimal digit, or -1. */
static inline int ascii_hex(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The same, of as many bytes. */
bool span_same_nocase(const char *a, const char *b, size_t bytes);
/* ASCII case-insensitive. Most that are compared differ in length or in the first byte. */
static inline bool span_equal_nocase(struct span a, struct span b)
{
    return a.bytes == b.bytes &&
           (!a.bytes || (((a.at[0] ^ b.at[0]) & 0xdf) == 0 && span_same_nocase(a.at, b.at, a.bytes)));
}
/* Equal to one of the texts, ASCII case ignored. */
bool span_is_one_of(struct span s, const char *const *texts, size_t count);
bool span_starts(struct span s, struct span prefix);
bool span_starts_nocase(struct span s, struct span prefix);
bool span_ends(struct span s, struct span suffix);
bool span_ends_nocase(struct span s, struct span suffix);
/* Is a host the domain or a name below it, label by label? Both written alike. */
bool span_is_within(struct span host, struct span domain);
/* Byte order; a prefix sorts before what it begins. */
int span_compare(struct span a, struct span b);

/* Offset of the first c or needle at or after `from`, or s.bytes when there is none. */
size_t span_find(struct span s, char c, size_t from);
size_t span_find_span(struct span s, struct span needle, size_t from);
size_t span_find_last(struct span s, char c);
bool span_has_nocase(struct span s, struct span needle);

/* Without blanks, TAB, CR and LF at both ends. */
struct span span_trim(struct span s);
/* Cuts *rest at the first `separator`: returns what is before it, leaves what is after. At the end *rest.at is NULL. */
struct span span_cut(struct span *rest, char separator);
/* One line without its LF and any CR before it; *rest as in span_cut. */
struct span span_cut_line(struct span *rest);
/* The whole span must be decimal digits and fit; else false and *out is left alone. */
bool span_to_u64(struct span s, uint64_t *out);

#endif
