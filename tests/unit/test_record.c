// SPDX-License-Identifier: MIT
/* test_record.c - one WARC record: heads as they are found, dates, names, and where a record can be found
 * again. */
#include "1_read/record.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define TYPE "WARC-Type: response\r\n"
#define LONG "99999999999999999999"

struct row {
    const char *name;
    struct span bytes;
    enum err err;
    enum record_type type;
    unsigned version;                 /* major * 100 + minor */
    size_t block_bytes, behind_bytes; /* behind_bytes: of the next record */
    bool partial;
};
// clang-format off
static const struct row rows[] = {
    {"plain 1.0", SPAN("WARC/1.0\r\n" TYPE "Content-Length: 3\r\n\r\nabc\r\n\r\nWARC/1.0"), ERR_OK, RECORD_RESPONSE, 100, 3, 8, false},
    {"1.1", SPAN("WARC/1.1\r\n" TYPE "Content-Length: 0\r\n\r\n\r\n\r\n"), ERR_OK, RECORD_RESPONSE, 101, 0, 0, false},
    {"0.17, LF only", SPAN("WARC/0.17\nWARC-Type: request\nContent-Length: 2\n\nab\n\n"), ERR_OK, RECORD_REQUEST, 17, 2, 0, false},
    {"0.18", SPAN("WARC/0.18\r\n" TYPE "Content-Length: 1\r\n\r\nx"), ERR_OK, RECORD_RESPONSE, 18, 1, 0, false},
    {"lower case", SPAN("warc/1.0\r\nwarc-type: REVISIT\r\ncontent-length: 1\r\n\r\nx"), ERR_OK, RECORD_REVISIT, 100, 1, 0, false},
    {"unknown minor", SPAN("WARC/1.2\r\n" TYPE "Content-Length: 1\r\n\r\nx"), ERR_OK, RECORD_RESPONSE, 102, 1, 0, false},
    {"blank behind the version", SPAN("WARC/1.0 \t\r\n" TYPE "Content-Length: 1\r\n\r\nx"), ERR_OK, RECORD_RESPONSE, 100, 1, 0, false},
    {"CR CR LF", SPAN("WARC/1.0\r\r\n" "WARC-Type: response\r\r\nContent-Length: 1\r\r\n\r\r\nx"), ERR_OK, RECORD_RESPONSE, 100, 1, 0, false},
    {"blank lines before", SPAN("\r\n\r\n\nWARC/1.0\r\n" TYPE "Content-Length: 1\r\n\r\nx"), ERR_OK, RECORD_RESPONSE, 100, 1, 0, false},
    {"no line end behind", SPAN("WARC/1.0\r\n" TYPE "Content-Length: 1\r\n\r\nxWARC/1.0"), ERR_OK, RECORD_RESPONSE, 100, 1, 8, false},
    {"one line end behind", SPAN("WARC/1.0\r\n" TYPE "Content-Length: 1\r\n\r\nx\r\nWARC/1.0"), ERR_OK, RECORD_RESPONSE, 100, 1, 8, false},
    {"many line ends behind", SPAN("WARC/1.0\r\n" TYPE "Content-Length: 1\r\n\r\nx\r\n\r\n\r\n\n\n"), ERR_OK, RECORD_RESPONSE, 100, 1, 0, false},
    {"folded length", SPAN("WARC/1.0\r\n" TYPE "Content-Length:\r\n 1\r\n\r\nx"), ERR_OK, RECORD_RESPONSE, 100, 1, 0, false},
    {"first of repeated", SPAN("WARC/1.0\r\n" TYPE "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxyz"), ERR_OK, RECORD_RESPONSE, 100, 1, 2, false},
    {"blank before the colon", SPAN("WARC/1.0\r\nWARC-Type : response\r\nContent-Length : 1\r\n\r\nx"), ERR_OK, RECORD_RESPONSE, 100, 1, 0, false},
    {"type from Content-Type", SPAN("WARC/1.0\r\nContent-Type: application/http;msgtype=request\r\nContent-Length: 1\r\n\r\nx"), ERR_OK, RECORD_REQUEST, 100, 1, 0, false},
    {"unknown type", SPAN("WARC/1.0\r\nWARC-Type: odd\r\nContent-Type: application/http;msgtype=request\r\nContent-Length: 1\r\n\r\nx"), ERR_OK, RECORD_UNKNOWN, 100, 1, 0, false},
    {"block cut", SPAN("WARC/1.0\r\n" TYPE "Content-Length: 9\r\n\r\nabc"), ERR_OK, RECORD_RESPONSE, 100, 3, 0, true},
    {"length beyond 2^64", SPAN("WARC/1.0\r\n" TYPE "Content-Length: " LONG "\r\n\r\nabc"), ERR_OK, RECORD_RESPONSE, 100, 3, 0, true},
    {"length beyond 2^63", SPAN("WARC/1.0\r\n" TYPE "Content-Length: 9223372036854775809\r\n\r\nabc"), ERR_OK, RECORD_RESPONSE, 100, 3, 0, true},
    {"said to be truncated", SPAN("WARC/1.0\r\n" TYPE "WARC-Truncated: length\r\nContent-Length: 1\r\n\r\nx"), ERR_OK, RECORD_RESPONSE, 100, 1, 0, true},
    {"no length", SPAN("WARC/1.0\r\n" TYPE "\r\nabc\r\n\r\n"), ERR_NO_LENGTH, RECORD_RESPONSE, 100, 3, 0, false},
    {"no length, next record", SPAN("WARC/1.0\r\n" TYPE "\r\nabc\r\n\r\nWARC/1.0\r\n" TYPE "\r\n"), ERR_NO_LENGTH, RECORD_RESPONSE, 100, 3, 33, false},
    {"no length, text about WARC", SPAN("WARC/1.0\r\n" TYPE "\r\na\nWARC/1.0\r\nfoo\r\n\r\nb"), ERR_NO_LENGTH, RECORD_RESPONSE, 100, 20, 0, false},
    {"negative length", SPAN("WARC/1.0\r\n" TYPE "Content-Length: -1\r\n\r\nab"), ERR_NO_LENGTH, RECORD_RESPONSE, 100, 2, 0, false},
    {"length with sign", SPAN("WARC/1.0\r\n" TYPE "Content-Length: +1\r\n\r\nab"), ERR_NO_LENGTH, RECORD_RESPONSE, 100, 2, 0, false},
    {"hexadecimal length", SPAN("WARC/1.0\r\n" TYPE "Content-Length: 0x1\r\n\r\nab"), ERR_NO_LENGTH, RECORD_RESPONSE, 100, 2, 0, false},
    {"empty length", SPAN("WARC/1.0\r\n" TYPE "Content-Length: \r\n\r\nab"), ERR_NO_LENGTH, RECORD_RESPONSE, 100, 2, 0, false},
    {"no field at all", SPAN("WARC/1.0\r\n\r\nabc"), ERR_NO_LENGTH, RECORD_UNKNOWN, 100, 3, 0, false},
    {"nothing", SPAN(""), ERR_END, 0, 0, 0, 0, false},
    {"line ends only", SPAN("\r\n\r\n\n"), ERR_END, 0, 0, 0, 0, false},
    {"no version", SPAN(TYPE "Content-Length: 1\r\n\r\nx"), ERR_SYNTAX, 0, 0, 0, 0, false},
    {"broken version", SPAN("WARC/1\r\n" TYPE "\r\n"), ERR_SYNTAX, 0, 0, 0, 0, false},
    {"text behind the version", SPAN("WARC/1.0 x\r\n" TYPE "\r\n"), ERR_SYNTAX, 0, 0, 0, 0, false},
    {"version without its line end", SPAN("WARC/1.0"), ERR_SYNTAX, 0, 0, 0, 0, false},
    {"head without its end", SPAN("WARC/1.0\r\n" TYPE "Content-Le"), ERR_TRUNCATED, 0, 0, 0, 0, false},
    {"head begun again", SPAN("WARC/1.0\r\n" TYPE "WARC/1.0\r\n" TYPE "Content-Length: 0\r\n\r\n"), ERR_SYNTAX, 0, 0, 0, 0, false},
};
// clang-format on
#define ROW_COUNT (sizeof rows / sizeof rows[0])

/* A copy that ends at the end of its allocation, so that reading on is noticed. */
static struct span edge_copy(struct span s)
{
    char *at = malloc(s.bytes ? s.bytes : 1);
    assert_non_null(at);
    memcpy(at, s.at, s.bytes);
    return span_of(at, s.bytes);
}

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        const struct row *row = &rows[i];
        struct span bytes = edge_copy(row->bytes);
        struct record record;
        enum err err = record_read(bytes, true, &record);
        bool same = err == row->err;
        if (same && (err == ERR_OK || err == ERR_NO_LENGTH))
            same = record.type == row->type &&
                   record.version_major * 100 + record.version_minor == row->version &&
                   record.block.bytes == row->block_bytes &&
                   bytes.bytes - record.raw.bytes == row->behind_bytes && record.partial == row->partial;
        if (!same)
            fail_msg("row '%s': %s, type %s, version %u.%u, block %zu, raw %zu, partial %d", row->name,
                     err_name(err), record_type_name(record.type), record.version_major, record.version_minor,
                     record.block.bytes, record.raw.bytes, record.partial);
        free((void *)(uintptr_t)bytes.at);
    }
}

/* Every prefix of every row: no byte behind it is touched, and what is read lies inside. */
static void test_prefixes(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROW_COUNT; i++)
        for (size_t n = 0; n <= rows[i].bytes.bytes; n++) {
            struct span bytes = edge_copy(span_first(rows[i].bytes, n));
            struct record record;
            enum err err = record_read(bytes, true, &record);
            if (err == ERR_OK || err == ERR_NO_LENGTH) {
                assert_ptr_equal(record.raw.at, bytes.at);
                assert_true(record.raw.bytes > 0 && record.raw.bytes <= bytes.bytes);
            }
            enum err unfinished = record_read(bytes, false, &record);
            assert_true(unfinished == err || unfinished == ERR_TRUNCATED);
            free((void *)(uintptr_t)bytes.at);
        }
}

#define FIELDS                                                                                               \
    "WARC-Type: revisit\r\nWARC-Target-URI: <http://example.org/a b>\r\nwarc-record-id: <urn:uuid:1>\r\n"    \
    "WARC-Concurrent-To: <urn:uuid:2>\r\nWARC-Concurrent-To: <urn:uuid:3>\r\nWARC-Date: "                    \
    "2025-03-01T10:00:00Z\r\n"                                                                               \
    "Content-Type: application/http; msgtype=response\r\nWARC-Warcinfo-ID: urn:uuid:4\r\n"                   \
    "WARC-Payload-Digest:sha1:ABC\r\nWARC-Refers-To:\t<urn:uuid:5>\t\r\n"                                    \
    "WARC-Refers-To-Target-URI: http://example.org/c\r\nWARC-Refers-To-Date: 2024\r\n"                       \
    "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"                     \
    "WARC-Truncated: length\r\nWARC-Filename: a.warc.gz\r\nWARC-Page-ID: p1\r\nWARC-Resource-Type: "         \
    "script\r\n"                                                                                             \
    "no colon here\r\n: no name\r\nX-Other: y\r\n folded\r\nContent-Length: 4\r\n"

static void test_fields(void **state)
{
    (void)state;
    static const struct {
        size_t offset;
        const char *value;
    } values[] = {
        {offsetof(struct record, target_uri),       "http://example.org/a b"            },
        {offsetof(struct record, id),               "urn:uuid:1"                        },
        {offsetof(struct record, concurrent_to),    "urn:uuid:2"                        },
        {offsetof(struct record, concurrent_to[1]), "urn:uuid:3"                        },
        {offsetof(struct record, date),             "2025-03-01T10:00:00Z"              },
        {offsetof(struct record, content_type),     "application/http; msgtype=response"},
        {offsetof(struct record, warcinfo_id),      "urn:uuid:4"                        },
        {offsetof(struct record, payload_digest),   "sha1:ABC"                          },
        {offsetof(struct record, refers_to),        "urn:uuid:5"                        },
        {offsetof(struct record, refers_to_uri),    "http://example.org/c"              },
        {offsetof(struct record, refers_to_date),   "2024"                              },
        {offsetof(struct record, profile),
         "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"             },
        {offsetof(struct record, truncated),        "length"                            },
        {offsetof(struct record, filename),         "a.warc.gz"                         },
        {offsetof(struct record, page_id),          "p1"                                },
        {offsetof(struct record, resource_type),    "script"                            },
        {offsetof(struct record, type_text),        "revisit"                           },
        {offsetof(struct record, length_text),      "4"                                 },
    };
    struct record record;
    assert_int_equal(record_read(SPAN("WARC/1.1\r\n" FIELDS "\r\nabcd"), true, &record), ERR_OK);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        const struct span *got = (const void *)((const char *)&record + values[i].offset);
        if (!span_equal(*got, span_of_string(values[i].value)))
            fail_msg("wanted '%s', got '%.*s'", values[i].value, SPAN_ARG(*got));
    }
    assert_int_equal(record.odd_lines, 2);
    assert_int_equal(record.type, RECORD_REVISIT);
    assert_int_equal(record.date_ns, 1740823200000000000);
}

static void test_limits(void **state)
{
    (void)state;
    struct record record;
    size_t bytes = LIMIT_WARC_HEAD_BYTES + 64;
    char *text = malloc(bytes);
    assert_non_null(text);
    memset(text, 'a', bytes);
    memcpy(text, "WARC/1.0\r\nX: ", 13);
    assert_int_equal(record_read(span_of(text, bytes), true, &record), ERR_TOO_LARGE);
    for (size_t i = 10; i < bytes; i++)
        text[i] = i % 4 == 3 ? '\n' : ':';
    assert_int_equal(record_read(span_of(text, bytes), true, &record), ERR_TOO_LARGE);
    free(text);
}

#define NOWHERE SIZE_MAX

static void test_find(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct span bytes;
        size_t from, at;
    } finds[] = {
        {"at the start",                SPAN("WARC/1.0\r\n" TYPE),                              0, 0      },
        {"behind text",                 SPAN("abc\nWARC/1.0\r\n" TYPE),                         0, 4      },
        {"not inside a line",           SPAN("abcWARC/1.0\r\n" TYPE),                           0, NOWHERE},
        {"nor where the search begins", SPAN("abcWARC/1.0\r\n" TYPE),                           3, NOWHERE},
        {"version line without fields", SPAN("WARC/1.0\r\nabc\r\n\r\n" TYPE),                   0, NOWHERE},
        {"the second",                  SPAN("WARC/1.0\r\nabc\r\nWARC/1.1\nWARC-Record-ID: x"), 0, 15     },
        {"from behind the first",       SPAN("WARC/1.0\r\n" TYPE "\r\nWARC/1.0\r\n" TYPE),      1, 33     },
        {"nothing",                     SPAN(""),                                               0, 0      },
        {"type without a colon",        SPAN("WARC/1.0\r\nWARC-Type\r\n"),                      0, NOWHERE},
    };
    for (size_t i = 0; i < sizeof finds / sizeof finds[0]; i++) {
        size_t at = record_find(finds[i].bytes, finds[i].from, false);
        if (at != (finds[i].at == NOWHERE ? finds[i].bytes.bytes : finds[i].at))
            fail_msg("row '%s': %zu, not %zu", finds[i].name, at, finds[i].at);
    }
}

#define S(seconds) ((int64_t)(seconds)*1000000000)

static void test_dates(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t ns; /* RECORD_NO_DATE: refused */
    } dates[] = {
        {"1970-01-01T00:00:00Z",            0                        },
        {"1969-12-31T23:59:59Z",            S(-1)                    },
        {"2025-03-01T10:00:00Z",            S(1740823200)            },
        {" 2025-03-01T10:00:00Z\r",         S(1740823200)            },
        {"2025-03-01T10:00:00.5Z",          S(1740823200) + 500000000},
        {"2025-03-01T10:00:00.123456789Z",  S(1740823200) + 123456789},
        {"2025-03-01T10:00:00.1234567899Z", S(1740823200) + 123456789},
        {"2025-03-01T11:00:00+01:00",       S(1740823200)            },
        {"2025-03-01T05:30:00-0430",        S(1740823200)            },
        {"2025-03-01T10:00Z",               S(1740823200)            },
        {"2025-03-01T10:00:00",             S(1740823200)            },
        {"2025-03-01 10:00:00",             S(1740823200)            },
        {"20250301100000",                  S(1740823200)            },
        {"2025-03-01",                      S(1740787200)            },
        {"2025-03",                         S(1740787200)            },
        {"2025",                            S(1735689600)            },
        {"2000-02-29",                      S(951782400)             },
        {"2016-12-31T23:59:60Z",            S(1483228800)            },
        {"2008-10-294T05:21:46-0700",       S(1224505306)            }, /* day 294 of 2008 is October 20th */
        {"2009-03-65T00:00:00Z",            S(1236297600)            }, /* day 65 of 2009 is March 6th */
        {"2009-04-65T00:00:00Z",            RECORD_NO_DATE           },
        {"1900-02-29",                      RECORD_NO_DATE           },
        {"2025-13-01",                      RECORD_NO_DATE           },
        {"2025-00-01",                      RECORD_NO_DATE           },
        {"2025-02-29",                      RECORD_NO_DATE           },
        {"2025-01-000",                     RECORD_NO_DATE           },
        {"2025-03-01T24:00:00Z",            RECORD_NO_DATE           },
        {"2025-03-01T10:60:00Z",            RECORD_NO_DATE           },
        {"2025-03-01T10:00:61Z",            RECORD_NO_DATE           },
        {"2025-03-01T10:00:00.Z",           RECORD_NO_DATE           },
        {"2025-03-01T10:00:00Zx",           RECORD_NO_DATE           },
        {"2025-03-01T10:00:00+1",           RECORD_NO_DATE           },
        {"2025-03-01T10:00:00+24:00",       RECORD_NO_DATE           },
        {"2025-03-01T10",                   RECORD_NO_DATE           },
        {"2025-3-1",                        RECORD_NO_DATE           },
        {"2025-",                           RECORD_NO_DATE           },
        {"202503011000",                    RECORD_NO_DATE           },
        {"20251301100000",                  RECORD_NO_DATE           },
        {"0001-01-01T00:00:00Z",            RECORD_NO_DATE           },
        {"9999-01-01T00:00:00Z",            RECORD_NO_DATE           },
        {"",                                RECORD_NO_DATE           },
        {"Sat, 01 Mar 2025 10:00:00 GMT",   RECORD_NO_DATE           },
    };
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        int64_t ns = 0;
        if (record_date_parse(span_of_string(dates[i].text), &ns) != ERR_OK)
            ns = RECORD_NO_DATE;
        if (ns != dates[i].ns)
            fail_msg("'%s': %lld, not %lld", dates[i].text, (long long)ns, (long long)dates[i].ns);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),   cmocka_unit_test(test_prefixes), cmocka_unit_test(test_fields),
        cmocka_unit_test(test_limits), cmocka_unit_test(test_find),     cmocka_unit_test(test_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
