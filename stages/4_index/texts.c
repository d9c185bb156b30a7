// SPDX-License-Identifier: MIT
#include "4_index/texts.h"

#include "4_index/key.h"

#define RECENT_TEXTS 4096u

struct texts {
    struct store_cursor cursor;
    struct {
        uint64_t number; /* + 1; 0: free */
        struct span text;
    } recent[RECENT_TEXTS];
};

enum err texts_open(struct store *store, store_table table, struct arena *arena, struct texts **out)
{
    struct texts *texts = arena_alloc(arena, sizeof *texts);
    if (!texts)
        return ERR_MEMORY;
    TRY(store_cursor_open(store, table, &texts->cursor));
    *out = texts;
    return ERR_OK;
}

void texts_close(struct texts *texts)
{
    if (texts)
        store_cursor_close(&texts->cursor);
}

enum err texts_find(struct texts *texts, uint64_t number, struct span *out)
{
    size_t slot = number % RECENT_TEXTS;
    if (texts->recent[slot].number == number + 1) {
        *out = texts->recent[slot].text;
        return ERR_OK;
    }
    struct key key = key_of((uint32_t)number);
    enum err err = store_cursor_get(&texts->cursor, key_span(&key), out);
    if (err)
        return err == ERR_NOT_FOUND ? ERR_INDEX : err;
    texts->recent[slot].number = number + 1;
    texts->recent[slot].text = *out;
    return ERR_OK;
}
