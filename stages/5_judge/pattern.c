// SPDX-License-Identifier: MIT
#include "5_judge/pattern.h"

#include <stdlib.h>

struct pattern pattern_of(struct span text)
{
    struct pattern pattern = {.wildcard = span_starts(text, SPAN("*."))};
    text = span_from(text, pattern.wildcard ? 2 : 0);
    size_t slash = span_find(text, '/', 0);
    pattern.host = span_first(text, slash);
    pattern.path = span_from(text, slash);
    return pattern;
}

struct span pattern_host(struct span host)
{
    return span_first(host, host.bytes > 1 && host.at[host.bytes - 1] == '.' ? host.bytes - 1 : host.bytes);
}

bool pattern_path_covers(struct span prefix, struct span path)
{
    return span_starts(path, prefix) &&
           (prefix.bytes == 0 || path.bytes == prefix.bytes || path.at[prefix.bytes] == '/');
}

void pattern_map_init(struct pattern_map *map, struct arena *arena)
{
    *map = (struct pattern_map){.arena = arena};
    intern_init(&map->exact, arena);
    intern_init(&map->below, arena);
}

enum err pattern_map_add(struct pattern_map *map, struct span text, uint32_t value)
{
    struct pattern pattern = pattern_of(text);
    uint32_t key = intern_add(pattern.wildcard ? &map->below : &map->exact, pattern.host);
    struct pattern_entry *entry =
        key != INTERN_NONE ? ARENA_PUSH(map->arena, map->entries, map->count, map->capacity) : NULL;
    if (!entry)
        return ERR_MEMORY;
    *entry = (struct pattern_entry){pattern.path, key, value, pattern.wildcard};
    return ERR_OK;
}

/* Longest path first; `value` is no part of the order, so equal patterns need their old places: see the sort.
 */
static int compare_places(const void *a, const void *b)
{
    const struct pattern_entry *x = *(const struct pattern_entry *const *)a,
                               *y = *(const struct pattern_entry *const *)b;
    if (x->wildcard != y->wildcard)
        return x->wildcard - y->wildcard;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->path.bytes != y->path.bytes)
        return x->path.bytes > y->path.bytes ? -1 : 1;
    int order = span_compare(x->path, y->path);
    return order ? order : (x > y) - (x < y);
}

enum err pattern_map_sort(struct pattern_map *map)
{
    const struct pattern_entry **places = arena_alloc(map->arena, map->count * sizeof *places);
    struct pattern_entry *sorted = arena_alloc(map->arena, map->count * sizeof *sorted);
    map->exact_first = arena_alloc(map->arena, (map->exact.count + 1) * sizeof *map->exact_first);
    map->below_first = arena_alloc(map->arena, (map->below.count + 1) * sizeof *map->below_first);
    if (!places || !sorted || !map->exact_first || !map->below_first)
        return ERR_MEMORY;
    for (size_t i = 0; i < map->count; i++)
        places[i] = &map->entries[i];
    qsort(places, map->count, sizeof *places, compare_places);
    for (size_t i = map->count; i-- > 0;) {
        sorted[i] = *places[i];
        (sorted[i].wildcard ? map->below_first : map->exact_first)[sorted[i].key] = (uint32_t)i;
    }
    map->entries = sorted;
    return ERR_OK;
}

struct pattern_cursor pattern_map_find(struct span host, struct span path)
{
    return (struct pattern_cursor){.host = pattern_host(host), .path = path};
}

/* The entries of a key stand together. */
static void open_key(const struct pattern_map *map, struct pattern_cursor *cursor, uint32_t first)
{
    size_t end = first;
    while (end < map->count && map->entries[end].key == map->entries[first].key &&
           map->entries[end].wildcard == map->entries[first].wildcard)
        end++;
    cursor->next = first;
    cursor->end = end;
}

/* "a.b.dk" -> "a.b.dk", "b.dk", "dk" */
static bool open_next_key(const struct pattern_map *map, struct pattern_cursor *cursor)
{
    if (!cursor->exact_done) {
        cursor->exact_done = true;
        uint32_t key = intern_find(&map->exact, cursor->host);
        if (key != INTERN_NONE) {
            open_key(map, cursor, map->exact_first[key]);
            return true;
        }
    }
    while (map->below.count && cursor->suffix_at < cursor->host.bytes) {
        uint32_t key = intern_find(&map->below, span_from(cursor->host, cursor->suffix_at));
        cursor->suffix_at = span_find(cursor->host, '.', cursor->suffix_at) + 1;
        if (key != INTERN_NONE) {
            open_key(map, cursor, map->below_first[key]);
            return true;
        }
    }
    return false;
}

bool pattern_map_next(const struct pattern_map *map, struct pattern_cursor *cursor)
{
    do {
        for (; cursor->next < cursor->end; cursor->next++)
            if (pattern_path_covers(map->entries[cursor->next].path, cursor->path)) {
                cursor->entry = &map->entries[cursor->next++];
                return true;
            }
    } while (open_next_key(map, cursor));
    return false;
}

bool pattern_entry_ties(const struct pattern_entry *a, const struct pattern_entry *b)
{
    return a->wildcard == b->wildcard && a->key == b->key && span_equal(a->path, b->path);
}

bool pattern_map_has_paths(const struct pattern_map *map, struct span host)
{
    uint32_t key = intern_find(&map->exact, pattern_host(host));
    return key != INTERN_NONE && map->entries[map->exact_first[key]].path.bytes > 0; /* longest path first */
}
