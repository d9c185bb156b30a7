// SPDX-License-Identifier: MIT
#include "plan.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "1_read/reader.h"
#include "2_decode/exchange.h"
#include "3_extract/crawl_name.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"
#include "dictionary.h"
#include "ext/ext_deflate.h"
#include "io/mapfile.h"

#define SNIFF_RECORDS 16 /* a producer shows itself in the warcinfo or the first exchanges */

struct planning {
    struct plan *plan;
    struct arena *arena;
    struct inflater *inflater;
    struct failure *failure;
    struct span file;
};

static void ignore_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    (void)context, (void)err, (void)at, (void)bytes; /* reading proper reports them */
}

/* What one record tells of the archive; false: nothing yet. */
static bool learn(struct planning *p, struct plan_archive *a, const struct record *record)
{
    if (record->type == RECORD_WARCINFO) {
        struct warcinfo info = {0};
        if (crawl_parse_warcinfo(record->block, &info) != ERR_OK)
            return false;
        a->producer = info.producer;
        if (span_equal(a->group, a->name)) {
            struct span group = crawl_name_of(a->name, &info, p->arena);
            a->group = group.at ? group : a->group;
        }
    } else {
        struct http_head head = {0};
        struct arena_mark mark = arena_mark(p->arena);
        enum err err = exchange_parse(record->block, p->arena, &head);
        size_t body_bytes = err ? 0 : head.body.bytes;
        arena_back_to(p->arena, mark);
        a->producer =
            crawl_guess_producer(record->head, span_first(record->block, record->block.bytes - body_bytes));
    }
    return a->producer != PRODUCER_UNKNOWN;
}

/* Heads are enough to know a producer by; a warcinfo tells in its block. */
static enum reader_need needs_of(void *context, const struct record *record)
{
    (void)context;
    if (record->type == RECORD_WARCINFO)
        return READER_NEED_BODY;
    bool has_head = span_find_span(record->block, SPAN("\r\n\r\n"), 0) < record->block.bytes;
    return has_head ? READER_NEED_HEAD : READER_NEED_UNKNOWN;
}

static enum err sniff_producer(struct planning *p, struct plan_archive *a, struct span bytes)
{
    static const struct reader_needs needs = {needs_of, NULL};
    struct reader reader;
    struct record record;
    struct place place;
    reader_init(&reader, bytes, a->kind, 0, bytes.bytes, true, p->inflater, ignore_fault, NULL);
    reader.needs = &needs;
    for (int i = 0; i < SNIFF_RECORDS; i++) {
        enum err err = reader_next(&reader, &record, &place);
        if (err)
            return err == ERR_END ? ERR_OK : err;
        if (learn(p, a, &record))
            return ERR_OK;
    }
    return ERR_OK;
}

static enum err add_archive(struct planning *p, struct plan_archive draft, struct span bytes)
{
    struct plan *plan = p->plan;
    if (!bytes.bytes)
        return ERR_OK; /* an empty member of a WACZ: nothing to read, nothing lost */
    struct plan_archive *a = ARENA_PUSH(p->arena, plan->archives, plan->count, plan->capacity);
    if (!a)
        return ERR_MEMORY;
    *a = draft;
    a->file = p->file;
    a->bytes = bytes.bytes;
    if (source_is_records(a->kind) && !a->is_pages && !a->is_unread)
        TRY(sniff_producer(p, a, bytes));
    if (a->producer == PRODUCER_UNKNOWN && (a->kind == SOURCE_ARC || a->kind == SOURCE_ARC_GZ))
        a->producer = PRODUCER_ARC;
    plan->total_bytes += a->is_unread ? 0 : a->bytes;
    return ERR_OK;
}

static enum err add_parts(struct planning *p, struct span bytes)
{
    struct source_parts parts = {0};
    enum err err = source_list(bytes, p->arena, &parts);
    if (err_is_run(err))
        return err;
    if (err)
        failure_note("%s: %s; nothing of it is read", p->file.at, err_text(err));
    for (size_t i = 0; i < parts.count; i++) {
        const struct source_part *part = &parts.items[i];
        struct span name = arena_format(p->arena, "%s!%.*s", p->file.at, SPAN_ARG(part->name));
        bool readable = part->is_pages || source_is_records(part->kind);
        if (!name.at)
            return ERR_MEMORY;
        if (part->deflated || !readable) {
            failure_note("%s: %s; this version does not read it", name.at,
                         part->deflated ? "deflated inside its WACZ" : source_kind_name(part->kind));
            if (part->is_pages)
                continue;
        }
        struct plan_archive draft = {.name = name,
                                     .group = p->file,
                                     .kind = part->kind,
                                     .is_pages = part->is_pages,
                                     .is_unread = part->deflated || !readable,
                                     .at = (uint64_t)(part->bytes.at - bytes.at)};
        TRY(add_archive(p, draft, part->bytes));
    }
    return ERR_OK;
}

static enum err add_file(struct planning *p, struct span bytes)
{
    enum source_kind kind = source_kind_of(bytes);
    struct plan_archive draft = {.name = p->file, .group = p->file, .kind = kind};
    switch (kind) {
    case SOURCE_WARC:
    case SOURCE_WARC_GZ:
    case SOURCE_ARC:
    case SOURCE_ARC_GZ:
    case SOURCE_WARC_ZST:
    case SOURCE_ARC_ZST:
        return add_archive(p, draft, bytes);
    case SOURCE_HAR:
        draft.producer = PRODUCER_HAR;
        return add_archive(p, draft, bytes);
    case SOURCE_WACZ:
        return add_parts(p, bytes);
    case SOURCE_NONE:
    case SOURCE_CDX:
        failure_note("%s: %s, skipped", p->file.at,
                     !bytes.bytes         ? "empty"
                     : kind == SOURCE_CDX ? "an index of archives, no archive"
                                          : "no archive");
        return ERR_OK;
    default:
        failure_note("%s: %s; this version does not read it", p->file.at, source_kind_name(kind));
        draft.is_unread = true;
        return add_archive(p, draft, bytes);
    }
}

static int by_name(const void *left, const void *right)
{
    return span_compare(((const struct plan_archive *)left)->name,
                        ((const struct plan_archive *)right)->name);
}

static enum err describe_inputs(struct planning *p, const struct pathlist *paths, struct span dictionary)
{
    struct buf text;
    buf_init(&text, LIMIT_REGISTER_BYTES);
    for (size_t i = 0; i < paths->count; i++) {
        struct stat st;
        if (stat(paths->items[i].at, &st) != 0) {
            buf_free(&text);
            return failure_of_path(p->failure, ERR_IO, paths->items[i].at);
        }
        buf_format(&text, "%s\t%lld\t%lld.%09ld\n", paths->items[i].at, (long long)st.st_size,
                   (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
    }
    if (dictionary.bytes)
        buf_format(&text, "--zstd-dict\t%llx\n", (unsigned long long)hash_span(dictionary));
    p->plan->inputs = text.err ? SPAN_NONE : arena_copy(p->arena, buf_span(&text));
    buf_free(&text);
    return p->plan->inputs.at ? ERR_OK : ERR_MEMORY;
}

static enum err add_all(struct planning *p, const struct pathlist *paths)
{
    for (size_t i = 0; i < paths->count; i++) {
        struct mapfile file;
        p->file = paths->items[i];
        enum err err = mapfile_open(p->file.at, 0, &file);
        if (err)
            return failure_of_path(p->failure, err, p->file.at);
        err = add_file(p, file.bytes);
        mapfile_close(&file);
        if (err)
            return failure_of_path(p->failure, err, p->file.at);
    }
    return ERR_OK;
}

enum err plan_make(const struct pathlist *paths, struct span dictionary, struct arena *arena,
                   struct plan *out, struct failure *failure)
{
    *out = (struct plan){0};
    struct planning p = {
        .plan = out, .arena = arena, .inflater = dictionary_inflater(dictionary), .failure = failure};
    if (!p.inflater)
        return ERR_MEMORY;
    enum err err = add_all(&p, paths);
    inflater_free(p.inflater);
    TRY(err);
    if (out->count)
        qsort(out->archives, out->count, sizeof *out->archives, by_name);
    return describe_inputs(&p, paths, dictionary);
}
