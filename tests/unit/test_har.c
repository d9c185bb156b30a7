// SPDX-License-Identifier: MIT
/* test_har.c - HAR files: what is an item, what damage costs, what an entry says. */
#include "1_read/harfile.h"
#include "1_read/record.h"
#include "3_extract/har.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/limits.h"
#include "ext/ext_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static bool is(struct span s, const char *text)
{
    return span_equal(s, span_of_string(text));
}

/* What was read, as one word per item and fault: "P:id" "E:url" "!KIND+bytes". */
static void note_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    (void)at;
    buf_format(context, "!%s+%llu ", err_name(err), (unsigned long long)bytes);
}

static void read_all(struct span file, struct buf *out)
{
    struct arena arena;
    struct harfile har;
    struct harfile_item item;
    arena_init(&arena, 1u << 20);
    harfile_init(&har, file, &arena, note_fault, out);
    enum err err;
    while ((err = harfile_next(&har, &item)) == ERR_OK) {
        const struct json *url = json_get(json_get(item.json, "request"), "url");
        struct span name = json_text(item.kind == HARFILE_PAGE ? json_get(item.json, "id") : url);
        assert_true(span_equal(item.text, span_first(span_from(file, item.place.at), item.place.bytes)));
        buf_format(out, "%c:%.*s ", item.kind == HARFILE_PAGE ? 'P' : 'E', SPAN_ARG(name));
    }
    assert_int_equal(err, ERR_END);
    harfile_close(&har);
    arena_free(&arena);
}

#define E(url) "{\"request\":{\"url\":\"" url "\"},\"response\":{}}"

// clang-format off
static const struct {
    const char *name, *file, *read;
} files[] = {
    {"pages and entries",     "{\"log\":{\"creator\":{\"name\":\"x\"},\"pages\":[{\"id\":\"p\"}],\"entries\":[" E("a") "," E("b") "]}}", "P:p E:a E:b "},
    {"pages last",            "{\"log\":{\"entries\":[" E("a") "],\"pages\":[{\"id\":\"p\"}]}}", "E:a P:p "},
    {"byte order mark",       "\xef\xbb\xbf \r\n{\"log\":{\"entries\":[" E("a") "]}}\n", "E:a "},
    {"more beside",           "{\"x\":[1,{\"log\":2}],\"log\":{\"_y\":\"]}\",\"entries\":[" E("a") "],\"z\":null}}", "E:a "},
    {"no pages",              "{\"log\":{\"pages\":null,\"entries\":[]}}", ""},
    {"brackets in strings",   "{\"log\":{\"entries\":[{\"c\":\"}]\\\"{\\\\\"," "\"request\":{\"url\":\"a\"}}," E("b") "]}}", "E:a E:b "},
    {"an entry that is none", "{\"log\":{\"entries\":[1," E("a") ",[]]}}", "!JSON+1 E:a !JSON+2 "},
    {"an entry of bad JSON",  "{\"log\":{\"entries\":[{\"request\":{\"url\":x}}," E("a") "]}}", "!JSON+21 E:a "},
    {"cut in an entry",       "{\"log\":{\"entries\":[" E("a") ",{\"request\":{\"url\":\"b", "E:a !TRUNCATED+20 "},
    {"cut behind an entry",   "{\"log\":{\"entries\":[" E("a"), "E:a !TRUNCATED+0 "},
    {"cut behind a comma",    "{\"log\":{\"entries\":[" E("a") ",", "E:a !TRUNCATED+0 "},
    {"cut in the pages",      "{\"log\":{\"pages\":[{\"id\":\"p\"},{\"id", "P:p !TRUNCATED+4 "},
    {"a quote is missing",    "{\"log\":{\"entries\":[" E("a") ",{\"request\":{\"url\":\"b}}," E("c") "," E("d") "]}}", "E:a !JSON+23 E:c E:d "},
    {"a bracket is missing",  "{\"log\":{\"entries\":[" E("a") ",{\"request\":{\"url\":\"b\"}," E("c") "," E("d") "]}}", "E:a !JSON+23 E:c E:d "},
    {"a comma is missing",    "{\"log\":{\"entries\":[" E("a") E("b") "]}}", "E:a !JSON+0 E:b "},
    {"a list that ends early", "{\"log\":{\"entries\":[" E("a") "]}}," E("b") "]}}", "E:a !JSON+1 E:b "},
    {"the list's name is damaged", "{\"log\":{\"entriez\":[" E("a") "]}}", "!JSON+0 E:a "},
    {"the pages are damaged", "{\"log\":{\"pages\":[{\"id\":\"p],\"entries\":[" E("a") "]}}", "!JSON+21 E:a "},
    {"behind the end",        "{\"log\":{\"entries\":[" E("a") "]}} x", "E:a !GARBAGE+1 "},
    {"a quote too many where nobody looks", "{\"log\":{\"entries\":[{\"_initiator\":{\"u\":\"}\"\"},\"request\":{}}," E("a") "," E("b") "]}}", "!JSON+39 E:a E:b "},
    {"entries inside an entry", "{\"log\":{\"entries\":[{\"request\":{\"headers\":[" E("a") "," E("b") "]}}]}}", "!JSON+23 E:a E:b !GARBAGE+3 "},
    {"no entries",            "{\"log\":{}} ", "!JSON+11 "},
    {"pages, and no entries", "{\"log\":{\"pages\":[{\"id\":\"p\"}]}}", "P:p !JSON+0 "},
    {"no object",             "[]", "!JSON+2 "},
    {"nothing",               "", "!TRUNCATED+0 "},
};
// clang-format on

static void items(void **state)
{
    size_t bad = 0;
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct buf out;
        buf_init(&out, 1u << 20);
        read_all(span_of_string(files[i].file), &out);
        if (!is(buf_span(&out), files[i].read)) {
            print_error("%s: %.*s\n", files[i].name, SPAN_ARG(buf_span(&out)));
            bad++;
        }
        buf_free(&out);
    }
    assert_int_equal(bad, 0);
}

/* Wherever a file is cut, the whole entries before are read, and one fault tells of the rest. */
static void cut_anywhere(void **state)
{
    const struct span file =
        SPAN("{\"log\":{\"pages\":[{\"id\":\"p\"}],\"entries\":[" E("a") "," E("b") "," E("c") "]}}");
    (void)state;
    for (size_t bytes = 0; bytes <= file.bytes; bytes++) {
        struct buf out;
        size_t entries = 0, faults = 0;
        buf_init(&out, 1u << 20);
        read_all(span_first(file, bytes), &out);
        for (size_t i = 0; i < out.bytes; i++) {
            entries += out.at[i] == 'E' && out.at[i + 1] == ':';
            faults += out.at[i] == '!';
        }
        size_t whole = 0;
        for (size_t at = 0;
             (at = span_find_span(span_first(file, bytes), SPAN("\"response\":{}}"), at)) < bytes; at++)
            whole++;
        assert_int_equal(entries, whole);
        assert_int_equal(faults, bytes < file.bytes);
        buf_free(&out);
    }
}

static void large_parts_are_left_out(void **state)
{
    const struct span file =
        SPAN("{\"log\":{\"entries\":[{\"_initiator\":{\"type\":\"script\"},\"request\":{\"url\":\"a\","
             "\"postData\":{\"text\":\"p\"}},\"response\":{\"content\":{\"text\":\"b\\n\"}}}]}}");
    struct arena arena;
    struct harfile har;
    struct harfile_item item;
    struct buf out;
    (void)state;
    arena_init(&arena, 1u << 20);
    buf_init(&out, 1u << 20);
    harfile_init(&har, file, &arena, note_fault, &out);
    assert_int_equal(harfile_next(&har, &item), ERR_OK);
    assert_true(is(item.body, "\"b\\n\""));
    assert_int_equal(json_write(item.json, false, &out), ERR_OK);
    assert_true(is(buf_span(&out), "{\"_initiator\":null,\"request\":{\"url\":\"a\",\"postData\":null},"
                                   "\"response\":{\"content\":{\"text\":null}}}"));
    harfile_seek(&har, item.place.at);
    assert_int_equal(harfile_next(&har, &item), ERR_OK);
    assert_true(is(json_text(json_get(json_get(item.json, "request"), "url")), "a"));
    harfile_close(&har);
    buf_free(&out);
    arena_free(&arena);
}

/* A file that looks damaged at each of its 20 000 entries: a second would be the square of its size. */
static void hostile(void **state)
{
    struct buf file, out;
    (void)state;
    buf_init(&file, 1u << 24);
    buf_init(&out, 1u << 24);
    buf_add_string(&file, "{\"log\":{\"entries\":[");
    for (int i = 0; i < 20000; i++)
        buf_add_string(&file, "{\"request\":\"x},");
    read_all(buf_span(&file), &out);
    assert_true(out.bytes < 20000 * 20);
    buf_free(&file);
    buf_free(&out);
}

// clang-format off
static const struct {
    const char *name, *entry, *says;
} entries[] = {
    {"Chrome", "{\"pageref\":\"page_1\",\"_resourceType\":\"script\",\"startedDateTime\":\"2026-01-02T03:04:05.678Z\",\"request\":{\"method\":\"GET\","
     "\"url\":\"https://a.example/\",\"headers\":[{\"name\":\":authority\",\"value\":\"a\"},{\"name\":\"Cookie\",\"value\":\"k=1\"}],\"cookies\":[{\"name\":\"z\"}]},"
     "\"response\":{\"status\":200,\"headers\":[{\"name\":\"Set-Cookie\",\"value\":\"a=1\\nb=2, c=3\"}],\"content\":{\"mimeType\":\"text/css\"}}}",
     "page_1 script 1767323045678000000 GET https://a.example/ [Cookie=k=1] 200 [Set-Cookie=a=1][Set-Cookie=b=2, c=3][content-type=text/css]"},
    {"only cookie lists", "{\"request\":{\"url\":\"u\",\"cookies\":[{\"name\":\"a\",\"value\":\"1\"},{\"name\":\"\"},{\"name\":\"b\"}]},\"response\":{\"status\":302,"
     "\"redirectURL\":\"/x\",\"cookies\":[{\"name\":\"s\",\"value\":\"v\",\"path\":\"/p\",\"domain\":\"d.example\",\"expires\":\"2026-01-02T03:04:05.678Z\","
     "\"httpOnly\":true,\"secure\":true,\"sameSite\":\"Lax\"},{\"name\":\"t\",\"expires\":\"Fri, 02 Jan 2026 03:04:05 GMT\"}]}}",
     " other -  u [cookie=a=][cookie=b=] 302 [location=/x][set-cookie=s=; Path=/p; Domain=d.example; SameSite=Lax; Expires=02 Jan 2026 03:04:05 GMT; HttpOnly; Secure]"
     "[set-cookie=t=; Expires=Fri, 02 Jan 2026 03:04:05 GMT]"},
    {"WebKit joins", "{\"request\":{\"url\":\"u\"},\"response\":{\"status\":200,\"headers\":[{\"name\":\"Set-Cookie\",\"value\":\"a=1, b=2\"}],"
     "\"cookies\":[{\"name\":\"a\"},{\"name\":\"b\"}]}}", " other -  u  200 [Set-Cookie=a=1, b=2] joined"},
    {"no answer", "{\"request\":{\"url\":\"u\"},\"response\":{\"status\":0,\"_error\":\"net::ERR_ABORTED\"}}", " other -  u  0  net::ERR_ABORTED"},
    {"no response", "{\"_fromCache\":\"disk\",\"request\":{\"url\":\"u\"},\"response\":null}", " other -  u  0  cached"},
    {"no status", "{\"request\":{\"url\":\"u\"},\"response\":{\"status\":-1}}", " other -  u  0 "},
    {"no URL", "{\"response\":{\"status\":200}}", "NO_URI"},
    {"of other types", "{\"pageref\":1,\"startedDateTime\":7,\"request\":[],\"response\":\"x\"}", "NO_URI"},
};
// clang-format on

static void say_fields(struct buf *out, const struct http_head *head)
{
    for (size_t i = 0; i < head->field_count; i++)
        buf_format(out, "[%.*s=%.*s]", SPAN_ARG(head->fields[i].name), SPAN_ARG(head->fields[i].value));
    buf_add_char(out, ' ');
}

static void say_entry(struct buf *out, const char *text)
{
    struct arena arena;
    struct json *json;
    struct har_entry e;
    arena_init(&arena, 1u << 20);
    assert_int_equal(json_parse(span_of_string(text), &json), ERR_OK);
    enum err err = har_parse_entry(json, &arena, &e);
    if (err) {
        buf_add_string(out, err_name(err));
    } else {
        buf_format(out, "%.*s %s ", SPAN_ARG(e.page_id), resource_name(e.resource));
        if (e.time_ns == RECORD_NO_DATE)
            buf_add_char(out, '-');
        else
            buf_add_u64(out, (uint64_t)e.time_ns);
        buf_format(out, " %.*s %.*s ", SPAN_ARG(e.request.method), SPAN_ARG(e.url));
        say_fields(out, &e.request);
        buf_format(out, "%u ", e.response.status);
        say_fields(out, &e.response);
        buf_format(out, "%.*s%s%s", SPAN_ARG(e.error), e.from_cache ? "cached" : "",
                   e.joins_cookies ? "joined" : "");
    }
    json_free(json);
    arena_free(&arena);
}

static void what_entries_say(void **state)
{
    size_t bad = 0;
    (void)state;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        struct buf out;
        buf_init(&out, 1u << 20);
        say_entry(&out, entries[i].entry);
        if (!span_equal(span_trim(buf_span(&out)), span_trim(span_of_string(entries[i].says)))) {
            print_error("%s: %.*s\n", entries[i].name, SPAN_ARG(buf_span(&out)));
            bad++;
        }
        buf_free(&out);
    }
    assert_int_equal(bad, 0);
}

static const struct {
    const char *literal;
    bool is_base64;
    enum err err;
    const char *body;
} bodies[] = {
    {"",                false, ERR_OK,     ""           },
    {"\"a\\u00e6\\n\"", false, ERR_OK,     "a\xc3\xa6\n"},
    {"\"PGI+\"",        true,  ERR_OK,     "<b>"        },
    {"\"PGI+eA==\"",    true,  ERR_OK,     "<b>x"       },
    {"\"PG\\nI+eA\"",   true,  ERR_OK,     "<b>x"       },
    {"\"PGI+*\"",       true,  ERR_SYNTAX, "<b>"        },
    {"\"",              false, ERR_JSON,   ""           },
};

static void bodies_of_entries(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct arena arena;
        struct span body;
        struct har_entry entry = {.is_base64 = bodies[i].is_base64};
        arena_init(&arena, 1u << 20);
        assert_int_equal(har_body(&entry, span_of_string(bodies[i].literal), &arena, &body), bodies[i].err);
        assert_true(is(body, bodies[i].body));
        arena_free(&arena);
    }
}

static void base64(void **state)
{
    char out[16];
    size_t bytes;
    (void)state;
    assert_int_equal(base64_decode(SPAN("Zm9vYmFy"), out, &bytes), ERR_OK); /* RFC 4648 10 */
    assert_true(is(span_of(out, bytes), "foobar"));
    assert_int_equal(base64_decode(SPAN("Zm9vYg=="), out, &bytes), ERR_OK);
    assert_true(is(span_of(out, bytes), "foob"));
    assert_int_equal(base64_decode(SPAN("Zm9v-_"), out, &bytes), ERR_SYNTAX);
    assert_true(is(span_of(out, bytes), "foo"));
    assert_int_equal(base64_decode(SPAN(""), out, &bytes), ERR_OK);
    assert_int_equal(bytes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items),
        cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(large_parts_are_left_out),
        cmocka_unit_test(hostile),
        cmocka_unit_test(what_entries_say),
        cmocka_unit_test(bodies_of_entries),
        cmocka_unit_test(base64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
