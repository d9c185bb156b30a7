// SPDX-License-Identifier: MIT
#include "base/intern.h"

#include "base/hash.h"

void intern_init(struct intern *intern, struct arena *arena)
{
    *intern = (struct intern){.arena = arena};
}

static size_t slot_of(const struct intern *intern, struct span text)
{
    size_t mask = intern->slot_count - 1;
    size_t i = hash_span(text) & mask;
    while (intern->slots[i] && !span_equal(intern->texts[intern->slots[i] - 1], text))
        i = (i + 1) & mask;
    return i;
}

static bool grow(struct intern *intern)
{
    size_t wanted = intern->slot_count ? intern->slot_count * 2 : 64;
    uint32_t *slots = arena_alloc(intern->arena, wanted * sizeof *slots);
    if (!slots)
        return false;
    intern->slots = slots;
    intern->slot_count = wanted;
    for (size_t i = 0; i < intern->count; i++)
        slots[slot_of(intern, intern->texts[i])] = (uint32_t)i + 1;
    return true;
}

uint32_t intern_add(struct intern *intern, struct span text)
{
    if (intern->count * 4 >= intern->slot_count * 3 && !grow(intern))
        return INTERN_NONE;
    size_t slot = slot_of(intern, text);
    if (intern->slots[slot])
        return intern->slots[slot] - 1;
    struct span copy = arena_copy(intern->arena, text);
    struct span *item =
        copy.at ? ARENA_PUSH(intern->arena, intern->texts, intern->count, intern->capacity) : NULL;
    if (!item)
        return INTERN_NONE;
    *item = copy;
    intern->slots[slot] = (uint32_t)intern->count;
    return (uint32_t)intern->count - 1;
}

uint32_t intern_find(const struct intern *intern, struct span text)
{
    if (!intern->slot_count)
        return INTERN_NONE;
    uint32_t found = intern->slots[slot_of(intern, text)];
    return found ? found - 1 : INTERN_NONE;
}
