// SPDX-License-Identifier: MIT
/* The visits of a group, some at a time on each worker. */
#include "4_index/build_state.h"

#define LOAD_EVENTS 4096u /* at once: about a millisecond */

struct grouping {
    struct build_state *build;
    struct group *group;
    size_t event_count;
    uint32_t *first; /* visit of each piece, and one behind the last */
};
struct delivery {
    struct build_state *build;
    struct build_piece *piece;
};

static enum err on_visit(void *context, const struct resolved_visit *visit)
{
    struct delivery *d = context;
    return *d->build->build->stop ? ERR_STOPPED : build_rows_add(d->build, visit, d->piece);
}

struct build_piece *build_group_piece(struct build_state *b, uint32_t piece)
{
    return &b->pieces[piece % INDEX_PIECES_UNDER_WAY(b->build->crew->worker_count)];
}

static enum err work_piece(void *context, unsigned worker, uint32_t piece)
{
    struct grouping *g = context;
    struct build_worker *w = &g->build->workers[worker];
    struct delivery delivery = {g->build, build_group_piece(g->build, piece)};
    delivery.piece->count = 0;
    buf_reset(&delivery.piece->rows);
    if (!w->view)
        TRY(resolve_view(g->group, &w->arena, &w->counters, &w->view));
    return resolve_visits(w->view, g->first[piece], g->first[piece + 1], on_visit, &delivery);
}

static enum err commit_piece(void *context, uint32_t piece)
{
    struct grouping *g = context;
    return build_sort_piece(g->build, build_group_piece(g->build, piece));
}

static enum err cut(struct grouping *g, uint32_t *count)
{
    uint32_t visits = resolve_visit_count(g->group);
    *count = 0;
    g->first = arena_alloc(&g->build->group_arena, (visits + 1ull) * sizeof *g->first);
    if (!g->first)
        return ERR_MEMORY;
    while (g->first[*count] < visits) {
        uint32_t end = resolve_piece_end(g->group, g->first[*count], BUILD_PIECE_VISITS);
        g->first[++*count] = end;
    }
    return ERR_OK;
}

static enum err load_piece(void *context, unsigned worker, uint32_t piece)
{
    struct grouping *g = context;
    size_t from = piece * (size_t)LOAD_EVENTS, to = from + LOAD_EVENTS;
    (void)worker;
    return resolve_load(g->group, from, to < g->event_count ? to : g->event_count);
}

static enum err commit_loaded(void *context, uint32_t piece)
{
    (void)context, (void)piece;
    return ERR_OK;
}

enum err build_group(struct build_state *b, const struct resolve_input *input)
{
    struct grouping g = {.build = b, .event_count = input->count};
    struct index_pieces loads = {.context = &g, .work = load_piece, .commit = commit_loaded};
    struct index_pieces pieces = {.context = &g, .work = work_piece, .commit = commit_piece};
    const struct index_crew *crew = b->build->crew;
    TRY(resolve_open(input, b->build->suffixes, &b->group_arena, b->totals, &g.group));
    loads.count = (uint32_t)((input->count + LOAD_EVENTS - 1) / LOAD_EVENTS);
    TRY(crew->run(crew->context, &loads));
    arena_free(&b->list_arena);
    TRY(resolve_join(g.group));
    TRY(build_sort_reserve(b, resolve_visit_count(g.group)));
    TRY(cut(&g, &pieces.count));
    enum err err = crew->run(crew->context, &pieces);
    for (unsigned i = 0; i < crew->worker_count; i++) {
        struct build_worker *w = &b->workers[i];
        counter_sum(b->totals, &w->counters);
        w->counters = (struct counters){0};
        w->view = NULL;
        arena_reset(&w->arena);
    }
    if (!err)
        resolve_close(g.group);
    return err;
}
