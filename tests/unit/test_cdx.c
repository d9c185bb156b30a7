// SPDX-License-Identifier: MIT
/* test_cdx.c - lines of indexes, and what indexes say held against records. */
#include "1_read/cdx.h"
#include "1_read/indexed.h"
#include "base/buf.h"
#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define CDX11 " CDX N b a m s k r M S V g\n"
#define JSON  "dk,x)/ 20250301100000 "

struct row {
    const char *name, *text;
    const char
        *lines; /* "FILE OFFSET LENGTH DATE URL|" each, "bad|" for a line that is none; "-": not told */
};
// clang-format off
static const struct row rows[] = {
    {"CDX-11", CDX11 "dk,x)/ 20250301100000 http://x.dk/ text/html 200 SUM - - 812 334 a.warc.gz\n", "a.warc.gz 334 812 20250301100000 http://x.dk/|"},
    {"CR LF, no end", " CDX N b a m s k r M S V g\r\ndk,x)/ 20250301100000 http://x.dk/ text/html 200 SUM - - 812 334 a.warc.gz", "a.warc.gz 334 812 20250301100000 http://x.dk/|"},
    {"CDX-9", " CDX N b a m s k r V g\ndk,x)/ 20250301100000 http://x.dk/ text/html 200 SUM - 334 a.arc.gz\n", "a.arc.gz 334 - 20250301100000 http://x.dk/|"},
    {"wget", " CDX a b a m s k r M V g u\nhttp://x.dk/ 20250301100000 http://x.dk/ text/html 200 SUM - - 445 a.warc.gz <urn:uuid:1>\n", "a.warc.gz 445 - 20250301100000 http://x.dk/|"},
    {"letters in any order", " CDX g V S b a\na.warc.gz 0 99 20250301100000 http://x.dk/\n", "a.warc.gz 0 99 20250301100000 http://x.dk/|"},
    {"TAB separates", "\tCDX\tb\tg\tV\n20250301100000\tmy file.warc.gz\t7\n", "my file.warc.gz 7 - 20250301100000 -|"},
    {"letters nobody knows", " CDX Q V g # Z\nq 5 a.warc.gz x z\n", "a.warc.gz 5 - - -|"},
    {"offset in the content: plain file", " CDX b v g\n20250301100000 5 a.arc\n", "a.arc 5 - 20250301100000 -|"},
    {"offset in the content: compressed file", " CDX b v g\n20250301100000 5 a.arc.gz\n", "bad|"},
    {"both offsets", " CDX v V g\n5 6 a.arc\n", "a.arc 6 - - -|"},
    {"header again, in another order", " CDX V g\n1 a\n CDX g V\na 2\n", "a 1 - - -|a 2 - - -|"},
    {"header without places", " CDX b a\n20250301100000 http://x.dk/\n", "bad|"},
    {"header alone", " CDX N b a\n", ""},
    {"header not the first line", "\n\n" CDX11, ""},
    {"length unknown", " CDX V g S\n1 a -\n2 a 0\n3 a x\n", "a 1 - - -|a 2 - - -|a 3 - - -|"},
    {"date unknown", " CDX b V g\n- 1 a\n2025 2 a\n20250301100000123 3 a\n", "a 1 - - -|a 2 - - -|a 3 - 20250301100000123 -|"},
    {"too few columns, too many", " CDX b V g\n1 a\n20250301100000 1 a b\n", "bad|bad|"},
    {"offset no number", " CDX V g\n-1 a\n0x5 a\n1e3 a\n99999999999999999999 a\n- a\n", "bad|bad|bad|bad|bad|"},
    {"offset beyond 32 bits", " CDX V g\n9223372036854775807 a\n9223372036854775808 a\n", "a 9223372036854775807 - - -|bad|"},
    {"no file", " CDX V g\n5 -\n5 \n", "bad|bad|"},
    {"path", " CDX V g\n5 /data/arcs/a.arc.gz\n", "/data/arcs/a.arc.gz 5 - - -|"},
    {"blank lines", " CDX V g\n\n \n5 a\n", "a 5 - - -|"},
    {"11 columns without header", "dk,x)/ 20250301100000 http://x.dk/ text/html 200 SUM - - 812 334 a.warc.gz\n", "a.warc.gz 334 812 20250301100000 http://x.dk/|"},
    {"11 columns without header, wget's", "http://x.dk/ 20250301100000 http://x.dk/ text/html 200 SUM - - 445 a.warc.gz <urn:uuid:1>\n", "a.warc.gz 445 - 20250301100000 http://x.dk/|"},
    {"10 columns without header", "dk,x)/ 20250301100000 http://x.dk/ text/html 200 SUM - - 334 a.warc.gz\n", "a.warc.gz 334 - 20250301100000 http://x.dk/|"},
    {"9 columns without header", "dk,x)/ 20250301100000 http://x.dk/ text/html 200 SUM - 334 A.ARC.GZ\n", "A.ARC.GZ 334 - 20250301100000 http://x.dk/|"},
    {"14 columns: the original of a revisit behind it", "dk,x)/ 20250301100000 http://x.dk/ warc/revisit - SUM - - 81 334 a.warc.gz 812 0 b.warc.gz\n", "a.warc.gz 334 81 20250301100000 http://x.dk/|"},
    {"Netarkivet", "http://x.dk/ 192.0.2.1 20250301100000 text/html 5120 1-metadata-1.warc 77 d41d8\n", "1-metadata-1.warc 77 - 20250301100000 http://x.dk/|"},
    {"guessed: no archive", "dk,x)/ 20250301100000 http://x.dk/ text/html 200 SUM - - 812 334 a.html\n", "bad|"},
    {"guessed: no date", "dk,x)/ yesterday http://x.dk/ text/html 200 SUM - - 812 334 a.warc.gz\n", "bad|"},
    {"text", "hello world\n", "bad|"},
    {"CDXJ, texts", JSON "{\"url\": \"http://x.dk/\", \"length\": \"812\", \"offset\": \"334\", \"filename\": \"a.warc.gz\"}\n", "a.warc.gz 334 812 20250301100000 http://x.dk/|"},
    {"CDXJ, numbers", JSON "{\"filename\":\"a.warc.gz\",\"offset\":0,\"length\":812}\n", "a.warc.gz 0 812 20250301100000 -|"},
    {"CDXJ, blanks", JSON "{ \"filename\" : \"a\" ,\t\"offset\" : 3 }  \n", "a 3 - 20250301100000 -|"},
    {"CDXJ, 17 digits", "dk,x)/ 20250301100000123 {\"filename\":\"a\",\"offset\":3}\n", "a 3 - 20250301100000123 -|"},
    {"CDXJ below a CDX header", CDX11 JSON "{\"filename\":\"a\",\"offset\":3}\n", "a 3 - 20250301100000 -|"},
    {"CDXJ, members of every kind", JSON "{\"a\":{\"filename\":\"no\",\"b\":[1,{\"c\":\"]}\\\"\"}]},\"d\":null,\"e\":true,\"f\":-1.5e3,\"g\":[],\"h\":{},\"filename\":\"a\",\"offset\":3}\n", "a 3 - 20250301100000 -|"},
    {"CDXJ, escapes", JSON "{\"filename\":\"archive\\/a.warc.gz\",\"offset\":3,\"url\":\"http:\\/\\/x.dk\\/?a\\u0026b\"}\n", "archive/a.warc.gz 3 - 20250301100000 http://x.dk/?a&b|"},
    {"CDXJ, escaped quote in a member nobody wants", JSON "{\"x\":\"\\\\\\\"\",\"filename\":\"a\",\"offset\":3}\n", "a 3 - 20250301100000 -|"},
    {"CDXJ, repeated member", JSON "{\"filename\":\"b\",\"filename\":\"a\",\"offset\":3}\n", "a 3 - 20250301100000 -|"},
    {"CDXJ, no file", JSON "{\"offset\":3}\n", "bad|"},
    {"CDXJ, no offset", JSON "{\"filename\":\"a\"}\n", "bad|"},
    {"CDXJ, offset null", JSON "{\"filename\":\"a\",\"offset\":null}\n", "bad|"},
    {"CDXJ, offset real", JSON "{\"filename\":\"a\",\"offset\":3.5}\n", "bad|"},
    {"CDXJ, file an object", JSON "{\"filename\":{},\"offset\":3}\n", "bad|"},
    {"CDXJ, empty object", JSON "{}\n", "bad|"},
    {"CDXJ, cut short", JSON "{\"filename\":\"a\",\"offset\":3\n" JSON "{\"filename\":\"a\n" JSON "{\"x\":[\n" JSON "{\"x\":\n" JSON "{\n", "bad|bad|bad|bad|bad|"},
    {"CDXJ, something behind it", JSON "{\"filename\":\"a\",\"offset\":3} x\n", "bad|"},
    {"CDXJ, no comma", JSON "{\"filename\":\"a\" \"offset\":3}\n", "bad|"},
    {"CDXJ, bad escape", JSON "{\"filename\":\"\\q\",\"offset\":3}\n", "bad|"},
    {"block list", "!meta 0 {\"format\": \"cdxj-gzip-1.0\", \"filename\": \"index.cdx.gz\"}\n" JSON "{\"offset\": 0, \"length\": 194}\n", ""},
    {"other meta lines", "!OpenWayback-CDXJ 1.0\n!meta 0 {\"format\": \"cdxj\"}\n" JSON "{\"filename\":\"a\",\"offset\":3}\n", "a 3 - 20250301100000 -|"},
    {"meta line that is no JSON", "!meta 0 {\n", "bad|"},
};
// clang-format on

static void add_text(struct buf *out, struct span text)
{
    buf_add(out, text.bytes ? text : SPAN("-"));
}

static void add_line(struct buf *out, enum err err, const struct cdx_line *line)
{
    if (err) {
        buf_add_string(out, err == ERR_SYNTAX ? "bad|" : "?|");
        return;
    }
    add_text(out, line->file);
    buf_add_char(out, ' ');
    buf_add_u64(out, line->at);
    buf_add_char(out, ' ');
    if (line->bytes == CDX_NO_LENGTH)
        buf_add_char(out, '-');
    else
        buf_add_u64(out, line->bytes);
    buf_add_char(out, ' ');
    add_text(out, line->date);
    buf_add_char(out, ' ');
    add_text(out, line->url);
    buf_add_char(out, '|');
}

static void test_lines(void **state)
{
    (void)state;
    struct arena arena;
    struct buf out;
    arena_init(&arena, 1 << 20);
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cdx cdx;
        struct span rest = span_of_string(rows[i].text);
        cdx_init(&cdx);
        buf_reset(&out);
        while (rest.bytes) {
            struct cdx_line line;
            enum err err = cdx_read(&cdx, span_cut_line(&rest), &arena, &line);
            if (err != ERR_END)
                add_line(&out, err, &line);
        }
        if (!span_equal(buf_span(&out), span_of_string(rows[i].lines)))
            fail_msg("'%s' gives %.*s, not %s", rows[i].name, SPAN_ARG(buf_span(&out)), rows[i].lines);
    }
    buf_free(&out);
    arena_free(&arena);
}

static void test_limits(void **state)
{
    (void)state;
    struct arena arena;
    struct cdx cdx;
    struct cdx_line line;
    arena_init(&arena, 1 << 20);
    cdx_init(&cdx);
    struct span start = SPAN(JSON "{\"filename\":\"a\",\"offset\":3,\"x\":\""), end = SPAN("\"}");
    char *text = malloc(LIMIT_CDX_LINE_BYTES + 1);
    assert_non_null(text);
    memset(text, '[', LIMIT_CDX_LINE_BYTES + 1);
    memcpy(text, start.at, start.bytes);
    memcpy(text + LIMIT_CDX_LINE_BYTES - end.bytes, end.at, end.bytes);
    assert_int_equal(cdx_read(&cdx, span_of(text, LIMIT_CDX_LINE_BYTES), &arena, &line), ERR_OK);
    assert_int_equal(line.at, 3);
    assert_int_equal(arena.held_bytes, 0); /* nothing was copied */
    assert_int_equal(cdx_read(&cdx, span_of(text, LIMIT_CDX_LINE_BYTES + 1), &arena, &line), ERR_TOO_LARGE);
    memset(text, ' ', 2 * LIMIT_CDX_COLUMNS);
    memcpy(text, " CDX V g", 8);
    assert_int_equal(cdx_read(&cdx, span_of(text, 2 * LIMIT_CDX_COLUMNS), &arena, &line), ERR_END);
    memset(text, ' ', 2 * LIMIT_CDX_COLUMNS);
    text[0] = 'x';
    assert_int_equal(cdx_read(&cdx, span_of(text, 2 * LIMIT_CDX_COLUMNS), &arena, &line), ERR_SYNTAX);
    free(text);
    arena_free(&arena);
}

static void test_is_index(void **state)
{
    (void)state;
    static const struct {
        struct span text;
        bool is_index;
    } kinds[] = {
        {SPAN(" CDX N b a m s k r M S V g\n"),                                                        true },
        {SPAN("\tCDX\tb\n"),                                                                          true },
        {SPAN("CDX N b a\n"),                                                                         false},
        {SPAN(" CDX"),                                                                                false},
        {SPAN("aCDXa"),                                                                               false},
        {SPAN(JSON "{\"cut off"),                                                                     true },
        {SPAN("!meta 0 {\"format\": \"cdxj-gzip-1.0\"}\n"),                                           true },
        {SPAN("!OpenWayback-CDXJ 1.0\n" JSON "{"),                                                    true },
        {SPAN("!OpenWayback-CDXJ 1.0\n"),                                                             false},
        {SPAN("dk,x)/ 20250301100000 http://x.dk/ text/html 200 SUM - - 812 334 a.warc.gz\nhello"),   true },
        {SPAN("hello\ndk,x)/ 20250301100000 http://x.dk/ text/html 200 SUM - - 812 334 a.warc.gz\n"), false},
        {SPAN("key 2025 {"),                                                                          false},
        {SPAN("{\"a\": 1}"),                                                                          false},
        {SPAN(""),                                                                                    false},
        {SPAN("\n"),                                                                                  false},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (cdx_is_index(kinds[i].text) != kinds[i].is_index)
            fail_msg("told wrongly: %s", kinds[i].text.at);
}

static void test_url_keys(void **state)
{
    (void)state;
    static const struct {
        struct span left, right;
        bool same;
    } pairs[] = {
        {SPAN("http://x.dk/"),       SPAN("http://x.dk"),                         true },
        {SPAN("http://X.dk/A"),      SPAN("http://x.dk/a"),                       true },
        {SPAN("http://x.dk?a"),      SPAN("http://x.dk/?a"),                      true },
        {SPAN("http://x.dk/%c3%A6"), SPAN("http://x.dk/\xc3\xa6"),                true },
        {SPAN("http://x.dk/%"),      SPAN("http://x.dk/%2"),                      false},
        {SPAN("http://x.dk/p"),      SPAN("http://x.dk/p?__wb_method=POST&a=1"),  true },
        {SPAN("http://x.dk/p?b"),    SPAN("http://x.dk/p?b&__wb_post_data=eA=="), true },
        {SPAN("http://x.dk/a"),      SPAN("http://x.dk/b"),                       false},
        {SPAN("http://x.dk/"),       SPAN("https://x.dk/"),                       false},
        {SPAN(""),                   SPAN(" "),                                   true },
        {SPAN(""),                   SPAN("/"),                                   false},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if ((cdx_url_key(pairs[i].left) == cdx_url_key(pairs[i].right)) != pairs[i].same)
            fail_msg("%s and %s", pairs[i].left.at, pairs[i].right.at);
    assert_int_equal(cdx_url_key(SPAN("")), 0);
    assert_int_not_equal(cdx_url_key(SPAN("/")), 0);
    assert_true(span_equal(cdx_base_name(SPAN("/data/a.warc.gz")), SPAN("a.warc.gz")));
    assert_true(span_equal(cdx_base_name(SPAN("a.warc.gz")), SPAN("a.warc.gz")));
}

/* Records of a made-up archive: members of 100 bytes at 0, 100, 200 ...; the URL is http://x.dk/ and the number. */
static void check_records(struct indexed_check *check, const char *numbers, uint64_t first_at,
                          uint64_t end_at)
{
    static char raw[40];
    for (const char *n = numbers; *n; n++) {
        char url[] = "http://x.dk/0";
        url[sizeof url - 2] = *n;
        const struct record record = {.type = *n % 2 ? RECORD_REQUEST : RECORD_RESPONSE,
                                      .target_uri = span_of_string(url),
                                      .raw = span_of(raw, sizeof raw),
                                      .block = span_of(raw + 30, 6)};
        uint64_t at = (uint64_t)(*n - '0') * 100;
        bool is_plain = *n == '9'; /* then its length is that of its bytes */
        struct place place = {.at = at, .bytes = is_plain ? sizeof raw : 100};
        indexed_check_record(check, first_at, &record, place);
    }
    indexed_check_end(check, first_at, end_at);
}

static void add_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    struct buf *out = context;
    assert_int_equal(bytes, 0);
    buf_format(out, "%s %llu|", err_name(err), (unsigned long long)at);
}

#define NO    INDEXED_NO_LENGTH
#define LINES 4

struct check_row {
    const char *name;
    struct {
        uint64_t at;
        uint32_t bytes;
        char url;   /* last letter of the URL; 0: not told */
    } lines[LINES]; /* up to the first that is all zero */
    const char *records;
    uint64_t first_at, end_at;
    const char *faults;
    uint64_t unlisted_count;
};
// clang-format off
static const struct check_row check_rows[] = {
    {"all there", {{100, 100, '1'}, {200, 100, '2'}}, "12", 100, 300, "", 0},
    {"nothing known but the place", {{100, NO, 0}, {200, NO, 0}}, "12", 100, 300, "", 0},
    {"no line: a response counts, a request does not", {{500, 100, 0}}, "012", 0, 300, "", 2},
    {"wrong length", {{100, 99, '1'}, {200, 101, 0}}, "12", 100, 300, "CDX_LENGTH 100|CDX_LENGTH 200|", 0},
    {"wrong URL", {{100, 100, '2'}}, "12", 100, 300, "CDX_URL 100|", 1},
    {"no record there", {{50, 100, 0}, {150, 100, 0}, {299, 100, 0}}, "12", 50, 300, "CDX_PLACE 50|CDX_PLACE 150|CDX_PLACE 299|", 1},
    {"lines of other ranges", {{50, 100, 0}, {100, 100, 0}, {300, 100, 0}}, "12", 100, 300, "", 1},
    {"no records at all", {{50, 100, 0}, {150, 100, 0}, {300, 100, 0}}, "", 100, 300, "CDX_PLACE 150|", 0},
    {"empty range", {{100, 100, 0}}, "", 100, 100, "", 0},
    {"two lines for a place, one wrong", {{200, 100, '2'}, {200, 100, '7'}}, "2", 200, 300, "CDX_URL 200|", 0},
    {"several records at a place", {{200, 100, '2'}}, "222", 200, 300, "", 0},
    {"last line at the last record", {{300, 100, '3'}}, "123", 100, 400, "", 1},
    {"plain: with its line ends, and without", {{900, 40, 0}, {900, 36, 0}}, "9", 900, 940, "", 0},
    {"plain: too short, too long", {{900, 35, 0}, {900, 41, 0}}, "9", 900, 940, "CDX_LENGTH 900|CDX_LENGTH 900|", 0},
};
// clang-format on

static uint32_t key_of_letter(char letter)
{
    char url[] = "http://x.dk/0";
    url[sizeof url - 2] = letter;
    return letter ? cdx_url_key(span_of_string(url)) : 0;
}

static void check_one(const struct check_row *row, struct buf *out)
{
    struct indexed_check check;
    struct indexed lines[LINES];
    size_t count = 0;
    for (; count < LINES && row->lines[count].at; count++)
        lines[count] = (struct indexed){row->lines[count].at, row->lines[count].bytes,
                                        key_of_letter(row->lines[count].url)};
    buf_reset(out);
    indexed_check_init(&check, (struct indexed_list){lines, count}, add_fault, out);
    check_records(&check, row->records, row->first_at, row->end_at);
    if (!span_equal(buf_span(out), span_of_string(row->faults)))
        fail_msg("'%s' gives %.*s, not %s", row->name, SPAN_ARG(buf_span(out)), row->faults);
    if (check.unlisted_count != row->unlisted_count)
        fail_msg("'%s' finds %llu responses without a line", row->name,
                 (unsigned long long)check.unlisted_count);
}

static void test_check(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 1 << 16);
    for (size_t i = 0; i < sizeof check_rows / sizeof check_rows[0]; i++)
        check_one(&check_rows[i], &out);
    buf_free(&out);
}

static void test_no_list(void **state)
{
    (void)state;
    struct indexed_check check;
    indexed_check_init(&check, (struct indexed_list){0}, add_fault, NULL);
    check_records(&check, "012", 0, 300);
    assert_int_equal(check.unlisted_count, 0);
}

static void test_cut(void **state)
{
    (void)state;
    static const struct indexed lines[] = {
        {100, NO, 0},
        {100, NO, 0},
        {250, NO, 0}
    };
    static const struct {
        uint64_t from, to, cut_at;
    } cuts[] = {
        {0,   100, 0  },
        {0,   101, 100},
        {100, 200, 100},
        {101, 250, 101},
        {101, 251, 250},
        {251, 900, 251},
    };
    struct indexed_list list = {lines, 3};
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++)
        assert_int_equal(indexed_cut(list, cuts[i].from, cuts[i].to), cuts[i].cut_at);
    assert_int_equal(indexed_cut((struct indexed_list){0}, 5, 10), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),    cmocka_unit_test(test_limits), cmocka_unit_test(test_is_index),
        cmocka_unit_test(test_url_keys), cmocka_unit_test(test_check),  cmocka_unit_test(test_no_list),
        cmocka_unit_test(test_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
