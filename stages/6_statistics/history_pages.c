// SPDX-License-Identifier: MIT
#include "6_statistics/history_pages.h"

#include <stdlib.h>

static int compare(const void *left, const void *right)
{
    const struct judged_page *a = left, *b = right;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

enum err history_pages_of(const struct judgement *judgement, struct arena *arena, struct history_pages *out)
{
    *out = (struct history_pages){.judgement = judgement};
    out->items = arena_alloc(arena, judgement->page_count * sizeof *out->items);
    if (!out->items)
        return ERR_MEMORY;
    for (size_t i = 0; i < judgement->page_count; i++)
        if (judgement->pages[i].is_captured)
            out->items[out->count++] = judgement->pages[i];
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, compare);
    return ERR_OK;
}

static size_t first_at_least(const struct history_pages *pages, const struct judged_page *wanted)
{
    size_t low = 0, high = pages->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&pages->items[middle], wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool history_pages_again(const struct history_pages *pages, const struct unit_verdict *unit,
                         const struct judged_page *before)
{
    struct judged_page wanted = {.unit = (uint32_t)(unit - pages->judgement->units), .key = before->key};
    size_t at = first_at_least(pages, &wanted);
    if (at < pages->count && !compare(&pages->items[at], &wanted))
        return true;
    bool has_host = false, has_entry = false;
    wanted.key = 0;
    if (!before->is_entry)
        return false;
    for (at = first_at_least(pages, &wanted); at < pages->count && pages->items[at].unit == wanted.unit;
         at++) {
        has_host |= pages->items[at].host_key == before->host_key;
        has_entry |= pages->items[at].is_entry;
    }
    return has_entry && !has_host;
}
