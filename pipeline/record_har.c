// SPDX-License-Identifier: MIT
#include "record_har.h"

#include <stdio.h>

#include "1_read/harfile.h"
#include "3_extract/har.h"
#include "base/limits.h"
#include "ext/ext_json.h"
#include "record_mask.h"

static void ignore_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    (void)context, (void)err, (void)at, (void)bytes; /* verify's business */
}

static enum err put(struct span text)
{
    return fwrite(text.at ? text.at : "", 1, text.bytes, stdout) == text.bytes ? ERR_OK : ERR_IO;
}

static enum err print_json(const struct json *json, bool values)
{
    struct buf out, masked;
    buf_init(&out, LIMIT_OUTPUT_BYTES);
    buf_init(&masked, LIMIT_OUTPUT_BYTES);
    enum err err = json_write(json, true, &out);
    buf_add_char(&out, '\n');
    if (!values)
        record_mask_json(buf_span(&out), &masked);
    if (!err)
        err = out.err ? out.err : masked.err;
    if (!err)
        err = put(buf_span(values ? &out : &masked));
    buf_free(&masked);
    buf_free(&out);
    return err;
}

static enum err print_whole(const struct harfile_item *item, bool values)
{
    struct json *whole;
    enum err err = json_parse(item->text, &whole);
    if (err_is_run(err))
        return err;
    err = print_json(err ? item->json : whole, values);
    json_free(whole);
    return err;
}

static enum err print_body(const struct harfile_item *item)
{
    struct arena arena;
    struct har_entry entry;
    struct span body = SPAN_NONE;
    arena_init(&arena, LIMIT_WORKER_ARENA_BYTES);
    enum err err = har_parse_entry(item->json, &arena, &entry);
    if (!err_is_run(err))
        err = har_body(&entry, item->body, &arena, &body);
    if (!err_is_run(err))
        err = put(body);
    arena_free(&arena);
    return err;
}

static enum err print_item(const struct harfile_item *item, enum record_har_part part, bool values)
{
    return part == RECORD_HAR_BODY    ? print_body(item)
           : part == RECORD_HAR_WHOLE ? print_whole(item, values)
                                      : print_json(item->json, values);
}

enum err record_har_print(struct span file, uint64_t at, enum record_har_part part, bool values,
                          const char *archive, struct failure *failure)
{
    struct arena arena;
    struct harfile har;
    struct harfile_item item;
    arena_init(&arena, LIMIT_WORKER_ARENA_BYTES);
    harfile_init(&har, file, &arena, ignore_fault, NULL);
    harfile_seek(&har, at);
    enum err err = harfile_next(&har, &item);
    bool found = !err && item.place.at == at &&
                 (json_get(item.json, "request") || json_get(item.json, "startedDateTime"));
    if (found)
        err = print_item(&item, part, values);
    else if (!err_is_run(err))
        err = failure_set(failure, ERR_NOT_FOUND, "%s: no entry or page begins at offset %llu", archive,
                          (unsigned long long)at);
    harfile_close(&har);
    arena_free(&arena);
    return err;
}
