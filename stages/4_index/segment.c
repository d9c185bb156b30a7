// SPDX-License-Identifier: MIT
#include "4_index/segment.h"

#include <stdlib.h>

#include "4_index/observe.h"
#include "4_index/pack.h"
#include "base/limits.h"

struct segment {
    struct event event;
    uint32_t archive;
};
struct joining {
    struct observer observer;
    struct buf buf; /* events of one record */
    struct arena *arena;
    struct counters *counters;
};

static bool is_segment(struct span packed)
{
    struct unpack in = {.rest = packed};
    return unpack_u64(&in) == EVENT_SEGMENT;
}

static int compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* The parts of a record in their order; of a part that is there twice the first in the file. */
static int by_origin(const void *left, const void *right)
{
    const struct segment *a = left, *b = right;
    int order = compare(a->event.concurrent[0], b->event.concurrent[0]);
    if (!order)
        order = compare(a->event.status, b->event.status);
    if (!order)
        order = compare(a->archive, b->archive);
    if (!order)
        order = compare(a->event.place.at, b->event.place.at);
    return order ? order : compare(a->event.place.inner, b->event.place.inner);
}

/* Takes the segments out of the list. */
static enum err take_segments(struct packed_event *events, size_t *count, struct arena *arena,
                              struct segment **segments, size_t *segment_count)
{
    size_t kept = 0, capacity = 0;
    for (size_t i = 0; i < *count; i++) {
        if (!is_segment(events[i].packed)) {
            events[kept++] = events[i];
            continue;
        }
        struct segment *s = ARENA_PUSH(arena, *segments, *segment_count, capacity);
        if (!s)
            return ERR_MEMORY;
        enum err err = event_unpack(events[i].packed, arena, &s->event);
        if (err)
            return err == ERR_CORRUPT ? ERR_INDEX : err;
        uint64_t bytes = s->event.place.bytes;
        s->event.place = events[i].place;
        s->event.place.bytes = bytes;
        s->archive = events[i].archive;
    }
    *count = kept;
    if (*segment_count)
        qsort(*segments, *segment_count, sizeof **segments, by_origin);
    return ERR_OK;
}

static void count_fault(void *context, const char *stage, enum err err, uint64_t at, uint64_t bytes)
{
    struct joining *j = context;
    (void)stage, (void)err, (void)at,
        (void)bytes; /* the index counts faults by file; this record lies in several */
    j->counters->segment_faults++;
}

/* Head and blocks of the parts that follow one another; whole: the last one is among them and nothing was cut. */
static enum err join_blocks(const struct segment *parts, size_t count, struct arena *arena, struct span *out,
                            bool *whole)
{
    struct span head = parts->event.segment_head;
    size_t bytes = head.bytes, until = 0;
    for (unsigned next = 1; until < count && parts[until].event.status <= next; until++) {
        bool repeated = parts[until].event.status < next;
        bytes += repeated ? 0 : parts[until].event.segment_block.bytes;
        next += !repeated;
    }
    *whole = until == count && (parts[count - 1].event.flags & EVENT_FLAG_LAST);
    if (bytes > head.bytes + LIMIT_BODY_BYTES)
        bytes = head.bytes + LIMIT_BODY_BYTES;
    char *joined = arena_bytes(arena, bytes);
    if (!joined)
        return ERR_MEMORY;
    memcpy(joined, head.at, head.bytes);
    size_t at = head.bytes;
    for (size_t i = 0; i < until; i++) {
        struct span block = parts[i].event.segment_block;
        if (i && parts[i].event.status == parts[i - 1].event.status)
            continue;
        struct span fitting = span_first(block, head.bytes + LIMIT_BODY_BYTES - at);
        *whole = *whole && fitting.bytes == block.bytes && !(parts[i].event.flags & EVENT_FLAG_PARTIAL);
        if (fitting.bytes)
            memcpy(joined + at, fitting.at, fitting.bytes);
        at += fitting.bytes;
    }
    *out = span_of(joined, at);
    return ERR_OK;
}

/* One record of its parts: read as if it had stood in one piece. One event comes of it, or none. */
static enum err join_one(struct joining *j, const struct segment *parts, size_t count,
                         struct packed_event *out, size_t *out_count)
{
    struct record record;
    struct span bytes, key, packed;
    bool whole;
    if (!parts->event.segment_head.bytes) {
        j->counters->segments_lonely += count;
        return ERR_OK;
    }
    TRY(join_blocks(parts, count, j->arena, &bytes, &whole));
    j->counters->segmented += whole;
    j->counters->segments_open += !whole;
    enum err err = record_read(bytes, true, &record);
    if (err)
        return err_is_run(err) ? err : ERR_OK; /* it was read once already: cannot be */
    record.block = span_from(bytes, record.head.bytes);
    record.declared_bytes = record.block.bytes;
    record.partial = !whole;
    record.segment_number = SPAN_NONE;
    buf_reset(&j->buf);
    TRY(observe_record(&j->observer, &record, parts->event.place, &j->buf));
    struct span rest = buf_span(&j->buf);
    if (!observe_take(&rest, &key, &packed))
        return ERR_OK;
    struct span copy = arena_copy(j->arena, packed);
    if (!copy.at)
        return ERR_MEMORY;
    out[(*out_count)++] =
        (struct packed_event){.archive = parts->archive, .place = parts->event.place, .packed = copy};
    return ERR_OK;
}

static enum err join_all(struct joining *j, const struct segment *segments, size_t segment_count,
                         const enum producer *producers, struct packed_event *events, size_t *count)
{
    for (size_t from = 0, to; from < segment_count; from = to) {
        uint64_t origin = segments[from].event.concurrent[0];
        for (to = from + 1; to < segment_count && origin && segments[to].event.concurrent[0] == origin;)
            to++;
        j->observer.producer = producers[segments[from].archive];
        TRY(join_one(j, segments + from, to - from, events, count));
    }
    return ERR_OK;
}

enum err segment_join(struct packed_event *events, size_t *count, const enum producer *producers,
                      const struct suffixes *suffixes, struct arena *arena, struct counters *counters)
{
    struct segment *segments = NULL;
    size_t segment_count = 0;
    TRY(take_segments(events, count, arena, &segments, &segment_count));
    if (!segment_count)
        return ERR_OK;
    struct joining j = {.arena = arena, .counters = counters};
    j.observer = (struct observer){
        .decoder = decoder_new(0), .suffixes = suffixes, .fault = count_fault, .fault_context = &j};
    arena_init(&j.observer.arena, LIMIT_WORKER_ARENA_BYTES);
    buf_init(&j.buf, LIMIT_CHUNK_FACTS_BYTES);
    enum err err =
        j.observer.decoder ? join_all(&j, segments, segment_count, producers, events, count) : ERR_MEMORY;
    buf_free(&j.buf);
    arena_free(&j.observer.arena);
    decoder_free(j.observer.decoder);
    return err;
}
