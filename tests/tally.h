// SPDX-License-Identifier: MIT
/* tally.h - everything stages 2 and 3 can say of an archive without looking into pages, counted. */
#ifndef TESTS_TALLY_H
#define TESTS_TALLY_H

#include "1_read/reader.h"
#include "1_read/source.h"
#include "2_decode/body.h"
#include "3_extract/crawl.h"
#include "ext/ext_deflate.h"

struct tally {
    struct arena arena;
    struct decoder *decoder;
    struct inflater *inflater;
    enum producer producer; /* of the last warcinfo */
    uint64_t heads, not_http, set_cookies, framed, framing_labels;
    uint64_t labelled, undone, damaged; /* bodies with Content-Encoding; really coded; with an error */
    uint64_t pageinfos, page_resources, outlinks, marks, page_lines, bad_pages;
    uint64_t run_errors;
};

static inline void tally_init(struct tally *tally)
{
    *tally = (struct tally){.decoder = decoder_new(0), .inflater = inflater_new()};
    arena_init(&tally->arena, 256u << 20);
}

static inline void tally_free(struct tally *tally)
{
    decoder_free(tally->decoder);
    inflater_free(tally->inflater);
    arena_free(&tally->arena);
}

static inline void tally_ignore(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    (void)context, (void)err, (void)at, (void)bytes;
}

static inline void tally_exchange(struct tally *tally, const struct record *record)
{
    struct http_head head;
    struct body body;
    enum err err = exchange_parse(record->block, &tally->arena, &head);
    tally->run_errors += err_is_run(err);
    tally->not_http += err == ERR_NOT_HTTP;
    if (err || head.is_request)
        return;
    tally->heads++;
    for (size_t i = 0; i < head.field_count; i++)
        tally->set_cookies += span_equal_nocase(head.fields[i].name, SPAN("set-cookie"));
    tally->framing_labels += exchange_field(&head, SPAN("transfer-encoding")).bytes > 0;
    err = body_decode(tally->decoder, &head, &body);
    tally->run_errors += err_is_run(err);
    tally->framed += body.was_chunked;
    bool labelled = exchange_field(&head, SPAN("content-encoding")).bytes && head.body.bytes;
    tally->labelled += labelled;
    tally->undone += body.codings > 0;
    tally->damaged += err && !record->partial;
}

static inline void tally_crawl(struct tally *tally, const struct record *record)
{
    struct warcinfo info;
    struct pageinfo page;
    struct crawl_metadata meta;
    if (record->type == RECORD_WARCINFO && !crawl_parse_warcinfo(record->block, &info))
        tally->producer = info.producer;
    if (span_starts(record->target_uri, SPAN("urn:pageinfo:"))) {
        enum err err = crawl_parse_pageinfo(record->target_uri, record->block, &tally->arena, &page);
        tally->pageinfos++;
        tally->bad_pages += err != ERR_OK || !page.page_id.bytes || !page.url.bytes;
        tally->page_resources += page.resource_count;
    }
    if (record->type == RECORD_METADATA) {
        enum err err = crawl_parse_metadata(record->block, &tally->arena, &meta);
        tally->run_errors += err_is_run(err);
        tally->outlinks += meta.outlink_count;
        tally->marks += meta.exchange_count >= 0 && meta.page_url.bytes && meta.final_url.bytes;
    }
}

static inline void tally_archive(struct tally *tally, struct span file, enum source_kind kind)
{
    struct reader reader;
    struct record record;
    struct place place;
    reader_init(&reader, file, kind, 0, file.bytes, true, tally->inflater, tally_ignore, NULL);
    while (reader_next(&reader, &record, &place) == ERR_OK) {
        struct span type = record.content_type;
        arena_reset(&tally->arena);
        if (record.type == RECORD_RESPONSE || record.type == RECORD_REQUEST ||
            (record.type == RECORD_REVISIT && record.block.bytes && span_has_nocase(type, SPAN("http"))))
            tally_exchange(tally, &record);
        else
            tally_crawl(tally, &record);
    }
}

static inline void tally_pages(struct tally *tally, struct span lines)
{
    struct page_line page;
    while (lines.bytes) {
        arena_reset(&tally->arena);
        enum err err = crawl_parse_page_line(span_cut_line(&lines), &tally->arena, &page);
        tally->page_lines += err == ERR_OK;
        tally->bad_pages += err && err != ERR_END;
    }
}

static inline void tally_file(struct tally *tally, struct span file)
{
    enum source_kind kind = source_kind_of(file);
    if (kind == SOURCE_WARC || kind == SOURCE_WARC_GZ)
        tally_archive(tally, file, kind == SOURCE_WARC_GZ);
    if (kind != SOURCE_WACZ)
        return;
    struct arena arena;
    struct source_parts parts = {0};
    arena_init(&arena, 64u << 20);
    if (!source_list(file, &arena, &parts))
        for (size_t i = 0; i < parts.count; i++) {
            const struct source_part *part = &parts.items[i];
            if (part->is_pages && part->coding == SOURCE_STORED)
                tally_pages(tally, part->bytes);
            else if (part->coding == SOURCE_STORED &&
                     (part->kind == SOURCE_WARC || part->kind == SOURCE_WARC_GZ))
                tally_archive(tally, part->bytes, part->kind == SOURCE_WARC_GZ);
        }
    arena_free(&arena);
}

#endif
