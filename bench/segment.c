// SPDX-License-Identifier: MIT
/*
 * segment.c - what putting records together from their parts costs: generated pictures, eight parts each, sorted,
 * joined and read (segment_join), beside memcpy of the same blocks. Prints the ratio of the medians of one run.
 */
#include "4_index/segment.h"
#include "bench.h"
#include "ext/ext_psl.h"

#include <stdio.h>

#define RECORD_COUNT 64u
#define PART_COUNT   8u
#define EVENT_COUNT  (RECORD_COUNT * PART_COUNT)
#define BLOCK_BYTES  (64u << 10)
#define TOTAL_BYTES  ((size_t)EVENT_COUNT * BLOCK_BYTES)
#define HTTP_HEAD    "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
#define WARC_HEAD                                                                                            \
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n" \
    "WARC-Target-URI: https://a.example/\r\nContent-Length: 9\r\n\r\n"

/* Parts of all records by turns, the last ones first. */
static void generate(char *blocks, struct buf *packed, struct packed_event *events)
{
    memset(blocks, 'x', TOTAL_BYTES);
    for (size_t i = 0; i < EVENT_COUNT; i++) {
        unsigned number = PART_COUNT - (unsigned)(i / RECORD_COUNT);
        char *block = blocks + i * BLOCK_BYTES;
        if (number == 1)
            memcpy(block, HTTP_HEAD, strlen(HTTP_HEAD));
        const struct event event = {.kind = EVENT_SEGMENT,
                                    .status = number,
                                    .concurrent = 1 + i % RECORD_COUNT,
                                    .flags = number == PART_COUNT ? EVENT_FLAG_LAST : 0,
                                    .segment_head = number == 1 ? SPAN(WARC_HEAD) : SPAN_NONE,
                                    .segment_block = span_of(block, BLOCK_BYTES)};
        size_t from = packed->bytes;
        event_pack(&event, packed); /* there is room: what is packed stays where it is */
        events[i] = (struct packed_event){.place = {.at = i},
                                          .packed = span_of(packed->at + from, packed->bytes - from)};
    }
}

static double join_all(const struct packed_event *parts, const struct suffixes *suffixes, struct arena *arena,
                       struct counters *counters)
{
    static const enum producer producers[] = {PRODUCER_WGET};
    struct packed_event events[EVENT_COUNT];
    size_t count = EVENT_COUNT;
    memcpy(events, parts, sizeof events);
    *counters = (struct counters){0};
    arena_reset(arena);
    double from_s = bench_cpu_s();
    if (segment_join(events, &count, producers, suffixes, arena, counters))
        exit(1);
    return bench_cpu_s() - from_s;
}

static double copy_all(const char *blocks, char *to)
{
    double from_s = bench_cpu_s();
    for (size_t i = 0; i < EVENT_COUNT; i++)
        memcpy(to + i * BLOCK_BYTES, blocks + i * BLOCK_BYTES, BLOCK_BYTES);
    return bench_cpu_s() - from_s;
}

int bench_segment(int argc, char **argv)
{
    (void)argc, (void)argv;
    struct buf packed;
    struct arena arena;
    struct suffixes *suffixes;
    struct counters counters;
    struct packed_event events[EVENT_COUNT];
    char *blocks = malloc(2 * TOTAL_BYTES);
    double join_s[BENCH_ROUNDS], copy_s[BENCH_ROUNDS];
    buf_init(&packed, 2 * TOTAL_BYTES);
    arena_init(&arena, 4 * TOTAL_BYTES);
    if (!blocks || !buf_room(&packed, 2 * TOTAL_BYTES) || suffixes_load(NULL, &suffixes))
        return 1;
    generate(blocks, &packed, events);
    for (int i = 0; i < BENCH_ROUNDS; i++) {
        copy_s[i] = copy_all(blocks, blocks + TOTAL_BYTES);
        join_s[i] = join_all(events, suffixes, &arena, &counters);
    }
    double join = bench_median(join_s, BENCH_ROUNDS), bare = bench_median(copy_s, BENCH_ROUNDS);
    printf("%llu records of %u parts, %.1f MB: join %.2f ms, memcpy %.2f ms, ratio %.2f\n",
           (unsigned long long)counters.segmented, PART_COUNT, (double)TOTAL_BYTES / 1e6, join * 1e3,
           bare * 1e3, join / bare);
    suffixes_free(suffixes);
    arena_free(&arena);
    buf_free(&packed);
    free(blocks);
    return 0;
}
