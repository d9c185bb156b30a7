// SPDX-License-Identifier: MIT
/*
 * digest.c - what checking block digests costs: of every record its labelled digest parsed, its HTTP head found,
 * its block hashed and both compared (payload_check), beside libcrypto hashing the same blocks by the same algorithms.
 * Prints the ratio of the medians of one run, and what parsing the digests takes by itself.
 */
#include "1_read/reader.h"
#include "2_decode/payload.h"
#include "bench.h"
#include "ext/ext_deflate.h"
#include "io/mapfile.h"

#include <openssl/evp.h>
#include <stdio.h>

#define BLOCKS_MAX_BYTES (1u << 30) /* copies, so that hashing alone is timed */

struct digested {
    struct record record; /* type, block, block digest and content type only */
    const EVP_MD *method;
};
struct sample {
    struct arena arena;
    struct digested *items;
    size_t count, capacity, other_count; /* other: no digest, or none that is computed */
    uint64_t block_bytes;
};
struct totals {
    uint64_t good_count, parsed_count;
};

static const EVP_MD *method_of(enum crypto_kind kind)
{
    return kind == CRYPTO_MD5 ? EVP_md5() : kind == CRYPTO_SHA1 ? EVP_sha1() : EVP_sha256();
}

static void keep(struct sample *sample, const struct record *record, enum crypto_kind kind)
{
    struct digested *item = ARENA_PUSH(&sample->arena, sample->items, sample->count, sample->capacity);
    if (!item)
        exit(1);
    item->method = method_of(kind);
    item->record.type = record->type;
    item->record.block = arena_copy(&sample->arena, record->block);
    item->record.block_digest = arena_copy(&sample->arena, record->block_digest);
    if (record->content_type.at)
        item->record.content_type = arena_copy(&sample->arena, record->content_type);
    if (sample->arena.full)
        exit(1);
    sample->block_bytes += record->block.bytes;
}

static void collect(struct span file, struct sample *sample)
{
    struct inflater *inflater = inflater_new();
    struct reader reader;
    struct record record;
    struct place place;
    struct digest digest;
    uint64_t fault_count = 0;
    if (!inflater)
        exit(1);
    reader_init(&reader, file, source_kind_of(file), 0, file.bytes, true, inflater, bench_count_fault,
                &fault_count);
    while (reader_next(&reader, &record, &place) == ERR_OK)
        if (record.block_digest.at && digest_parse(record.block_digest, &digest) == ERR_OK)
            keep(sample, &record, digest.kind);
        else
            sample->other_count++;
    inflater_free(inflater);
}

static enum err piece_of(void *context, uint64_t from, struct span *out)
{
    const struct record *record = context;
    *out = span_from(record->block, (size_t)from);
    return ERR_OK;
}

static double check_all(const struct sample *sample, const struct payload_tools *tools, struct totals *totals)
{
    double from_s = bench_cpu_s();
    totals->good_count = 0;
    for (size_t i = 0; i < sample->count; i++) {
        struct record *record = &sample->items[i].record;
        struct payload_check check;
        if (payload_check(tools, record, piece_of, record, &check))
            exit(1);
        totals->good_count += check.block == PAYLOAD_GOOD;
    }
    return bench_cpu_s() - from_s;
}

static double parse_all(const struct sample *sample, struct totals *totals)
{
    double from_s = bench_cpu_s();
    totals->parsed_count = 0;
    for (size_t i = 0; i < sample->count; i++) {
        struct digest digest;
        totals->parsed_count += digest_parse(sample->items[i].record.block_digest, &digest) == ERR_OK;
    }
    return bench_cpu_s() - from_s;
}

static double hash_all(const struct sample *sample, EVP_MD_CTX *context)
{
    double from_s = bench_cpu_s();
    for (size_t i = 0; i < sample->count; i++) {
        unsigned char digest[EVP_MAX_MD_SIZE];
        struct span block = sample->items[i].record.block;
        if (EVP_DigestInit_ex(context, sample->items[i].method, NULL) != 1 ||
            EVP_DigestUpdate(context, block.at, block.bytes) != 1 ||
            EVP_DigestFinal_ex(context, digest, NULL) != 1)
            exit(1);
    }
    return bench_cpu_s() - from_s;
}

static void measure(const struct sample *sample, const struct payload_tools *tools)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    struct totals totals;
    double check_s[BENCH_ROUNDS], parse_s[BENCH_ROUNDS], bare_s[BENCH_ROUNDS];
    for (int i = 0; i < BENCH_ROUNDS; i++) {
        bare_s[i] = hash_all(sample, context);
        check_s[i] = check_all(sample, tools, &totals);
        parse_s[i] = parse_all(sample, &totals);
    }
    EVP_MD_CTX_free(context);
    double check = bench_median(check_s, BENCH_ROUNDS), parse = bench_median(parse_s, BENCH_ROUNDS),
           bare = bench_median(bare_s, BENCH_ROUNDS);
    printf("%zu blocks of %.1f MB, %llu digests good, %zu records without\n", sample->count,
           (double)sample->block_bytes / 1e6, (unsigned long long)totals.good_count, sample->other_count);
    printf("check %.0f MB/s, bare libcrypto %.0f MB/s, ratio %.3f; parsing alone %.0f ns each, ratio %.4f\n",
           (double)sample->block_bytes / 1e6 / check, (double)sample->block_bytes / 1e6 / bare, check / bare,
           parse / (double)totals.parsed_count * 1e9, parse / bare);
}

int bench_digest(int argc, char **argv)
{
    struct mapfile file;
    struct sample sample = {0};
    struct arena arena;
    if (argc != 2 || mapfile_open(argv[1], 0, &file) != ERR_OK) {
        fprintf(stderr, "usage: bench digest FILE.warc[.gz|.zst]\n");
        return 2;
    }
    struct payload_tools tools = {crypto_new(), crypto_new(), &arena};
    arena_init(&arena, 64u << 20);
    arena_init(&sample.arena, BLOCKS_MAX_BYTES);
    collect(file.bytes, &sample);
    if (sample.count && tools.block && tools.body)
        measure(&sample, &tools);
    else
        printf("no block digest in %zu records\n", sample.other_count);
    crypto_free(tools.block);
    crypto_free(tools.body);
    arena_free(&arena);
    arena_free(&sample.arena);
    mapfile_close(&file);
    return 0;
}
