// SPDX-License-Identifier: MIT
/* The input is a block of fields: crawler metadata, a warcinfo, and two heads in which a producer left its
 * traces. */
#include <stdlib.h>

#include "3_extract/crawl.h"
#include "base/buf.h"
#include "base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void check(bool good)
{
    if (!good)
        abort();
}

static void check_value(struct span s)
{
    check(s.bytes <= LIMIT_URL_BYTES && span_trim(s).bytes == s.bytes);
    check(span_find(s, '\n', 0) == s.bytes && span_find(s, '\r', 0) == s.bytes);
}

static void check_outlinks(const struct crawl_metadata *meta, struct arena *arena)
{
    struct crawl_metadata again;
    struct buf written;
    buf_init(&written, SIZE_MAX);
    for (size_t i = 0; i < meta->outlink_count; i++) {
        const struct outlink *o = &meta->outlinks[i];
        check_value(o->url);
        check_value(o->context);
        check(o->url.bytes && o->hop && memchr("LEXRPIMS", o->hop, 8));
        buf_add_string(&written, "outlink: ");
        buf_add(&written, o->url);
        buf_format(&written, " %c ", o->hop);
        buf_add(&written, o->context);
        buf_add_string(&written, "\n");
    }
    enum err err = crawl_parse_metadata(buf_span(&written), arena, &again);
    check(err == ERR_OK && again.outlink_count == meta->outlink_count);
    for (size_t i = 0; i < meta->outlink_count; i++) {
        check(span_equal(meta->outlinks[i].url, again.outlinks[i].url));
        check(span_equal(meta->outlinks[i].context, again.outlinks[i].context));
        check(meta->outlinks[i].hop == again.outlinks[i].hop);
    }
    buf_free(&written);
}

static void check_metadata(struct span input, struct arena *arena)
{
    struct crawl_metadata meta;
    enum err err = crawl_parse_metadata(input, arena, &meta);
    check(!err_is_run(err) && meta.outlink_count <= LIMIT_REFERENCES && meta.exchange_count >= -1);
    check_value(meta.via);
    check_value(meta.hops_from_seed);
    check_value(meta.page_url);
    check_value(meta.final_url);
    check_outlinks(&meta, arena);
}

static void check_warcinfo(struct span input)
{
    struct warcinfo info;
    enum err err = crawl_parse_warcinfo(input, &info);
    const struct span *values[] = {&info.software, &info.is_part_of, &info.operator_name, &info.user_agent,
                                   &info.robots};
    check(!err_is_run(err) && info.producer < PRODUCER_COUNT);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct span s = *values[i];
        check(!s.at || (s.at >= input.at && s.at + s.bytes <= input.at + input.bytes));
        check(span_find(s, '\n', 0) == s.bytes);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct arena arena;
    struct span input = span_of(data, bytes);
    arena_init(&arena, 64u << 20);
    check_metadata(input, &arena);
    check_warcinfo(input);
    size_t half = bytes / 2;
    check(crawl_guess_producer(span_first(input, half), span_of(data + half, bytes - half)) < PRODUCER_COUNT);
    arena_free(&arena);
    return 0;
}
