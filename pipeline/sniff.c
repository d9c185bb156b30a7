// SPDX-License-Identifier: MIT
#include "sniff.h"

#include "1_read/reader.h"
#include "2_decode/exchange.h"
#include "3_extract/crawl_name.h"

#define SNIFF_RECORDS 16 /* a producer shows itself in the warcinfo or the first exchanges */

static void ignore_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    (void)context, (void)err, (void)at, (void)bytes; /* reading proper reports them */
}

/* What one record tells of the archive; false: nothing yet. */
static bool learn(struct plan_archive *a, const struct record *record, struct arena *arena)
{
    if (record->type == RECORD_WARCINFO) {
        struct warcinfo info = {0};
        if (crawl_parse_warcinfo(record->block, &info) != ERR_OK)
            return false;
        a->producer = info.producer;
        if (span_equal(a->group, a->name)) {
            struct span group = crawl_name_of(a->name, &info, arena);
            a->group = group.at ? group : a->group;
        }
    } else {
        struct http_head head = {0};
        struct arena_mark mark = arena_mark(arena);
        enum err err = exchange_parse(record->block, arena, &head);
        size_t body_bytes = err ? 0 : head.body.bytes;
        arena_back_to(arena, mark);
        a->producer =
            crawl_guess_producer(record->head, span_first(record->block, record->block.bytes - body_bytes));
    }
    return a->producer != PRODUCER_UNKNOWN;
}

/* Heads are enough to know a producer by; a warcinfo tells in its block. */
static enum reader_need needs_of(void *context, const struct record *record)
{
    (void)context;
    if (record->type == RECORD_WARCINFO)
        return READER_NEED_BODY;
    bool has_head = span_find_span(record->block, SPAN("\r\n\r\n"), 0) < record->block.bytes;
    return has_head ? READER_NEED_HEAD : READER_NEED_UNKNOWN;
}

static enum err read_first(struct plan_archive *a, struct span bytes, bool whole, struct inflater *inflater,
                           struct arena *arena, bool *more)
{
    static const struct reader_needs needs = {needs_of, NULL};
    struct reader reader;
    struct record record;
    struct place place;
    *more = false;
    reader_init(&reader, bytes, a->kind, 0, bytes.bytes, true, inflater, ignore_fault, NULL);
    reader.needs = &needs;
    for (int i = 0; i < SNIFF_RECORDS; i++) {
        enum err err = reader_next(&reader, &record, &place);
        bool at_end = err == ERR_END || (!err && place.at + place.bytes >= bytes.bytes);
        if (!whole && at_end) {
            *more = true;
            return ERR_OK;
        }
        if (err)
            return err == ERR_END ? ERR_OK : err;
        if (learn(a, &record, arena))
            return ERR_OK;
    }
    return ERR_OK;
}

enum err sniff_archive(struct plan_archive *a, struct span bytes, bool whole, struct inflater *inflater,
                       struct arena *arena, bool *more)
{
    *more = false;
    if (a->kind == SOURCE_HAR) {
        a->producer = PRODUCER_HAR;
        return ERR_OK;
    }
    TRY(read_first(a, bytes, whole, inflater, arena, more));
    if (a->producer == PRODUCER_UNKNOWN && (a->kind == SOURCE_ARC || a->kind == SOURCE_ARC_GZ))
        a->producer = PRODUCER_ARC;
    return ERR_OK;
}
