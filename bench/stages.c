// SPDX-License-Identifier: MIT
/*
 * stages.c - where the time of reading an archive goes, on one thread: members and records (stage 1, bodies that nobody needs
 * left out), heads parsed and bodies decoded (2), references and cookies found (3) and events packed. Each figure is the difference
 * of two passes over the whole archive, the second doing one thing more, as a ratio to bare inflation of all its members.
 *
 * bench stages FILE.warc.gz prints one line of JSON: per stage its share of the floor, and the bytes it gave.
 */
#include "1_read/reader.h"
#include "3_extract/loader.h"
#include "4_index/observe.h"
#include "base/limits.h"
#include "bench.h"
#include "ext/ext_deflate.h"
#include "ext/ext_psl.h"
#include "io/mapfile.h"

#include <inttypes.h>
#include <stdio.h>

enum pass { PASS_READ, PASS_DECODE, PASS_OBSERVE, PASS_COUNT };

struct bench {
    struct span file;
    struct inflater *inflater;
    struct observer observer;
    struct buf events;
    uint64_t record_bytes, head_count, body_bytes, event_bytes, fault_count;
};

static void ignore_fault(void *context, const char *stage, enum err err, uint64_t at, uint64_t bytes)
{
    (void)stage;
    bench_count_fault(context, err, at, bytes);
}

static void decode(struct bench *b, const struct record *record)
{
    struct http_head head;
    struct body body;
    bool is_http =
        record->type == RECORD_RESPONSE || record->type == RECORD_REQUEST || record->type == RECORD_REVISIT;
    arena_reset(&b->observer.arena);
    if (!is_http || exchange_parse(record->block, &b->observer.arena, &head))
        return;
    b->head_count++;
    if (record->type == RECORD_RESPONSE && !record->unread_bytes && head.body.bytes &&
        observe_need(&b->observer, record) == READER_NEED_BODY &&
        !body_decode(b->observer.decoder, &head, &body))
        b->body_bytes += body.bytes.bytes;
}

static double run(struct bench *b, enum pass pass)
{
    struct reader reader;
    struct record record;
    struct place place;
    const struct reader_needs needs = {observe_need, &b->observer};
    double from_s = bench_cpu_s();
    b->record_bytes = b->head_count = b->body_bytes = b->event_bytes = 0;
    reader_init(&reader, b->file, source_kind_of(b->file), 0, b->file.bytes, true, b->inflater,
                bench_count_fault, &b->fault_count);
    reader.needs = &needs;
    while (reader_next(&reader, &record, &place) == ERR_OK) {
        b->record_bytes += record.head.bytes + record.block.bytes;
        if (pass == PASS_DECODE)
            decode(b, &record);
        b->observer.member_facts_bytes = 0;
        if (pass == PASS_OBSERVE && observe_record(&b->observer, &record, place, &b->events))
            exit(1);
        b->event_bytes += b->events.bytes;
        buf_reset(&b->events);
    }
    return bench_cpu_s() - from_s;
}

static double floor_s(struct bench *b)
{
    double from_s = bench_cpu_s();
    for (struct span rest = b->file; rest.bytes;) {
        struct span out;
        size_t used;
        if (inflater_member(b->inflater, rest, 1u << 30, &out, &used) || !used)
            exit(1);
        rest = span_from(rest, used);
    }
    return bench_cpu_s() - from_s;
}

static void measure(struct bench *b)
{
    double times_s[PASS_COUNT][BENCH_ROUNDS], inflating_s[BENCH_ROUNDS], s[PASS_COUNT];
    for (int i = 0; i < BENCH_ROUNDS; i++) {
        inflating_s[i] = floor_s(b);
        for (int pass = 0; pass < PASS_COUNT; pass++)
            times_s[pass][i] = run(b, (enum pass)pass);
    }
    double floor = bench_median(inflating_s, BENCH_ROUNDS);
    for (int pass = 0; pass < PASS_COUNT; pass++)
        s[pass] = bench_median(times_s[pass], BENCH_ROUNDS) / floor;
    uint64_t read_bytes = b->record_bytes, event_bytes = b->event_bytes;
    run(b, PASS_DECODE);
    printf("{\"read\": %.3f, \"read_bytes\": %" PRIu64 ", \"decode\": %.3f, \"decode_bytes\": %" PRIu64
           ", \"extract\": %.3f, \"event_bytes\": %" PRIu64 "}\n",
           s[PASS_READ], read_bytes, s[PASS_DECODE] - s[PASS_READ], b->body_bytes,
           s[PASS_OBSERVE] - s[PASS_DECODE], event_bytes);
}

int bench_stages(int argc, char **argv)
{
    struct mapfile file;
    struct suffixes *suffixes;
    if (argc != 2 || mapfile_open(argv[1], 0, &file) != ERR_OK || suffixes_load(NULL, &suffixes)) {
        fprintf(stderr, "usage: bench stages FILE.warc.gz\n");
        return 2;
    }
    struct arena kept;
    arena_init(&kept, LIMIT_WORKER_ARENA_BYTES);
    struct bench b = {.file = file.bytes, .inflater = inflater_new()};
    b.observer = (struct observer){.decoder = decoder_new(0),
                                   .suffixes = suffixes,
                                   .loaders = loader_search_new(&kept),
                                   .fault = ignore_fault,
                                   .fault_context = &b.fault_count};
    arena_init(&b.observer.arena, LIMIT_WORKER_ARENA_BYTES);
    buf_init(&b.events, LIMIT_CHUNK_FACTS_BYTES);
    if (!b.inflater || !b.observer.decoder || memo_init(&b.observer.memo))
        return 1;
    measure(&b);
    buf_free(&b.events);
    memo_free(&b.observer.memo);
    arena_free(&b.observer.arena);
    decoder_free(b.observer.decoder);
    inflater_free(b.inflater);
    arena_free(&kept);
    suffixes_free(suffixes);
    mapfile_close(&file);
    return 0;
}
