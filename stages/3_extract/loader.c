// SPDX-License-Identifier: MIT
#include "3_extract/loader.h"

#include "3_extract/loader_read.h"

#include <assert.h>

#define GRAM_BYTES  3
#define STRIDE      (LOADER_TRIGGER_BYTES - GRAM_BYTES + 1)
#define HASH_BITS   12
#define ENTRY_COUNT 512

/*
 *   trigger at 4:   |..| src=|      every third byte begins a gram that is looked up; whatever stands in the script, one of the
 *   looked up:      0  3  6         first three grams of a trigger is among them: here the one at 6, which is 2 into it
 *
 * No look-up waits for the one before, and few find anything: that is what makes it fast.
 */
struct loader_search {
    uint16_t first[1u << HASH_BITS]; /* entry + 1 by hash of a gram; 0: none */
    uint16_t count;
    struct loader_entry {
        uint16_t row, offset, next;
    } entries[ENTRY_COUNT];
};

static unsigned hash_of(const char *gram)
{
    uint32_t bytes = (unsigned char)gram[0] | (uint32_t)(unsigned char)gram[1] << 8 |
                     (uint32_t)(unsigned char)gram[2] << 16;
    return bytes * 2654435761u >> (32 - HASH_BITS);
}

/* Behind one another the later offsets first, so that hits come in the order of the script. */
const struct loader_search *loader_search_new(struct arena *arena)
{
    struct loader_search *search = arena_alloc(arena, sizeof *search);
    if (!search)
        return NULL;
    for (uint16_t offset = 0; offset < STRIDE; offset++)
        for (uint16_t row = 0; loader_table_at(row); row++) {
            struct span trigger = loader_table_at(row)->trigger;
            assert(trigger.bytes >= LOADER_TRIGGER_BYTES && search->count < ENTRY_COUNT);
            uint16_t *first = &search->first[hash_of(trigger.at + offset)];
            search->entries[search->count] = (struct loader_entry){row, offset, *first};
            *first = ++search->count;
        }
    return search;
}

static enum err read_gram(const struct loader_search *search, struct loader_reading *scan, size_t at)
{
    unsigned number = search->first[hash_of(scan->script.at + at)];
    for (const struct loader_entry *entry; number; number = entry->next) {
        entry = &search->entries[number - 1];
        struct loader_hit hit = {loader_table_at(entry->row), at - entry->offset, 0};
        hit.end = hit.at + hit.row->trigger.bytes;
        if (at >= entry->offset && span_starts(span_from(scan->script, hit.at), hit.row->trigger))
            TRY(loader_read(scan, &hit));
    }
    return ERR_OK;
}

enum err loader_scan(const struct loader_search *search, struct span script, const struct url *base,
                     struct reference draft, struct arena *arena, struct reference_list *out)
{
    struct loader_reading scan = {
        .script = script, .base = base, .draft = draft, .arena = arena, .list = out, .first = out->count};
    script_lex_init(&scan.lexer, script);
    for (size_t at = 0; at + GRAM_BYTES <= script.bytes; at += STRIDE)
        if (search->first[hash_of(script.at + at)])
            TRY(read_gram(search, &scan, at));
    return arena->full ? ERR_MEMORY : ERR_OK;
}
