// SPDX-License-Identifier: MIT
#include "chunk.h"

#include <stdlib.h>

#include "1_read/harfile.h"
#include "3_extract/har.h"
#include "4_index/observe.h"
#include "base/limits.h"
#include "base/pages.h"
#include "dictionary.h"
#include "ext/ext_deflate.h"

/* What the range before left over, and the member that begins in a range and ends behind it. */
#define COPY_BEHIND_BYTES (512u << 10)
#define COPY_BYTES        (RANGES_BYTES_DEFAULT + COPY_BEHIND_BYTES)

struct worker {
    struct inflater *inflater;
    struct observer observer;
    struct chunk *chunk;
    struct reader_needs needs;
    char *copy;       /* of COPY_BYTES; */
    struct span near; /* what it holds of the range under way, from its `from` on */
    const struct worker_settings *settings;
};

void chunk_add_fault(struct chunk *c, const char *stage, enum err err, uint64_t at, uint64_t bytes)
{
    struct work_fault *f = c->faults, *end = c->faults + c->fault_count;
    while (f < end && !(f->err == err && span_equal(span_of_string(f->stage), span_of_string(stage))))
        f++;
    if (f == c->faults + CHUNK_FAULTS_MAX)
        f--; /* more kinds than there are: counted with the last */
    if (f == end)
        c->faults[c->fault_count++] = (struct work_fault){.stage = stage, .err = err, .first_at = at};
    f->count++;
    f->bytes += bytes;
    f->first_at = at < f->first_at ? at : f->first_at;
}

static void count_fault(void *context, const char *stage, enum err err, uint64_t at, uint64_t bytes)
{
    chunk_add_fault(((struct worker *)context)->chunk, stage, err, at, bytes);
}

static void on_read_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    count_fault(context, "read", err, at, bytes);
}

static void on_index_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    chunk_add_fault(context, "cdx", err, at, bytes);
}

static void free_worker(void *worker)
{
    struct worker *w = worker;
    if (!w)
        return;
    arena_free(&w->observer.arena);
    memo_free(&w->observer.memo);
    decoder_free(w->observer.decoder);
    inflater_free(w->inflater);
    free(w->copy);
    free(w);
}

static void *make_worker(const void *context)
{
    const struct worker_settings *settings = context;
    struct worker *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->settings = settings;
    w->needs = (struct reader_needs){observe_need, &w->observer};
    w->inflater = dictionary_inflater(settings->dictionary);
    w->copy = pages_alloc(COPY_BYTES);
    w->observer = (struct observer){.decoder = decoder_new(settings->body_bytes),
                                    .suffixes = settings->suffixes,
                                    .loaders = settings->loaders,
                                    .fault = count_fault,
                                    .fault_context = w};
    arena_init(&w->observer.arena, LIMIT_WORKER_ARENA_BYTES);
    if (memo_init(&w->observer.memo) || !w->inflater || !w->copy || !w->observer.decoder) {
        free_worker(w);
        return NULL;
    }
    return w;
}

struct chunk *chunk_new(void)
{
    struct chunk *c = calloc(1, sizeof *c);
    if (c)
        buf_init(&c->events, LIMIT_CHUNK_FACTS_BYTES);
    return c;
}

/* A chunk begins with its range. */
static void free_chunk(struct range *range)
{
    struct chunk *c = (struct chunk *)range;
    buf_free(&c->events);
    free(c->blocks);
    free(c);
}

static void count_record(struct counters *n, const struct record *record)
{
    uint64_t *const by_type[RECORD_TYPE_COUNT] = {
        [RECORD_WARCINFO] = &n->warcinfo,  [RECORD_RESPONSE] = &n->responses, [RECORD_REQUEST] = &n->requests,
        [RECORD_RESOURCE] = &n->resources, [RECORD_METADATA] = &n->metadata,  [RECORD_REVISIT] = &n->revisits,
    };
    n->records++;
    n->record_bytes += record->head.bytes + record->block.bytes + record->unread_bytes;
    n->partial += record->partial;
    n->odd_lines += record->odd_lines;
    ++*(by_type[record->type] ? by_type[record->type] : &n->others);
}

static enum err read_records(struct worker *w, struct chunk *c)
{
    struct reader reader;
    struct record record;
    struct place place;
    struct indexed_check check;
    uint64_t member_at = UINT64_MAX;
    enum err err;
    reader_init(&reader, c->range.bytes, c->range.kind, c->range.lo, c->range.hi, c->range.exact, w->inflater,
                on_read_fault, w);
    reader.window_bytes = w->settings->window_bytes;
    reader.near = w->near;
    reader.near_at = c->range.from;
    reader.needs = &w->needs;
    reader.complete = w->settings->complete;
    indexed_check_init(&check, c->range.indexed, on_index_fault, c);
    while ((err = reader_next(&reader, &record, &place)) == ERR_OK) {
        if (*w->settings->stop)
            return ERR_STOPPED;
        if (place.at != member_at)
            w->observer.member_facts_bytes = 0;
        member_at = place.at;
        count_record(&c->counters, &record);
        indexed_check_record(&check, reader.first_at, &record, place);
        TRY(observe_record(&w->observer, &record, place, &c->events));
        if (c->events.bytes > LIMIT_PIECE_FACTS_BYTES && reader.at < reader.hi)
            reader.hi = reader.at; /* to the end of this member */
    }
    c->range.is_cut = reader.end_at < c->range.hi && reader.hi < c->range.hi;
    c->range.first_at = reader.first_at;
    c->range.end_at = reader.end_at;
    indexed_check_end(&check, reader.first_at, reader.end_at);
    c->counters.unlisted += check.unlisted_count;
    c->counters.members += reader.member_count;
    c->counters.understood_bytes += reader.understood_bytes;
    c->counters.skipped += reader.skip_counts[SKIP_PROVEN];
    c->counters.skipped_bytes += reader.skipped_bytes;
    c->counters.skip_ambiguous += reader.skip_counts[SKIP_AMBIGUOUS];
    c->counters.skip_impossible += reader.skip_counts[SKIP_IMPOSSIBLE];
    return err == ERR_END ? ERR_OK : err;
}

static enum err read_page_lines(struct worker *w, struct chunk *c)
{
    struct span rest = c->range.bytes;
    w->observer.member_facts_bytes = 0;
    for (uint64_t number = 0; rest.bytes; number++)
        TRY(observe_page_line(&w->observer, span_cut_line(&rest), number, &c->events));
    c->range.first_at = 0;
    c->range.end_at = c->range.bytes.bytes;
    c->counters.understood_bytes += c->range.bytes.bytes;
    return ERR_OK;
}

static enum err read_har_item(struct worker *w, struct chunk *c, const struct harfile_item *item,
                              struct arena *arena)
{
    struct har_page page;
    struct har_entry entry;
    if (item->kind == HARFILE_PAGE)
        return har_parse_page(item->json, &page) /* without an id no entry can name it */
                   ? ERR_OK
                   : observe_har_page(&w->observer, &page, item->place, &c->events);
    enum err err = har_parse_entry(item->json, arena, &entry);
    if (err_is_run(err))
        return err;
    if (err)
        count_fault(w, "extract", err, item->place.at, 0);
    c->counters.records++;
    c->counters.record_bytes += item->place.bytes;
    ++*(entry.response.status ? &c->counters.responses : &c->counters.requests);
    return err == ERR_NO_URI ? ERR_OK
                             : observe_har_entry(&w->observer, &entry, item->place, item->body, &c->events);
}

static enum err read_har(struct worker *w, struct chunk *c)
{
    struct harfile har;
    struct harfile_item item;
    struct arena arena;
    enum err err;
    w->observer.member_facts_bytes = 0;
    arena_init(&arena, LIMIT_WORKER_ARENA_BYTES);
    harfile_init(&har, c->range.bytes, &arena, on_read_fault, w);
    while ((err = harfile_next(&har, &item)) == ERR_OK) {
        err = *w->settings->stop ? ERR_STOPPED : read_har_item(w, c, &item, &arena);
        if (err)
            break;
    }
    harfile_close(&har);
    arena_free(&arena);
    c->range.first_at = 0;
    c->range.end_at = c->range.bytes.bytes;
    c->counters.understood_bytes += c->range.bytes.bytes - har.lost_bytes;
    return err == ERR_END ? ERR_OK : err;
}

static void forget_chunk(struct range *range)
{
    struct chunk *c = (struct chunk *)range;
    buf_reset(&c->events);
    c->event_count = 0;
    c->counters = (struct counters){0};
    c->fault_count = 0;
    c->page_count = 0;
    c->range.is_cut = false;
}

static enum err read_chunk(void *worker, struct range *range)
{
    struct worker *w = worker;
    struct chunk *c = (struct chunk *)range;
    w->chunk = c;
    w->observer.producer = c->producer;
    w->observer.event_count = w->observer.body_count = w->observer.body_bytes = w->observer.page_count = 0;
    enum err err = c->is_pages                   ? read_page_lines(w, c)
                   : c->range.kind == SOURCE_HAR ? read_har(w, c)
                                                 : read_records(w, c);
    c->counters.bodies = w->observer.body_count;
    c->counters.body_bytes = w->observer.body_bytes;
    c->page_count = w->observer.page_count;
    c->event_count = w->observer.event_count;
    w->chunk = NULL;
    return err;
}

void chunk_add_places_behind(struct chunk *c)
{
    struct indexed_check check;
    indexed_check_init(&check, c->range.indexed, on_index_fault, c);
    indexed_check_end(&check, c->range.bytes.bytes, UINT64_MAX);
}

/* The bytes of [at, at + bytes): copied as far as they fit, else as they are mapped. */
static struct span copy_of(struct worker *w, const struct range *range, uint64_t at, uint64_t bytes)
{
    size_t want = bytes < COPY_BYTES ? (size_t)bytes : COPY_BYTES;
    size_t got = opening_read(&range->file->opened, at, w->copy, want);
    return got == want ? span_of(w->copy, got) : span_first(span_from(range->bytes, at), want);
}

static void hash_blocks(struct chunk *c, uint64_t at, struct span bytes)
{
    struct fingerprint *block = c->blocks + (at - c->range.from) / WORK_BLOCK_BYTES;
    for (; bytes.bytes; bytes = span_from(bytes, WORK_BLOCK_BYTES))
        *block++ = fingerprint_of(span_first(bytes, WORK_BLOCK_BYTES));
}

/* Fingerprints of the range's blocks, from a copy that reading goes on with. */
static enum err hash_chunk(void *worker, struct range *range)
{
    struct worker *w = worker;
    struct chunk *c = (struct chunk *)range;
    w->near = SPAN_NONE;
    c->block_count = (range->to - range->from + WORK_BLOCK_BYTES - 1) / WORK_BLOCK_BYTES;
    c->blocks = calloc(c->block_count ? c->block_count : 1, sizeof *c->blocks);
    if (!c->blocks)
        return ERR_MEMORY;
    if (range->to - range->from <= RANGES_BYTES_DEFAULT) {
        w->near = copy_of(w, range, range->from, range->bytes.bytes - range->from);
        hash_blocks(c, range->from, span_first(w->near, (size_t)(range->to - range->from)));
        return ERR_OK;
    }
    for (uint64_t at = range->from; at < range->to; at += RANGES_BYTES_DEFAULT) {
        uint64_t rest_bytes = range->to - at;
        hash_blocks(
            c, at,
            copy_of(w, range, at, rest_bytes < RANGES_BYTES_DEFAULT ? rest_bytes : RANGES_BYTES_DEFAULT));
    }
    return ERR_OK;
}

const struct range_use chunk_use = {.worker_new = make_worker,
                                    .worker_free = free_worker,
                                    .prepare = hash_chunk,
                                    .read = read_chunk,
                                    .forget = forget_chunk,
                                    .free = free_chunk};
