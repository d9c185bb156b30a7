// SPDX-License-Identifier: MIT
/*
 * Records in parts: a page cut in the middle of a tag, its parts in several files, out of order, missing, repeated. A row
 * names the parts that are there as FILE:NUMBER, "!" behind the last one that says so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "4_index/observe.h"
#include "4_index/segment.h"
#include "ext/ext_psl.h"

#define COUNT(a)   (sizeof(a) / sizeof *(a))
#define EVENTS_MAX 16

static const char *const blocks[] = {
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><img src=https://on",
    "e.example/1><script src=https://two.example/",
    "2></script>",
};
static const struct row {
    const char *why, *parts;
    size_t event_count, reference_count; /* of events that are left, and references of the first */
    bool partial;
    uint64_t joined, open, lonely;
} rows[] = {
    {"in order",                      "0:1 0:2 0:3!",     1, 2, false, 1, 0, 0},
    {"in other files, out of order",  "2:3! 0:1 1:2",     1, 2, false, 1, 0, 0},
    {"one repeated",                  "0:1 0:2 1:2 0:3!", 1, 2, false, 1, 0, 0},
    {"one alone that is all",         "0:1!",             1, 0, false, 1, 0, 0},
    {"the last one is missing",       "0:1 0:2",          1, 1, true,  0, 1, 0},
    {"the middle is missing",         "0:1 0:3!",         1, 0, true,  0, 1, 0},
    {"the last one does not say so",  "0:1 0:2 0:3",      1, 2, true,  0, 1, 0},
    {"one without a number",          "0:1 0:2 0:3! 0:0", 1, 2, true,  0, 1, 0},
    {"continuations without a first", "0:2 0:3!",         0, 0, false, 0, 0, 2},
};

struct scene {
    struct arena arena;
    struct observer observer;
    struct packed_event events[EVENTS_MAX];
    size_t count;
};

static void no_fault(void *context, const char *stage, enum err err, uint64_t at, uint64_t bytes)
{
    (void)context, (void)stage, (void)at, (void)bytes;
    fail_msg("fault: %s", err_text(err));
}

static void add_part(struct scene *s, struct span part)
{
    uint64_t file, number;
    bool last = span_ends(part, SPAN("!"));
    struct span rest = last ? span_first(part, part.bytes - 1) : part;
    assert_true(span_to_u64(span_cut(&rest, ':'), &file) && span_to_u64(rest, &number));
    const char *block = blocks[number ? number - 1 : 0];
    char origin[64] = "";
    if (number != 1)
        snprintf(origin, sizeof origin, "WARC-Segment-Origin-ID: <urn:uuid:1>\r\n");
    struct span text = arena_format(
        &s->arena,
        "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
        "WARC-Target-URI: https://a.example/\r\nWARC-Segment-Number: %d\r\n%s%sContent-Length: %d\r\n"
        "\r\n%s\r\n\r\n",
        number == 1 ? "response" : "continuation", (int)number, (int)number, origin,
        last ? "WARC-Segment-Total-Length: 9\r\n" : "", (int)strlen(block), block);
    struct record record;
    struct buf out;
    struct span key, packed;
    buf_init(&out, 1u << 20);
    assert_int_equal(record_read(text, true, &record), ERR_OK);
    struct place place = {.at = s->count * 1000, .bytes = text.bytes};
    assert_int_equal(observe_need(&s->observer, &record), READER_NEED_BODY);
    assert_int_equal(observe_record(&s->observer, &record, place, &out), ERR_OK);
    struct span events = buf_span(&out);
    assert_true(observe_take(&events, &key, &packed));
    s->events[s->count++] = (struct packed_event){
        .archive = (uint32_t)file, .place = place, .packed = arena_copy(&s->arena, packed)};
    buf_free(&out);
}

static void join_row(const struct row *row, const struct suffixes *suffixes)
{
    static const enum producer producers[] = {PRODUCER_WGET, PRODUCER_WGET, PRODUCER_WGET};
    struct scene *s = test_calloc(1, sizeof *s);
    struct counters counters = {0};
    struct event event = {0};
    arena_init(&s->arena, 64u << 20);
    s->observer = (struct observer){.decoder = decoder_new(0), .suffixes = suffixes, .fault = no_fault};
    arena_init(&s->observer.arena, 16u << 20);
    struct span parts = span_of_string(row->parts);
    while (parts.bytes)
        add_part(s, span_cut(&parts, ' '));
    assert_int_equal(segment_join(s->events, &s->count, producers, suffixes, &s->arena, &counters), ERR_OK);
    if (s->count)
        assert_int_equal(event_unpack(s->events[0].packed, &s->arena, &event), ERR_OK);
    bool partial = event.flags & EVENT_FLAG_PARTIAL;
    if (s->count != row->event_count || event.reference_count != row->reference_count ||
        partial != row->partial || counters.segmented != row->joined || counters.segments_open != row->open ||
        counters.segments_lonely != row->lonely)
        fail_msg("%s: %zu events, %zu references, partial %d, %d joined, %d open, %d lonely", row->why,
                 s->count, event.reference_count, partial, (int)counters.segmented,
                 (int)counters.segments_open, (int)counters.segments_lonely);
    if (s->count)
        assert_true(event.kind == EVENT_RESPONSE && event.status == 200 &&
                    span_equal(event.url, SPAN("https://a.example/")));
    decoder_free(s->observer.decoder);
    arena_free(&s->observer.arena);
    arena_free(&s->arena);
    test_free(s);
}

static void test_rows(void **state)
{
    (void)state;
    struct suffixes *suffixes;
    assert_int_equal(suffixes_load(NULL, &suffixes), ERR_OK);
    for (size_t i = 0; i < COUNT(rows); i++)
        join_row(&rows[i], suffixes);
    suffixes_free(suffixes);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests_name("segment", tests, NULL, NULL);
}
