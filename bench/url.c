// SPDX-License-Identifier: MIT
/*
 * url.c - resolving references against a page, compared with inflating the same text.
 *
 * bench url [FILE]: the lines of FILE, else a generated list. The reference is libdeflate on the list
 * compressed in memory.
 */
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>

#include "3_extract/url_internal.h"
#include "bench.h"

#define ROUNDS          20
#define GENERATED_COUNT 200000u
#define PAGE            "https://www.example.dk/borger/sider/index.html"

static void *must(void *p)
{
    if (!p) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return p;
}

/* The mixture of kinds is that of real pages: half absolute, a third from the root, the rest relative. $: a
 * number. */
static struct span generate(void)
{
    static const char shapes[] = "https://cdn$.example.net/libs/v$/app.$.min.js\n"
                                 "https://www.example.dk/media/$/foto-$_$.jpg\n"
                                 "https://fonts.example.org/css2?family=Open+Sans:wght@$&display=swap&v=$\n"
                                 "https://www.example.com/$/$/$/\n"
                                 "//static$.example.org/a/$/$.css\n"
                                 "/globalassets/$/$/billede-$.png?width=320\n"
                                 "/api/v$/pages/$#$\n"
                                 "/wp-content/themes/t$/style.css?ver=$.$\n"
                                 "images/$/$/$.svg\n"
                                 "../sider/$/$-$.html\n"
                                 "https://www.example.dk/s%C3%B8g?q=$+$&x=$\n"
                                 "HTTPS://WWW.example.dk:443/$/$/$\n";
    size_t bytes = 0, room = GENERATED_COUNT / 12 * 2 * sizeof shapes;
    char *text = must(malloc(room));
    uint64_t seed = 1;
    for (size_t round = 0; round < GENERATED_COUNT / 12; round++)
        for (const char *c = shapes; *c; c++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            if (*c == '$')
                bytes += (size_t)snprintf(text + bytes, room - bytes, "%u", (unsigned)(seed >> 52));
            else
                text[bytes++] = *c;
        }
    return span_of(text, bytes - 1);
}

static struct span read_lines(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) {
        perror(path);
        exit(1);
    }
    size_t bytes = (size_t)ftell(file);
    char *text = must(malloc(bytes + 1));
    rewind(file);
    if (fread(text, 1, bytes, file) != bytes) {
        perror(path);
        exit(1);
    }
    fclose(file);
    return span_of(text, bytes);
}

struct tally {
    size_t count, bad_count, fast_count;
};

static struct tally resolve(struct span rest, const struct url *page, struct arena *arena)
{
    struct tally tally = {0};
    struct arena_mark mark = arena_mark(arena);
    while (rest.at) {
        struct url url;
        tally.bad_count += url_parse(span_cut(&rest, '\n'), page, arena, &url) != ERR_OK;
        if (++tally.count % 100 == 0) /* as many as a page has */
            arena_back_to(arena, mark);
    }
    return tally;
}

static size_t count_fast(struct span rest, const struct url *page, struct arena *arena)
{
    size_t count = 0;
    while (rest.at) {
        struct url url;
        enum err err;
        struct arena_mark mark = arena_mark(arena);
        count += url_fast_parse(url_trim(span_cut(&rest, '\n')), page, arena, &url, &err);
        arena_back_to(arena, mark);
    }
    return count;
}

static double inflate_s(struct span text)
{
    struct libdeflate_compressor *c = must(libdeflate_alloc_compressor(6));
    struct libdeflate_decompressor *d = must(libdeflate_alloc_decompressor());
    size_t room = libdeflate_gzip_compress_bound(c, text.bytes);
    char *packed = must(malloc(room)), *out = must(malloc(text.bytes + 1));
    size_t packed_bytes = libdeflate_gzip_compress(c, text.at, text.bytes, packed, room);
    double start = bench_wall_s();
    for (int i = 0; i < ROUNDS; i++)
        if (libdeflate_gzip_decompress(d, packed, packed_bytes, out, text.bytes, NULL))
            exit(1);
    double took = bench_wall_s() - start;
    libdeflate_free_compressor(c);
    libdeflate_free_decompressor(d);
    free(packed);
    free(out);
    return took;
}

int bench_url(int argc, char **argv)
{
    struct arena arena;
    struct url page;
    struct tally tally = {0};
    struct span text = argc > 1 ? read_lines(argv[1]) : generate();
    arena_init(&arena, 64u << 20);
    if (url_parse(SPAN(PAGE), NULL, &arena, &page))
        return 1;
    size_t fast_count = count_fast(text, &page, &arena);
    double start = bench_wall_s();
    for (int i = 0; i < ROUNDS; i++)
        tally = resolve(text, &page, &arena);
    double took = bench_wall_s() - start, inflating = inflate_s(text);
    printf("%zu references, %zu bytes, %.1f %% fast, %zu no URL\n", tally.count, text.bytes,
           100.0 * (double)fast_count / (double)tally.count, tally.bad_count);
    printf("resolve %.1f ns each, %.0f MB/s; inflate %.0f MB/s\n", took / ROUNDS / (double)tally.count * 1e9,
           (double)text.bytes * ROUNDS / took / 1e6, (double)text.bytes * ROUNDS / inflating / 1e6);
    printf("ratio resolve/inflate %.2f\n", took / inflating);
    arena_free(&arena);
    free((char *)text.at);
    return 0;
}
