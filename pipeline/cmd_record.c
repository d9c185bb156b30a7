// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>

#include "1_read/reader.h"
#include "2_decode/body.h"
#include "base/limits.h"
#include "command.h"
#include "dictionary.h"
#include "ext/ext_deflate.h"
#include "opening.h"
#include "option.h"
#include "record_har.h"
#include "record_mask.h"
#include "record_proof.h"

const char cmd_record_help[] =
    "Prints the record that a table's archive and offset columns point to: "
    "ARCHIVE is a file, or FILE!MEMBER of a container;\n"
    "OFFSET is the column as printed. In heads the values of cookies and queries are masked; a body may hold "
    "personal "
    "data.\nOf a HAR it is an entry or a page, as indented JSON.\n\n"
    "      --head             only the WARC head and the HTTP head\n"
    "      --body             only the body, with its codings undone\n"
    "      --proof HOST       what a finding about HOST rests on: the heads of the record and of the request "
    "or answer\n"
    "                         recorded with it, and each place in the body that names HOST\n"
    "                         (of a HAR the heads alone; a masked place shows only the URL)\n"
    "      --values           cookie and query values as they were recorded\n"
    "      --zstd-dict FILE   dictionary of a .warc.zst that does not hold its own\n";

struct view {
    const char *archive, *zstd_dict, *proof;
    uint64_t at, inner;
    bool head, body, values;
    struct span dictionary; /* of zstd_dict */
    struct failure *failure;
};

static void ignore_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    (void)context, (void)err, (void)at, (void)bytes; /* verify's business */
}

static enum err put(struct span text)
{
    return fwrite(text.at ? text.at : "", 1, text.bytes, stdout) == text.bytes ? ERR_OK : ERR_IO;
}

static enum err put_head(const struct view *v, struct span head)
{
    struct buf masked;
    if (v->values)
        return put(head);
    buf_init(&masked, LIMIT_OUTPUT_BYTES);
    record_mask_head(head, &masked);
    enum err err = masked.err ? masked.err : put(buf_span(&masked));
    buf_free(&masked);
    return err;
}

static enum err print_body(const struct http_head *head, struct span block, bool is_http)
{
    if (!is_http)
        return put(block);
    struct decoder *decoder = decoder_new(0);
    struct body body = {0};
    enum err err = decoder ? body_decode(decoder, head, &body) : ERR_MEMORY;
    if (!err_is_run(err))
        err = put(body.bytes);
    decoder_free(decoder);
    return err;
}

static enum err print_record(const struct view *v, const struct record *record)
{
    struct arena arena;
    struct http_head head = {0};
    arena_init(&arena, LIMIT_WORKER_ARENA_BYTES);
    bool is_http = exchange_parse(record->block, &arena, &head) == ERR_OK;
    size_t http_head_bytes = is_http ? (size_t)(head.body.at - record->block.at) : 0;
    enum err err = ERR_OK;
    if (!v->body)
        err = put_head(v, record->head);
    if (!err && !v->body)
        err = put_head(v, span_first(record->block, http_head_bytes));
    if (!err && v->body)
        err = print_body(&head, record->block, is_http);
    if (!err && !v->head && !v->body)
        err = put(span_from(record->block, http_head_bytes));
    arena_free(&arena);
    return err;
}

static enum err print_proof(const struct view *v, const struct opening *archive, const struct record *record,
                            struct place place)
{
    struct inflater *inflater = dictionary_inflater(v->dictionary);
    const struct record_proof proof = {.archive = archive->bytes,
                                       .kind = archive->kind,
                                       .record = record,
                                       .place = place,
                                       .inflater = inflater,
                                       .host = span_of_string(v->proof),
                                       .values = v->values};
    enum err err = inflater ? record_proof_print(&proof) : ERR_MEMORY;
    inflater_free(inflater);
    return err;
}

static enum err find_record(const struct view *v, const struct opening *archive, struct inflater *inflater)
{
    struct reader reader;
    struct record record;
    struct place place;
    if (v->at >= archive->bytes.bytes)
        return failure_set(v->failure, ERR_NOT_FOUND, "%s: offset %llu is behind its end", v->archive,
                           (unsigned long long)v->at);
    if (archive->kind == SOURCE_HAR)
        return record_har_print(archive->bytes, v->at,
                                v->head || v->proof ? RECORD_HAR_HEAD
                                : v->body           ? RECORD_HAR_BODY
                                                    : RECORD_HAR_WHOLE,
                                v->values, v->archive, v->failure);
    if (!source_is_records(archive->kind))
        return failure_set(v->failure, ERR_NOT_FOUND, "%s: %s holds no records", v->archive,
                           source_kind_name(archive->kind));
    reader_init(&reader, archive->bytes, archive->kind, v->at, v->at + 1, true, inflater, ignore_fault, NULL);
    enum err err;
    while ((err = reader_next(&reader, &record, &place)) == ERR_OK)
        if (place.at == v->at && place.inner == v->inner)
            return v->proof ? print_proof(v, archive, &record, place) : print_record(v, &record);
    return err == ERR_END ? failure_set(v->failure, ERR_NOT_FOUND, "%s: no record begins at offset %llu",
                                        v->archive, (unsigned long long)v->at)
                          : err;
}

static enum err run(struct view *v, const char *offset)
{
    struct span inner = span_of_string(offset), at = span_cut(&inner, '+');
    if (!span_to_u64(at, &v->at) || (inner.at && !span_to_u64(inner, &v->inner)))
        return failure_set(v->failure, ERR_USAGE, "%s: give an offset as the tables print it", offset);
    if (v->head + v->body + (v->proof != NULL) > 1)
        return failure_set(v->failure, ERR_USAGE, "give one of --head, --body and --proof");
    struct opener opener;
    struct opening archive;
    struct mapfile dictionary;
    opener_init(&opener, &(struct unpack_place){0}, v->failure);
    enum err err = opening_find(&opener, v->archive, &archive);
    if (err) {
        opener_free(&opener);
        return err;
    }
    err = dictionary_open(v->zstd_dict, v->failure, &dictionary);
    if (err) {
        opening_close(&archive);
        opener_free(&opener);
        return err;
    }
    v->dictionary = dictionary.bytes;
    struct inflater *inflater = dictionary_inflater(dictionary.bytes);
    err = inflater ? find_record(v, &archive, inflater) : ERR_MEMORY;
    inflater_free(inflater);
    mapfile_close(&dictionary);
    opening_close(&archive);
    opener_free(&opener);
    return err ? failure_of_path(v->failure, err, v->archive) : ERR_OK;
}

enum exit_status cmd_record(int argc, char **argv, struct failure *failure)
{
    struct view v = {.failure = failure};
    const struct option_row rows[] = {
        {"--head",      0, OPTION_FLAG, &v.head     },
        {"--body",      0, OPTION_FLAG, &v.body     },
        {"--proof",     0, OPTION_TEXT, &v.proof    },
        {"--values",    0, OPTION_FLAG, &v.values   },
        {"--zstd-dict", 0, OPTION_TEXT, &v.zstd_dict},
    };
    struct option_arguments arguments = {.count = 0};
    enum err err = option_parse(rows, sizeof rows / sizeof *rows, argc, argv,
                                (struct option_call){option_keep, &arguments}, failure);
    if (!err && arguments.count != 2)
        err =
            failure_set(failure, ERR_USAGE, "needs ARCHIVE and OFFSET; 'tredjepart help record' tells more");
    if (!err) {
        v.archive = arguments.items[0];
        err = run(&v, arguments.items[1]);
    }
    return command_status(err);
}
