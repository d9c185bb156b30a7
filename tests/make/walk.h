// SPDX-License-Identifier: MIT
/*
 * walk.h - reads an archive in ranges and writes down all that came out, one line each, for comparison.
 */
#ifndef MAKE_WALK_H
#define MAKE_WALK_H

#include "1_read/reader.h"
#include "base/buf.h"
#include "base/hash.h"
#include "ext/ext_deflate.h"

#define WALK_UNUSED __attribute__((unused))

struct walk {
    size_t window_bytes; /* 0: as the reader has it */
    struct buf log;
    struct inflater *inflater;
    uint64_t first_at, end_at;
    uint64_t record_count, response_count, fault_count, lost_bytes, understood_bytes;
    enum err err; /* what ended the last range: ERR_END */
    uint64_t range_count, again_count;
};

static WALK_UNUSED void walk_init(struct walk *walk)
{
    *walk = (struct walk){.inflater = inflater_new()};
    buf_init(&walk->log, SIZE_MAX);
}

static WALK_UNUSED void walk_free(struct walk *walk)
{
    inflater_free(walk->inflater);
    buf_free(&walk->log);
}

/* Empty again; memory is kept. */
static WALK_UNUSED void walk_reset(struct walk *walk)
{
    buf_reset(&walk->log);
    *walk = (struct walk){walk->window_bytes, .log = walk->log, .inflater = walk->inflater};
}

static WALK_UNUSED void walk_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    struct walk *walk = context;
    walk->fault_count++;
    walk->lost_bytes += bytes;
    buf_format(&walk->log, "fault %s at %llu bytes %llu\n", err_name(err), (unsigned long long)at,
               (unsigned long long)bytes);
}

static WALK_UNUSED void walk_record(struct walk *walk, const struct record *record, const struct place *place)
{
    walk->record_count++;
    walk->response_count += record->type == RECORD_RESPONSE;
    buf_format(&walk->log, "%s at %llu bytes %llu inner %llu block %zu hash %llx%s\n",
               record_type_name(record->type), (unsigned long long)place->at,
               (unsigned long long)place->bytes, (unsigned long long)place->inner, record->block.bytes,
               (unsigned long long)hash_span(record->raw), record->partial ? " partial" : "");
}

/* One range; adds to what the walk holds. */
static WALK_UNUSED void walk_range(struct walk *walk, struct span file, enum source_kind kind, uint64_t lo,
                                   uint64_t hi, bool exact)
{
    struct reader reader;
    struct record record;
    struct place place;
    reader_init(&reader, file, kind, lo, hi, exact, walk->inflater, walk_fault, walk);
    if (walk->window_bytes)
        reader.window_bytes = walk->window_bytes;
    while ((walk->err = reader_next(&reader, &record, &place)) == ERR_OK)
        walk_record(walk, &record, &place);
    walk->first_at = reader.first_at;
    walk->end_at = reader.end_at;
    walk->understood_bytes += reader.understood_bytes;
}

static WALK_UNUSED void walk_whole(struct walk *walk, struct span file, enum source_kind kind)
{
    walk_range(walk, file, kind, 0, file.bytes, true);
}

/* All ranges of this size, each guessed first and read again where the seam does not hold. */
static WALK_UNUSED void walk_chain(struct walk *walk, struct span file, enum source_kind kind,
                                   uint64_t range_bytes)
{
    uint64_t expected_at = 0;
    for (uint64_t lo = 0; lo < file.bytes || lo == 0; lo += range_bytes) {
        struct walk before = *walk;
        walk_range(walk, file, kind, lo, lo + range_bytes, false);
        if (walk->first_at != expected_at) {
            size_t log_bytes = before.log.bytes;
            before.log = walk->log; /* it may have moved */
            before.log.bytes = log_bytes;
            *walk = before;
            walk_range(walk, file, kind, expected_at, lo + range_bytes, true);
            walk->again_count++;
        }
        walk->range_count++;
        expected_at = walk->end_at;
    }
}

#endif
