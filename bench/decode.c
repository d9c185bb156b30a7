// SPDX-License-Identifier: MIT
/*
 * decode.c - what stage 2 costs: every response head parsed and every body decoded of a .warc.gz,
 * beside inflating its members by libdeflate (inflater_member). Prints the ratio of the medians of one run.
 */
#include "1_read/reader.h"
#include "2_decode/body.h"
#include "base/buf.h"
#include "bench.h"
#include "ext/ext_deflate.h"
#include "io/mapfile.h"

#include <stdio.h>
#include <stdlib.h>

#define MEMBER_BYTES    (192u << 20)
#define BLOCK_MAX_BYTES (1u << 30) /* copies of all responses, so that decoding alone is timed */

struct responses {
    struct buf bytes;
    size_t *ends;
    size_t count, capacity;
    struct arena arena;
};

struct totals {
    uint64_t decoded_bytes, coded_count, chunked_count, damaged_count;
};

static void collect(struct span file, struct inflater *inflater, struct responses *out)
{
    struct reader reader;
    struct record record;
    struct place place;
    uint64_t fault_count = 0;
    reader_init(&reader, file, SOURCE_WARC_GZ, 0, file.bytes, true, inflater, bench_count_fault,
                &fault_count);
    while (reader_next(&reader, &record, &place) == ERR_OK) {
        if (record.type != RECORD_RESPONSE)
            continue;
        size_t *end = ARENA_PUSH(&out->arena, out->ends, out->count, out->capacity);
        buf_add(&out->bytes, record.block);
        if (!end || out->bytes.err)
            exit(1);
        *end = out->bytes.bytes;
    }
}

static double inflate_all(struct span file, struct inflater *inflater)
{
    struct span out;
    size_t member_bytes;
    double from_s = bench_cpu_s();
    for (size_t at = 0; at < file.bytes; at += member_bytes)
        if (inflater_member(inflater, span_from(file, at), MEMBER_BYTES, &out, &member_bytes) ||
            !member_bytes)
            break;
    return bench_cpu_s() - from_s;
}

static double decode_all(const struct responses *responses, struct decoder *decoder, struct totals *totals)
{
    struct arena arena;
    size_t at = 0;
    arena_init(&arena, 64u << 20);
    *totals = (struct totals){0};
    double from_s = bench_cpu_s();
    for (size_t i = 0; i < responses->count; at = responses->ends[i++]) {
        struct http_head head;
        struct body body;
        arena_reset(&arena);
        if (exchange_parse(span_of(responses->bytes.at + at, responses->ends[i] - at), &arena, &head))
            continue;
        totals->damaged_count += body_decode(decoder, &head, &body) != ERR_OK;
        totals->decoded_bytes += body.bytes.bytes;
        totals->coded_count += body.codings > 0;
        totals->chunked_count += body.was_chunked;
    }
    double took_s = bench_cpu_s() - from_s;
    arena_free(&arena);
    return took_s;
}

int bench_decode(int argc, char **argv)
{
    struct mapfile file;
    if (argc != 2 || mapfile_open(argv[1], 0, &file) != ERR_OK) {
        fprintf(stderr, "usage: bench decode FILE.warc.gz\n");
        return 2;
    }
    struct inflater *inflater = inflater_new();
    struct decoder *decoder = decoder_new(0);
    struct responses responses = {0};
    struct totals totals;
    double decode_s[BENCH_ROUNDS], bare_s[BENCH_ROUNDS];
    if (!inflater || !decoder)
        return 1;
    arena_init(&responses.arena, 64u << 20);
    buf_init(&responses.bytes, BLOCK_MAX_BYTES);
    collect(file.bytes, inflater, &responses);
    for (int i = 0; i < BENCH_ROUNDS; i++) {
        bare_s[i] = inflate_all(file.bytes, inflater);
        decode_s[i] = decode_all(&responses, decoder, &totals);
    }
    double decode = bench_median(decode_s, BENCH_ROUNDS), bare = bench_median(bare_s, BENCH_ROUNDS);
    printf("%zu responses of %.1f MB, %llu chunked, %llu coded, %llu damaged, %.1f MB decoded\n",
           responses.count, (double)responses.bytes.bytes / 1e6, (unsigned long long)totals.chunked_count,
           (unsigned long long)totals.coded_count, (unsigned long long)totals.damaged_count,
           (double)totals.decoded_bytes / 1e6);
    printf("decode %.1f ms, bare libdeflate %.1f ms, ratio %.3f\n", decode * 1e3, bare * 1e3, decode / bare);
    buf_free(&responses.bytes);
    arena_free(&responses.arena);
    decoder_free(decoder);
    inflater_free(inflater);
    mapfile_close(&file);
    return 0;
}
