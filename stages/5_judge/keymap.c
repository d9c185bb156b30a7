// SPDX-License-Identifier: MIT
#include "5_judge/keymap.h"

void keymap_init(struct keymap *map, struct arena *arena)
{
    *map = (struct keymap){.arena = arena};
}

/* The numbers are dense and from our own tables, so one multiplication spreads them. */
static struct keymap_slot *slot_of(const struct keymap *map, uint32_t a, uint32_t b)
{
    uint64_t hash = ((uint64_t)a << 32 | b) * 0x9e3779b97f4a7c15u;
    size_t mask = map->slot_count - 1, i = (hash ^ hash >> 29) & mask;
    while (map->slots[i].used && (map->slots[i].a != a || map->slots[i].b != b))
        i = (i + 1) & mask;
    return &map->slots[i];
}

static bool grow(struct keymap *map)
{
    struct keymap old = *map;
    map->slot_count = old.slot_count ? old.slot_count * 2 : 256;
    map->slots = arena_alloc(map->arena, map->slot_count * sizeof *map->slots);
    if (!map->slots) {
        *map = old;
        return false;
    }
    for (size_t i = 0; i < old.slot_count; i++)
        if (old.slots[i].used)
            *slot_of(map, old.slots[i].a, old.slots[i].b) = old.slots[i];
    return true;
}

uint32_t *keymap_add(struct keymap *map, uint32_t a, uint32_t b)
{
    if (map->count * 4 >= map->slot_count * 3 && !grow(map))
        return NULL;
    struct keymap_slot *slot = slot_of(map, a, b);
    if (!slot->used) {
        *slot = (struct keymap_slot){a, b, 0, true};
        map->count++;
    }
    return &slot->value;
}

uint32_t *keymap_find(const struct keymap *map, uint32_t a, uint32_t b)
{
    if (!map->slot_count)
        return NULL;
    struct keymap_slot *slot = slot_of(map, a, b);
    return slot->used ? &slot->value : NULL;
}
