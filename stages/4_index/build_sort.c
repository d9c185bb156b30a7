// SPDX-License-Identifier: MIT
/* Visits on their way: sorted in memory when all are there, while their rows wait in a file. */
#include "4_index/build_state.h"

enum err build_sort_begin(struct build_state *b)
{
    TRY(tempfile_open(b->build->folder, NULL, &b->rows));
    TRY(store_begin(b->sort));
    TRY(store_find_table(b->sort, "text_id", &b->text_id));
    return store_clear(b->sort, b->text_id);
}

static enum err add_visit(struct build_state *b, const struct build_visit *from, uint64_t rows_at)
{
    struct span url = arena_copy(&b->arena, from->url);
    uint32_t provisional = (uint32_t)b->visit_count;
    struct build_visit *to =
        url.at ? ARENA_PUSH(&b->arena, b->visits, b->visit_count, b->visit_capacity) : NULL;
    if (!to)
        return ERR_MEMORY;
    *to = *from;
    to->url = url;
    to->provisional = provisional;
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
