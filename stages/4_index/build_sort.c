// SPDX-License-Identifier: MIT
/* Visits on their way: sorted in memory when all are there, while their rows wait in a file. */
#include "4_index/build_state.h"

#include <assert.h>

enum err build_sort_begin(struct build_state *b)
{
    TRY(tempfile_open(b->build->folder, NULL, &b->rows));
    TRY(store_begin(b->sort));
    TRY(store_find_table(b->sort, "text_id", &b->text_id));
    return store_clear(b->sort, b->text_id);
}

enum err build_sort_reserve(struct build_state *b, size_t visit_count)
{
    size_t wanted = b->visit_count + visit_count;
    if (wanted <= b->visit_capacity)
        return ERR_OK;
    if (wanted < 2 * b->visit_capacity) /* group by group: not all of them each time */
        wanted = 2 * b->visit_capacity;
    struct build_visit *moved = arena_raw(&b->arena, wanted * sizeof *moved);
    if (!moved)
        return ERR_MEMORY;
    if (b->visit_count)
        memcpy(moved, b->visits, b->visit_count * sizeof *moved);
    b->visits = moved;
    b->visit_capacity = wanted;
    return ERR_OK;
}

static enum err add_visit(struct build_state *b, const struct build_visit *from, uint64_t rows_at)
{
    struct span url = arena_copy(&b->arena, from->url);
    if (!url.at)
        return ERR_MEMORY;
    assert(b->visit_count < b->visit_capacity);
    struct build_visit *to = &b->visits[b->visit_count];
    *to = *from;
    to->url = url;
    to->provisional = (uint32_t)b->visit_count++;
    to->rows_at += rows_at;
    b->visits_of_archive[from->archive]++;
    return ERR_OK;
}

enum err build_sort_piece(struct build_state *b, const struct build_piece *piece)
{
    uint64_t rows_at = b->rows.bytes;
    TRY(tempfile_add(&b->rows, buf_span(&piece->rows)));
    for (size_t i = 0; i < piece->count; i++)
        TRY(add_visit(b, &piece->visits[i], rows_at));
    return ERR_OK;
}
