// SPDX-License-Identifier: MIT
/* The input is JSON: a page list, a page line, and a value that is written and read again. */
#include <stdlib.h>

#include "1_read/record.h"
#include "3_extract/crawl.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "ext/ext_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void check(bool good)
{
    if (!good)
        abort();
}

static void check_text(struct span s)
{
    for (size_t at = 0; at < s.bytes;) {
        struct utf8_step step = utf8_next(s, at);
        check(step.valid && step.bytes >= 1 && step.bytes <= 4);
        at += step.bytes;
    }
}

static void check_page(struct span input, struct arena *arena)
{
    struct pageinfo page;
    enum err err = crawl_parse_pageinfo(SPAN("urn:pageinfo:https://a.example/"), input, arena, &page);
    check(!err_is_run(err) && page.resource_count <= LIMIT_PAGE_RESOURCES);
    check(err || page.url.bytes);
    check_text(page.url);
    check_text(page.page_id);
    for (size_t i = 0; i < page.resource_count; i++) {
        const struct page_resource *r = &page.resources[i];
        check(r->status >= 0 && r->status < 1000 && r->resource < RESOURCE_COUNT);
        check_text(r->url);
        check_text(r->mime);
        check_text(r->error);
    }
}

static void check_line(struct span input, struct arena *arena)
{
    struct page_line line;
    enum err err = crawl_parse_page_line(input, arena, &line);
    check(!err_is_run(err) && (err == ERR_OK) == (line.url.bytes > 0));
    check(line.status >= 0 && line.status < 1000);
    check_text(line.id);
    check_text(line.url);
}

static void write(const struct json *json, bool indent, struct buf *out)
{
    buf_reset(out);
    check(json_write(json, indent, out) == ERR_OK);
    check_text(buf_span(out));
}

static void check_json(struct span input)
{
    struct json *json, *again;
    struct buf plain, indented, twice;
    if (json_parse(input, &json))
        return;
    buf_init(&plain, SIZE_MAX);
    buf_init(&indented, SIZE_MAX);
    buf_init(&twice, SIZE_MAX);
    write(json, false, &plain);
    write(json, true, &indented);
    check(json_parse(buf_span(&indented), &again) == ERR_OK);
    write(again, false, &twice);
    check(span_equal(buf_span(&plain), buf_span(&twice)));
    json_free(json);
    json_free(again);
    buf_free(&plain);
    buf_free(&indented);
    buf_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct arena arena;
    struct span input = span_of(data, bytes);
    arena_init(&arena, 64u << 20);
    check_page(input, &arena);
    check_line(input, &arena);
    check_json(input);
    arena_free(&arena);
    return 0;
}
