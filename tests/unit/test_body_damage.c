// SPDX-License-Identifier: MIT
/* test_body_damage.c - coded bodies that are cut, flipped, followed by garbage, or bombs. Rows 82, 83 and 21
 * of formats.md. */
#include "body_bench.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_and_garbage),
        cmocka_unit_test(cut_everywhere),
        cmocka_unit_test(flip_everywhere),
        cmocka_unit_test(wrong_checksum),
        cmocka_unit_test(bombs),
        cmocka_unit_test(many_labels),
    };
    return cmocka_run_group_tests(tests, body_setup, body_teardown);
}
