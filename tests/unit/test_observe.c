// SPDX-License-Identifier: MIT
/* Responses as rows: a message in, "class by url" of what its event declares out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "1_read/record.h"
#include "4_index/observe.h"
#include "base/limits.h"
#include "ext/ext_psl.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define HTML     "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
#define LINK     "Link: <https://t.example/>; rel=preconnect\r\n"
#define POLICY   "Referrer-Policy: "

// clang-format off
static const struct {
    const char *why, *message, *expected;
} rows[] = {
    {"the head of a document counts", HTML LINK "\r\n<img src=/a>", "D1 img src https://a.example/a\nC header Link https://t.example/\n"},
    {"of a document without a type, too", "HTTP/1.1 200 OK\r\n" LINK "\r\n<!doctype html>", "C header Link https://t.example/\n"},
    {"not of what is no document", "HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n" LINK "\r\na{}", ""},
    {"nor of an image", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n" LINK "\r\nx", ""},
    {"nor of a redirect", "HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Type: text/html\r\n" LINK "\r\n<p>", ""},
    {"a refresh of the head", HTML "Refresh: 0; url=/b\r\n\r\n<p>", "N header Refresh https://a.example/b\n"},
};

static const struct {
    const char *why, *message, *policy;
} policies[] = {
    {"none", HTML "\r\n<p>", ""},
    {"one", HTML POLICY "origin\r\n\r\n<p>", "origin"},
    {"of several fields the last one", HTML POLICY "no-referrer\r\nreferrer-policy: same-origin\r\n\r\n<p>", "same-origin"},
    {"that a browser knows", HTML POLICY "no-referrer, unsafe-url\r\n" POLICY "of-tomorrow\r\n" POLICY "\r\n\r\n<p>", "unsafe-url"},
};
// clang-format on

static void no_fault(void *context, const char *stage, enum err err, uint64_t at, uint64_t bytes)
{
    (void)context;
    (void)stage;
    (void)at;
    (void)bytes;
    fail_msg("%s", err_text(err));
}

static struct event observe(struct observer *observer, struct arena *arena, const char *message)
{
    struct record record;
    struct event event = {0};
    struct buf out;
    struct span key, packed;
    struct span text = arena_format(
        arena,
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: "
        "2026-01-01T00:00:00Z\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
        (int)strlen(message), message);
    buf_init(&out, 1u << 20);
    assert_int_equal(record_read(text, true, &record), ERR_OK);
    assert_int_equal(observe_record(observer, &record, (struct place){.bytes = text.bytes}, &out), ERR_OK);
    struct span events = buf_span(&out);
    assert_true(observe_take(&events, &key, &packed));
    packed = arena_copy(arena, packed);
    assert_int_equal(event_unpack(packed, arena, &event), ERR_OK);
    buf_free(&out);
    return event;
}

static void test_rows(void **state)
{
    (void)state;
    struct suffixes *suffixes;
    struct arena arena;
    struct buf found;
    assert_int_equal(suffixes_load(NULL, &suffixes), ERR_OK);
    arena_init(&arena, 64u << 20);
    buf_init(&found, 1u << 20);
    struct observer observer = {.decoder = decoder_new(0), .suffixes = suffixes, .fault = no_fault};
    arena_init(&observer.arena, 64u << 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct event event = observe(&observer, &arena, rows[i].message);
        buf_reset(&found);
        for (size_t k = 0; k < event.reference_count; k++)
            buf_format(&found, "%s %.*s %.*s\n", evidence_name(event.references[k].evidence),
                       SPAN_ARG(event.references[k].by), SPAN_ARG(event.references[k].url));
        if (!span_equal(buf_span(&found), span_of_string(rows[i].expected)))
            fail_msg("%s\nfound:\n%.*sexpected:\n%s", rows[i].why, SPAN_ARG(buf_span(&found)),
                     rows[i].expected);
    }
    decoder_free(observer.decoder);
    arena_free(&observer.arena);
    buf_free(&found);
    arena_free(&arena);
    suffixes_free(suffixes);
}

static void test_policies(void **state)
{
    (void)state;
    struct suffixes *suffixes;
    struct arena arena;
    assert_int_equal(suffixes_load(NULL, &suffixes), ERR_OK);
    arena_init(&arena, 64u << 20);
    struct observer observer = {.decoder = decoder_new(0), .suffixes = suffixes, .fault = no_fault};
    arena_init(&observer.arena, 64u << 20);
    for (size_t i = 0; i < COUNT(policies); i++) {
        struct event event = observe(&observer, &arena, policies[i].message);
        const char *name = referrer_policy_name(event.referrer_policy);
        if (strcmp(name, policies[i].policy) != 0)
            fail_msg("%s: '%s'", policies[i].why, name);
    }
    decoder_free(observer.decoder);
    arena_free(&observer.arena);
    arena_free(&arena);
    suffixes_free(suffixes);
}

static void count_fault(void *context, const char *stage, enum err err, uint64_t at, uint64_t bytes)
{
    (void)stage, (void)at, (void)bytes;
    assert_int_equal(err, ERR_TOO_LARGE);
    ++*(unsigned *)context;
}

/* As many cookies as are kept, and one more: what is left out is said, once. */
static void test_many_cookies(void **state)
{
    (void)state;
    struct suffixes *suffixes;
    struct arena arena;
    struct buf message;
    assert_int_equal(suffixes_load(NULL, &suffixes), ERR_OK);
    for (unsigned more = 0; more < 3; more++) {
        unsigned faults = 0;
        struct observer observer = {
            .decoder = decoder_new(0), .suffixes = suffixes, .fault = count_fault, .fault_context = &faults};
        arena_init(&observer.arena, 64u << 20);
        arena_init(&arena, 64u << 20);
        buf_init(&message, 1u << 20);
        buf_add_string(&message, HTML);
        for (unsigned i = 0; i < LIMIT_COOKIES + more; i++)
            buf_format(&message, "Set-Cookie: c%u=1\r\n", i);
        buf_add(&message, SPAN("\r\n<p>\0"));
        struct event event = observe(&observer, &arena, message.at);
        assert_int_equal(event.cookie_count, LIMIT_COOKIES);
        assert_int_equal(faults, more > 0);
        decoder_free(observer.decoder);
        arena_free(&observer.arena);
        arena_free(&arena);
        buf_free(&message);
    }
    suffixes_free(suffixes);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_policies),
                                              cmocka_unit_test(test_many_cookies)};
    return cmocka_run_group_tests_name("observe", tests, NULL, NULL);
}
