// SPDX-License-Identifier: MIT
#include "3_extract/loader.h"

#include "3_extract/loader_read.h"

#include <assert.h>

#define WINDOW        LOADER_TRIGGER_BYTES
#define BLOCK_COUNT   4096u
#define ROW_COUNT_MAX 255u

/* By the hash of the two bytes at the end of a window: how far on the next trigger can begin at the earliest; at 0 the rows
 * whose trigger begins with a window that ends so. */
struct loader_search {
    uint8_t shift[BLOCK_COUNT];
    uint8_t first[BLOCK_COUNT];      /* row + 1; 0: none */
    uint8_t next[ROW_COUNT_MAX + 1]; /* the same, by row */
};

static unsigned block_of(const char *at)
{
    return ((unsigned char)at[0] << 5 ^ (unsigned char)at[1]) & (BLOCK_COUNT - 1);
}

const struct loader_search *loader_search_new(struct arena *arena)
{
    struct loader_search *search = arena_alloc(arena, sizeof *search);
    if (!search)
        return NULL;
    memset(search->shift, WINDOW - 1, sizeof search->shift);
    for (size_t row = 0; loader_table_at(row); row++) {
        struct span trigger = loader_table_at(row)->trigger;
        assert(trigger.bytes >= WINDOW && row < ROW_COUNT_MAX);
        for (unsigned i = 0; i + 1 < WINDOW; i++) {
            uint8_t *shift = &search->shift[block_of(trigger.at + i)];
            uint8_t left = (uint8_t)(WINDOW - 2 - i);
            *shift = *shift < left ? *shift : left;
        }
        unsigned last = block_of(trigger.at + WINDOW - 2);
        search->next[row] = search->first[last];
        search->first[last] = (uint8_t)(row + 1);
    }
    return search;
}

enum err loader_scan(const struct loader_search *search, struct span script, const struct url *base,
                     struct reference draft, struct arena *arena, struct reference_list *out)
{
    struct loader_reading scan = {
        .script = script, .base = base, .draft = draft, .arena = arena, .list = out, .first = out->count};
    script_lex_init(&scan.lexer, script);
    for (size_t end = WINDOW; end <= script.bytes;) {
        unsigned block = block_of(script.at + end - 2);
        if (search->shift[block]) {
            end += search->shift[block];
            continue;
        }
        struct span rest = span_from(script, end - WINDOW);
        for (unsigned row = search->first[block]; row; row = search->next[row - 1]) {
            struct loader_hit hit = {loader_table_at(row - 1), end - WINDOW, 0};
            hit.end = hit.at + hit.row->trigger.bytes;
            if (span_starts(rest, hit.row->trigger))
                TRY(loader_read(&scan, &hit));
        }
        end++;
    }
    return arena->full ? ERR_MEMORY : ERR_OK;
}
