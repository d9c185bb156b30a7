// SPDX-License-Identifier: MIT
/*
 * intern.h - each distinct byte string once, numbered 0, 1, 2 ... in the order first seen.
 *
 * Texts are copied into the given arena and live as long as it. One thread.
 */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include "base/arena.h"

#define INTERN_NONE UINT32_MAX

struct intern {
    struct arena *arena;
    struct span *texts;
    uint32_t *slots; /* index + 1 into texts; 0 = free */
    size_t count, capacity, slot_count;
};

void intern_init(struct intern *intern, struct arena *arena);
/* Its number, added when new; INTERN_NONE when the arena is full. */
uint32_t intern_add(struct intern *intern, struct span text);
/* Its number, or INTERN_NONE. */
uint32_t intern_find(const struct intern *intern, struct span text);
static inline struct span intern_text(const struct intern *intern, uint32_t id)
{
    return intern->texts[id];
}

#endif
