// SPDX-License-Identifier: MIT
/* What answers of the DNS in the archives say, in the form of aliases.csv. */
#include "5_judge/gather_walk.h"

#include <stdlib.h>

struct seen { /* aliases, and when each was seen first */
    struct arena *arena;
    struct index_alias *items;
    size_t count, capacity;
};

static enum err on_alias(void *context, const struct index_alias *row)
{
    struct seen *seen = context;
    struct index_alias *to = ARENA_PUSH(seen->arena, seen->items, seen->count, seen->capacity);
    if (!to)
        return ERR_MEMORY;
    *to = *row;
    return ERR_OK;
}

static int by_time(const void *left, const void *right)
{
    const struct index_alias *a = left, *b = right;
    int order = span_compare(a->host, b->host);
    if (!order)
        order = (a->time_ns > b->time_ns) - (a->time_ns < b->time_ns);
    return order ? order : span_compare(a->canonical, b->canonical);
}

/* What a name led to first held before, too, and each until the day of the next: a name has one canonical name at a time. */
enum err gather_aliases(const struct index *index, struct arena *arena, struct directory *directory)
{
    struct seen seen = {.arena = arena};
    TRY(index_each_alias(index, on_alias, &seen));
    struct alias *aliases = arena_alloc(arena, seen.count * sizeof *aliases);
    if (!aliases)
        return ERR_MEMORY;
    if (seen.count)
        qsort(seen.items, seen.count, sizeof *seen.items, by_time);
    for (size_t i = 0; i < seen.count; i++) {
        const struct index_alias *row = &seen.items[i];
        struct alias *before = i && span_equal(aliases[i - 1].host, row->host) ? &aliases[i - 1] : NULL;
        aliases[i] = (struct alias){.host = row->host,
                                    .canonical = row->canonical,
                                    .valid_from = DATE_OPEN_FROM,
                                    .valid_to = DATE_OPEN_TO};
        if (before) {
            aliases[i].valid_from = gather_day_of(row->time_ns);
            before->valid_to = aliases[i].valid_from - 1;
        }
    }
    directory->seen_aliases = aliases;
    directory->seen_alias_count = seen.count;
    return ERR_OK;
}
