// SPDX-License-Identifier: MIT
/* test_arc.c - header lines of ARC records as they are found, version blocks, and where a line can be found again. */
#include "1_read/record.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define DATE     "20080430204826"
#define DATE_NS  1209588506000000000
#define DAY_NS   1209513600000000000
#define NO       RECORD_NO_DATE
#define HTTP     "HTTP/1.1 200 OK\r\n\r\n"
#define V1_NAMES "URL IP-address Archive-date Content-type Archive-length\n"
#define NEXT     "\nhttp://b.example/ 192.0.2.2 " DATE " text/html 0\n"

struct row {
    const char *name;
    struct span bytes;
    enum err err;
    enum record_type type;
    unsigned version; /* major * 100 + minor */
    const char *uri, *content_type;
    int64_t date_ns;
    size_t block_bytes, behind_bytes; /* behind_bytes: of the next record */
    bool partial;
};
// clang-format off
static const struct row rows[] = {
    {"plain", SPAN("http://a.example/ 192.0.2.1 " DATE " text/html 3\nabc\nhttp://"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 3, 7, false},
    {"IPv6", SPAN("http://a.example/ 2001:db8::1 " DATE " text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 1, 0, false},
    {"dns", SPAN("dns:a.example 192.0.2.1 " DATE " text/dns 1\nx\n"), ERR_OK, RECORD_RESPONSE, 100, "dns:a.example", "text/dns", DATE_NS, 1, 0, false},
    {"empty", SPAN("http://a.example/ 192.0.2.1 " DATE " text/html 0\n\n"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 0, 0, false}, /* row 115 */
    {"line ends before, and CR LF", SPAN("\n\r\nhttp://a.example/ 192.0.2.1 " DATE " text/html 1\r\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 1, 0, false},
    {"no line end behind", SPAN("http://a.example/ 192.0.2.1 " DATE " text/html 1\nxhttp://"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 1, 7, false}, /* row 113 */
    {"many line ends behind", SPAN("http://a.example/ 192.0.2.1 " DATE " text/html 1\nx\n\n\r\n\n"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 1, 0, false},
    {"v2", SPAN("http://a.example/ 192.0.2.1 " DATE " text/html 200 fac06915 - 209 a.arc 1\nx"), ERR_OK, RECORD_RESPONSE, 200, "http://a.example/", "text/html", DATE_NS, 1, 0, false}, /* row 107 */
    {"v2, nothing known, offset like a date", SPAN("http://a.example/ 192.0.2.1 " DATE " text/html -1 - - 20080101 a.arc 1\nx"), ERR_OK, RECORD_RESPONSE, 200, "http://a.example/", "text/html", DATE_NS, 1, 0, false},
    {"blanks in the URL", SPAN("http://a.example/?a=b c 1.5 d 192.0.2.1 " DATE " text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/?a=b c 1.5 d", "text/html", DATE_NS, 1, 0, false}, /* row 108 */
    {"a pair in the URL", SPAN("http://a.example/?192.0.2.9 20010101 192.0.2.1 " DATE " text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/?192.0.2.9 20010101", "text/html", DATE_NS, 1, 0, false},
    {"CR, form feed and raw bytes in the URL", SPAN("http://a.example/\r\f\xe6 192.0.2.1 " DATE " text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/\r\f\xe6", "text/html", DATE_NS, 1, 0, false},
    {"script URL", SPAN("JavaScript:void(0) 192.0.2.1 " DATE " text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "JavaScript:void(0)", "text/html", DATE_NS, 1, 0, false},
    {"type empty", SPAN("http://a.example/ 192.0.2.1 " DATE "  1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "", DATE_NS, 1, 0, false}, /* row 109 */
    {"type missing", SPAN("http://a.example/ 192.0.2.1 " DATE " 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "", DATE_NS, 1, 0, false},
    {"type of words", SPAN("http://a.example/ 192.0.2.1 " DATE " text/html; Charset=iso-8859-1 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html; Charset=iso-8859-1", DATE_NS, 1, 0, false},
    {"type of brackets", SPAN("http://a.example/ 192.0.2.1 " DATE " [] 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "[]", DATE_NS, 1, 0, false},
    {"date of 8 digits", SPAN("http://a.example/ 192.0.2.1 20080430 text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DAY_NS, 1, 0, false}, /* row 110 */
    {"date of 10 digits", SPAN("http://a.example/ 192.0.2.1 2008043001 text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DAY_NS + 3600000000000, 1, 0, false},
    {"date of 12 digits", SPAN("http://a.example/ 192.0.2.1 200804300001 text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DAY_NS + 60000000000, 1, 0, false},
    {"date of 17 digits", SPAN("http://a.example/ 192.0.2.1 " DATE "123 text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 1, 0, false},
    {"date and text", SPAN("http://a.example/ 192.0.2.1 " DATE "abc text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 1, 0, false},
    {"digest for a date", SPAN("http://a.example/ 192.0.2.1 fac069150613fe55599cc7fa88aa089d text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", NO, 1, 0, false},
    {"word for a date", SPAN("http://a.example/ 192.0.2.1 null text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", NO, 1, 0, false},
    {"month 13", SPAN("http://a.example/ 192.0.2.1 20081330204826 text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", NO, 1, 0, false},
    {"date before the address", SPAN("http://a.example/ " DATE " 192.0.2.1 text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 1, 0, false}, /* row 111 */
    {"no address", SPAN("http://a.example/ 0 " DATE " text/html 1\nx"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 1, 0, false},
    {"negative length", SPAN("http://a.example/ 192.0.2.1 " DATE " text/html -2046788874\nabc" NEXT), ERR_NO_LENGTH, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 3, sizeof NEXT - 2, false}, /* row 112 */
    {"length no number", SPAN("http://a.example/ 192.0.2.1 " DATE " text/html abc\nabc"), ERR_NO_LENGTH, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 3, 0, false},
    {"length missing", SPAN("http://a.example/ 192.0.2.1 " DATE " text/html\nabc"), ERR_NO_LENGTH, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 3, 0, false},
    {"block cut", SPAN("http://a.example/ 192.0.2.1 " DATE " text/html 9\nabc"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 3, 0, true},
    {"length beyond 2^64", SPAN("http://a.example/ 192.0.2.1 " DATE " text/html 99999999999999999999\nabc"), ERR_OK, RECORD_RESPONSE, 100, "http://a.example/", "text/html", DATE_NS, 3, 0, true},
    {"version block 1.0", SPAN("filedesc://a.arc 0.0.0.0 " DATE " text/plain 76\n1 0 InternetArchive\n" V1_NAMES "\nhttp://"), ERR_OK, RECORD_WARCINFO, 100, "filedesc://a.arc", "text/plain", DATE_NS, 0, 7, false},
    {"version block 1.1", SPAN("filedesc://a.arc 0.0.0.0 " DATE " text/plain 83\n1 1 InternetArchive\n" V1_NAMES "<arc/>\n\nhttp://"), ERR_OK, RECORD_WARCINFO, 101, "filedesc://a.arc", "text/plain", DATE_NS, 7, 7, false},
    {"version block 2.0 without names", SPAN("filedesc://a.arc 0.0.0.0 " DATE " text/plain 200 - - 0 a.arc 9\n2 0 test\n\n\nhttp://"), ERR_OK, RECORD_WARCINFO, 200, "filedesc://a.arc", "text/plain", DATE_NS, 0, 7, false},
    {"version block too short by its length", SPAN("filedesc://a.arc 0.0.0.0 " DATE " text/plain 62\n1 0 InternetArchive\n" V1_NAMES), ERR_OK, RECORD_WARCINFO, 100, "filedesc://a.arc", "text/plain", DATE_NS, 0, 14, false}, /* row 106 */
    {"version block of dashes", SPAN("filedesc:// - - - 9\n2 0 test\n"), ERR_OK, RECORD_WARCINFO, 200, "filedesc://", "", NO, 0, 0, false},
    {"version block without a length", SPAN("filedesc://a.arc 0 " DATE " text/plain\n1 0 X\n" V1_NAMES NEXT), ERR_NO_LENGTH, RECORD_WARCINFO, 100, "filedesc://a.arc", "text/plain", DATE_NS, 0, sizeof NEXT - 2, false},
    {"version block that tells no version", SPAN("filedesc://a.arc 0.0.0.0 " DATE " text/plain 4\nabc\n"), ERR_OK, RECORD_WARCINFO, 100, "filedesc://a.arc", "text/plain", DATE_NS, 4, 0, false},
    {"no scheme", SPAN("a.example/ 192.0.2.1 " DATE " text/html 1\nx"), ERR_SYNTAX, 0, 0, NULL, NULL, 0, 0, 0, false},
    {"no address and no date", SPAN("http://a.example/ text/html 1\nx"), ERR_SYNTAX, 0, 0, NULL, NULL, 0, 0, 0, false},
    {"no URL", SPAN("192.0.2.1 " DATE " text/html 1\nx"), ERR_SYNTAX, 0, 0, NULL, NULL, 0, 0, 0, false},
    {"text", SPAN("note: see 192.0.2.1 for more\nx"), ERR_SYNTAX, 0, 0, NULL, NULL, 0, 0, 0, false},
    {"no end of the line", SPAN("http://a.example/ 192.0.2.1 " DATE " text/html 1"), ERR_SYNTAX, 0, 0, NULL, NULL, 0, 0, 0, false},
};
// clang-format on
#define ROW_COUNT (sizeof rows / sizeof rows[0])

static bool is_delivered(enum err err)
{
    return err == ERR_OK || err == ERR_NO_LENGTH;
}

static bool is_row(const struct row *row, enum err err, const struct record *record)
{
    if (err != row->err || !is_delivered(err))
        return err == row->err;
    return record->is_arc && record->type == row->type &&
           record->version_major * 100 + record->version_minor == row->version &&
           span_equal(record->target_uri, span_of_string(row->uri)) &&
           span_equal(record->content_type, span_of_string(row->content_type)) &&
           record->date_ns == row->date_ns && record->block.bytes == row->block_bytes &&
           row->bytes.bytes - record->raw.bytes == row->behind_bytes && record->partial == row->partial;
}

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
        struct span bytes = edge_copy(rows[i].bytes);
        struct record record;
        enum err err = record_read(bytes, true, &record);
        if (!is_row(&rows[i], err, &record))
            fail_msg(
                "row '%s': %s, type %s, version %u.%u, URL '%.*s', type '%.*s', date %lld, block %zu, raw "
                "%zu, partial %d",
                rows[i].name, err_name(err), record_type_name(record.type), record.version_major,
                record.version_minor, SPAN_ARG(record.target_uri), SPAN_ARG(record.content_type),
                (long long)record.date_ns, record.block.bytes, record.raw.bytes, record.partial);
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
            if (is_delivered(record_read(bytes, true, &record))) {
                assert_true(record.raw.at == bytes.at && record.raw.bytes > 0 && record.raw.bytes <= n);
                assert_ptr_equal(record.head.at + record.head.bytes, record.block.at);
            }
            free((void *)(uintptr_t)bytes.at);
        }
}

static void test_long_lines(void **state)
{
    (void)state;
    static const size_t url_bytes[] = {4096, LIMIT_URL_BYTES, LIMIT_ARC_LINE_BYTES + 1};
    for (size_t i = 0; i < 3; i++) {
        char *at = malloc(LIMIT_ARC_LINE_BYTES + 100);
        assert_non_null(at);
        memset(at, 'a', url_bytes[i]);
        memcpy(at, "http:", 5);
        int more = snprintf(at + url_bytes[i], 90, " 192.0.2.1 " DATE " text/html 0\n");
        struct record record;
        enum err err = record_read(span_of(at, url_bytes[i] + (size_t)more), true, &record);
        assert_int_equal(err, url_bytes[i] > LIMIT_URL_BYTES ? ERR_SYNTAX : ERR_OK);
        free(at);
    }
}

#define NOWHERE SIZE_MAX
#define LINE    "http://a.example/ 192.0.2.1 " DATE " text/html 1\n"

static void test_find(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct span bytes;
        size_t from, at;
        bool with_arc;
    } finds[] = {
        {"at the start",               SPAN(LINE),                                                        0, 0,       true },
        {"behind text",                SPAN("a: b\n" LINE),                                               0, 5,       true },
        {"not in a WARC",              SPAN("a: b\n" LINE),                                               0, NOWHERE, false},
        {"not inside a line",          SPAN("abc " LINE),                                                 0, NOWHERE, true },
        {"nor where the search is",    SPAN("abc " LINE),                                                 4, NOWHERE, true },
        {"a WARC record before it",    SPAN("\nWARC/1.0\r\nWARC-Type: request\r\n\r\n" LINE),             0, 1,       true },
        {"a WARC record behind it",    SPAN(LINE "\nWARC/1.0\r\nWARC-Type: request\r\n\r\n"),             0, 0,       true },
        {"negative length",            SPAN("\nhttp://a/ 192.0.2.1 " DATE " text/html -1\n"),             0, 1,       true },
        {"length no number",           SPAN("\nhttp://a/ 192.0.2.1 " DATE " text/html x\n"),              0, NOWHERE, true },
        {"date no number",             SPAN("\nhttp://a/ 192.0.2.1 null text/html 1\n"),                  0, NOWHERE, true },
        {"swapped",                    SPAN("\nhttp://a/ " DATE " 192.0.2.1 text/html 1\n"),              0, NOWHERE, true },
        {"a line of Netarkivet's CDX", SPAN("http://a/ 192.0.2.1 " DATE " text/html 1 a.arc 5 fac069\n"), 0,
         NOWHERE,                                                                                                     true },
        {"nothing",                    SPAN(""),                                                          0, 0,       true },
    };
    for (size_t i = 0; i < sizeof finds / sizeof finds[0]; i++) {
        size_t at = record_find(finds[i].bytes, finds[i].from, finds[i].with_arc);
        if (at != (finds[i].at == NOWHERE ? finds[i].bytes.bytes : finds[i].at))
            fail_msg("row '%s': %zu, not %zu", finds[i].name, at, finds[i].at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_prefixes),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_find),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
