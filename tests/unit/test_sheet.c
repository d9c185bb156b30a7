// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "ext/ext_crypto.h"
#include "ext/ext_csv.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static enum err print_row(void *context, const struct sheet_row *row)
{
    struct buf *out = context;
    buf_add_u64(out, row->line);
    for (size_t i = 0; i < row->count; i++) {
        buf_add_char(out, '|');
        buf_add(out, row->cells[i]);
    }
    buf_add_char(out, '/');
    return ERR_OK;
}

static void test_rows(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rows;
        enum err err;
        unsigned line; /* where the walk ended, when it failed */
    } rows[] = {
        {"",                              "",                    ERR_OK,     0},
        {"\n \n\r\n",                     "",                    ERR_OK,     0},
        {"a,b\n1,2\n",                    "1|a|b/2|1|2/",        ERR_OK,     0},
        {"a,b\r\n1,2",                    "1|a|b/2|1|2/",        ERR_OK,     0},
        {"a\rb\r\rc\r",                   "1|a/2|b/4|c/",        ERR_OK,     0},
        {"\xef\xbb\xbf"
         "a\n",                  "1|a/",                ERR_OK,     0},
        {" a , \" b \" ,\n",              "1|a| b |/",           ERR_OK,     0},
        {"\"x\ny\",\"\"\"q\"\"\"\n\nz\n", "1|x\ny|\"q\"/4|z/",   ERR_OK,     0},
        {"a\n\"\r\n\r\n\"\nb\n",          "1|a/2|\r\n\r\n/5|b/", ERR_OK,     0},
        {",\n\"\"\n",                     "1||/2|/",             ERR_OK,     0},
        {"a\nb\"c\nd\n",                  "1|a/",                ERR_SYNTAX, 2},
        {"a\n\"b\" c\n",                  "1|a/",                ERR_SYNTAX, 2},
        {"a\n\n\"b\n\nc",                 "1|a/",                ERR_SYNTAX, 3},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out;
        unsigned line = 0;
        buf_init(&out, 1u << 20);
        enum err err = sheet_row_each(span_of_string(rows[i].text), print_row, &out, &line);
        if (err != rows[i].err || (err && line != rows[i].line) ||
            !span_equal(buf_span(&out), span_of_string(rows[i].rows)))
            fail_msg("row %zu: %s line %u '%.*s'", i, err_name(err), line, SPAN_ARG(buf_span(&out)));
        buf_free(&out);
    }
}

static void test_limits(void **state)
{
    (void)state;
    static const struct {
        char filler;
        size_t bytes;
        enum err err;
    } rows[] = {
        {'x', LIMIT_CELL_BYTES - 4096, ERR_OK       },
        {'x', LIMIT_CELL_BYTES + 1,    ERR_TOO_LARGE},
        {',', LIMIT_ROW_CELLS - 1,     ERR_OK       },
        {',', LIMIT_ROW_CELLS,         ERR_TOO_LARGE},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *text = malloc(rows[i].bytes);
        struct buf out;
        unsigned line;
        assert_non_null(text);
        memset(text, rows[i].filler, rows[i].bytes);
        buf_init(&out, 1u << 20);
        assert_int_equal(sheet_row_each(span_of(text, rows[i].bytes), print_row, &out, &line), rows[i].err);
        buf_free(&out);
        free(text);
    }
}

static enum err stop(void *context, const struct sheet_row *row)
{
    (void)row;
    ++*(int *)context;
    return ERR_STOPPED;
}

static void test_stop(void **state)
{
    (void)state;
    int calls = 0;
    unsigned line;
    assert_int_equal(sheet_row_each(SPAN("a\nb\nc\n"), stop, &calls, &line), ERR_STOPPED);
    assert_int_equal(calls, 1);
    assert_int_equal(line, 1);
}

static void test_sha256(void **state)
{
    (void)state;
    char text[CRYPTO_SHA256_TEXT_BYTES];
    assert_int_equal(crypto_sha256_text(SPAN("abc"), text), ERR_OK); /* FIPS 180-4, example */
    assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(crypto_sha256_text(SPAN_NONE, text), ERR_OK);
    assert_string_equal(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_limits),
                                              cmocka_unit_test(test_stop), cmocka_unit_test(test_sha256)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
