// SPDX-License-Identifier: MIT
/*
 * har.c - reading a HAR entry by entry beside parsing the same file whole, in memory: ratio of the medians of one run.
 *
 * bench har [FILE]: else a generated file with bodies like those of pages (text, quotes and line ends escaped).
 */
#include "1_read/harfile.h"
#include "3_extract/har.h"
#include "base/limits.h"
#include "bench.h"
#include "ext/ext_json.h"
#include "io/mapfile.h"

#include <stdio.h>

#define GENERATED_BYTES (48u << 20)

static void generate(struct buf *out)
{
    buf_add_string(out, "{\"log\":{\"pages\":[{\"id\":\"p\"}],\"entries\":[");
    for (unsigned number = 0; out->bytes < GENERATED_BYTES; number++) {
        buf_format(out,
                   "%s{\"pageref\":\"p\",\"request\":{\"method\":\"GET\",\"url\":\"https://h%u.example/"
                   "\",\"headers\":[",
                   number ? "," : "", number);
        for (unsigned i = 0; i < 12; i++)
            buf_format(out, "%s{\"name\":\"field-%u\",\"value\":\"some value of a field %u\"}", i ? "," : "",
                       i, number);
        buf_add_string(
            out,
            "]},\"response\":{\"status\":200,\"headers\":[{\"name\":\"Set-Cookie\",\"value\":\"a=1\\nb=2\"}],"
            "\"content\":{\"mimeType\":\"text/html\",\"text\":\"");
        for (unsigned i = 0; i < number % 700; i++)
            buf_add_string(out, "<p class=\\\"a\\\">Her kan du se din sag.</p>\\n");
        buf_add_string(out, "\"}}}");
    }
    buf_add_string(out, "]}}");
}

static double read_entries(struct span file, uint64_t *entries, uint64_t *faults)
{
    struct arena arena;
    struct harfile har;
    struct harfile_item item;
    struct har_entry entry;
    double from_s = bench_wall_s();
    *entries = *faults = 0;
    arena_init(&arena, LIMIT_WORKER_ARENA_BYTES);
    harfile_init(&har, file, &arena, bench_count_fault, faults);
    while (harfile_next(&har, &item) == ERR_OK)
        *entries += item.kind == HARFILE_ENTRY && har_parse_entry(item.json, &arena, &entry) == ERR_OK;
    harfile_close(&har);
    arena_free(&arena);
    return bench_wall_s() - from_s;
}

static double parse_whole(struct span file)
{
    struct json *json;
    double from_s = bench_wall_s();
    enum err err = json_parse(file, &json);
    json_free(json);
    return err ? 0 : bench_wall_s() - from_s;
}

int bench_har(int argc, char **argv)
{
    struct buf made;
    struct mapfile map = {0};
    buf_init(&made, GENERATED_BYTES * 2);
    if (argc > 1 && mapfile_open(argv[1], 0, &map)) {
        fprintf(stderr, "bench har: cannot read %s\n", argv[1]);
        return 1;
    }
    if (argc < 2)
        generate(&made);
    struct span file = argc > 1 ? map.bytes : buf_span(&made);
    double entries_s[BENCH_ROUNDS], whole_s[BENCH_ROUNDS];
    uint64_t entries, faults;
    for (int i = 0; i < BENCH_ROUNDS; i++) {
        entries_s[i] = read_entries(file, &entries, &faults);
        whole_s[i] = parse_whole(file);
    }
    double by_entry = bench_median(entries_s, BENCH_ROUNDS), whole = bench_median(whole_s, BENCH_ROUNDS);
    printf("%llu entries, %llu faults, %.1f MB: %.3f s (%.0f MB/s); parsed whole %.3f s; ratio %.3f\n",
           (unsigned long long)entries, (unsigned long long)faults, (double)file.bytes / 1e6, by_entry,
           (double)file.bytes / 1e6 / by_entry, whole, whole > 0 ? by_entry / whole : 0);
    mapfile_close(&map);
    buf_free(&made);
    return 0;
}
