// SPDX-License-Identifier: MIT
/* test_body.c - bodies as they are found: rows 73 to 82a of formats.md 4.4, every coding against its own
 * encoder. */
#include "2_decode/coding.h"
#include "body_bench.h"

struct row {
    const char *name, *fields;
    enum content content;
    const char *steps; /* see encode.h */
    enum err err;
    unsigned codings;
    bool was_chunked;
    bool raw; /* the stored bytes come back */
};
// clang-format off
static const struct row rows[] = {
    {"nothing", HTML, PAGE, "", ERR_OK, 0, false, true},
    {"empty", HTML CE("gzip") TE("chunked"), EMPTY, "", ERR_OK, 0, false, true},
    {"chunked", HTML TE("chunked"), PAGE, "c", ERR_OK, 0, true, false},
    {"chunked, in capitals", HTML "TRANSFER-ENCODING: Chunked\r\n", PAGE, "c", ERR_OK, 0, true, false},
    {"73 label, no framing", HTML TE("chunked"), PAGE, "", ERR_OK, 0, false, true},
    {"74 framing, no label", HTML, PAGE, "c", ERR_OK, 0, true, false},
    {"74 framing and coding, no label", HTML, PAGE, "gc", ERR_OK, 1, true, false},
    {"empty, framed", HTML TE("chunked"), EMPTY, "c", ERR_OK, 0, true, false},
    {"empty, framed, no label", HTML, EMPTY, "c", ERR_OK, 0, false, true},
    {"gzip", HTML CE("gzip"), PAGE, "g", ERR_OK, 1, false, false},
    {"gzip, chunked", HTML CE("gzip") TE("chunked"), PAGE, "gc", ERR_OK, 1, true, false},
    {"br, chunked", HTML CE("br") TE("chunked"), PAGE, "bc", ERR_OK, 1, true, false},
    {"zstd, chunked", HTML CE("zstd") TE("chunked"), PAGE, "sc", ERR_OK, 1, true, false},
    {"gzip of an image", "Content-Type: image/png\r\n" CE("gzip"), NOISE, "g", ERR_OK, 1, false, false},
    {"br of an image", "Content-Type: image/png\r\n" CE("br"), NOISE, "b", ERR_OK, 1, false, false},
    {"78 gzip label, plain", HTML CE("gzip"), PAGE, "", ERR_OK, 0, false, true},
    {"78 gzip label, plain, short", HTML CE("gzip"), SHORT, "", ERR_OK, 0, false, true},
    {"78 gzip label, plain UTF-16", HTML CE("gzip"), UTF16, "", ERR_OK, 0, false, true},
    {"78 br label, plain", HTML CE("br"), PAGE, "", ERR_OK, 0, false, true},
    {"78 br label, plain Latin-1", HTML CE("br"), LATIN, "", ERR_OK, 0, false, true},
    {"78 br label, plain UTF-16", HTML CE("br"), UTF16, "", ERR_OK, 0, false, true},
    {"78 br label, image", "Content-Type: image/png\r\n" CE("br"), NOISE, "", ERR_OK, 0, false, true},
    {"78 deflate label, plain", HTML CE("deflate"), PAGE, "", ERR_OK, 0, false, true},
    {"78 deflate label, plain Latin-1", HTML CE("deflate"), LATIN, "", ERR_OK, 0, false, true},
    {"78 zstd label, plain", HTML CE("zstd"), PAGE, "", ERR_OK, 0, false, true},
    {"78 br label, gzip", HTML CE("br"), PAGE, "g", ERR_OK, 1, false, false},
    {"78 gzip label, zstd", HTML CE("gzip"), PAGE, "s", ERR_OK, 1, false, false},
    {"79 no label, gzip", HTML, PAGE, "g", ERR_OK, 1, false, false},
    {"79 no label, gzip script", "Content-Type: application/x-javascript; charset=x\r\n", PAGE, "g", ERR_OK, 1, false, false},
    {"79 no label, zstd", HTML, PAGE, "s", ERR_OK, 1, false, false},
    {"79 a download", "Content-Type: application/octet-stream\r\n", PAGE, "g", ERR_OK, 0, false, true},
    {"79 no type", "", PAGE, "g", ERR_OK, 0, false, true},
    {"80 x-gzip", HTML CE("x-gzip"), PAGE, "g", ERR_OK, 1, false, false},
    {"80 GZIP", HTML CE("GZIP"), PAGE, "g", ERR_OK, 1, false, false},
    {"80 br", HTML CE("br"), PAGE, "b", ERR_OK, 1, false, false},
    {"80 br of Latin-1", HTML CE("br"), LATIN, "b", ERR_OK, 1, false, false},
    {"80 br of little", HTML CE("br"), SHORT, "b", ERR_OK, 1, false, false},
    {"80 zstd", HTML CE("zstd"), PAGE, "s", ERR_OK, 1, false, false},
    {"80 deflate, zlib", HTML CE("deflate"), PAGE, "z", ERR_OK, 1, false, false},
    {"80 deflate, raw", HTML CE("deflate"), PAGE, "r", ERR_OK, 1, false, false},
    {"80 deflate of little, zlib", HTML CE("deflate"), SHORT, "z", ERR_OK, 1, false, false},
    {"80 deflate of little, raw", HTML CE("deflate"), SHORT, "r", ERR_OK, 1, false, false},
    {"80 identity", HTML CE("identity"), PAGE, "", ERR_OK, 0, false, true},
    {"80 utf-8", HTML CE("utf-8"), PAGE, "", ERR_OK, 0, false, true},
    {"80 none", HTML CE("none"), PAGE, "", ERR_OK, 0, false, true},
    {"80 empty", HTML CE(""), PAGE, "", ERR_OK, 0, false, true},
    {"80 unknown", HTML CE("compress"), NOISE, "", ERR_CODING, 0, false, true},
    {"80 unknown, of no text", "Content-Type: image/png\r\n" CE("compress"), NOISE, "", ERR_OK, 0, false, true},
    {"80 gzip label on noise", HTML CE("gzip"), NOISE, "", ERR_CODING, 0, false, true},
    {"80 gzip;q=1", HTML CE("gzip;q=1"), PAGE, "g", ERR_OK, 1, false, false},
    {"81 gzip, gzip", HTML CE("gzip, gzip"), PAGE, "gg", ERR_OK, 2, false, false},
    {"81 gzip, gzip, once", HTML CE("gzip, gzip"), PAGE, "g", ERR_OK, 1, false, false},
    {"81 gzip, br", HTML CE("gzip,br"), PAGE, "gb", ERR_OK, 2, false, false},
    {"81 br, gzip", HTML CE("br , gzip"), PAGE, "bg", ERR_OK, 2, false, false},
    {"81 two fields", HTML CE("deflate") CE("zstd"), PAGE, "zs", ERR_OK, 2, false, false},
    {"81 coding in TE", HTML TE("gzip, chunked"), PAGE, "gc", ERR_OK, 1, true, false},
    {"81 two TE fields", HTML TE("chunked") TE("chunked"), PAGE, "c", ERR_OK, 0, true, false},
    {"81 both", HTML CE("br") TE("gzip, chunked"), PAGE, "bgc", ERR_OK, 2, true, false},
    {"81 five", HTML CE("gzip,gzip,gzip,gzip,gzip"), PAGE, "ggggg", ERR_OK, 5, false, false},
    {"81 six", HTML CE("gzip,gzip,gzip,gzip,gzip,gzip"), PAGE, "gggggg", ERR_TOO_LARGE, 5, false, false},
    {"81 six, no label", HTML, PAGE, "gggggg", ERR_TOO_LARGE, 5, false, false},
    {"82a chunked as a coding", HTML CE("chunked"), PAGE, "c", ERR_OK, 0, true, false},
    {"82a gzip, chunked as a coding", HTML CE("gzip, chunked"), PAGE, "gc", ERR_OK, 1, true, false},
    {"renamed fields tell nothing", HTML "X-Archive-Orig-Content-Encoding: br\r\nX-Crawler-Transfer-Encoding: chunked\r\n", PAGE, "", ERR_OK, 0, false, true},
};
// clang-format on

static bool check_row(struct bench *bench, const struct row *row)
{
    struct buf coded;
    struct body body;
    buf_init(&coded, SIZE_MAX);
    struct span content = content_of(row->content, bench->page);
    bool can = encode(content, row->steps, &coded), good = true;
    if (!can)
        print_message("%s: skipped, no brotli encoder\n", row->name);
    else {
        enum err err = decode(bench, row->fields, buf_span(&coded), &body);
        bool same = span_equal(body.bytes, row->raw ? buf_span(&coded) : content);
        good = err == row->err && body.codings == row->codings && body.was_chunked == row->was_chunked &&
               (same || err == ERR_TOO_LARGE);
        if (!good)
            print_error("%s: %s, %u codings, chunked %d, %s\n", row->name, err_name(err), body.codings,
                        body.was_chunked, same ? "same" : "other bytes");
    }
    buf_free(&coded);
    return good;
}

static void bodies(void **state)
{
    size_t bad = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        bad += !check_row(*state, &rows[i]);
    assert_int_equal(bad, 0);
}

static const struct chunk_row {
    const char *name, *stored;
    enum err err;
    const char *body; /* NULL: the stored bytes */
} chunk_rows[] = {
    {"75 wrong size, too small",        "3\r\nabc\r\n2\r\ndef\r\n3\r\nghi\r\n0\r\n\r\n",    ERR_CORRUPT,
     "abcdef\r\n3\r\nghi\r\n0\r\n\r\n"                                                                                 },
    {"75 wrong size, too large",        "3\r\nabc\r\n5\r\ndef\r\n3\r\nghi\r\n0\r\n\r\n",    ERR_CORRUPT,
     "abcdef\r\n3\r\nghi\r\n0\r\n\r\n"                                                                                 },
    {"75 no size",                      "3\r\nabc\r\nxyz",                                  ERR_CORRUPT,   "abcxyz"    },
    {"73 first size wrong",             "2\r\nabc\r\n0\r\n\r\n",                            ERR_OK,        NULL        },
    {"73 first line is text",           "beef is food\r\n",                                 ERR_OK,        NULL        },
    {"73 no line end behind the size",  "0",                                                ERR_OK,        NULL        },
    {"73 too many digits",              "00000000000000003\r\nabc\r\n0\r\n\r\n",            ERR_OK,        NULL        },
    {"76 padded, blanks, capitals",     "0000000A  \r\n0123456789\r\n000\r\n\r\n",          ERR_OK,        "0123456789"},
    {"76 extension",                    "3;name=\"v\";x\r\nabc\r\n0;y\r\n\r\n",             ERR_OK,        "abc"       },
    {"76 line feeds only",              "3\nabc\n0\n\n",                                    ERR_OK,        "abc"       },
    {"76 trailers",                     "3\r\nabc\r\n0\r\nSet-Cookie: a=1\r\nB: 2\r\n\r\n", ERR_OK,        "abc"       },
    {"76 bytes behind the end",         "3\r\nabc\r\n0\r\n\r\ngarbage",                     ERR_OK,        "abc"       },
    {"77 no last chunk",                "3\r\nabc\r\n",                                     ERR_TRUNCATED, "abc"       },
    {"77 cut behind a chunk",           "3\r\nabc",                                         ERR_TRUNCATED, "abc"       },
    {"77 cut in the first chunk",       "1f40\r\n<html>",                                   ERR_TRUNCATED, "<html>"    },
    {"77 cut in a later chunk",         "3\r\nabc\r\n5\r\nde",                              ERR_TRUNCATED, "abcde"     },
    {"77 cut in a size",                "3\r\nabc\r\n1",                                    ERR_CORRUPT,   "abc1"      },
    {"largest size",                    "ffffffffffffffff\r\nabc",                          ERR_TRUNCATED, "abc"       },
    {"102 line end before the framing", "\r\n3\r\nabc\r\n0\r\n\r\n",                        ERR_OK,        "abc"       },
};

static void chunks(void **state)
{
    size_t bad = 0;
    for (size_t i = 0; i < sizeof chunk_rows / sizeof *chunk_rows; i++) {
        const struct chunk_row *row = &chunk_rows[i];
        struct body body;
        enum err err = decode(*state, HTML TE("chunked"), span_of_string(row->stored), &body);
        if (err != row->err || !span_equal(body.bytes, span_of_string(row->body ? row->body : row->stored)) ||
            body.was_chunked != (row->body != NULL)) {
            print_error("%s: %s, %.*s\n", row->name, err_name(err), SPAN_ARG(body.bytes));
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void looks(void **state)
{
    static const struct {
        const char *name;
        struct span bytes;
        enum looks looks;
    } cases[] = {
        {"empty",          SPAN(""),               LOOKS_UTF8  },
        {"ASCII",          SPAN("<html>\r\n\t\f"), LOOKS_UTF8  },
        {"UTF-8",          SPAN("s\xc3\xb8g"),     LOOKS_UTF8  },
        {"Latin-1",        SPAN("s\xf8g"),         LOOKS_8BIT  },
        {"mark of UTF-16", SPAN("\xfe\xff\0a"),    LOOKS_UTF8  },
        {"NUL",            SPAN("a\0b"),           LOOKS_BINARY},
        {"DEL",            SPAN("a\x7f"),          LOOKS_BINARY},
        {"gzip",           SPAN("\x1f\x8b\x08\0"), LOOKS_BINARY},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (coding_looks(cases[i].bytes) != cases[i].looks)
            fail_msg("%s", cases[i].name);
    char window[70];
    memset(window, 'a', sizeof window);
    memcpy(window + 63, "\xc3\xb8", 2); /* a character across the end of the window */
    window[66] = 0;                     /* not looked at */
    assert_int_equal(coding_looks(span_of(window, sizeof window)), LOOKS_UTF8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bodies),
        cmocka_unit_test(chunks),
        cmocka_unit_test(looks),
    };
    return cmocka_run_group_tests(tests, body_setup, body_teardown);
}
