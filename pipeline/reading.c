// SPDX-License-Identifier: MIT
#include "reading.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/limits.h"
#include "chunk.h"
#include "run/crew.h"

#define SYNC_EVERY_NS (5ll * 1000000000) /* what a fallen machine may cost */

struct reading {
    const struct indexing *in;
    const struct plan *plan;
    struct work *work;
    struct failure *failure;
    struct arena arena;
    struct worker *spare; /* reads again what a wrong guess spoiled */
    /* handing out */
    uint32_t archive;
    struct work_archive *rows; /* per archive: as committed so far */
    struct chunk_file *file;   /* of the archive that is handed out, NULL before its first chunk */
    uint64_t from;
    /* progress */
    struct progress progress;
    struct progress_state state;
    int64_t synced_ns;
};

static void release(struct chunk_file *file)
{
    if (file && --file->users == 0) {
        opening_close(&file->opened);
        free(file);
    }
}

static enum err open_file(struct reading *r, const struct plan_archive *a)
{
    struct chunk_file *file = calloc(1, sizeof *file);
    if (!file)
        return ERR_MEMORY;
    enum err err = opening_of(a, r->failure, &file->opened);
    if (err) {
        free(file);
        return err;
    }
    file->users = 1;
    r->file = file;
    return ERR_OK;
}

static struct work_archive fresh_row(const struct plan_archive *a, uint32_t number)
{
    return (struct work_archive){.number = number,
                                 .name = a->name,
                                 .group = a->group,
                                 .kind = a->kind,
                                 .is_pages = a->is_pages,
                                 .producer = a->producer,
                                 .bytes = a->bytes};
}

static enum err load_rows(struct reading *r)
{
    r->rows = arena_alloc(&r->arena, (r->plan->count + 1) * sizeof *r->rows);
    if (!r->rows)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < r->plan->count; i++) {
        enum err err = work_archive(r->work, i, &r->arena, &r->rows[i]);
        if (err == ERR_NOT_FOUND)
            r->rows[i] = fresh_row(&r->plan->archives[i], i);
        else if (err)
            return err;
        uint64_t done = r->rows[i].next_block * WORK_BLOCK_BYTES;
        r->state.bytes += r->plan->archives[i].is_unread ? 0
                          : done < r->rows[i].bytes      ? done
                                                         : r->rows[i].bytes;
        r->state.faults += r->rows[i].fault_count;
        r->state.archives += r->rows[i].done;
    }
    r->state.resumed_bytes = r->state.bytes;
    return ERR_OK;
}

/* An archive of a kind that is not read gets its row and one fault, so that nothing is skipped in silence. */
static enum err commit_unread(struct reading *r, uint32_t number)
{
    struct work_archive *row = &r->rows[number];
    const struct work_fault fault = {.stage = "read", .err = ERR_CONTAINER, .count = 1, .bytes = row->bytes};
    const struct counters none = {0};
    row->done = true;
    row->fault_count = 1;
    return work_commit(r->work, row, SPAN_NONE, &fault, 1, &none);
}

static struct chunk *make_chunk(struct reading *r)
{
    const struct plan_archive *a = &r->plan->archives[r->archive];
    const struct work_archive *row = &r->rows[r->archive];
    struct chunk *c = chunk_new();
    if (!c)
        return NULL;
    uint64_t hi = a->is_pages ? a->bytes : r->from + r->in->chunk_bytes;
    bool resumed = r->from == row->next_block * WORK_BLOCK_BYTES; /* what lies before was proved already */
    c->archive = r->archive;
    c->file = r->file;
    c->bytes = r->file->opened.bytes;
    c->kind = a->kind;
    c->is_pages = a->is_pages;
    c->producer = a->producer;
    c->from = r->from;
    c->hi = hi < a->bytes ? hi : a->bytes;
    c->lo = resumed ? row->next_at : r->from;
    c->exact = resumed;
    r->file->users++;
    return c;
}

static enum err next_chunk(void *context, void **job)
{
    struct reading *r = context;
    for (; r->archive < r->plan->count; r->archive++, r->from = 0) {
        const struct plan_archive *a = &r->plan->archives[r->archive];
        struct work_archive *row = &r->rows[r->archive];
        if (row->done)
            continue;
        if (a->is_unread) {
            TRY(commit_unread(r, r->archive));
            continue;
        }
        if (!r->file) {
            TRY(open_file(r, a));
            r->from = row->next_block * WORK_BLOCK_BYTES;
        }
        if (r->from < a->bytes) {
            struct chunk *c = make_chunk(r);
            if (!c)
                return ERR_MEMORY;
            r->from = c->hi;
            *job = c;
            return ERR_OK;
        }
        release(r->file);
        r->file = NULL;
    }
    return ERR_OK;
}

static enum err work_on(void *worker, void *job)
{
    struct chunk *c = job;
    TRY(chunk_hash(c));
    if (c->lo >= c->hi) { /* a member that began earlier covers the whole range */
        c->first_at = c->end_at = c->lo;
        return ERR_OK;
    }
    return chunk_read(worker, c);
}

/* The seam: the range must begin where the one before ended. What was guessed wrongly is read again from
 * there. */
static enum err prove_seam(struct reading *r, struct chunk *c, const struct work_archive *row)
{
    if (c->exact || c->first_at == row->next_at)
        return ERR_OK;
    if (row->next_at >= c->hi) {
        buf_reset(&c->events);
        c->counters = (struct counters){0};
        c->fault_count = 0;
        c->end_at = row->next_at;
        return ERR_OK;
    }
    c->lo = row->next_at;
    c->exact = true;
    return chunk_read(r->spare, c);
}

static enum err commit_chunk(void *context, void *job)
{
    struct reading *r = context;
    struct chunk *c = job;
    struct work_archive *row = &r->rows[c->archive];
    TRY(prove_seam(r, c, row));
    row->next_at = c->end_at;
    row->record_count += c->counters.records;
    row->response_count += c->counters.responses;
    row->member_count += c->counters.members;
    for (size_t i = 0; i < c->fault_count; i++)
        row->fault_count += c->faults[i].count;
    for (size_t i = 0; i < c->block_count; i++)
        row->folded = fingerprint_fold(row->folded, c->blocks[i]);
    row->next_block += c->block_count;
    row->done = c->hi == c->bytes.bytes;
    c->counters.archive_bytes = c->hi - c->from;
    TRY(work_commit(r->work, row, buf_span(&c->events), c->faults, c->fault_count, &c->counters));
    r->state.bytes += c->hi - c->from;
    r->state.visits += c->page_count;
    r->state.archives += row->done;
    for (size_t i = 0; i < c->fault_count; i++)
        r->state.faults += c->faults[i].count;
    return ERR_OK;
}

static void drop_chunk(void *context, void *job)
{
    struct chunk *c = job;
    (void)context;
    release(c->file);
    chunk_free(c);
}

static void on_tick(void *context)
{
    struct reading *r = context;
    int64_t now_ns = progress_now_ns();
    progress_show(&r->progress, &r->state, now_ns);
    if (now_ns - r->synced_ns >= SYNC_EVERY_NS && work_sync(r->work) == ERR_OK)
        r->synced_ns = now_ns;
}

static enum err read_all(struct reading *r)
{
    const struct indexing *in = r->in;
    void **workers = arena_alloc(&r->arena, in->threads * sizeof *workers);
    if (!workers)
        return ERR_MEMORY;
    enum err err = ERR_OK;
    for (unsigned i = 0; i < in->threads && !err; i++) {
        workers[i] = worker_new(in->suffixes, in->complete, in->stop);
        err = workers[i] ? ERR_OK : ERR_MEMORY;
    }
    r->spare = worker_new(in->suffixes, in->complete, in->stop);
    const struct crew crew = {.worker_count = in->threads,
                              .workers = workers,
                              .context = r,
                              .next = next_chunk,
                              .work = work_on,
                              .commit = commit_chunk,
                              .drop = drop_chunk,
                              .tick = on_tick,
                              .stop = in->stop};
    if (!err)
        err = r->spare ? crew_run(&crew) : ERR_MEMORY;
    for (unsigned i = 0; i < in->threads; i++)
        worker_free(workers[i]);
    worker_free(r->spare);
    release(r->file);
    return err;
}

enum err reading_run(const struct indexing *in, const struct plan *plan, struct work *work,
                     struct failure *failure)
{
    struct reading r = {.in = in, .plan = plan, .work = work, .failure = failure};
    r.state = (struct progress_state){
        .doing = "reading", .total_bytes = plan->total_bytes, .total_archives = plan->count};
    r.synced_ns = progress_now_ns();
    progress_init(&r.progress, in->progress, STDERR_FILENO, r.synced_ns);
    arena_init(&r.arena, LIMIT_GROUP_ARENA_BYTES);
    enum err err = load_rows(&r);
    if (!err)
        err = read_all(&r);
    progress_end(&r.progress);
    arena_free(&r.arena);
    return err;
}
