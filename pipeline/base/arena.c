// SPDX-License-Identifier: MIT
#include "base/arena.h"

#include "base/pages.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define BLOCK_BYTES     (256u << 10) /* big enough that a page of facts fits one block */
#define HUGE_FROM_BYTES (PAGES_HUGE_BYTES / 4)
#define GROWN_BYTES     (2 * PAGES_HUGE_BYTES) /* a block of an arena that holds that much already */

struct arena_block {
    struct arena_block *next;
    size_t used_bytes, size_bytes;
    _Alignas(16) char data[];
};

void arena_init(struct arena *arena, size_t max_bytes)
{
    *arena = (struct arena){.max_bytes = max_bytes};
}

void arena_free(struct arena *arena)
{
    for (struct arena_block *b = arena->first, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    arena_init(arena, arena->max_bytes);
}

void arena_reset(struct arena *arena)
{
    arena_back_to(arena, (struct arena_mark){0});
    arena->full = false;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){arena->current, arena->current ? arena->current->used_bytes : 0};
}

void arena_back_to(struct arena *arena, struct arena_mark mark)
{
    struct arena_block *keep = mark.block ? mark.block : arena->first;
    if (!keep)
        return;
    keep->used_bytes = mark.block ? mark.used_bytes : 0;
    for (struct arena_block *b = keep->next; b; b = b->next)
        b->used_bytes = 0;
    arena->current = keep;
}

/* How large a block with room for that much is: the more there is, the more is still to come. The second is a huge page. */
static size_t block_bytes(const struct arena *arena, size_t bytes)
{
    const size_t head = sizeof(struct arena_block);
    size_t least = !arena->held_bytes                ? BLOCK_BYTES
                   : arena->held_bytes < GROWN_BYTES ? PAGES_HUGE_BYTES - head
                                                     : GROWN_BYTES - head;
    if (bytes < least)
        bytes = least;
    if (bytes > SIZE_MAX / 2 || bytes < HUGE_FROM_BYTES)
        return bytes;
    return pages_round(bytes + head) - head;
}

static struct arena_block *block_with_room(struct arena *arena, size_t bytes)
{
    struct arena_block *last = arena->current;
    for (struct arena_block *b = last ? last->next : arena->first; b; last = b, b = b->next)
        if (b->size_bytes >= bytes)
            return arena->current = b;
    size_t size = block_bytes(arena, bytes), left = arena->max_bytes - arena->held_bytes;
    if (size > left)
        size = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
    if (size > left)
        return NULL;
    size_t whole = sizeof(struct arena_block) + size;
    struct arena_block *fresh = pages_alloc(whole);
    if (!fresh)
        return NULL;
    fresh->next = NULL;
    fresh->used_bytes = 0;
    fresh->size_bytes = size;
    if (last)
        last->next = fresh;
    else
        arena->first = fresh;
    arena->held_bytes += size;
    return arena->current = fresh;
}

static char *take(struct arena *arena, size_t bytes, size_t align)
{
    struct arena_block *b = arena->current;
    size_t at = b ? (b->used_bytes + align - 1) & ~(align - 1) : 0;
    if (!b || at > b->size_bytes || bytes > b->size_bytes - at) {
        b = bytes <= arena->max_bytes ? block_with_room(arena, bytes) : NULL;
        at = 0;
    }
    if (!b) {
        arena->full = true;
        return NULL;
    }
    b->used_bytes = at + bytes;
    return b->data + at;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
    char *p = take(arena, bytes, 16);
    return p ? memset(p, 0, bytes) : NULL;
}

void *arena_raw(struct arena *arena, size_t bytes)
{
    return take(arena, bytes, 16);
}

char *arena_bytes(struct arena *arena, size_t bytes)
{
    return take(arena, bytes, 1);
}

struct span arena_copy(struct arena *arena, struct span s)
{
    char *p = take(arena, s.bytes + 1, 1);
    if (!p)
        return SPAN_NONE;
    if (s.bytes)
        memcpy(p, s.at, s.bytes);
    p[s.bytes] = 0;
    return span_of(p, s.bytes);
}

struct span arena_format(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int bytes = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = bytes >= 0 ? take(arena, (size_t)bytes + 1, 1) : NULL;
    if (p)
        vsnprintf(p, (size_t)bytes + 1, format, again);
    va_end(again);
    return p ? span_of(p, (size_t)bytes) : SPAN_NONE;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t item_bytes)
{
    assert(count <= *capacity);
    if (count < *capacity)
        return items;
    size_t wanted = *capacity ? *capacity * 2 : 8;
    char *moved = wanted <= SIZE_MAX / item_bytes ? take(arena, wanted * item_bytes, 16) : NULL;
    if (!moved)
        return NULL;
    if (count)
        memcpy(moved, items, count * item_bytes);
    memset(moved + count * item_bytes, 0, (wanted - count) * item_bytes);
    *capacity = wanted;
    return moved;
}
