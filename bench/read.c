// SPDX-License-Identifier: MIT
/*
 * read.c - what reading costs beside inflating: a full pass of the reader over an archive in gzip or zstd, every
 * record head parsed, against bare libdeflate with CRC, or libzstd, over the same members; of a plain archive, against
 * memcpy of its bytes. Prints the ratio of the medians of one run.
 *
 * The format is told by the content: given an ARC, this is the row of the ARC header line.
 */
#include "1_read/reader.h"
#include "bench.h"
#include "ext/ext_deflate.h"
#include "io/mapfile.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <zstd.h>

#define CAPACITY_BYTES (192u << 20)
#define COPIED_BYTES   (64u << 10)

struct totals {
    uint64_t member_count, record_count, fault_count, inflated_bytes;
};

static double read_all(struct span file, enum source_kind kind, struct inflater *inflater,
                       struct totals *totals)
{
    struct reader reader;
    struct record record;
    struct place place;
    double from_s = bench_wall_s();
    *totals = (struct totals){0};
    reader_init(&reader, file, kind, 0, file.bytes, true, inflater, bench_count_fault, &totals->fault_count);
    while (reader_next(&reader, &record, &place) == ERR_OK)
        totals->inflated_bytes += record.raw.bytes;
    totals->member_count = reader.member_count;
    totals->record_count = reader.record_count;
    return bench_wall_s() - from_s;
}

/* No header is looked at, nothing is parsed: the floor. Stops at the first byte that is no gzip member. */
static double inflate_all(struct span file, struct libdeflate_decompressor *libdeflate, char *out,
                          uint64_t *out_bytes)
{
    double from_s = bench_wall_s();
    *out_bytes = 0;
    for (size_t at = 0; at < file.bytes;) {
        size_t used, made;
        if (libdeflate_gzip_decompress_ex(libdeflate, file.at + at, file.bytes - at, out, CAPACITY_BYTES,
                                          &used, &made))
            break;
        at += used;
        *out_bytes += made;
    }
    return bench_wall_s() - from_s;
}

/* The same of zstd frames; a dictionary, if the file begins with one, is taken as it is. */
static double decode_all(struct span file, char *out, uint64_t *out_bytes)
{
    ZSTD_DCtx *context = ZSTD_createDCtx();
    size_t at = 0;
    *out_bytes = 0;
    if (span_starts(file, SPAN("\x5d\x2a\x4d\x18"))) {
        at = ZSTD_findFrameCompressedSize(file.at, file.bytes);
        ZSTD_DCtx_loadDictionary(context, file.at + 8, at - 8);
    }
    double from_s = bench_wall_s();
    while (at < file.bytes) {
        size_t bytes = ZSTD_findFrameCompressedSize(file.at + at, file.bytes - at);
        size_t made = ZSTD_isError(bytes)
                          ? bytes
                          : ZSTD_decompressDCtx(context, out, CAPACITY_BYTES, file.at + at, bytes);
        if (ZSTD_isError(made))
            break;
        at += bytes;
        *out_bytes += made;
    }
    double took_s = bench_wall_s() - from_s;
    ZSTD_freeDCtx(context);
    return took_s;
}

/* Of a plain archive: all its bytes touched once, in pieces that stay in the cache. */
static double copy_all(struct span file, char *out, uint64_t *out_bytes)
{
    double from_s = bench_wall_s();
    *out_bytes = 0;
    while (*out_bytes < file.bytes) {
        struct span piece = span_first(span_from(file, *out_bytes), COPIED_BYTES);
        memcpy(out, piece.at, piece.bytes);
        *out_bytes += piece.bytes;
    }
    return bench_wall_s() - from_s;
}

static double reference(struct span file, enum source_kind kind, struct libdeflate_decompressor *libdeflate,
                        char *out, uint64_t *out_bytes)
{
    if (kind == SOURCE_WARC_ZST || kind == SOURCE_ARC_ZST)
        return decode_all(file, out, out_bytes);
    return kind == SOURCE_WARC_GZ || kind == SOURCE_ARC_GZ ? inflate_all(file, libdeflate, out, out_bytes)
                                                           : copy_all(file, out, out_bytes);
}

int bench_read(int argc, char **argv)
{
    struct mapfile file;
    if (argc != 2 || mapfile_open(argv[1], 0, &file) != ERR_OK) {
        fprintf(stderr, "usage: bench read FILE.warc[.gz|.zst] or FILE.arc[.gz|.zst]\n");
        return 2;
    }
    struct inflater *inflater = inflater_new();
    struct libdeflate_decompressor *libdeflate = libdeflate_alloc_decompressor();
    char *out = malloc(CAPACITY_BYTES);
    if (!inflater || !libdeflate || !out)
        return 1;
    enum source_kind kind = source_kind_of(file.bytes);
    struct totals totals;
    uint64_t bare_bytes = 0;
    double read_s[BENCH_ROUNDS], bare_s[BENCH_ROUNDS];
    for (int i = 0; i < BENCH_ROUNDS; i++) {
        bare_s[i] = reference(file.bytes, kind, libdeflate, out, &bare_bytes);
        read_s[i] = read_all(file.bytes, kind, inflater, &totals);
    }
    double read = bench_median(read_s, BENCH_ROUNDS), bare = bench_median(bare_s, BENCH_ROUNDS);
    printf("%llu records in %llu members, %llu faults, %.1f MB to %.1f MB (reference: %.1f MB)\n",
           (unsigned long long)totals.record_count, (unsigned long long)totals.member_count,
           (unsigned long long)totals.fault_count, (double)file.bytes.bytes / 1e6,
           (double)totals.inflated_bytes / 1e6, (double)bare_bytes / 1e6);
    printf("read %.0f MB/s, reference %.0f MB/s, ratio %.3f\n", (double)file.bytes.bytes / 1e6 / read,
           (double)file.bytes.bytes / 1e6 / bare, read / bare);
    free(out);
    libdeflate_free_decompressor(libdeflate);
    inflater_free(inflater);
    mapfile_close(&file);
    return 0;
}
