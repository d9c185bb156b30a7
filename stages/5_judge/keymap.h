// SPDX-License-Identifier: MIT
/*
 * keymap.h - numbers by pairs of numbers, for tables of one judging.
 *
 * In:     two 32-bit keys
 * Out:    a 32-bit value, 0 until it is set
 * Owns:   nothing: lives in the caller's arena
 * Limits: none of its own
 * Errors: NULL when the arena is full
 * Source: -
 */
#ifndef JUDGE_KEYMAP_H
#define JUDGE_KEYMAP_H

#include "base/arena.h"

struct keymap_slot {
    uint32_t a, b, value;
    bool used;
};
struct keymap {
    struct arena *arena;
    struct keymap_slot *slots;
    size_t count, slot_count;
};
void keymap_init(struct keymap *map, struct arena *arena);
/* The value, added as 0 when new; good until the next call. NULL: memory. */
uint32_t *keymap_add(struct keymap *map, uint32_t a, uint32_t b);
/* NULL: not there. */
uint32_t *keymap_find(const struct keymap *map, uint32_t a, uint32_t b);

#endif
