// SPDX-License-Identifier: MIT
/* test_wacz.c - what a WACZ says of its own members. */
#include "1_read/wacz.h"
#include "ext/ext_deflate.h"
#include "make/archive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define RESOURCES(list) "{\"profile\":\"data-package\",\"resources\":[" list "]}"
#define ONE             "{\"path\":\"archive/a.warc\",\"hash\":\"sha256:00\",\"bytes\":5}"

// clang-format off
/* Wanted: a line a resource "path hash bytes content"; "-" where there is none, then "+name" for members not listed. */
static const struct {
    const char *name, *package, *digest;
    bool deflated;
    enum err err;
    const char *wanted;
} rows[] = {
    {"one", RESOURCES(ONE), NULL, false, ERR_OK, "archive/a.warc sha256:00 5 hello\n"},
    {"deflated", RESOURCES(ONE), NULL, true, ERR_OK, "archive/a.warc sha256:00 5 hello\n"},
    {"with its digest", RESOURCES(ONE), "{\"path\":\"datapackage.json\",\"hash\":\"md5:1\"}", false, ERR_OK,
     "archive/a.warc sha256:00 5 hello\ndatapackage.json md5:1 -1 " RESOURCES(ONE) "\n"},
    {"nothing told", RESOURCES("{\"path\":\"archive/a.warc\"}"), NULL, false, ERR_OK, "archive/a.warc - -1 hello\n"},
    {"not there", RESOURCES("{\"path\":\"b\",\"bytes\":1}"), NULL, false, ERR_OK, "b - 1 -\n+archive/a.warc\n"},
    {"not listed", RESOURCES(""), NULL, false, ERR_OK, "+archive/a.warc\n"},
    {"no package", NULL, NULL, false, ERR_NOT_FOUND, ""},
    {"no JSON", "{\"resources\":", NULL, false, ERR_JSON, ""},
    {"no resources", "{}", NULL, false, ERR_JSON, ""},
    {"resource without a path", RESOURCES(ONE ",{\"hash\":\"x\"}"), NULL, false, ERR_JSON,
     "archive/a.warc sha256:00 5 hello\n"},
    {"digest is no JSON", RESOURCES(ONE), "?", false, ERR_JSON, "archive/a.warc sha256:00 5 hello\n"},
};
// clang-format on

static void describe(const struct wacz *wacz, struct inflater *inflater, struct buf *out)
{
    struct buf content;
    buf_init(&content, 1 << 20);
    for (size_t i = 0; i < wacz->count; i++) {
        const struct wacz_resource *r = &wacz->resources[i];
        bool has = r->is_there && wacz_content(r, inflater, 1 << 16, &content) == ERR_OK;
        struct span text = has ? buf_span(&content) : SPAN("-");
        buf_format(out, "%.*s %s%.*s %lld %.*s\n", SPAN_ARG(r->path), r->hash.bytes ? "" : "-",
                   SPAN_ARG(r->hash), (long long)r->bytes, SPAN_ARG(text));
    }
    for (size_t i = 0; i < wacz->unlisted_count; i++)
        buf_format(out, "+%.*s\n", SPAN_ARG(wacz->unlisted[i]));
    buf_add_char(out, '\0');
    buf_free(&content);
}

static void test_rows(void **state)
{
    (void)state;
    struct inflater *inflater = inflater_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct make_zip_file files[3] = {
            {"archive/a.warc", SPAN("hello"), rows[i].deflated, false}
        };
        size_t count = 1;
        struct buf zip, text;
        struct arena arena;
        struct wacz wacz;
        buf_init(&zip, SIZE_MAX);
        buf_init(&text, 1 << 16);
        arena_init(&arena, 1 << 20);
        if (rows[i].package)
            files[count++] = (struct make_zip_file){"datapackage.json", span_of_string(rows[i].package),
                                                    rows[i].deflated, false};
        if (rows[i].digest)
            files[count++] = (struct make_zip_file){"datapackage-digest.json", span_of_string(rows[i].digest),
                                                    false, false};
        make_zip(&zip, files, count, false, NULL);
        enum err err = wacz_read(buf_span(&zip), inflater, &arena, &wacz);
        describe(&wacz, inflater, &text);
        if (err != rows[i].err || strcmp(text.at, rows[i].wanted) != 0)
            fail_msg("'%s': %s\n%s", rows[i].name, err_name(err), text.at);
        assert_int_equal(wacz.member_count, count);
        buf_free(&zip);
        buf_free(&text);
        arena_free(&arena);
    }
    inflater_free(inflater);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
