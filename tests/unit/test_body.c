// SPDX-License-Identifier: MIT
/*
 * test_body.c - bodies as they are found: rows 73 to 83 of formats.md 4.4, every coding against its own
 * encoder, damage at every byte, and bombs.
 */
#include "2_decode/body.h"
#include "2_decode/coding.h"
#include "base/limits.h"
#include "encode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define HTML        "Content-Type: text/html\r\n"
#define CE(codings) "Content-Encoding: " codings "\r\n"
#define TE(codings) "Transfer-Encoding: " codings "\r\n"

enum content { PAGE, SHORT, LATIN, UTF16, NOISE, EMPTY };
#define PAGE_BYTES 20000

static struct span content_of(enum content content, char *page)
{
    static const char latin[] = "<p>k\xf8rekort og p\xe5 gensyn, "
                                "bl\xe5"
                                "b\xe6rgr\xf8"
                                "d</p>";
    static const char wide[] = "\xff\xfe<\0p\0>\0a\0<\0/\0p\0>";
    static const char sample[] = "<p>Borger <a href=\"/s\xc3\xb8g?q=%zu\">side</a> ";
    uint32_t seed = 1;
    switch (content) {
    case PAGE:
        for (size_t i = 0; i < PAGE_BYTES; i++)
            page[i] = i % 97 == 96 ? (char)('a' + i / 97 % 26) : sample[i % (sizeof sample - 1)];
        return span_of(page, PAGE_BYTES);
    case NOISE:
        for (size_t i = 0; i < PAGE_BYTES; i++)
            page[i] = (char)((seed = seed * 1103515245u + 12345u) >> 16);
        return span_of(page, PAGE_BYTES);
    case LATIN:
        return span_of(latin, sizeof latin - 1);
    case UTF16:
        return span_of(wide, sizeof wide);
    case SHORT:
        return SPAN("ok");
    default:
        return SPAN("");
    }
}

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

struct bench {
    struct arena arena;
    struct decoder *decoder;
    struct buf block;
    char page[PAGE_BYTES];
};

static int setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    *state = bench;
    arena_init(&bench->arena, 1u << 24);
    bench->decoder = decoder_new();
    buf_init(&bench->block, SIZE_MAX);
    return bench->decoder ? 0 : -1;
}

static int teardown(void **state)
{
    struct bench *bench = *state;
    decoder_free(bench->decoder);
    arena_free(&bench->arena);
    buf_free(&bench->block);
    free(bench);
    return 0;
}

/* The body of a response with these fields and these stored bytes. */
static enum err decode(struct bench *bench, const char *fields, struct span stored, struct body *out)
{
    struct http_head head;
    arena_reset(&bench->arena);
    buf_reset(&bench->block);
    buf_format(&bench->block, "HTTP/1.1 200 OK\r\n%s\r\n", fields);
    buf_add(&bench->block, stored);
    assert_int_equal(exchange_parse(buf_span(&bench->block), &bench->arena, &head), ERR_OK);
    enum err err = body_decode(bench->decoder, &head, out);
    assert_int_equal(out->partial, err != ERR_OK);
    return err;
}

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

/* Row 83, and line ends before the coded bytes. */
static void members_and_garbage(void **state)
{
    static const struct {
        const char *before, *steps, *behind, *label;
    } cases[] = {
        {"",       "g", "garbage", CE("gzip")   },
        {"",       "s", "garbage", CE("zstd")   },
        {"",       "b", "garbage", CE("br")     },
        {"",       "z", "garbage", CE("deflate")},
        {"\r\n",   "g", "",        CE("gzip")   },
        {"\r\n\n", "s", "",        CE("zstd")   },
    };
    struct bench *bench = *state;
    struct span page = content_of(PAGE, bench->page);
    struct buf coded, twice;
    struct body body;
    buf_init(&coded, SIZE_MAX);
    buf_init(&twice, SIZE_MAX);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!encode(page, cases[i].steps, &coded))
            continue;
        buf_reset(&twice);
        buf_add_string(&twice, cases[i].before);
        buf_add(&twice, buf_span(&coded));
        bool repeats = *cases[i].steps == 'g' || *cases[i].steps == 's';
        if (repeats)
            buf_add(&twice, buf_span(&coded));
        buf_add_string(&twice, cases[i].behind);
        char fields[64];
        snprintf(fields, sizeof fields, HTML "%s", cases[i].label);
        assert_int_equal(decode(bench, fields, buf_span(&twice), &body), ERR_OK);
        assert_int_equal(body.bytes.bytes, (repeats ? 2 : 1) * page.bytes);
        assert_true(span_equal(span_first(body.bytes, page.bytes), page));
        assert_true(span_equal(span_from(body.bytes, body.bytes.bytes - page.bytes), page));
    }
    buf_free(&coded);
    buf_free(&twice);
}

/* Row 82: cut at every byte, the prefix comes out; it grows with the cut and misses little at the end. */
static void cut_everywhere(void **state)
{
    static const struct {
        const char *steps, *fields;
    } cases[] = {
        {"g",  HTML CE("gzip")              },
        {"z",  HTML CE("deflate")           },
        {"r",  HTML CE("deflate")           },
        {"b",  HTML CE("br")                },
        {"s",  HTML CE("zstd")              },
        {"gc", HTML CE("gzip") TE("chunked")}
    };
    struct bench *bench = *state;
    struct span page = content_of(PAGE, bench->page);
    struct buf coded;
    struct body body;
    buf_init(&coded, SIZE_MAX);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!encode(page, cases[i].steps, &coded))
            continue;
        size_t best = 0;
        for (size_t cut = 12; cut < coded.bytes - 8; cut++) {
            enum err err = decode(bench, cases[i].fields, span_first(buf_span(&coded), cut), &body);
            if (body.codings) {
                assert_int_equal(err, ERR_TRUNCATED);
                assert_true(body.bytes.bytes >= best);
                assert_true(span_equal(body.bytes, span_first(page, body.bytes.bytes)));
                best = body.bytes.bytes;
            }
        }
        if (*cases[i].steps != 's') /* zstd gives whole blocks, and this is one */
            assert_true(best >= page.bytes * 9 / 10);
    }
    buf_free(&coded);
}

/* One flipped bit anywhere: no crash, no growth beyond reason, and most of the time a prefix or an error. */
static void flip_everywhere(void **state)
{
    static const struct {
        const char *steps, *fields;
    } cases[] = {
        {"g",  HTML CE("gzip")              },
        {"z",  HTML CE("deflate")           },
        {"b",  HTML CE("br")                },
        {"s",  HTML CE("zstd")              },
        {"gc", HTML CE("gzip") TE("chunked")}
    };
    struct bench *bench = *state;
    struct span page = content_of(PAGE, bench->page);
    struct buf coded;
    struct body body;
    buf_init(&coded, SIZE_MAX);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!encode(page, cases[i].steps, &coded))
            continue;
        for (size_t at = 0; at < coded.bytes * 8; at += 3) {
            coded.at[at / 8] ^= (char)(1 << at % 8);
            enum err err = decode(bench, cases[i].fields, buf_span(&coded), &body);
            assert_false(err_is_run(err));
            assert_true(body.bytes.bytes <= 1u << 20);
            coded.at[at / 8] ^= (char)(1 << at % 8);
        }
    }
    buf_free(&coded);
}

static void wrong_checksum(void **state)
{
    struct bench *bench = *state;
    struct span page = content_of(PAGE, bench->page);
    struct buf coded;
    struct body body;
    buf_init(&coded, SIZE_MAX);
    encode(page, "g", &coded);
    coded.at[coded.bytes - 5] ^= 1; /* CRC */
    assert_int_equal(decode(bench, HTML CE("gzip"), buf_span(&coded), &body), ERR_CHECKSUM);
    assert_true(span_equal(body.bytes, page));
    encode(page, "z", &coded);
    coded.at[coded.bytes - 1] ^= 1;
    assert_int_equal(decode(bench, HTML CE("deflate"), buf_span(&coded), &body), ERR_CHECKSUM);
    assert_true(span_equal(body.bytes, page));
    buf_free(&coded);
}

/* Row 21 and the maximum: exactly LIMIT_BODY_BYTES pass, one more is cut; a bomb stops at its ratio. */
static void bombs(void **state)
{
    static const char *const steps[] = {"g", "b", "s", "z"};
    static const char *const fields[] = {HTML CE("gzip"), HTML CE("br"), HTML CE("zstd"), HTML CE("deflate")};
    struct bench *bench = *state;
    struct buf zeros, coded;
    struct body body;
    buf_init(&zeros, SIZE_MAX);
    buf_init(&coded, SIZE_MAX);
    size_t wanted = LIMIT_BODY_BYTES + 1;
    memset(buf_room(&zeros, wanted), 'a', wanted);
    zeros.bytes = wanted;
    assert_int_equal(decode(bench, HTML, buf_span(&zeros), &body), ERR_TOO_LARGE);
    assert_int_equal(body.bytes.bytes, LIMIT_BODY_BYTES);
    assert_int_equal(decode(bench, HTML, span_first(buf_span(&zeros), LIMIT_BODY_BYTES), &body), ERR_OK);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (!encode(buf_span(&zeros), steps[i], &coded))
            continue;
        assert_int_equal(decode(bench, fields[i], buf_span(&coded), &body), ERR_TOO_LARGE);
        assert_int_equal(body.codings, 1);
        size_t by_ratio = coded.bytes * LIMIT_CODING_RATIO;
        size_t most = by_ratio > 1u << 20 ? by_ratio : 1u << 20;
        assert_int_equal(body.bytes.bytes, most < LIMIT_BODY_BYTES ? most : LIMIT_BODY_BYTES);
    }
    encode(span_first(buf_span(&zeros), 1u << 20), "g", &coded); /* the first MiB is free of the ratio */
    assert_int_equal(decode(bench, HTML CE("gzip"), buf_span(&coded), &body), ERR_OK);
    assert_int_equal(body.bytes.bytes, 1u << 20);
    encode(buf_span(&zeros), "c", &coded);
    assert_int_equal(decode(bench, HTML TE("chunked"), buf_span(&coded), &body), ERR_TOO_LARGE);
    assert_int_equal(body.bytes.bytes, LIMIT_BODY_BYTES);
    buf_free(&zeros);
    buf_free(&coded);
}

/* A megabyte of labels costs no more than reading them. */
static void many_labels(void **state)
{
    struct bench *bench = *state;
    struct buf fields;
    struct body body;
    buf_init(&fields, SIZE_MAX);
    buf_add_string(&fields, HTML "Content-Encoding: ");
    for (int i = 0; i < 100000; i++)
        buf_add_string(&fields, i % 2 ? "br," : "deflate,");
    buf_add_string(&fields, "chunked\r\n");
    buf_add_char(&fields, 0);
    struct span noise = content_of(NOISE, bench->page);
    assert_int_equal(decode(bench, fields.at, noise, &body), ERR_CODING);
    assert_true(span_equal(body.bytes, noise));
    buf_free(&fields);
}

static void looks(void **state)
{
    static const struct {
        const char *name;
        struct span bytes;
        enum looks looks;
    } cases[] = {
        {"empty",          {"", 0},                LOOKS_UTF8  },
        {"ASCII",          {"<html>\r\n\t\f", 10}, LOOKS_UTF8  },
        {"UTF-8",          {"s\xc3\xb8g", 4},      LOOKS_UTF8  },
        {"Latin-1",        {"s\xf8g", 3},          LOOKS_8BIT  },
        {"mark of UTF-16", {"\xfe\xff\0a", 4},     LOOKS_UTF8  },
        {"NUL",            {"a\0b", 3},            LOOKS_BINARY},
        {"DEL",            {"a\x7f", 2},           LOOKS_BINARY},
        {"gzip",           {"\x1f\x8b\x08\0", 4},  LOOKS_BINARY},
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
        cmocka_unit_test(members_and_garbage),
        cmocka_unit_test(cut_everywhere),
        cmocka_unit_test(flip_everywhere),
        cmocka_unit_test(wrong_checksum),
        cmocka_unit_test(bombs),
        cmocka_unit_test(many_labels),
        cmocka_unit_test(looks),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
