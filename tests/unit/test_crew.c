// SPDX-License-Identifier: MIT
/* Also run under the thread sanitizer: order, bounds, errors and stopping of the crew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "run/crew.h"

struct job {
    unsigned number;
    uint64_t result;
};
struct hall {
    unsigned job_count, made, committed, dropped;
    unsigned stop_at, fail_next_at, fail_commit_at; /* job numbers; UINT32_MAX: never */
    uint64_t sum;
    volatile sig_atomic_t stop;
};
struct hand {
    unsigned fail_at, done;
};

static enum err next(void *context, void **job)
{
    struct hall *h = context;
    if (h->made == h->fail_next_at)
        return ERR_IO;
    if (h->made == h->job_count)
        return ERR_OK;
    struct job *j = calloc(1, sizeof *j);
    j->number = h->made++;
    *job = j;
    return ERR_OK;
}

static enum err work(void *worker, void *job)
{
    struct hand *hand = worker;
    struct job *j = job;
    struct timespec pause = {.tv_nsec = (long)(j->number * 7919u % 5u) * 20000};
    nanosleep(&pause, NULL); /* so that later jobs finish before earlier ones */
    hand->done++;
    j->result = (uint64_t)j->number * j->number;
    return j->number == hand->fail_at ? ERR_MEMORY : ERR_OK;
}

static enum err commit(void *context, void *job)
{
    struct hall *h = context;
    struct job *j = job;
    assert_int_equal(j->number, h->committed); /* in order, each once */
    if (h->committed == h->fail_commit_at)
        return ERR_INDEX;
    h->committed++;
    h->sum += j->result;
    if (h->committed == h->stop_at)
        h->stop = 1;
    return ERR_OK;
}

static void drop(void *context, void *job)
{
    ((struct hall *)context)->dropped++;
    free(job);
}

static enum err run(struct hall *h, unsigned workers, unsigned fail_at)
{
    struct hand hands[8];
    void *states[8];
    for (unsigned i = 0; i < workers; i++) {
        hands[i] = (struct hand){.fail_at = fail_at};
        states[i] = &hands[i];
    }
    const struct crew crew = {.worker_count = workers,
                              .workers = states,
                              .context = h,
                              .next = next,
                              .work = work,
                              .commit = commit,
                              .drop = drop,
                              .stop = &h->stop};
    return crew_run(&crew);
}

#define NEVER UINT32_MAX
static struct hall hall(unsigned jobs)
{
    return (struct hall){.job_count = jobs, .stop_at = NEVER, .fail_next_at = NEVER, .fail_commit_at = NEVER};
}

static void test_order(void **state)
{
    (void)state;
    for (unsigned workers = 1; workers <= 8; workers++) {
        struct hall h = hall(300);
        assert_int_equal(run(&h, workers, NEVER), ERR_OK);
        assert_int_equal(h.committed, 300);
        assert_int_equal(h.dropped, 300);
        assert_int_equal(h.sum, 299ull * 300 * 599 / 6);
    }
}

static void test_nothing(void **state)
{
    (void)state;
    struct hall h = hall(0);
    assert_int_equal(run(&h, 3, NEVER), ERR_OK);
    assert_int_equal(h.dropped, 0);
}

static void test_errors(void **state)
{
    (void)state;
    struct hall h = hall(200);
    assert_int_equal(run(&h, 4, 50), ERR_MEMORY); /* a worker fails */
    assert_int_equal(h.committed, 50);
    assert_int_equal(h.dropped, h.made);
    h = hall(200);
    h.fail_next_at = 20;
    assert_int_equal(run(&h, 4, NEVER), ERR_IO);
    assert_int_equal(h.dropped, h.made);
    h = hall(200);
    h.fail_commit_at = 30;
    assert_int_equal(run(&h, 4, NEVER), ERR_INDEX);
    assert_int_equal(h.committed, 30);
    assert_int_equal(h.dropped, h.made);
}

static void test_stop(void **state)
{
    (void)state;
    struct hall h = hall(100000);
    h.stop_at = 40;
    assert_int_equal(run(&h, 2, NEVER), ERR_STOPPED);
    assert_true(h.committed >= 40 && h.committed < 60);
    assert_int_equal(h.dropped, h.made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_order), cmocka_unit_test(test_nothing),
                                       cmocka_unit_test(test_errors), cmocka_unit_test(test_stop)};
    return cmocka_run_group_tests_name("crew", tests, NULL, NULL);
}
