// SPDX-License-Identifier: MIT
/*
 * keyed.h - many numbers sorted by a key each: one step per byte in which keys differ, whatever their order was.
 *
 * In:     numbers with keys
 * Out:    in the order of the keys; of equal keys in the order they had
 * Owns:   nothing
 * Limits: none
 * Errors: none
 * Source: radix sort from the lowest byte on
 */
#ifndef INDEX_KEYED_H
#define INDEX_KEYED_H

#include <stddef.h>
#include <stdint.h>

struct keyed {
    uint64_t key;
    uint32_t number;
};
/* room: for as many items. */
void keyed_sort(struct keyed *items, struct keyed *room, size_t count);
/* A signed key. */
static inline uint64_t keyed_of_i64(int64_t value)
{
    return (uint64_t)value ^ UINT64_C(1) << 63;
}

#endif
