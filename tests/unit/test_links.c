// SPDX-License-Identifier: MIT
/* test_links.c - records that name each other: a row is an archive, a letter a fault. */
#include "1_read/links.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define HEAD(type, id, uri, second, more)                                                                    \
    "WARC/1.0\r\nWARC-Type: " type "\r\nWARC-Record-ID: <urn:" id ">\r\nWARC-Target-URI: " uri "\r\n"        \
    "WARC-Date: 2025-01-01T00:00:" second "Z\r\n" more "Content-Length: 0\r\n\r\n\r\n\r\n"
#define TO(id)                  "WARC-Concurrent-To: <urn:" id ">\r\n"
#define REQUEST(id, uri, more)  HEAD("request", id, uri, "10", more)
#define RESPONSE(id, uri, more) HEAD("response", id, uri, "10", more)
#define A                       "http://a.example/"
#define B                       "http://b.example/"

// clang-format off
/* Wanted: number of the record and a letter: d duplicate id, c unknown Concurrent-To, q request without response,
 * r response without request, Q no requests at all, R no responses at all. */
static const struct {
    const char *name, *records, *wanted;
} rows[] = {
    {"nothing", "", ""},
    {"request to response", RESPONSE("1", A, "") REQUEST("2", A, TO("1")), ""},
    {"response to request", REQUEST("1", A, "") RESPONSE("2", A, TO("1")), ""},
    {"by id, whatever the URI", RESPONSE("1", A, "") REQUEST("2", B, TO("1")), ""},
    {"by neighbourhood", RESPONSE("1", A, "") RESPONSE("2", B, "") REQUEST("3", B, "") REQUEST("4", A, ""), ""},
    {"a second apart", REQUEST("1", A, "") HEAD("response", "2", A, "11", ""), ""},
    {"a minute's end apart", REQUEST("1", A, "") HEAD("response", "2", A, "40", ""), "0q1r"},
    {"revisit answers", HEAD("revisit", "1", A, "10", "") REQUEST("2", A, TO("1")), ""},
    {"lonely halves", REQUEST("1", A, "") RESPONSE("2", B, ""), "0q1r"},
    {"two answers for one", RESPONSE("1", A, "") RESPONSE("2", A, "") REQUEST("3", A, ""), "1r"},
    {"no requests", RESPONSE("1", A, "") RESPONSE("2", B, ""), "0Q"},
    {"no responses", REQUEST("1", A, "") REQUEST("2", B, ""), "0R"},
    {"dns has no request", RESPONSE("1", "dns:a.example", "") RESPONSE("2", A, "") REQUEST("3", A, ""), ""},
    {"unknown target", RESPONSE("1", A, "") REQUEST("2", A, TO("9")), "1c"},
    {"unknown among several", RESPONSE("1", A, "") REQUEST("2", A, TO("1") TO("9")), "1c"},
    {"second names the half", RESPONSE("1", A, "") REQUEST("2", B, TO("9") TO("1")), "1c"},
    {"metadata names", RESPONSE("1", A, "") HEAD("metadata", "2", A, "10", TO("1")) REQUEST("3", A, ""), ""},
    {"id twice", RESPONSE("1", A, "") REQUEST("1", A, ""), "1d"},
    {"id three times", RESPONSE("1", A, "") REQUEST("1", A, "") HEAD("metadata", "1", A, "10", ""), "1d2d"},
};
// clang-format on

struct heard {
    char text[128];
    size_t bytes;
};

static void on_fault(void *context, enum links_fault fault, const struct link *link)
{
    static const char letters[] = {
        [LINKS_DUPLICATE_ID] = 'd',    [LINKS_UNKNOWN_CONCURRENT] = 'c', [LINKS_LONELY_REQUEST] = 'q',
        [LINKS_LONELY_RESPONSE] = 'r', [LINKS_NO_REQUESTS] = 'Q',        [LINKS_NO_RESPONSES] = 'R'};
    struct heard *h = context;
    h->bytes += (size_t)snprintf(h->text + h->bytes, sizeof h->text - h->bytes, "%d%c", (int)link->at,
                                 letters[fault]);
}

struct links {
    struct link items[16];
    size_t count;
};

static void add(void *context, const struct link *link)
{
    struct links *links = context;
    links->items[links->count++] = *link;
}

/* `at` is the number of the record. */
static void read_all(const char *records, struct links *out)
{
    struct span rest = span_of_string(records);
    struct record record;
    for (uint64_t number = 0; record_read(rest, true, &record) == ERR_OK; number++) {
        links_each(&record, (struct place){.at = number}, add, out);
        rest = span_from(rest, record.raw.bytes);
    }
}

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct links links = {.count = 0};
        struct heard heard = {.bytes = 0};
        struct arena arena;
        arena_init(&arena, 1 << 20);
        read_all(rows[i].records, &links);
        assert_int_equal(links_check(links.items, links.count, &arena, on_fault, &heard), ERR_OK);
        if (strcmp(heard.text, rows[i].wanted) != 0)
            fail_msg("'%s': '%s' instead of '%s'", rows[i].name, heard.text, rows[i].wanted);
        arena_free(&arena);
    }
}

static void test_revisits(void **state)
{
    (void)state;
    // clang-format off
    static const struct {
        const char *name, *more;
        bool resolves;
    } revisits[] = {
        {"by id", "WARC-Refers-To: <urn:1>\r\n", true},
        {"by URI and date", "WARC-Refers-To-Target-URI: " A "\r\nWARC-Refers-To-Date: 2025-01-01T00:00:10Z\r\n", true},
        {"by digest in another case", "WARC-Payload-Digest: SHA1:abc\r\n", true},
        {"another date", "WARC-Refers-To-Target-URI: " A "\r\nWARC-Refers-To-Date: 2025-01-01T00:00:11Z\r\n", false},
        {"another id", "WARC-Refers-To: <urn:2>\r\n", false},
        {"tells nothing", "", false},
    };
    // clang-format on
    struct links targets = {.count = 0};
    uint64_t keys[LINKS_KEYS];
    read_all(HEAD("response", "1", A, "10", "WARC-Payload-Digest: sha1:ABC\r\n"), &targets);
    size_t count = links_keys(&targets.items[0], keys);
    assert_int_equal(count, 3);
    links_sort_keys(keys, count);
    for (size_t i = 0; i < sizeof revisits / sizeof revisits[0]; i++) {
        char text[512];
        struct links links = {.count = 0};
        snprintf(text, sizeof text, "WARC/1.0\r\nWARC-Type: revisit\r\n%sContent-Length: 0\r\n\r\n",
                 revisits[i].more);
        read_all(text, &links);
        uint64_t none[LINKS_KEYS];
        assert_int_equal(links_keys(&links.items[0], none), 0);
        if (links_resolves(&links.items[0], keys, count) != revisits[i].resolves)
            fail_msg("revisit '%s'", revisits[i].name);
        assert_false(links_resolves(&links.items[0], keys, 0));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_revisits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
