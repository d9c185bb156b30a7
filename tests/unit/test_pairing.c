// SPDX-License-Identifier: MIT
/*
 * Requests and answers as producers write them (formats.md 1.2), one line a record:
 *
 *     kind seconds url [id=N] [to=N] [file=N]    kind: q request, s response, w warcinfo, m metadata; to: Concurrent-To
 *
 * Expected: the exchanges by the numbers of their lines, in time order: "0+1" a request and its answer, "-+2" an answer
 * without request, "3+-" a request without answer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "4_index/crawl_group.h"

#define COUNT(a)   (sizeof(a) / sizeof *(a))
#define EVENTS_MAX 32

struct row {
    const char *why, *records, *expected;
};
// clang-format off
static const struct row rows[] = {
    {"Browsertrix, ArchiveWeb.page, pywb, warcprox, Heritrix: answer first, the request points to it",
     "s 1 a id=1\nq 1 a id=2 to=1\ns 1 b id=3\nq 1 b id=4 to=3", "1+0 3+2"},
    {"wget, wpull, Common Crawl: request first, the answer points to it",
     "q 1 a id=1\ns 1 a id=2 to=1\nq 2 b id=3\ns 2 b id=4 to=3", "0+1 2+3"},
    {"node-warc: the request points to the answer that follows",
     "q 1 a id=1 to=2\ns 1 a id=2\nq 1 a id=3 to=4\ns 1 a id=4", "0+1 2+3"},
    {"node-warc, Squidwarc: no Concurrent-To, one date for everything",
     "w 1 x id=9\nq 1 a\ns 1 a\nq 1 b\ns 1 b\nq 1 a\ns 1 a\nm 1 a to=9", "1+2 3+4 5+6"},
    {"Zeno: answer first, both point at each other", "s 1 a id=1 to=2\nq 1 a id=2 to=1", "1+0"},
    {"AardWARC: heads and bodies in members of their own, request last",
     "s 1 a id=1\ns 2 b id=2\nq 1 a id=3 to=1\nq 2 b id=4 to=2", "2+0 3+1"},
    {"Heritrix: metadata and request point to the answer; the metadata is no half",
     "s 1 a id=1\nq 1 a id=2 to=1\nm 1 a id=3 to=1", "1+0"},
    {"wpull: answer up to a second later, without ids", "q 1 a\nq 1 b\ns 2 b\ns 2 a", "0+3 1+2"},
    {"ids bind even far apart, other URLs between", "s 1 a id=1\ns 5 b\ns 6 c\nq 90 a id=2 to=1", "3+0 -+1 -+2"},
    {"an answer that names its metadata before its request, which names none (row 58)",
     "s 1 a id=1 to=2 to=3\nm 1 a id=2\ns 1 a id=5\nq 1 a id=3", "3+0 -+2"},
    {"a warcinfo is no partner: its neighbour is (row 67)", "w 1 x id=9\nq 1 a to=9\ns 1 a to=9", "1+2"},
    {"an unknown id binds nothing: its neighbour is the partner (row 67)", "q 1 a to=77\ns 1 a to=78", "0+1"},
    {"two answers to one request: the first has it, both stay (row 68)",
     "q 1 a id=1\ns 1 a id=2 to=1\ns 1 a id=3 to=1", "0+1 -+2"},
    {"a duplicated record with the same id: the nearer has the request (row 68)", "s 1 a id=1\ns 1 a id=1\nq 1 a id=2 to=1", "-+0 2+1"},
    {"the same capture copied into two files: each with its own",
     "s 1 a id=1\nq 1 a id=2 to=1\ns 1 a id=1 file=1\nq 1 a id=2 to=1 file=1", "1+0 3+2"},
    {"a pair that a change of files cut", "s 1 a id=1\nq 1 a id=2 to=1 file=1", "1+0"},
    {"without ids nothing pairs across files", "s 1 a\nq 1 a file=1", "-+0 1+-"},
    {"repeated fetch of a URL, dates tell", "q 1 a\nq 5 a\ns 5 a\ns 1 a", "0+3 1+2"},
    {"repeated fetch at one date: in step", "q 1 a\nq 1 a\nm 1 b\ns 1 a\ns 1 a", "0+3 1+4"},
    {"half a minute later, with others between: another visit's", "q 1 a\ns 2 b\ns 31 a", "0+- -+1 -+2"},
    {"half a minute later, but next to it: the answer took long", "q 1 a\ns 31 a", "0+1"},
    {"requests do not pair with each other", "q 1 a\nq 1 a", "0+- 1+-"},
    {"a record that points at itself", "s 1 a id=1 to=1\nq 1 a", "1+0"},
    {"the order of a ring of three", "q 1 a id=1 to=3\ns 1 a id=2 to=1\nm 1 a id=3 to=2", "0+1"},
};
// clang-format on

struct scene {
    struct arena arena;
    struct buf packed;
    struct packed_event events[EVENTS_MAX];
    size_t count;
};

static enum event_kind kind_of(char letter)
{
    switch (letter) {
    case 'q':
        return EVENT_REQUEST;
    case 's':
        return EVENT_RESPONSE;
    case 'w':
        return EVENT_WARCINFO;
    default:
        return EVENT_CRAWL;
    }
}

static void add_record(struct scene *s, struct span line)
{
    struct event e = {.kind = kind_of(span_cut(&line, ' ').at[0]), .producer = PRODUCER_WARCPROX};
    uint64_t number, archive = 0;
    assert_true(span_to_u64(span_cut(&line, ' '), &number));
    e.date_ns = (int64_t)number * 1000000000;
    struct span name = span_cut(&line, ' ');
    e.url = arena_format(&s->arena, "https://%.*s.example/", SPAN_ARG(name));
    while (line.bytes) {
        struct span value = span_cut(&line, ' '), key = span_cut(&value, '=');
        assert_true(span_to_u64(value, &number));
        if (span_equal(key, SPAN("id")))
            e.id = number;
        else if (span_equal(key, SPAN("to")))
            e.concurrent[e.concurrent[0] != 0] = number;
        else
            archive = number;
    }
    size_t at = s->packed.bytes;
    event_pack(&e, &s->packed);
    s->events[s->count] = (struct packed_event){
        .archive = (uint32_t)archive, .place = {.at = s->count * 100, .bytes = 100}
    };
    s->events[s->count].packed = arena_copy(&s->arena, span_from(buf_span(&s->packed), at));
    s->count++;
}

static void print_half(struct buf *out, const struct group_event *half)
{
    if (half)
        buf_format(out, "%d", (int)(half->event.place.at / 100));
    else
        buf_add(out, SPAN("-"));
}

static void pair_row(const struct row *row, bool backwards)
{
    struct scene *s = test_calloc(1, sizeof *s);
    struct counters counters = {0};
    struct buf found;
    arena_init(&s->arena, 16u << 20);
    buf_init(&s->packed, 1u << 20);
    buf_init(&found, 1u << 20);
    struct span lines = span_of_string(row->records);
    while (lines.bytes)
        add_record(s, span_cut(&lines, '\n'));
    for (size_t i = 0; backwards && i < s->count / 2; i++) {
        struct packed_event other = s->events[i];
        s->events[i] = s->events[s->count - 1 - i];
        s->events[s->count - 1 - i] = other;
    }
    struct group g = {.arena = &s->arena, .counters = &counters};
    assert_int_equal(group_load_begin(&g, &(struct resolve_input){s->events, s->count, SPAN_NONE}), ERR_OK);
    assert_int_equal(group_load_some(&g, 0, s->count), ERR_OK);
    assert_int_equal(group_load_end(&g), ERR_OK);
    assert_int_equal(group_pair(&g), ERR_OK);
    for (uint32_t i = 0; i < g.exchange_count; i++) {
        if (i)
            buf_add(&found, SPAN(" "));
        print_half(&found, g.exchanges[i].request);
        buf_add(&found, SPAN("+"));
        print_half(&found, g.exchanges[i].response);
    }
    if (!span_equal(buf_span(&found), span_of_string(row->expected)))
        fail_msg("%s%s\nfound:    %.*s\nexpected: %s", row->why, backwards ? " (backwards)" : "",
                 SPAN_ARG(buf_span(&found)), row->expected);
    arena_free(&s->arena);
    buf_free(&s->packed);
    buf_free(&found);
    test_free(s);
}

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        pair_row(&rows[i], false);
        pair_row(&rows[i], true); /* the order in which events arrive must not matter */
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests_name("pairing", tests, NULL, NULL);
}
