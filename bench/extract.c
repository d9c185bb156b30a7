// SPDX-License-Identifier: MIT
/*
 * extract.c - what stage 3 costs: the HTML documents, the style sheets, the Set-Cookie lines, the heads of the
 * documents, the JavaScript files, the crawlers' page lists and notes, the queries of requests (identifiers and consent), the
 * small images and the answers of the DNS of an archive scanned (heads are parsed, too), each beside libdeflate inflating the same
 * bytes, compressed in memory; documents also beside libgumbo parsing them, which builds a tree and looks for no references.
 * Prints the ratios of the medians of one run.
 */
#include "1_read/reader.h"
#include "2_decode/body.h"
#include "3_extract/consent.h"
#include "3_extract/cookie.h"
#include "3_extract/crawl.h"
#include "3_extract/css.h"
#include "3_extract/dns.h"
#include "3_extract/header_refs.h"
#include "3_extract/html.h"
#include "3_extract/identifier.h"
#include "3_extract/loader.h"
#include "3_extract/pixel.h"
#include "base/limits.h"
#include "bench.h"
#include "ext/ext_deflate.h"
#include "ext/ext_psl.h"
#include "io/mapfile.h"

#include <gumbo.h>
#include <libdeflate.h>
#include <stdio.h>

#define SMALL_IMAGE_BYTES 512        /* larger ones are never looked into */
#define KEPT_BYTES        (1u << 30) /* copies of what is scanned, so that scanning alone is timed */

enum kind { DOCUMENT, SHEET, COOKIE_LINE, HEAD, SCRIPT, PAGE_LIST, NOTES, QUERY, IMAGE, ANSWER, KIND_COUNT };
static const char *const names[KIND_COUNT] = {"documents",  "style sheets", "cookies", "heads",  "scripts",
                                              "page lists", "notes",        "queries", "images", "answers"};

struct sample {
    struct span *items;
    size_t count, capacity;
    struct buf text; /* all of them */
};
struct tools {
    struct arena kept, arena;
    struct sample samples[KIND_COUNT];
    struct suffixes *suffixes;
    struct url page;
};

static void keep(struct tools *t, enum kind kind, struct span text)
{
    struct sample *s = &t->samples[kind];
    struct span *item = ARENA_PUSH(&t->kept, s->items, s->count, s->capacity);
    if (item)
        *item = arena_copy(&t->kept, text);
    buf_add(&s->text, text);
    if (t->kept.full || s->text.err)
        exit(1);
}

static void keep_response(struct tools *t, struct decoder *decoder, const struct record *record)
{
    struct span block = record->block;
    struct http_head head;
    struct body body;
    arena_reset(&t->arena);
    if (exchange_parse(block, &t->arena, &head))
        return;
    for (size_t i = 0; i < head.field_count; i++)
        if (span_equal_nocase(head.fields[i].name, SPAN("set-cookie")))
            keep(t, COOKIE_LINE, head.fields[i].value);
    struct span mime = exchange_mime(exchange_field(&head, SPAN("content-type")), &t->arena);
    bool is_document = span_equal(mime, SPAN("text/html"));
    if (is_document)
        keep(t, HEAD, span_of(block.at, block.bytes - head.body.bytes));
    if (span_starts(mime, SPAN("image/")) && head.body.bytes < SMALL_IMAGE_BYTES)
        keep(t, IMAGE, head.body);
    bool is_script = span_ends(mime, SPAN("javascript"));
    enum kind kind = is_document ? DOCUMENT : is_script ? SCRIPT : SHEET;
    if ((kind != SHEET || span_equal(mime, SPAN("text/css"))) && !body_decode(decoder, &head, &body))
        keep(t, kind, body.bytes);
}

static void keep_record(struct tools *t, struct decoder *decoder, const struct record *record)
{
    struct span query = span_from(record->target_uri, span_find(record->target_uri, '?', 0));
    if (dns_is_uri(record->target_uri))
        keep(t, ANSWER, record->block);
    else if (record->type == RECORD_RESPONSE)
        keep_response(t, decoder, record);
    if (record->type == RECORD_REQUEST && query.bytes)
        keep(t, QUERY, span_from(query, 1));
    if (record->type == RECORD_METADATA || record->type == RECORD_WARCINFO)
        keep(t, NOTES, record->block);
    if (span_starts(record->target_uri, SPAN("urn:pageinfo:")))
        keep(t, PAGE_LIST, record->block);
}

static void collect(struct tools *t, struct span file)
{
    struct inflater *inflater = inflater_new();
    struct decoder *decoder = decoder_new(0);
    struct reader reader;
    struct record record;
    struct place place;
    uint64_t fault_count = 0;
    if (!inflater || !decoder)
        exit(1);
    reader_init(&reader, file, source_kind_of(file), 0, file.bytes, true, inflater, bench_count_fault,
                &fault_count);
    while (reader_next(&reader, &record, &place) == ERR_OK)
        keep_record(t, decoder, &record);
    decoder_free(decoder);
    inflater_free(inflater);
}

static size_t scan_query(struct span query)
{
    size_t found = consent_of_query(query).rule != 0;
    bool is_like;
    for (struct span rest = query; identifier_next(&rest, &is_like);)
        found += is_like;
    return found;
}

static size_t scan_notes(struct tools *t, struct span item)
{
    struct crawl_metadata metadata;
    struct warcinfo info = {0};
    return (crawl_parse_warcinfo(item, &info) == ERR_OK) +
           (crawl_parse_metadata(item, &t->arena, &metadata) == ERR_OK);
}

static size_t scan_page_list(struct tools *t, struct span item)
{
    struct pageinfo page;
    return crawl_parse_pageinfo(SPAN("urn:pageinfo:"), item, &t->arena, &page) ? 0 : page.resource_count;
}

/* References, cookies, or whatever that kind holds. */
static size_t scan(struct tools *t, enum kind kind, struct span item)
{
    struct html_document document = {0};
    struct reference_list list = {0};
    struct http_head head;
    struct cookie cookie;
    struct dns_answer answer;
    arena_reset(&t->arena);
    switch (kind) {
    case DOCUMENT:
        return html_scan(item, &t->page, SPAN("utf-8"), NULL, &t->arena, &document)
                   ? 0
                   : document.references.count;
    case SHEET:
        return css_scan(item, &t->page, CSS_SHEET, "css", 0, &t->arena, &list) ? 0 : list.count;
    case SCRIPT:
        return loader_scan(loader_search_new(&t->arena), item, &t->page, (struct reference){0}, &t->arena,
                           &list)
                   ? 0
                   : list.count;
    case HEAD:
        return exchange_parse(item, &t->arena, &head) || header_refs_scan(&head, &t->page, &t->arena, &list)
                   ? 0
                   : list.count;
    case PAGE_LIST:
        return scan_page_list(t, item);
    case NOTES:
        return scan_notes(t, item);
    case QUERY:
        return scan_query(item);
    case IMAGE:
        return pixel_is(item);
    case ANSWER:
        return dns_parse(SPAN("dns:www.example.dk"), item, &t->arena, &answer) ? 0 : answer.name_count - 1;
    default:
        return cookie_parse_set(item, &t->page, t->suffixes, 0, &t->arena, &cookie) == ERR_OK;
    }
}

static double scan_all(struct tools *t, enum kind kind, size_t *found_count)
{
    const struct sample *s = &t->samples[kind];
    double from_s = bench_cpu_s();
    *found_count = 0;
    for (size_t i = 0; i < s->count; i++)
        *found_count += scan(t, kind, s->items[i]);
    return bench_cpu_s() - from_s;
}

static double parse_all(const struct sample *s)
{
    double from_s = bench_cpu_s();
    for (size_t i = 0; i < s->count; i++) {
        GumboOutput *output =
            gumbo_parse_with_options(&kGumboDefaultOptions, s->items[i].at, s->items[i].bytes);
        gumbo_destroy_output(&kGumboDefaultOptions, output);
    }
    return bench_cpu_s() - from_s;
}

static void measure(struct tools *t, enum kind kind)
{
    struct span text = buf_span(&t->samples[kind].text);
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(6);
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    size_t room = libdeflate_gzip_compress_bound(compressor, text.bytes), found_count = 0;
    char *packed = malloc(room), *out = malloc(text.bytes);
    double scan_s[BENCH_ROUNDS], inflate_s[BENCH_ROUNDS], parse_s[BENCH_ROUNDS];
    if (!compressor || !decompressor || !packed || !out)
        exit(1);
    size_t bytes = libdeflate_gzip_compress(compressor, text.at, text.bytes, packed, room);
    for (int i = 0; i < BENCH_ROUNDS; i++) {
        double from_s = bench_cpu_s();
        if (libdeflate_gzip_decompress(decompressor, packed, bytes, out, text.bytes, NULL))
            exit(1);
        inflate_s[i] = bench_cpu_s() - from_s;
        scan_s[i] = scan_all(t, kind, &found_count);
        parse_s[i] = kind == DOCUMENT ? parse_all(&t->samples[kind]) : 0;
    }
    double mb = (double)text.bytes / 1e6, scanning = bench_median(scan_s, BENCH_ROUNDS),
           inflating = bench_median(inflate_s, BENCH_ROUNDS);
    printf("%zu %s of %.3f MB, %zu found: scan %.0f MB/s, inflate %.0f MB/s, ratio %.2f\n",
           t->samples[kind].count, names[kind], mb, found_count, mb / scanning, mb / inflating,
           scanning / inflating);
    double parsing = bench_median(parse_s, BENCH_ROUNDS);
    if (kind == DOCUMENT)
        printf("    libgumbo %.0f MB/s, ratio %.3f\n", mb / parsing, scanning / parsing);
    free(packed);
    free(out);
    libdeflate_free_compressor(compressor);
    libdeflate_free_decompressor(decompressor);
}

int bench_extract(int argc, char **argv)
{
    struct mapfile file;
    struct tools t = {0};
    if (argc != 2 || mapfile_open(argv[1], 0, &file) != ERR_OK) {
        fprintf(stderr, "usage: bench extract FILE.warc[.gz|.zst] or FILE.arc[.gz|.zst]\n");
        return 2;
    }
    arena_init(&t.kept, KEPT_BYTES);
    arena_init(&t.arena, LIMIT_WORKER_ARENA_BYTES);
    for (int kind = 0; kind < KIND_COUNT; kind++)
        buf_init(&t.samples[kind].text, KEPT_BYTES);
    if (suffixes_load(NULL, &t.suffixes) ||
        url_parse(SPAN("https://www.example.dk/borger/"), NULL, &t.kept, &t.page))
        return 1;
    collect(&t, file.bytes);
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (t.samples[kind].count)
            measure(&t, (enum kind)kind);
        buf_free(&t.samples[kind].text);
    }
    suffixes_free(t.suffixes);
    arena_free(&t.arena);
    arena_free(&t.kept);
    mapfile_close(&file);
    return 0;
}
