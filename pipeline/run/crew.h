// SPDX-License-Identifier: MIT
/*
 * crew.h - jobs done by workers in any order and handed over in order.
 *
 *   next() -> [job 0][job 1][job 2] ... -> work() on some worker -> commit() on the calling thread: 0, 1, 2,
 * ...
 *
 * At most 2 * workers + 1 jobs are under way, so memory is bounded. next, commit and drop run on the calling
 * thread; work runs on a worker, with that worker's own state. The first run error wins: no further job is
 * started, those under way are finished and dropped.
 */
#ifndef RUN_CREW_H
#define RUN_CREW_H

#include <signal.h>

#include "base/err.h"

struct crew {
    unsigned worker_count;
    void **workers; /* one state a worker, made and freed by the caller */
    void *context;
    /* The next job, or NULL: no more. */
    enum err (*next)(void *context, void **job);
    enum err (*work)(void *worker, void *job);
    enum err (*commit)(void *context, void *job);
    /* After commit, or instead of it. */
    void (*drop)(void *context, void *job);
    /* Called while waiting, about four times a second. May be NULL. */
    void (*tick)(void *context);
    const volatile sig_atomic_t *stop; /* not 0: stop as if a job had returned ERR_STOPPED */
};

/* ERR_OK when every job was committed; else the first run error, ERR_STOPPED or ERR_THREAD. */
enum err crew_run(const struct crew *crew) MUST_CHECK;

#endif
