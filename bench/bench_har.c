// SPDX-License-Identifier: MIT
/*
 * bench_har.c - reading a HAR entry by entry beside parsing the same file whole, in memory: ratio of the medians of one run.
 *
 * bench_har [FILE]: else a generated file with bodies like those of pages (text, quotes and line ends escaped).
 */
#include "1_read/harfile.h"
#include "3_extract/har.h"
#include "base/limits.h"
#include "ext/ext_json.h"
#include "io/mapfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS          9
#define GENERATED_BYTES (48u << 20)

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void count_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    (void)err, (void)at, (void)bytes;
    ++*(uint64_t *)context;
}

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
    double from_s = now_s();
    *entries = *faults = 0;
    arena_init(&arena, LIMIT_WORKER_ARENA_BYTES);
    harfile_init(&har, file, &arena, count_fault, faults);
    while (harfile_next(&har, &item) == ERR_OK)
        *entries += item.kind == HARFILE_ENTRY && har_parse_entry(item.json, &arena, &entry) == ERR_OK;
    harfile_close(&har);
    arena_free(&arena);
    return now_s() - from_s;
}

static double parse_whole(struct span file)
{
    struct json *json;
    double from_s = now_s();
    enum err err = json_parse(file, &json);
    json_free(json);
    return err ? 0 : now_s() - from_s;
}

static int by_time(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

int main(int argc, char **argv)
{
    struct buf made;
    struct mapfile map = {0};
    buf_init(&made, GENERATED_BYTES * 2);
    if (argc > 1 && mapfile_open(argv[1], 0, &map)) {
        fprintf(stderr, "bench_har: cannot read %s\n", argv[1]);
        return 1;
    }
    if (argc < 2)
        generate(&made);
    struct span file = argc > 1 ? map.bytes : buf_span(&made);
    double entries_s[ROUNDS], whole_s[ROUNDS];
    uint64_t entries, faults;
    for (int i = 0; i < ROUNDS; i++) {
        entries_s[i] = read_entries(file, &entries, &faults);
        whole_s[i] = parse_whole(file);
    }
    qsort(entries_s, ROUNDS, sizeof *entries_s, by_time);
    qsort(whole_s, ROUNDS, sizeof *whole_s, by_time);
    printf("%llu entries, %llu faults, %.1f MB: %.3f s (%.0f MB/s); parsed whole %.3f s; ratio %.3f\n",
           (unsigned long long)entries, (unsigned long long)faults, (double)file.bytes / 1e6,
           entries_s[ROUNDS / 2], (double)file.bytes / 1e6 / entries_s[ROUNDS / 2], whole_s[ROUNDS / 2],
           whole_s[ROUNDS / 2] > 0 ? entries_s[ROUNDS / 2] / whole_s[ROUNDS / 2] : 0);
    mapfile_close(&map);
    buf_free(&made);
    return 0;
}
