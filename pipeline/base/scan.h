// SPDX-License-Identifier: MIT
/*
 * scan.h - where the next of a few bytes stands, 64 bytes at a time.
 *
 *   text    a{b:url(x)}        set  { } (
 *   mask    01000001001        bit i: the byte at `at` + i is one of the set
 *
 * In:     any bytes; a set of at most eight, and of all below a limit
 * Out:    masks, or the offset of the next byte of the set
 * Owns:   nothing
 * Limits: none; no byte behind the text is read
 * Errors: none
 * Source: -
 */
#ifndef BASE_SCAN_H
#define BASE_SCAN_H

#include "base/span.h"

#define SCAN_BYTES 64

/* A byte is of the set when it is `below` the limit, or when its halves share a bit in the two tables: byte i has bit i. */
struct scan_set {
    unsigned char bytes[8];
    unsigned char below;
    unsigned char low[16], high[16];
};
#define SCAN_HALF(n, part, a, b, c, d, e, f, g, h)                                                           \
    (unsigned char)((part(a) == (n)) << 0 | (part(b) == (n)) << 1 | (part(c) == (n)) << 2 |                  \
                    (part(d) == (n)) << 3 | (part(e) == (n)) << 4 | (part(f) == (n)) << 5 |                  \
                    (part(g) == (n)) << 6 | (part(h) == (n)) << 7)
#define SCAN_LOW(c)  ((c)&15)
#define SCAN_HIGH(c) ((c) >> 4)
#define SCAN_HALVES(part, ...)                                                                               \
    {                                                                                                        \
        SCAN_HALF(0, part, __VA_ARGS__), SCAN_HALF(1, part, __VA_ARGS__), SCAN_HALF(2, part, __VA_ARGS__),   \
            SCAN_HALF(3, part, __VA_ARGS__), SCAN_HALF(4, part, __VA_ARGS__),                                \
            SCAN_HALF(5, part, __VA_ARGS__), SCAN_HALF(6, part, __VA_ARGS__),                                \
            SCAN_HALF(7, part, __VA_ARGS__), SCAN_HALF(8, part, __VA_ARGS__),                                \
            SCAN_HALF(9, part, __VA_ARGS__), SCAN_HALF(10, part, __VA_ARGS__),                               \
            SCAN_HALF(11, part, __VA_ARGS__), SCAN_HALF(12, part, __VA_ARGS__),                              \
            SCAN_HALF(13, part, __VA_ARGS__), SCAN_HALF(14, part, __VA_ARGS__),                              \
            SCAN_HALF(15, part, __VA_ARGS__)                                                                 \
    }
/* Eight ASCII bytes (with fewer, one of them again), and the limit. */
#define SCAN_SET(below, ...)                                                                                 \
    {                                                                                                        \
        {__VA_ARGS__}, below, SCAN_HALVES(SCAN_LOW, __VA_ARGS__), SCAN_HALVES(SCAN_HIGH, __VA_ARGS__)        \
    }

/* How one kind of processor does it; all give the same masks. */
struct scan_way {
    const char *name;
    uint64_t (*mask)(const char *at, const struct scan_set *set); /* of SCAN_BYTES bytes */
    /* Of block after block: to[0] is of the first one, to[step] of the next. NULL: as fast with mask. */
    void (*masks)(const char *at, size_t block_count, const struct scan_set *set, uint64_t *to, size_t step);
};
/* The ways this processor has, the fastest first; NULL behind the last. */
const struct scan_way *scan_way_at(size_t index);

/* Of the last bytes of the text, from `from` on: fewer than SCAN_BYTES. */
uint64_t scan_mask_last(const struct scan_way *way, struct span text, const struct scan_set *set,
                        size_t from);
/* Of the bytes from `from` on, which is in the text; behind its end the bits are 0. */
static inline uint64_t scan_mask(const struct scan_way *way, struct span text, const struct scan_set *set,
                                 size_t from)
{
    return text.bytes - from >= SCAN_BYTES ? way->mask(text.at + from, set)
                                           : scan_mask_last(way, text, set, from);
}
/* The masks of the whole text, block after block: of each one as many as there are sets. */
void scan_masks(const struct scan_way *way, struct span text, const struct scan_set *sets, size_t set_count,
                uint64_t *to);
/* The first one at or after `from`, or text.bytes. */
size_t scan_find(struct span text, const struct scan_set *set, size_t from);

/* All of them, one after the other. */
struct scan_walk {
    struct span text;
    const struct scan_set *set;
    const struct scan_way *way;
    size_t at;
    uint64_t mask;
};
/* The next one, or text.bytes; then the walk stays there. */
static inline size_t scan_walk_next(struct scan_walk *walk)
{
    while (!walk->mask) {
        if (walk->text.bytes - walk->at <= SCAN_BYTES)
            return walk->text.bytes;
        walk->at += SCAN_BYTES;
        walk->mask = scan_mask(walk->way, walk->text, walk->set, walk->at);
    }
    size_t found = walk->at + (size_t)__builtin_ctzll(walk->mask);
    walk->mask &= walk->mask - 1;
    return found;
}
/* On to those at or after `at`, which is not before what came last. */
static inline void scan_walk_to(struct scan_walk *walk, size_t at)
{
    if (at - walk->at < SCAN_BYTES) {
        walk->mask &= ~(uint64_t)0 << (at - walk->at);
    } else {
        walk->at = at < walk->text.bytes ? at : walk->text.bytes;
        walk->mask = at < walk->text.bytes ? scan_mask(walk->way, walk->text, walk->set, at) : 0;
    }
}
/* Those at or after `from`. */
static inline struct scan_walk scan_walk_of(const struct scan_way *way, struct span text,
                                            const struct scan_set *set, size_t from)
{
    struct scan_walk walk = {text, set, way, 0, 0};
    walk.at = from < text.bytes ? from : text.bytes;
    walk.mask = from < text.bytes ? scan_mask(way, text, set, from) : 0;
    return walk;
}

#endif
