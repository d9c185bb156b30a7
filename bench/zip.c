// SPDX-License-Identifier: MIT
/*
 * zip.c - what listing a WACZ costs: its central directory read (zip_next), and the archives in it named and their
 * kinds told (source_list), beside libarchive going through the headers of the same file in memory. Prints the ratios of
 * the medians of one run.
 *
 * bench zip [FILE]: else a generated WACZ of small archives, stored.
 */
#include "1_read/source.h"
#include "1_read/zip.h"
#include "bench.h"
#include "io/mapfile.h"
#include "make/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>

#define GENERATED_COUNT 20000u

struct totals {
    size_t member_count, part_count, bare_count, name_bytes;
};

static void generate(struct buf *out)
{
    struct arena arena;
    struct buf text;
    arena_init(&arena, 256u << 20);
    buf_init(&text, 1 << 16);
    struct make_zip_file *files = arena_alloc(&arena, GENERATED_COUNT * sizeof *files);
    for (unsigned i = 0; files && i < GENERATED_COUNT; i++) {
        buf_reset(&text);
        make_response(&text, "https://www.example.dk/", i, "Content-Type: text/html\r\n",
                      SPAN("<p>Page</p>"));
        files[i].name = arena_format(&arena, "archive/rec-20250301-%05u.warc", i).at;
        files[i].content = arena_copy(&arena, buf_span(&text));
    }
    if (arena.full)
        exit(1);
    make_zip(out, files, GENERATED_COUNT, false, NULL);
    buf_free(&text);
    arena_free(&arena);
}

static double read_directory(struct span file, struct totals *totals)
{
    struct zip zip;
    struct zip_member member;
    double from_s = bench_cpu_s();
    totals->member_count = 0;
    for (enum err err = zip_open(file, &zip); !err && zip_next(&zip, &member) == ERR_OK;) {
        totals->member_count++;
        totals->name_bytes += member.name.bytes;
    }
    return bench_cpu_s() - from_s;
}

static double list_parts(struct span file, struct arena *arena, struct totals *totals)
{
    struct source_parts parts;
    double from_s = bench_cpu_s();
    arena_reset(arena);
    enum err err = source_list(file, arena, &parts);
    totals->part_count = err ? 0 : parts.count;
    return bench_cpu_s() - from_s;
}

static double list_by_libarchive(struct span file, struct totals *totals)
{
    struct archive *archive = archive_read_new();
    struct archive_entry *entry;
    double from_s = bench_cpu_s();
    totals->bare_count = 0;
    archive_read_support_format_zip_seekable(archive);
    if (archive_read_open_memory(archive, file.at, file.bytes) != ARCHIVE_OK)
        exit(1);
    while (archive_read_next_header(archive, &entry) == ARCHIVE_OK) {
        totals->bare_count++;
        totals->name_bytes += strlen(archive_entry_pathname(entry));
    }
    double took_s = bench_cpu_s() - from_s;
    archive_read_free(archive);
    return took_s;
}

static void measure(struct span file)
{
    struct arena arena;
    struct totals totals = {0};
    double read_s[BENCH_ROUNDS], list_s[BENCH_ROUNDS], bare_s[BENCH_ROUNDS];
    arena_init(&arena, 256u << 20);
    for (int i = 0; i < BENCH_ROUNDS; i++) {
        bare_s[i] = list_by_libarchive(file, &totals);
        read_s[i] = read_directory(file, &totals);
        list_s[i] = list_parts(file, &arena, &totals);
    }
    arena_free(&arena);
    double read = bench_median(read_s, BENCH_ROUNDS), list = bench_median(list_s, BENCH_ROUNDS),
           bare = bench_median(bare_s, BENCH_ROUNDS);
    printf("%zu members (libarchive: %zu), %zu archives, %.1f MB\n", totals.member_count, totals.bare_count,
           totals.part_count, (double)file.bytes / 1e6);
    printf("directory %.2f ms, list %.2f ms, libarchive %.2f ms; ratio directory %.3f, list %.3f\n",
           read * 1e3, list * 1e3, bare * 1e3, read / bare, list / bare);
}

int bench_zip(int argc, char **argv)
{
    struct mapfile map = {0};
    struct buf made;
    buf_init(&made, SIZE_MAX);
    if (argc > 1 && mapfile_open(argv[1], 0, &map)) {
        fprintf(stderr, "usage: bench zip [FILE.wacz]\n");
        return 2;
    }
    if (argc < 2)
        generate(&made);
    measure(argc > 1 ? map.bytes : buf_span(&made));
    mapfile_close(&map);
    buf_free(&made);
    return 0;
}
