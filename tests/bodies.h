// SPDX-License-Identifier: MIT
/* bodies.h - every HTML body of every archive below a folder: WARC and ARC in all framings, parts of a WACZ, HAR. */
#ifndef TESTS_BODIES_H
#define TESTS_BODIES_H

#include <fts.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "1_read/reader.h"
#include "2_decode/body.h"
#include "base/base64.h"
#include "base/limits.h"
#include "ext/ext_deflate.h"
#include "ext/ext_json.h"
#include "io/mapfile.h"

struct bodies {
    void (*take)(void *context, const char *path, struct span body, struct span content_type);
    void *context;
    struct arena arena; /* of one body */
    struct inflater *inflater;
    struct decoder *decoder;
    size_t file_count,
        packed_count; /* packed: not read, since compressed as a whole; server logs are, and a few archives */
};

static inline bool bodies_is_html(struct span content_type, struct arena *arena)
{
    struct span mime = exchange_mime(content_type, arena);
    return span_equal(mime, SPAN("text/html")) || span_equal(mime, SPAN("application/xhtml+xml"));
}

static inline void bodies_ignore(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    (void)context, (void)err, (void)at, (void)bytes;
}

static inline void bodies_of_archive(struct bodies *b, const char *path, struct span file,
                                     enum source_kind kind)
{
    struct reader reader;
    struct record record;
    struct place place;
    reader_init(&reader, file, kind, 0, file.bytes, true, b->inflater, bodies_ignore, NULL);
    while (reader_next(&reader, &record, &place) == ERR_OK) {
        struct http_head head;
        struct body body;
        arena_reset(&b->arena);
        if (record.type != RECORD_RESPONSE || exchange_parse(record.block, &b->arena, &head) ||
            head.is_request)
            continue;
        struct span type = exchange_field_last(&head, SPAN("content-type"));
        if (!bodies_is_html(type, &b->arena) || !head.body.bytes)
            continue;
        enum err err = body_decode(b->decoder, &head, &body);
        assert_false(err_is_run(err));
        if (body.bytes.bytes)
            b->take(b->context, path, body.bytes, type);
    }
}

static inline void bodies_of_har(struct bodies *b, const char *path, struct span file)
{
    struct json *root = NULL;
    if (json_parse(file, &root))
        return; /* cut: no JSON */
    const struct json *entries = json_get(json_get(root, "log"), "entries");
    for (size_t i = 0; i < json_count(entries); i++) {
        const struct json *content = json_get(json_get(json_item(entries, i), "response"), "content");
        struct span type = json_text(json_get(content, "mimeType")),
                    text = json_text(json_get(content, "text"));
        arena_reset(&b->arena);
        if (!text.bytes || !bodies_is_html(type, &b->arena))
            continue;
        if (span_equal_nocase(json_text(json_get(content, "encoding")), SPAN("base64"))) {
            char *to = arena_bytes(&b->arena, base64_room(text.bytes));
            size_t bytes = 0;
            assert_int_equal(base64_decode(text, to, &bytes), ERR_OK);
            text = span_of(to, bytes);
        }
        b->take(b->context, path, text, type);
    }
    json_free(root);
}

static inline void bodies_of_file(struct bodies *b, const char *path, struct span file, unsigned depth)
{
    enum source_kind kind = source_kind_of(file);
    struct arena arena;
    struct source_parts parts = {0};
    if (source_is_records(kind)) {
        bodies_of_archive(b, path, file, kind);
    } else if (kind == SOURCE_HAR) {
        bodies_of_har(b, path, file);
    } else if (source_is_container(kind) && depth < LIMIT_CONTAINER_DEPTH) {
        arena_init(&arena, 64u << 20);
        assert_false(err_is_run(source_list(file, &arena, &parts)));
        for (size_t i = 0; i < parts.count; i++)
            if (parts.items[i].coding == SOURCE_STORED)
                bodies_of_file(b, path, parts.items[i].bytes, depth + 1);
            else
                b->packed_count++;
        arena_free(&arena);
    } else if (source_is_wrapped(kind)) {
        b->packed_count++;
    }
}

static inline int bodies_by_name(const FTSENT **left, const FTSENT **right)
{
    return strcmp((*left)->fts_name, (*right)->fts_name);
}

/* In the order of names. false: the folder is not there. */
static inline bool bodies_below(struct bodies *b, const char *folder)
{
    char *const folders[] = {(char *)(uintptr_t)folder, NULL};
    FTS *walk = fts_open(folders, FTS_PHYSICAL | FTS_NOCHDIR, bodies_by_name);
    size_t before = b->file_count;
    assert_non_null(walk);
    for (FTSENT *entry; (entry = fts_read(walk));) {
        struct mapfile file;
        if (entry->fts_info != FTS_F || !entry->fts_statp->st_size ||
            mapfile_open(entry->fts_path, 0, &file) != ERR_OK)
            continue;
        b->file_count++;
        bodies_of_file(b, entry->fts_path, file.bytes, 0);
        mapfile_close(&file);
    }
    fts_close(walk);
    return b->file_count > before;
}

static inline void bodies_init(struct bodies *b)
{
    *b = (struct bodies){.inflater = inflater_new(), .decoder = decoder_new(0)};
    assert_true(b->inflater && b->decoder);
    arena_init(&b->arena, 512u << 20);
}

static inline void bodies_free(struct bodies *b)
{
    inflater_free(b->inflater);
    decoder_free(b->decoder);
    arena_free(&b->arena);
}

#endif
