// SPDX-License-Identifier: MIT
/*
 * A sequence of responses observed twice, by one who remembers bodies and by one who does not: the events must be the same
 * bytes, and what is scanned by the first is said in each row.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "1_read/record.h"
#include "4_index/observe.h"
#include "base/limits.h"
#include "ext/ext_psl.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define OK_HEAD  "HTTP/1.1 200 OK\r\n"
#define HTML     OK_HEAD "Content-Type: text/html\r\n"
#define CSS      OK_HEAD "Content-Type: text/css\r\n"
#define CODED    "Content-Encoding: gzip\r\n"
#define LINK     "Link: <https://t.example/>; rel=preconnect\r\n"

enum text { PAGE, SHEET, OTHER_SHEET, SHORT };

// clang-format off
static const struct {
    const char *why, *url, *head;
    enum text body;
    bool remembered;
} rows[] = {
    {"the first time its place is noted",           "https://a.example/s",  CSS,      SHEET,       false},
    {"the second time its fingerprint",             "https://a.example/s",  CSS,      SHEET,       false},
    {"the third time it is kept",                   "https://a.example/s",  CSS,      SHEET,       false},
    {"from then on it is known",                    "https://a.example/s",  CSS,      SHEET,       true},
    {"the rest of the head is another matter",      "https://a.example/s",  CSS "Set-Cookie: a=b\r\n", SHEET, true},
    {"shorter than its head says: not whole",       "https://a.example/s",  CSS "Content-Length: 9999\r\n", SHEET, true},
    {"another body of the place is scanned",        "https://a.example/s",  CSS,      OTHER_SHEET, false},
    {"kept when it comes again",                    "https://a.example/s",  CSS,      OTHER_SHEET, false},
    {"and takes the room of the one before",        "https://a.example/s",  CSS,      OTHER_SHEET, true},
    {"at another place URLs mean something else",   "https://b.example/x/", CSS,      OTHER_SHEET, false},
    {"a coding, first",                             "https://a.example/s",  CSS CODED, SHEET,      false},
    {"that is only claimed",                        "https://a.example/s",  CSS CODED, SHEET,      false},
    {"is told each time",                           "https://a.example/s",  CSS CODED, SHEET,      false},
    {"and again",                                   "https://a.example/s",  CSS CODED, SHEET,      true},
    {"what is short is scanned as fast as told",    "https://a.example/t",  CSS,      SHORT,       false},
    {"every time",                                  "https://a.example/t",  CSS,      SHORT,       false},
    {"and again",                                   "https://a.example/t",  CSS,      SHORT,       false},
    {"and again",                                   "https://a.example/t",  CSS,      SHORT,       false},
    {"a document is scanned",                       "https://a.example/",   HTML LINK, PAGE,       false},
    {"each",                                        "https://a.example/",   HTML,     PAGE,        false},
    {"time",                                        "https://a.example/",   HTML LINK, PAGE,       false},
    {"it comes",                                    "https://a.example/",   HTML,     PAGE,        false},
};
// clang-format on

static void ignore_fault(void *context, const char *stage, enum err err, uint64_t at, uint64_t bytes)
{
    (void)context, (void)stage, (void)err, (void)at, (void)bytes;
}

static const char *body_of(enum text body)
{
    static char text[3][2000];
    static const char *const begins[] = {"<!doctype html><meta name=referrer content=no-referrer><img "
                                         "src=/a><script src=//b.example/c></script>",
                                         "<!doctype html><img src=/d>",
                                         "a{background:url(e.png)} @import 'f';"};
    if (body == SHORT)
        return "<img src=/g>";
    memset(text[body], ' ', sizeof text[body] - 1);
    memcpy(text[body], begins[body], strlen(begins[body]));
    return text[body];
}

/* Appends the event of the row's response. */
static void observe(struct observer *observer, struct arena *arena, size_t row, struct buf *out)
{
    struct record record;
    struct span block = arena_format(arena, "%s\r\n%s", rows[row].head, body_of(rows[row].body));
    struct span text =
        arena_format(arena,
                     "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: "
                     "2026-01-01T00:00:00Z\r\nWARC-Target-URI: %s\r\nContent-Length: %zu\r\n\r\n%.*s\r\n\r\n",
                     rows[row].url, block.bytes, SPAN_ARG(block));
    assert_int_equal(record_read(text, true, &record), ERR_OK);
    assert_int_equal(observe_record(observer, &record, (struct place){.bytes = text.bytes}, out), ERR_OK);
}

static void test_rows(void **state)
{
    (void)state;
    struct suffixes *suffixes;
    struct arena arena;
    struct buf found, expected;
    assert_int_equal(suffixes_load(NULL, &suffixes), ERR_OK);
    arena_init(&arena, 64u << 20);
    buf_init(&found, 1u << 20);
    buf_init(&expected, 1u << 20);
    struct observer with = {.decoder = decoder_new(0), .suffixes = suffixes, .fault = ignore_fault},
                    without = with;
    arena_init(&with.arena, 64u << 20);
    arena_init(&without.arena, 64u << 20);
    assert_int_equal(memo_init(&with.memo), ERR_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint64_t answers = with.memo.answer_count;
        buf_reset(&found);
        buf_reset(&expected);
        observe(&with, &arena, i, &found);
        observe(&without, &arena, i, &expected);
        if (!span_equal(buf_span(&found), buf_span(&expected)))
            fail_msg("%s: another event", rows[i].why);
        if ((with.memo.answer_count > answers) != rows[i].remembered)
            fail_msg("%s: %s", rows[i].why, rows[i].remembered ? "scanned" : "not scanned");
    }
    assert_int_equal(with.body_bytes, without.body_bytes);
    assert_int_equal(with.body_count, without.body_count);
    memo_free(&with.memo);
    decoder_free(with.decoder);
    arena_free(&with.arena);
    arena_free(&without.arena);
    buf_free(&found);
    buf_free(&expected);
    arena_free(&arena);
    suffixes_free(suffixes);
}

/* When there is no room for more, all is forgotten, and what comes next is kept again. */
static void test_full(void **state)
{
    (void)state;
    struct memo memo;
    struct memo_question question;
    char text[1000] = "", url[60000];
    struct event_reference reference = {
        .url = {url, sizeof url}
    };
    struct memo_body body = {.references = &reference, .reference_count = 1};
    memset(url, 'u', sizeof url);
    assert_int_equal(memo_init(&memo), ERR_OK);
    size_t kept = 0, times = 3 * LIMIT_MEMO_BYTES / sizeof url;
    for (size_t i = 0; i < times; i++) {
        snprintf(text, sizeof text, "https://%zu.example/", i);
        for (int turn = 0; turn < 4; turn++) {
            assert_int_equal(memo_ask(&memo, span_of_string(text), span_of(text, sizeof text), &question),
                             ERR_OK);
            if (question.wants_answer && !question.answer)
                memo_keep(&memo, &question, &body);
            kept += question.answer != NULL;
        }
        assert_true(memo.arena.held_bytes <= LIMIT_MEMO_BYTES);
    }
    assert_in_range(kept, times - 4, times);
    memo_free(&memo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_full)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
