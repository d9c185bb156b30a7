// SPDX-License-Identifier: MIT
#include "pieces.h"

#include <stdlib.h>

#include "run/crew.h"

#define FEW 4u /* a piece takes about as long as it takes to start a thread */

struct piece_worker {
    const struct index_pieces *todo;
    unsigned number;
};
struct running {
    const struct index_pieces *todo;
    uint32_t *numbers; /* of the pieces under way */
    unsigned under_way;
    uint32_t next;
};

static enum err next_piece(void *context, void **job)
{
    struct running *r = context;
    if (r->next == r->todo->count)
        return ERR_OK;
    uint32_t *number = &r->numbers[r->next % r->under_way];
    *number = r->next++;
    *job = number;
    return ERR_OK;
}

static enum err work_piece(void *worker, void *job)
{
    const struct piece_worker *w = worker;
    return w->todo->work(w->todo->context, w->number, *(const uint32_t *)job);
}

static enum err commit_piece(void *context, void *job)
{
    const struct running *r = context;
    return r->todo->commit(r->todo->context, *(const uint32_t *)job);
}

static void drop_piece(void *context, void *job)
{
    (void)context, (void)job;
}

static enum err run_here(const struct index_pieces *todo)
{
    for (uint32_t i = 0; i < todo->count; i++) {
        TRY(todo->work(todo->context, 0, i));
        TRY(todo->commit(todo->context, i));
    }
    return ERR_OK;
}

static enum err run_crew(const struct pieces *pieces, struct running *r, struct piece_worker *workers,
                         void **states)
{
    for (unsigned i = 0; i < pieces->worker_count; i++) {
        workers[i] = (struct piece_worker){r->todo, i};
        states[i] = &workers[i];
    }
    const struct crew crew = {.worker_count = pieces->worker_count,
                              .workers = states,
                              .context = r,
                              .next = next_piece,
                              .work = work_piece,
                              .commit = commit_piece,
                              .drop = drop_piece,
                              .stop = pieces->stop};
    return crew_run(&crew);
}

enum err pieces_run(void *context, const struct index_pieces *todo)
{
    const struct pieces *pieces = context;
    struct running r = {.todo = todo, .under_way = INDEX_PIECES_UNDER_WAY(pieces->worker_count)};
    if (pieces->worker_count == 1 || todo->count < FEW)
        return run_here(todo);
    struct piece_worker *workers = calloc(pieces->worker_count, sizeof *workers);
    void **states = calloc(pieces->worker_count, sizeof *states);
    r.numbers = calloc(r.under_way, sizeof *r.numbers);
    enum err err = workers && states && r.numbers ? run_crew(pieces, &r, workers, states) : ERR_MEMORY;
    free(r.numbers);
    free(states);
    free(workers);
    return err;
}
