// SPDX-License-Identifier: MIT
#include "reading.h"

#include <unistd.h>

#include "3_extract/loader.h"
#include "base/limits.h"
#include "base/pages.h"
#include "chunk.h"

#define SYNC_EVERY_NS      (5ll * 1000000000) /* what a fallen machine may cost */
#define SPARE_EVENTS       16u
#define SPARE_EVENTS_BYTES (4u << 20)

struct reading {
    const struct indexing *in;
    const struct plan *plan;
    struct work *work;
    struct opener *opener;
    struct worker_settings settings;
    struct arena arena;
    uint32_t archive;          /* that is handed out */
    struct work_archive *rows; /* per archive: as committed so far */
    /* Of chunks that were committed, for those to come: memory that was touched before costs nothing. */
    struct buf spare_events[SPARE_EVENTS];
    size_t spare_count;
    /* progress */
    struct progress progress;
    struct progress_state state;
    int64_t synced_ns;
};

static struct work_archive fresh_row(const struct plan_archive *a, uint32_t number)
{
    return (struct work_archive){.number = number,
                                 .name = a->name,
                                 .group = a->group,
                                 .session = a->session,
                                 .kind = a->kind,
                                 .wrapper = a->wrapper,
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
        r->state.total_bytes +=
            r->plan->archives[i].is_unread ? 0 : r->rows[i].bytes - r->plan->archives[i].bytes;
        r->state.faults += r->rows[i].fault_count;
        r->state.archives += r->rows[i].done;
    }
    r->state.resumed_bytes = r->state.bytes;
    return ERR_OK;
}

static struct work_fault fault_of(const struct source_fault *fault)
{
    return (struct work_fault){
        .stage = "read", .err = fault->err, .count = 1, .first_at = fault->at, .bytes = fault->bytes};
}

/* An archive of a kind that is not read gets its row and one fault, a damaged container those it has: nothing is
 * skipped in silence. */
static enum err commit_unread(struct reading *r, uint32_t number)
{
    const struct plan_archive *a = &r->plan->archives[number];
    struct work_archive *row = &r->rows[number];
    struct work_fault *faults = arena_alloc(&r->arena, (a->fault_count + 1) * sizeof *faults);
    if (!faults)
        return ERR_MEMORY;
    faults[0] = (struct work_fault){.stage = "read", .err = ERR_CONTAINER, .count = 1, .bytes = row->bytes};
    for (size_t i = 0; i < a->fault_count; i++)
        faults[i] = fault_of(&a->faults[i]);
    row->done = true;
    row->fault_count = a->fault_count ? a->fault_count : 1;
    struct counters lost = {0};
    for (size_t i = 0; i < row->fault_count; i++)
        lost.archive_bytes += faults[i].bytes;
    const struct work_piece piece = {SPAN_NONE, 0, faults, row->fault_count, &lost};
    return work_commit(r->work, row, &piece);
}

static enum err begin_archive(void *context, uint32_t number, struct range_start *out)
{
    struct reading *r = context;
    const struct plan_archive *a = &r->plan->archives[number];
    const struct work_archive *row = &r->rows[number];
    r->archive = number;
    out->from = row->next_block * WORK_BLOCK_BYTES;
    out->lo = row->next_at;
    out->whole = a->is_pages || a->kind == SOURCE_HAR;
    out->skip = row->done || a->is_unread;
    return a->is_unread && !row->done ? commit_unread(r, number) : ERR_OK;
}

static struct range *make_chunk(void *context)
{
    struct reading *r = context;
    struct chunk *c = chunk_new();
    if (!c)
        return NULL;
    c->is_pages = r->plan->archives[r->archive].is_pages;
    c->producer = r->plan->archives[r->archive].producer;
    if (r->spare_count)
        c->events = r->spare_events[--r->spare_count];
    buf_reserve(&c->events, PAGES_HUGE_BYTES);
    return &c->range;
}

/* At the end of a chunk. */
static void keep_events(struct reading *r, struct chunk *c)
{
    if (r->spare_count == SPARE_EVENTS || c->events.capacity_bytes > SPARE_EVENTS_BYTES)
        return;
    r->spare_events[r->spare_count] = c->events;
    buf_reset(&r->spare_events[r->spare_count++]);
    buf_init(&c->events, c->events.max_bytes);
}

/* What its wrapping lost is told when all that came out of it was read. */
static void add_wrapping_fault(struct chunk *c)
{
    const struct source_fault *fault = &c->range.file->opened.fault;
    if (fault->err && c->fault_count < CHUNK_FAULTS_MAX)
        c->faults[c->fault_count++] = fault_of(fault);
}

/* The plan knows of a packed archive only how long it is packed. */
static void set_bytes(struct reading *r, struct work_archive *row, uint64_t bytes)
{
    r->state.total_bytes += bytes - row->bytes;
    row->bytes = bytes;
}

static enum err commit_chunk(void *context, struct range *range, enum range_part part)
{
    struct reading *r = context;
    struct chunk *c = (struct chunk *)range;
    struct work_archive *row = &r->rows[range->archive];
    if (part == RANGE_LAST) {
        add_wrapping_fault(c);
        chunk_add_places_behind(c);
    }
    set_bytes(r, row, range->bytes.bytes);
    row->next_at = range->end_at;
    row->record_count += c->counters.records;
    row->response_count += c->counters.responses;
    row->member_count += c->counters.members;
    for (size_t i = 0; i < c->fault_count; i++) {
        row->fault_count += c->faults[i].count;
        r->state.faults += c->faults[i].count;
    }
    for (size_t i = 0; i < c->block_count && part != RANGE_PIECE; i++)
        row->folded = fingerprint_fold(row->folded, c->blocks[i]);
    row->next_block += part == RANGE_PIECE ? 0 : c->block_count;
    row->done = part == RANGE_LAST;
    uint64_t done_bytes = part == RANGE_PIECE ? 0 : range->to - range->from;
    c->counters.archive_bytes = done_bytes + (part == RANGE_LAST ? range->file->opened.fault.bytes : 0);
    r->state.bytes += done_bytes;
    r->state.found += c->page_count;
    r->state.archives += row->done;
    const struct work_piece piece = {buf_span(&c->events), c->event_count, c->faults, c->fault_count,
                                     &c->counters};
    enum err err = work_commit(r->work, row, &piece);
    if (part != RANGE_PIECE)
        keep_events(r, c);
    return err;
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
    const struct ranges ranges = {.plan = r->plan,
                                  .chunk_bytes = in->chunk_bytes,
                                  .opener = r->opener,
                                  .use = &chunk_use,
                                  .settings = &r->settings,
                                  .threads = in->threads,
                                  .stop = in->worker.stop,
                                  .context = r,
                                  .begin = begin_archive,
                                  .make = make_chunk,
                                  .commit = commit_chunk,
                                  .tick = on_tick};
    return ranges_run(&ranges);
}

enum err reading_run(const struct indexing *in, const struct plan *plan, struct work *work,
                     struct opener *opener)
{
    struct reading r = {.in = in, .plan = plan, .work = work, .opener = opener, .settings = in->worker};
    r.state = (struct progress_state){.doing = "reading",
                                      .found_what = "visits",
                                      .total_bytes = plan->total_bytes,
                                      .total_archives = plan->count};
    r.synced_ns = progress_now_ns();
    progress_init(&r.progress, in->progress, STDERR_FILENO, r.synced_ns);
    arena_init(&r.arena, LIMIT_GROUP_ARENA_BYTES);
    r.settings.loaders = loader_search_new(&r.arena); /* NULL: each document makes its own */
    enum err err = load_rows(&r);
    if (!err)
        err = read_all(&r);
    progress_end(&r.progress);
    for (size_t i = 0; i < r.spare_count; i++)
        buf_free(&r.spare_events[i]);
    arena_free(&r.arena);
    return err;
}
