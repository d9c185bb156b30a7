// SPDX-License-Identifier: MIT
/*
 * bench_cdx.c - what reading an index costs beside finding its lines: every line parsed and its URL made a key, against
 * memchr for line ends over the same bytes. Prints the ratio of the medians of one run.
 *
 * bench_cdx --list FILE prints what is understood instead: file, offset, length, date, URL, separated by TAB; "bad" and the
 * offset for a line that is none.
 */
#include "1_read/cdx.h"
#include "io/mapfile.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS 9

struct totals {
    uint64_t line_count, good_count, key_sum;
};

/* CPU time: what others do on this machine is not measured. */
static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double parse_all(struct span text, struct arena *arena, struct totals *out)
{
    struct cdx cdx;
    double from_s = now_s();
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
    return now_s() - from_s;
}

static double cut_all(struct span text, uint64_t *line_count)
{
    double from_s = now_s();
    *line_count = 0;
    for (struct span rest = text; rest.bytes; ++*line_count)
        span_cut_line(&rest);
    return now_s() - from_s;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, by_size);
    return values[ROUNDS / 2];
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
    double parse_s[ROUNDS], cut_s[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) { /* in turn, so that both meet the same weather */
        cut_s[i] = cut_all(text, &line_count);
        parse_s[i] = parse_all(text, arena, &totals);
    }
    double parse = median(parse_s), cut = median(cut_s);
    printf("%" PRIu64 " of %" PRIu64 " lines understood, %.1f MB\n", totals.good_count, totals.line_count,
           (double)text.bytes / 1e6);
    printf("parse %.0f MB/s, %.2f million lines a second, lines alone %.0f MB/s, ratio %.1f\n",
           (double)text.bytes / 1e6 / parse, (double)line_count / 1e6 / parse, (double)text.bytes / 1e6 / cut,
           parse / cut);
}

int main(int argc, char **argv)
{
    struct mapfile file;
    struct arena arena;
    bool is_list = argc == 3 && strcmp(argv[1], "--list") == 0;
    if ((argc != 2 && !is_list) || mapfile_open(argv[argc - 1], 0, &file) != ERR_OK) {
        fprintf(stderr, "usage: bench_cdx [--list] FILE\n");
        return 2;
    }
    arena_init(&arena, 64u << 20);
    (is_list ? list : measure)(file.bytes, &arena);
    arena_free(&arena);
    mapfile_close(&file);
    return 0;
}
