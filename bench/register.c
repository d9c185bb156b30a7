// SPDX-License-Identifier: MIT
/*
 * register.c - reading and checking registers of a large estate and a layer as large as the public lists, in memory, beside
 * libdeflate inflating the same bytes: ratio of the medians of one run.
 */
#include "5_judge/layer.h"
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

#define SERVICE_COUNT 5000u
#define PER_SERVICE   4u /* patterns */

static void generate_layer(struct buf texts[LAYER_FILE_COUNT])
{
    buf_add_string(&texts[LAYER_ABOUT], "key,value\nlicence,MIT\nnon_commercial,no\n");
    buf_add_string(&texts[LAYER_ENTITIES], "entity,owner,country,homepage,aliases\n");
    buf_add_string(&texts[LAYER_SERVICES], "service,entity,category,role\n");
    buf_add_string(&texts[LAYER_PATTERNS], "service,pattern,query_key,cookie_prefixes\n");
    buf_add_string(&texts[LAYER_FACTS], "service,fact,value,valid_from,valid_to\n");
    for (unsigned s = 0; s < SERVICE_COUNT; s++) {
        buf_format(&texts[LAYER_ENTITIES], "Udbyder %u Inc.,Ejer %u,US,udbyder%u.example,Udbyder %u\n", s,
                   s / 10, s, s);
        buf_format(&texts[LAYER_SERVICES], "Tjeneste %u,udbyder %u,analytics,processor\n", s, s);
        buf_format(&texts[LAYER_FACTS], "Tjeneste %u,optout_exists,yes,2026-01-01,\n", s);
        for (unsigned p = 0; p < PER_SERVICE; p++)
            buf_format(&texts[LAYER_PATTERNS], "Tjeneste %u,%sh%u.t%u.example%s,%s,_t%up%u\n", s,
                       p ? "" : "*.", p, s, p == 2 ? "/sti" : "", p == 3 ? "k=1" : "", s, p);
    }
}

static double read_all(const struct register_text *texts, const struct layer_text *layer, size_t *row_count)
{
    struct arena arena;
    struct register_messages messages = {0};
    struct registers registers;
    double from_s = bench_cpu_s();
    arena_init(&arena, LIMIT_GROUP_ARENA_BYTES);
    if (register_read_all(texts, layer, 1, 2026, &arena, &messages, &registers) != ERR_OK)
        exit(1);
    *row_count = registers.unit_count + registers.authority_count + registers.basis_count +
                 registers.catalogue->service_count + registers.catalogue->pattern_count;
    arena_free(&arena);
    return bench_cpu_s() - from_s;
}

int bench_register(int argc, char **argv)
{
    (void)argc, (void)argv;
    struct buf files[REGISTER_FILE_COUNT], own_files[LAYER_FILE_COUNT], all;
    struct layer_text layer = {.folder = SPAN("a")};
    struct register_text texts[REGISTER_FILE_COUNT] = {0};
    buf_init(&all, 1u << 30);
    for (int i = 0; i < REGISTER_FILE_COUNT; i++)
        buf_init(&files[i], 1u << 30);
    for (int i = 0; i < LAYER_FILE_COUNT; i++)
        buf_init(&own_files[i], 1u << 30);
    generate(files);
    generate_layer(own_files);
    for (int i = 0; i < LAYER_FILE_COUNT; i++) {
        layer.texts[i] = (struct register_text){buf_span(&own_files[i]), own_files[i].bytes > 0};
        buf_add(&all, buf_span(&own_files[i]));
    }
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
        read_s[i] = read_all(texts, &layer, &row_count);
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
    for (int i = 0; i < LAYER_FILE_COUNT; i++)
        buf_free(&own_files[i]);
    buf_free(&all);
    return 0;
}
