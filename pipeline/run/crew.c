// SPDX-License-Identifier: MIT
#include "run/crew.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define TICK_NS 250000000l

enum slot_state { SLOT_FREE, SLOT_WAITING, SLOT_DONE };
struct slot {
    void *job;
    enum slot_state state;
    enum err err;
};
/* A ring of slots: [first committed .. next to work on .. end of those filled). Numbers only grow; slot =
 * number % count. */
struct floor {
    const struct crew *crew;
    pthread_mutex_t lock;
    pthread_cond_t work_there, job_done;
    struct slot *slots;
    size_t slot_count;
    size_t committed, started, filled;
    bool closed; /* no more jobs will come */
    enum err err;
};
struct member {
    struct floor *floor;
    void *worker;
    pthread_t thread;
};

/* pthread calls fail on our own mistakes only */
static void must(int code)
{
    assert(code == 0);
    (void)code;
}

static struct slot *slot_at(struct floor *f, size_t number)
{
    return &f->slots[number % f->slot_count];
}

static void *member_main(void *arg)
{
    struct member *m = arg;
    struct floor *f = m->floor;
    must(pthread_mutex_lock(&f->lock));
    for (;;) {
        while (f->started == f->filled && !f->closed)
            must(pthread_cond_wait(&f->work_there, &f->lock));
        if (f->started == f->filled)
            break;
        struct slot *slot = slot_at(f, f->started++);
        bool skip = f->err != ERR_OK;
        must(pthread_mutex_unlock(&f->lock));
        enum err err = skip ? ERR_STOPPED : f->crew->work(m->worker, slot->job);
        must(pthread_mutex_lock(&f->lock));
        slot->err = err;
        slot->state = SLOT_DONE;
        must(pthread_cond_signal(&f->job_done));
    }
    must(pthread_mutex_unlock(&f->lock));
    return NULL;
}

static void fail(struct floor *f, enum err err)
{
    if (f->err == ERR_OK)
        f->err = err;
}

/* Hands out jobs until the ring is full. */
static void fill(struct floor *f)
{
    while (!f->closed && f->filled - f->committed < f->slot_count) {
        void *job = NULL;
        enum err err = *f->crew->stop ? ERR_STOPPED : f->crew->next(f->crew->context, &job);
        must(pthread_mutex_lock(&f->lock));
        if (err)
            fail(f, err);
        if (err || !job || f->err) {
            f->closed = true;
            must(pthread_cond_broadcast(&f->work_there));
            if (job)
                f->crew->drop(f->crew->context, job);
        } else {
            *slot_at(f, f->filled++) = (struct slot){job, SLOT_WAITING, ERR_OK};
            must(pthread_cond_signal(&f->work_there));
        }
        must(pthread_mutex_unlock(&f->lock));
    }
}

static void wait_for_first(struct floor *f)
{
    must(pthread_mutex_lock(&f->lock));
    while (slot_at(f, f->committed)->state != SLOT_DONE) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += TICK_NS;
        until.tv_sec += until.tv_nsec / 1000000000l;
        until.tv_nsec %= 1000000000l;
        int code = pthread_cond_timedwait(&f->job_done, &f->lock, &until);
        assert(code == 0 || code == ETIMEDOUT);
        if (*f->crew->stop)
            fail(f, ERR_STOPPED);
        must(pthread_mutex_unlock(&f->lock));
        if (f->crew->tick)
            f->crew->tick(f->crew->context);
        must(pthread_mutex_lock(&f->lock));
    }
    must(pthread_mutex_unlock(&f->lock));
}

static void hand_over(struct floor *f)
{
    for (;;) {
        fill(f);
        if (f->committed == f->filled)
            return;
        wait_for_first(f);
        must(pthread_mutex_lock(&f->lock));
        struct slot *slot = slot_at(f, f->committed);
        if (slot->err)
            fail(f, slot->err);
        bool good = f->err == ERR_OK;
        must(pthread_mutex_unlock(&f->lock));
        enum err err = good ? f->crew->commit(f->crew->context, slot->job) : ERR_OK;
        f->crew->drop(f->crew->context, slot->job);
        must(pthread_mutex_lock(&f->lock));
        if (err)
            fail(f, err);
        slot->state = SLOT_FREE;
        f->committed++;
        must(pthread_mutex_unlock(&f->lock));
    }
}

static void start_members(struct floor *f, struct member *members, unsigned *started)
{
    for (*started = 0; *started < f->crew->worker_count; (*started)++) {
        struct member *m = &members[*started];
        *m = (struct member){.floor = f, .worker = f->crew->workers[*started]};
        if (pthread_create(&m->thread, NULL, member_main, m) != 0) {
            must(pthread_mutex_lock(&f->lock));
            fail(f, ERR_THREAD);
            must(pthread_mutex_unlock(&f->lock));
            return;
        }
    }
}

static void init_floor(struct floor *f)
{
    pthread_condattr_t monotonic; /* a changed wall clock must not hold up the wait */
    must(pthread_mutex_init(&f->lock, NULL));
    must(pthread_cond_init(&f->work_there, NULL));
    must(pthread_condattr_init(&monotonic));
    must(pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC));
    must(pthread_cond_init(&f->job_done, &monotonic));
    must(pthread_condattr_destroy(&monotonic));
}

enum err crew_run(const struct crew *crew)
{
    assert(crew->worker_count);
    struct floor f = {.crew = crew, .slot_count = 2u * crew->worker_count + 1};
    f.slots = calloc(f.slot_count, sizeof *f.slots);
    struct member *members = calloc(crew->worker_count, sizeof *members);
    if (!f.slots || !members) {
        free(f.slots);
        free(members);
        return ERR_MEMORY;
    }
    init_floor(&f);
    unsigned started;
    start_members(&f, members, &started);
    if (started == crew->worker_count)
        hand_over(&f);
    must(pthread_mutex_lock(&f.lock));
    f.closed = true;
    must(pthread_cond_broadcast(&f.work_there));
    must(pthread_mutex_unlock(&f.lock));
    for (unsigned i = 0; i < started; i++)
        must(pthread_join(members[i].thread, NULL));
    must(pthread_cond_destroy(&f.job_done));
    must(pthread_cond_destroy(&f.work_there));
    must(pthread_mutex_destroy(&f.lock));
    free(f.slots);
    free(members);
    return f.err;
}
