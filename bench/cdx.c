// SPDX-License-Identifier: MIT
/*
 * cdx.c - what reading an index costs beside finding its lines: every line parsed and its URL made a key, against
 * memchr for line ends over the same bytes. Prints the ratio of the medians of one run.
 *
 * bench cdx --list FILE prints what is understood instead: file, offset, length, date, URL, separated by TAB; "bad" and the
 * offset for a line that is none.
 */
#include "1_read/cdx.h"
#include "bench.h"
#include "io/mapfile.h"

#include <inttypes.h>
#include <stdio.h>

struct totals {
    uint64_t line_count, good_count, key_sum;
};

static double parse_all(struct span text, struct arena *arena, struct totals *out)
{
    struct cdx cdx;
    double from_s = bench_cpu_s();
    *out = (struct totals){0};
    cdx_init(&cdx);
    for (struct span rest = text; rest.bytes; out->line_count++) {
        struct cdx_line line;
        if (cdx_read(&cdx, span_cut_line(&rest), arena, &line) == ERR_OK) {
            out->good_count++;
            out->key_sum += cdx_url_key(line.url);
        }
        arena_reset(arena);
    }
    return bench_cpu_s() - from_s;
}

static double cut_all(struct span text, uint64_t *line_count)
{
    double from_s = bench_cpu_s();
    *line_count = 0;
    for (struct span rest = text; rest.bytes; ++*line_count)
        span_cut_line(&rest);
    return bench_cpu_s() - from_s;
}

static void list(struct span text, struct arena *arena)
{
    struct cdx cdx;
    cdx_init(&cdx);
    for (struct span rest = text; rest.bytes;) {
        struct cdx_line line;
        size_t at = (size_t)(rest.at - text.at);
        enum err err = cdx_read(&cdx, span_cut_line(&rest), arena, &line);
        if (err && err != ERR_END)
            printf("bad\t%zu\n", at);
        if (err)
            continue;
        printf("%.*s\t%" PRIu64 "\t", SPAN_ARG(line.file), line.at);
        if (line.bytes != CDX_NO_LENGTH)
            printf("%" PRIu64, line.bytes);
        printf("\t%.*s\t%.*s\n", SPAN_ARG(line.date), SPAN_ARG(line.url));
    }
}

static void measure(struct span text, struct arena *arena)
{
    struct totals totals;
    uint64_t line_count = 0;
    double parse_s[BENCH_ROUNDS], cut_s[BENCH_ROUNDS];
    for (int i = 0; i < BENCH_ROUNDS; i++) {
        cut_s[i] = cut_all(text, &line_count);
        parse_s[i] = parse_all(text, arena, &totals);
    }
    double parse = bench_median(parse_s, BENCH_ROUNDS), cut = bench_median(cut_s, BENCH_ROUNDS);
    printf("%" PRIu64 " of %" PRIu64 " lines understood, %.1f MB\n", totals.good_count, totals.line_count,
           (double)text.bytes / 1e6);
    printf("parse %.0f MB/s, %.2f million lines a second, lines alone %.0f MB/s, ratio %.1f\n",
           (double)text.bytes / 1e6 / parse, (double)line_count / 1e6 / parse, (double)text.bytes / 1e6 / cut,
           parse / cut);
}

int bench_cdx(int argc, char **argv)
{
    struct mapfile file;
    struct arena arena;
    bool is_list = argc == 3 && strcmp(argv[1], "--list") == 0;
    if ((argc != 2 && !is_list) || mapfile_open(argv[argc - 1], 0, &file) != ERR_OK) {
        fprintf(stderr, "usage: bench cdx [--list] FILE\n");
        return 2;
    }
    arena_init(&arena, 64u << 20);
    (is_list ? list : measure)(file.bytes, &arena);
    arena_free(&arena);
    mapfile_close(&file);
    return 0;
}
