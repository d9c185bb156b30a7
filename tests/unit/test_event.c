// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "4_index/href.h"
#include "4_index/pack.h"
#include "4_index/row.h"

#include "4_index/event.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void test_integers(void **state)
{
    (void)state;
    static const int64_t values[] = {0, 1, -1, 63, 64, -64, -65, 127, 128, INT32_MAX, INT64_MAX, INT64_MIN};
    struct buf buf;
    buf_init(&buf, 1u << 16);
    for (size_t i = 0; i < COUNT(values); i++) {
        pack_i64(&buf, values[i]);
        pack_u64(&buf, (uint64_t)values[i]);
    }
    struct unpack in = {.rest = buf_span(&buf)};
    for (size_t i = 0; i < COUNT(values); i++) {
        assert_true(unpack_i64(&in) == values[i]);
        assert_true(unpack_u64(&in) == (uint64_t)values[i]);
    }
    assert_false(in.bad);
    assert_int_equal(in.rest.bytes, 0);
    unpack_u64(&in);
    assert_true(in.bad);
    buf_free(&buf);
}

static struct event example(void)
{
    static struct event_cookie cookies[] = {
        {.name = {"id", 2},
         .domain = {"a.example", 9},
         .path = {"/", 1},
         .lifetime_s = -5,
         .secure = true,
         .same_site = SAME_SITE_NONE    },
        { .name = {"", 0},
         .lifetime_s = COOKIE_SESSION,
         .http_only = true,
         .partitioned = true,
         .storable = COOKIE_CROSS_SITE,
         .value_hash = UINT64_MAX,
         .consent = {CONSENT_PARTIAL, 3}},
    };
    static struct event_reference references[] = {
        {.url = {"https://a.example/", 18},
         .evidence = EVIDENCE_D2,
         .condition = CONDITION_MEDIA,
         .resource = RESOURCE_IMAGE,
         .by = {"img src", 7}},
    };
    static struct event_resource resources[] = {
        {.url = {"https://b.example/", 18}, .status = -1, .resource = RESOURCE_PING, .aborted = true}
    };
    return (struct event){.kind = EVENT_RESPONSE,
                          .place = {.bytes = 77},
                          .date_ns = -3,
                          .flags = EVENT_FLAG_HTTP,
                          .producer = PRODUCER_WGET,
                          .id = UINT64_MAX,
                          .status = 404,
                          .url = SPAN("https://a.example/x"),
                          .via = SPAN("https://v.example/"),
                          .refers_to = 7,
                          .digest = UINT64_MAX - 1,
                          .refers_url = SPAN("https://r.example/"),
                          .refers_date_ns = -9,
                          .cookies = cookies,
                          .references = references,
                          .resources = resources,
                          .cookie_count = COUNT(cookies),
                          .reference_count = COUNT(references),
                          .resource_count = COUNT(resources)};
}

/* What is unpacked packs to the same bytes; every cut of them is refused. */
static void test_round_trip(void **state)
{
    (void)state;
    struct event event = example(), again;
    struct arena arena;
    struct buf first, second;
    arena_init(&arena, 1u << 20);
    buf_init(&first, 1u << 16);
    buf_init(&second, 1u << 16);
    event_pack(&event, &first);
    assert_int_equal(event_unpack(buf_span(&first), &arena, &again), ERR_OK);
    event_pack(&again, &second);
    assert_true(span_equal(buf_span(&first), buf_span(&second)));
    assert_true(again.cookies[0].lifetime_s == -5 && again.cookies[0].secure && !again.cookies[0].http_only);
    assert_true(again.cookies[1].lifetime_s == COOKIE_SESSION &&
                again.cookies[1].storable == COOKIE_CROSS_SITE);
    assert_true(again.resources[0].aborted && again.resources[0].status == -1);
    assert_true(span_equal(again.references[0].by, SPAN("img src")));
    for (size_t n = 0; n < first.bytes; n++)
        assert_int_equal(event_unpack(span_first(buf_span(&first), n), &arena, &again), ERR_CORRUPT);
    buf_free(&first);
    buf_free(&second);
    arena_free(&arena);
}

static void test_rows(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 1u << 16);
    struct row_contact row = {.url = 300,
                              .evidence = EVIDENCE_O4,
                              .first_time_ns = -1,
                              .proof = {.inner = 9}},
                       again;
    row_contact_pack(&row, &buf);
    assert_int_equal(row_contact_unpack(buf_span(&buf), &again), ERR_OK);
    assert_memory_equal(&row, &again, sizeof row);
    assert_int_equal(row_contact_unpack(span_first(buf_span(&buf), buf.bytes - 1), &again), ERR_INDEX);
    buf_add_char(&buf, 0);
    assert_int_equal(row_contact_unpack(buf_span(&buf), &again), ERR_INDEX);
    buf_free(&buf);
}

static void test_href(void **state)
{
    (void)state;
    static const struct {
        const char *url, *host, *path, *query, *origin;
    } rows[] = {
        {"https://a.example/",               "a.example",     "/",    "",      "https://a.example"        },
        {"https://a.example:8443/x/y?q=1/2", "a.example",     "/x/y", "q=1/2", "https://a.example:8443"   },
        {"https://u:p@a.example/x?",         "a.example",     "/x",   "",      "https://u:p@a.example"    },
        {"http://[2001:db8::1]:8080/?a:b",   "[2001:db8::1]", "/",    "a:b",   "http://[2001:db8::1]:8080"},
        {"wss://a.example/s",                "a.example",     "/s",   "",      "wss://a.example"          },
        {"mailto:a@b.example",               "",              "",     "",      ""                         }, /* no network URL: nothing */
        {"",                                 "",              "",     "",      ""                         },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct href parts = href_of(span_of_string(rows[i].url));
        const struct {
            struct span got;
            const char *wanted;
        } pairs[] = {
            {parts.host,   rows[i].host  },
            {parts.path,   rows[i].path  },
            {parts.query,  rows[i].query },
            {parts.origin, rows[i].origin}
        };
        for (size_t k = 0; k < COUNT(pairs); k++)
            if (!span_equal(pairs[k].got, span_of_string(pairs[k].wanted)))
                fail_msg("%s: part %zu is %.*s", rows[i].url, k, SPAN_ARG(pairs[k].got));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_integers), cmocka_unit_test(test_round_trip),
                                       cmocka_unit_test(test_rows), cmocka_unit_test(test_href)};
    return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
