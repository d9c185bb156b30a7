// SPDX-License-Identifier: MIT
#include "ranges.h"

#include <stdlib.h>

#include "run/crew.h"

/* Ranges become shorter where an archive ends, so that nobody waits for the last one, and a small archive is read by all; not
 * so short, however, that finding where each begins is much of what it costs. */
#define LEAST_RANGE_BYTES (512ull << 10)
#define RANGES_A_THREAD   2u

/* The crew gives a worker its own state only; a job tells the rest. */
struct hand {
    const struct range_use *use;
    void *worker;
};

struct cutting {
    const struct ranges *ranges;
    void *spare; /* one worker more, made at need: reads again what a wrong guess spoiled */
    /* handing out */
    uint32_t archive;
    struct range_file *file; /* of that archive, NULL before its first range */
    bool begun;              /* a range of it was handed out: an archive without bytes has one, too */
    struct range_start start;
    uint64_t from;
    /* committing: where the last range ended */
    uint64_t next_at;
};

static void release(struct range_file *file)
{
    if (file && --file->users == 0) {
        opening_close(&file->opened);
        free(file);
    }
}

static enum err open_file(struct cutting *cut, const struct plan_archive *a)
{
    struct range_file *file = calloc(1, sizeof *file);
    if (!file)
        return ERR_MEMORY;
    enum err err = opening_of(cut->ranges->opener, a, &file->opened);
    if (err) {
        free(file);
        return err;
    }
    file->users = 1;
    cut->file = file;
    return ERR_OK;
}

/* Not far behind, so that no range becomes twice as long. */
static uint64_t cut_at(const struct cutting *cut, uint64_t at)
{
    uint64_t end = cut->file->opened.bytes.bytes, chunk_bytes = cut->ranges->chunk_bytes;
    return indexed_cut(cut->ranges->plan->archives[cut->archive].indexed, at,
                       end - at < chunk_bytes ? end : at + chunk_bytes);
}

/* How long a range is that has so much of the archive before it; whole blocks, as the archive is hashed in. */
static uint64_t range_bytes(const struct ranges *ranges, uint64_t rest_bytes)
{
    uint64_t bytes = rest_bytes / (RANGES_A_THREAD * ranges->threads);
    bytes = bytes > LEAST_RANGE_BYTES ? bytes - bytes % LEAST_RANGE_BYTES : LEAST_RANGE_BYTES;
    return bytes < ranges->chunk_bytes ? bytes : ranges->chunk_bytes;
}

static enum err make_range(struct cutting *cut, void **job)
{
    const struct ranges *ranges = cut->ranges;
    struct range *range = ranges->make(ranges->context);
    if (!range)
        return ERR_MEMORY;
    uint64_t end = cut->file->opened.bytes.bytes;
    if (cut->from > end)
        cut->from = end;
    range->indexed = ranges->plan->archives[cut->archive].indexed;
    uint64_t bytes = range_bytes(ranges, end - cut->from);
    bool is_last = cut->start.whole || end - cut->from <= bytes;
    bool is_first = cut->from == cut->start.from; /* what lies before was proved already */
    range->archive = cut->archive;
    range->file = cut->file;
    range->bytes = cut->file->opened.bytes;
    range->kind = cut->file->opened.kind;
    range->from = cut->from;
    range->to = is_last ? end : cut->from + bytes;
    range->hi = is_last ? end : cut_at(cut, range->to);
    range->lo = is_first ? cut->start.lo : cut_at(cut, range->from);
    range->exact = is_first;
    cut->file->users++;
    cut->from = range->to;
    cut->begun = true;
    *job = range;
    return ERR_OK;
}

static enum err next_range(void *context, void **job)
{
    struct cutting *cut = context;
    const struct ranges *ranges = cut->ranges;
    for (; cut->archive < ranges->plan->count; cut->archive++) {
        if (!cut->file) {
            cut->start = (struct range_start){0};
            TRY(ranges->begin(ranges->context, cut->archive, &cut->start));
            if (cut->start.skip)
                continue;
            TRY(open_file(cut, &ranges->plan->archives[cut->archive]));
            cut->from = cut->start.from;
            cut->begun = false;
        }
        if (!cut->begun || cut->from < cut->file->opened.bytes.bytes)
            return make_range(cut, job);
        release(cut->file);
        cut->file = NULL;
    }
    return ERR_OK;
}

static enum err work_on(void *worker, void *job)
{
    const struct hand *hand = worker;
    struct range *range = job;
    if (hand->use->prepare)
        TRY(hand->use->prepare(hand->worker, range));
    if (range->lo >= range->hi) { /* a member that began earlier covers the whole range */
        range->first_at = range->end_at = range->lo;
        return ERR_OK;
    }
    return hand->use->read(hand->worker, range);
}

static enum err read_again(struct cutting *cut, struct range *range)
{
    const struct range_use *use = cut->ranges->use;
    if (!cut->spare)
        cut->spare = use->worker_new(cut->ranges->settings);
    return cut->spare ? use->read(cut->spare, range) : ERR_MEMORY;
}

/* The seam: the range must begin where the one before ended. What was guessed wrongly is read again from
 * there. */
static enum err prove_seam(struct cutting *cut, struct range *range)
{
    if (range->exact || range->first_at == cut->next_at)
        return ERR_OK;
    cut->ranges->use->forget(range);
    range->lo = cut->next_at;
    range->exact = true;
    if (range->lo >= range->hi) {
        range->first_at = range->end_at = range->lo;
        return ERR_OK;
    }
    return read_again(cut, range);
}

static enum err commit_range(void *context, void *job)
{
    struct cutting *cut = context;
    struct range *range = job;
    const struct ranges *ranges = cut->ranges;
    TRY(prove_seam(cut, range));
    while (range->is_cut) {
        TRY(ranges->commit(ranges->context, range, RANGE_PIECE));
        ranges->use->forget(range);
        range->lo = range->end_at;
        range->exact = true;
        TRY(read_again(cut, range));
    }
    cut->next_at = range->end_at;
    return ranges->commit(ranges->context, range, range->to == range->bytes.bytes ? RANGE_LAST : RANGE_ALL);
}

static void drop_range(void *context, void *job)
{
    struct cutting *cut = context;
    struct range *range = job;
    mapfile_forget(span_first(span_from(range->bytes, range->from), range->to - range->from));
    release(range->file);
    cut->ranges->use->free(range);
}

static void tick(void *context)
{
    struct cutting *cut = context;
    cut->ranges->tick(cut->ranges->context);
}

static enum err make_hands(const struct ranges *ranges, struct hand *hands, void **workers)
{
    for (unsigned i = 0; i < ranges->threads; i++) {
        hands[i] = (struct hand){ranges->use, ranges->use->worker_new(ranges->settings)};
        if (!hands[i].worker)
            return ERR_MEMORY;
        workers[i] = &hands[i];
    }
    return ERR_OK;
}

enum err ranges_run(const struct ranges *ranges)
{
    struct hand *hands = calloc(ranges->threads, sizeof *hands);
    void **workers = calloc(ranges->threads, sizeof *workers);
    enum err err = hands && workers ? make_hands(ranges, hands, workers) : ERR_MEMORY;
    struct cutting cut = {.ranges = ranges};
    const struct crew crew = {.worker_count = ranges->threads,
                              .workers = workers,
                              .context = &cut,
                              .next = next_range,
                              .work = work_on,
                              .commit = commit_range,
                              .drop = drop_range,
                              .tick = ranges->tick ? tick : NULL,
                              .stop = ranges->stop};
    if (!err)
        err = crew_run(&crew);
    release(cut.file);
    for (unsigned i = 0; hands && i < ranges->threads; i++)
        ranges->use->worker_free(hands[i].worker);
    ranges->use->worker_free(cut.spare);
    free(hands);
    free(workers);
    return err;
}
