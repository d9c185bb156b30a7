// SPDX-License-Identifier: MIT
/*
 * bench_register.c - reading and checking registers of a large estate, in memory, beside libdeflate inflating the same bytes:
 * ratio of the medians of one run.
 */
#include "5_judge/register_read.h"
#include "base/buf.h"
#include "base/limits.h"
#include "bench.h"

#include <libdeflate.h>
#include <stdio.h>

#define UNIT_COUNT 5000u
#define PER_UNIT   20u /* bases */

static void generate(struct buf texts[REGISTER_FILE_COUNT])
{
    struct buf *authorities = &texts[REGISTER_AUTHORITIES], *units = &texts[REGISTER_UNITS],
               *bases = &texts[REGISTER_BASES];
    buf_add_string(authorities, "authority_id,name_da,ministry,cvr,level,domains\n");
    buf_add_string(
        units,
        "unit_id,name_da,unit_type,authority_id,channel,url_scope,entry_urls,audience,interaction,provision,"
        "primary_channel\n");
    buf_add_string(bases,
                   "basis_id,unit_id,entity,basis_type,basis_form,own_use_clause,written,evidence_ref\n");
    for (unsigned u = 0; u < UNIT_COUNT; u++) {
        buf_format(authorities, "A%u,\"Styrelsen for sag, nr. %u\",Ministeriet,%u,state,a%u.example\n", u, u,
                   10000000 + u, u);
        buf_format(
            units,
            "U%u,Løsning "
            "%u,self_service,A%u,web,www.a%u.example;*.b%u.example,https://www.a%u.example/,citizens,yes,"
            "state,statutory\n",
            u, u, u, u, u, u);
        for (unsigned b = 0; b < PER_UNIT; b++)
            buf_format(bases,
                       "B%u-%u,U%u,Udbyder %u,agreement,databehandleraftale,bans,yes,journal/%u-%u.pdf\n", u,
                       b, u, b, u, b);
    }
}

static double read_all(const struct register_text *texts, size_t *row_count)
{
    struct arena arena;
    struct register_messages messages = {0};
    struct registers registers;
    double from_s = bench_cpu_s();
    arena_init(&arena, LIMIT_GROUP_ARENA_BYTES);
    if (register_read_all(texts, NULL, 0, 2026, &arena, &messages, &registers) != ERR_OK)
        exit(1);
    *row_count = registers.unit_count + registers.authority_count + registers.basis_count;
    arena_free(&arena);
    return bench_cpu_s() - from_s;
}

int main(void)
{
    struct buf files[REGISTER_FILE_COUNT], all;
    struct register_text texts[REGISTER_FILE_COUNT] = {0};
    buf_init(&all, 1u << 30);
    for (int i = 0; i < REGISTER_FILE_COUNT; i++)
        buf_init(&files[i], 1u << 30);
    generate(files);
    for (int i = 0; i < REGISTER_FILE_COUNT; i++) {
        texts[i] = (struct register_text){buf_span(&files[i]), files[i].bytes > 0};
        buf_add(&all, buf_span(&files[i]));
    }
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(6);
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    size_t room = libdeflate_gzip_compress_bound(compressor, all.bytes), row_count = 0;
    char *packed = malloc(room), *out = malloc(all.bytes);
    double read_s[BENCH_ROUNDS], inflate_s[BENCH_ROUNDS];
    if (!compressor || !decompressor || !packed || !out || all.err)
        return 1;
    size_t bytes = libdeflate_gzip_compress(compressor, buf_span(&all).at, all.bytes, packed, room);
    for (int i = 0; i < BENCH_ROUNDS; i++) {
        double from_s = bench_cpu_s();
        if (libdeflate_gzip_decompress(decompressor, packed, bytes, out, all.bytes, NULL))
            return 1;
        inflate_s[i] = bench_cpu_s() - from_s;
        read_s[i] = read_all(texts, &row_count);
    }
    double mb = (double)all.bytes / 1e6, reading = bench_median(read_s, BENCH_ROUNDS),
           inflating = bench_median(inflate_s, BENCH_ROUNDS);
    printf("%zu rows of registers of %.1f MB: read %.0f MB/s, inflate %.0f MB/s, ratio %.1f\n", row_count, mb,
           mb / reading, mb / inflating, reading / inflating);
    free(packed);
    free(out);
    libdeflate_free_compressor(compressor);
    libdeflate_free_decompressor(decompressor);
    for (int i = 0; i < REGISTER_FILE_COUNT; i++)
        buf_free(&files[i]);
    buf_free(&all);
    return 0;
}
