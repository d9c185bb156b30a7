// SPDX-License-Identifier: MIT
#include "3_extract/loader.h"

#include "3_extract/loader_read.h"
#include "base/bytes.h"

#include <assert.h>

#define GRAM_BYTES  3
#define STRIDE      (LOADER_TRIGGER_BYTES - GRAM_BYTES + 1)
#define HASH_BITS   12
#define ENTRY_COUNT 512

/*
 *   trigger at 4:   |..| src=|      every third byte begins a gram that is looked up; whatever stands in the script, one of the
 *   looked up:      0  3  6         first three grams of a trigger is among them: here the one at 6, which is 2 into it
 *
 * No look-up waits for the one before, and few find anything, as the byte behind a gram is asked for, too: that is what makes it
 * fast.
 */
struct loader_search {
    /* by hash of a gram: entry + 1, or 0 for none; from bit 16 on the lower halves of the bytes that may stand behind it */
    uint32_t first[1u << HASH_BITS];
    uint16_t count;
    struct loader_entry {
        uint32_t head; /* of the trigger */
        uint16_t row, offset, next;
    } entries[ENTRY_COUNT];
};

static uint32_t gram_at(const char *at)
{
    const unsigned char *u = (const unsigned char *)at;
    return u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16;
}

static unsigned hash_of(uint32_t gram)
{
    return gram * 2654435761u >> (32 - HASH_BITS);
}

static uint32_t behind(unsigned char c)
{
    return (uint32_t)1 << (16 + (c & 15));
}

/* Behind one another the later offsets first, so that hits come in the order of the script. */
const struct loader_search *loader_search_new(struct arena *arena)
{
    struct loader_search *search = arena_alloc(arena, sizeof *search);
    if (!search)
        return NULL;
    for (uint16_t offset = 0; offset < STRIDE; offset++)
        for (uint16_t row = 0; loader_table_at(row); row++) {
            struct span trigger = loader_table_at(row)->trigger,
                        rest = span_from(trigger, offset + GRAM_BYTES);
            assert(trigger.bytes >= LOADER_TRIGGER_BYTES && search->count < ENTRY_COUNT);
            uint32_t *first = &search->first[hash_of(gram_at(trigger.at + offset))];
            search->entries[search->count] =
                (struct loader_entry){bytes_u32_le(trigger.at), row, offset, (uint16_t)*first};
            *first = (*first & 0xffff0000u) | (rest.bytes ? behind((unsigned char)rest.at[0]) : 0xffff0000u) |
                     ++search->count;
        }
    return search;
}

static enum err read_gram(const struct loader_search *search, struct loader_reading *scan, size_t at,
                          unsigned number)
{
    for (const struct loader_entry *entry; number; number = entry->next) {
        entry = &search->entries[number - 1];
        size_t begin = at - entry->offset;
        if (at < entry->offset || scan->script.bytes - begin < LOADER_TRIGGER_BYTES ||
            bytes_u32_le(scan->script.at + begin) != entry->head)
            continue;
        struct loader_hit hit = {loader_table_at(entry->row), begin, 0};
        hit.end = hit.at + hit.row->trigger.bytes;
        if (span_starts(span_from(scan->script, hit.at), hit.row->trigger))
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
    size_t at = 0;
    for (; at + sizeof(uint32_t) <= script.bytes; at += STRIDE) {
        uint32_t bytes = bytes_u32_le(script.at + at), found = search->first[hash_of(bytes & 0xffffff)];
        if (found & behind(bytes >> 24))
            TRY(read_gram(search, &scan, at, found & 0xffff));
    }
    if (at + GRAM_BYTES == script.bytes) /* nothing stands behind this one */
        TRY(read_gram(search, &scan, at, search->first[hash_of(gram_at(script.at + at))] & 0xffff));
    return arena->full ? ERR_MEMORY : ERR_OK;
}
