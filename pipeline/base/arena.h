// SPDX-License-Identifier: MIT
/*
 * arena.h - memory that is given back all at once.
 *
 *   [block 0: used....|free]  ->  [block 1: used..|free]      mark = (block, used)
 *
 * Nothing is freed singly. When the cap is reached or the system has no more, arena_alloc returns NULL and `full`
 * stays set, so a builder may ask once at its end. An arena belongs to one thread.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/err.h"
#include "base/span.h"

struct arena_block;
struct arena {
    struct arena_block *first, *current;
    size_t held_bytes, max_bytes;
    bool full;
};
struct arena_mark {
    struct arena_block *block;
    size_t used_bytes;
};

void arena_init(struct arena *arena, size_t max_bytes);
void arena_free(struct arena *arena);
/* Forgets everything and clears `full`, keeping the first blocks for reuse. */
void arena_reset(struct arena *arena);
struct arena_mark arena_mark(const struct arena *arena);
void arena_back_to(struct arena *arena, struct arena_mark mark);

/* Zeroed and aligned to 16, or NULL. 0 bytes give a valid pointer. */
void *arena_alloc(struct arena *arena, size_t bytes);
/* The same but not zeroed: for much that is written before it is read, by whichever thread. */
void *arena_raw(struct arena *arena, size_t bytes);
/* Not zeroed, not aligned: for text. */
char *arena_bytes(struct arena *arena, size_t bytes);
/* A copy of s (with a NUL behind it that is not counted); .at is NULL when the arena is full. */
struct span arena_copy(struct arena *arena, struct span s);
struct span arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Room for one more item in an array of `count` items: returns the array (moved when it had to grow) and updates
 * *capacity, or NULL. Usage: ARENA_PUSH(arena, list->items, list->count, list->capacity) -> pointer to a zeroed new item.
 */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t item_bytes);
#define ARENA_PUSH(arena, items, count, capacity)                                                            \
    ({                                                                                                       \
        __typeof__(items) grown_ = arena_grow((arena), (items), (count), &(capacity), sizeof *(items));      \
        if (grown_)                                                                                          \
            (items) = grown_;                                                                                \
        grown_ ? memset(&(items)[(count)++], 0, sizeof *(items)) : NULL;                                     \
    })

#endif
