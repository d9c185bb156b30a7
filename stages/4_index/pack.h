// SPDX-License-Identifier: MIT
/*
 * pack.h - integers and texts as bytes, the same on every machine.
 *
 * In:     values
 * Out:    LEB128 varints (signed ones zigzag), texts with their length before them; big-endian integers for
 *         keys
 * Owns:   nothing
 * Limits: none of its own
 * Errors: a reader past its end sets `bad`, gives zeros from
 *         then on, and is asked once
 * Source: LEB128 as in DWARF 5, 7.6
 */
#ifndef INDEX_PACK_H
#define INDEX_PACK_H

#include "base/buf.h"

#define PACK_U64_BYTES 10 /* at most */
/* Into room that is there; returns the place behind. */
static inline char *pack_put(char *to, uint64_t value)
{
    for (; value > 0x7f; value >>= 7)
        *to++ = (char)(value | 0x80);
    *to++ = (char)value;
    return to;
}
static inline uint64_t pack_zigzag(int64_t value)
{
    return (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0);
}
void pack_u64(struct buf *out, uint64_t value);
void pack_i64(struct buf *out, int64_t value);
void pack_text(struct buf *out, struct span text);

struct unpack {
    struct span rest;
    bool bad;
};
uint64_t unpack_long(struct unpack *in); /* of any length */
static inline uint64_t unpack_u64(struct unpack *in)
{
    if (!in->rest.bytes || (in->rest.at[0] & 0x80))
        return unpack_long(in);
    in->rest.bytes--;
    return (unsigned char)*in->rest.at++;
}
int64_t unpack_i64(struct unpack *in);
struct span unpack_text(struct unpack *in);

/* Big-endian, so that keys sort as numbers. */
static inline void pack_be(unsigned char *to, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        to[i] = (unsigned char)(value >> (8 * (bytes - 1 - i)));
}
static inline uint64_t unpack_be(const char *from, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++)
        value = value << 8 | (unsigned char)from[i];
    return value;
}

#endif
