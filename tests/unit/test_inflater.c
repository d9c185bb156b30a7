// SPDX-License-Identifier: MIT
/* test_inflater.c - gzip members, whole, cut, damaged and capped, against what zlib's own gunzip makes of the
 * same bytes. */
#include "base/limits.h"
#include "ext/ext_deflate.h"
#include "make/archive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define CAP_BYTES (8u << 20)

struct style {
    const char *name;
    struct make_gzip_style gzip;
};
// clang-format off
static const struct style styles[] = {
    {"plain", {.level = 6}},
    {"stored blocks", {.level = 0}},
    {"fastest", {.level = 1}},
    {"smallest", {.level = 9}},
    {"name", {.level = 6, .name = "rec-0.warc"}},
    {"name and note", {.level = 6, .name = "a", .note = "b"}},
    {"header CRC", {.level = 6, .header_crc = true}},
    {"sl", {.level = 6, .extra = SPAN("sl\x08\x00\x01\x02\x03\x04\x05\x06\x07\x08")}},
    {"sl without its length", {.level = 6, .extra = SPAN("sl\x01\x02\x03\x04\x05\x06\x07\x08")}},
    {"LX", {.level = 6, .extra = SPAN("LX\x04\x00\x00\x00\x00\x00")}},
    {"empty extra field", {.level = 6, .extra = SPAN("")}},
    {"everything", {.level = 6, .header_crc = true, .extra = SPAN("xx\x01\x00y"), .name = "n", .note = "c"}},
};
// clang-format on
#define STYLE_COUNT (sizeof styles / sizeof styles[0])
static const size_t sizes[] = {0, 1, 100, 3000, 70000, 1200000};
#define SIZE_COUNT (sizeof sizes / sizeof sizes[0])

/* The judge: zlib with its own gzip header code. */
static bool gunzip(struct span in, struct buf *out, size_t *used)
{
    z_stream z = {0};
    assert_int_equal(inflateInit2(&z, MAX_WBITS + 16), Z_OK);
    char *room = buf_room(out, CAP_BYTES);
    assert_non_null(room);
    z.next_in = (Bytef *)(uintptr_t)in.at;
    z.avail_in = (uInt)in.bytes;
    z.next_out = (Bytef *)room;
    z.avail_out = CAP_BYTES;
    int status = inflate(&z, Z_FINISH);
    out->bytes += CAP_BYTES - z.avail_out;
    *used = in.bytes - z.avail_in;
    inflateEnd(&z);
    return status == Z_STREAM_END;
}

static struct inflater *new_inflater(void)
{
    struct inflater *inflater = inflater_new();
    assert_non_null(inflater);
    return inflater;
}

static void test_whole(void **state)
{
    (void)state;
    struct inflater *inflater = new_inflater();
    struct buf text, member;
    buf_init(&text, SIZE_MAX);
    buf_init(&member, SIZE_MAX);
    make_text(&text, 7, sizes[SIZE_COUNT - 1]);
    for (size_t i = 0; i < STYLE_COUNT * SIZE_COUNT; i++) {
        const struct style *style = &styles[i / SIZE_COUNT];
        struct span content = span_first(buf_span(&text), sizes[i % SIZE_COUNT]), out;
        size_t bytes;
        buf_reset(&member);
        make_gzip(&member, &style->gzip, content);
        size_t member_bytes = member.bytes;
        buf_add_string(&member, "\x1f\x8b\x08 what follows");
        enum err err = inflater_member(inflater, buf_span(&member), CAP_BYTES, &out, &bytes);
        if (err || !span_equal(out, content) || bytes != member_bytes)
            fail_msg("'%s', %zu bytes: %s, %zu bytes out, member of %zu, not %zu", style->name, content.bytes,
                     err_name(err), out.bytes, bytes, member_bytes);
        err = inflater_prefix(inflater, buf_span(&member), 1000, &out);
        if (err || !span_equal(out, span_first(content, 1000)))
            fail_msg("'%s', %zu bytes: prefix %s, %zu bytes", style->name, content.bytes, err_name(err),
                     out.bytes);
    }
    buf_free(&text);
    buf_free(&member);
    inflater_free(inflater);
}

/* Every shorter piece of a member is truncated, and what comes out is a prefix of the truth. */
static void test_cut(void **state)
{
    (void)state;
    struct inflater *inflater = new_inflater();
    struct buf text, member;
    buf_init(&text, SIZE_MAX);
    buf_init(&member, SIZE_MAX);
    make_text(&text, 9, 700);
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        buf_reset(&member);
        make_gzip(&member, &styles[i].gzip, buf_span(&text));
        for (size_t n = 0; n < member.bytes; n++) {
            struct span out;
            size_t bytes;
            char *edge = malloc(n ? n : 1);
            assert_non_null(edge);
            memcpy(edge, member.at, n);
            enum err err = inflater_member(inflater, span_of(edge, n), CAP_BYTES, &out, &bytes);
            bool is_prefix = span_starts(buf_span(&text), out);
            bool all_but_trailer = n + 8 < member.bytes || out.bytes == text.bytes;
            free(edge);
            if (err != ERR_TRUNCATED || !is_prefix || !all_but_trailer || bytes != n)
                fail_msg("'%s' cut at %zu of %zu: %s, %zu bytes out, %zu used", styles[i].name, n,
                         member.bytes, err_name(err), out.bytes, bytes);
        }
    }
    buf_free(&text);
    buf_free(&member);
    inflater_free(inflater);
}

/* One flipped bit: accepted exactly where zlib accepts it, with the same bytes. */
static void test_flipped(void **state)
{
    (void)state;
    struct inflater *inflater = new_inflater();
    struct buf text, member, judged;
    buf_init(&text, SIZE_MAX);
    buf_init(&member, SIZE_MAX);
    buf_init(&judged, SIZE_MAX);
    make_text(&text, 11, 150);
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        if (styles[i].gzip.header_crc) /* ours does not check it */
            continue;
        buf_reset(&member);
        make_gzip(&member, &styles[i].gzip, buf_span(&text));
        for (size_t bit = 0; bit < member.bytes * 8; bit++) {
            struct span out;
            size_t bytes, used;
            member.at[bit / 8] ^= (char)(1 << bit % 8);
            buf_reset(&judged);
            bool good = gunzip(buf_span(&member), &judged, &used);
            enum err err = inflater_member(inflater, buf_span(&member), CAP_BYTES, &out, &bytes);
            bool same =
                good == (err == ERR_OK) && (!good || (span_equal(out, buf_span(&judged)) && bytes == used));
            bool in_trailer = bit / 8 >= member.bytes - 8;
            if (!same || (in_trailer && (err != ERR_CHECKSUM || !span_equal(out, buf_span(&text)))))
                fail_msg("'%s' with bit %zu flipped: %s, zlib says %d", styles[i].name, bit, err_name(err),
                         good);
            member.at[bit / 8] ^= (char)(1 << bit % 8);
        }
    }
    buf_free(&text);
    buf_free(&member);
    buf_free(&judged);
    inflater_free(inflater);
}

static void test_capped(void **state)
{
    (void)state;
    struct inflater *inflater = new_inflater();
    struct buf text, member;
    buf_init(&text, SIZE_MAX);
    buf_init(&member, SIZE_MAX);
    make_text(&text, 5, 3000000);
    make_gzip(&member, &styles[0].gzip, buf_span(&text));
    static const struct {
        size_t max_bytes;
        bool damaged;
        enum err err;
    } caps[] = {
        {3000000, false, ERR_OK       },
        {2999999, false, ERR_TOO_LARGE},
        {1,       false, ERR_TOO_LARGE},
        {2000000, true,  ERR_CHECKSUM },
        {3000000, true,  ERR_CHECKSUM },
    };
    for (size_t i = 0; i < sizeof caps / sizeof caps[0]; i++) {
        struct span out;
        size_t bytes;
        member.at[member.bytes - 8] ^= (char)caps[i].damaged;
        enum err err = inflater_member(inflater, buf_span(&member), caps[i].max_bytes, &out, &bytes);
        member.at[member.bytes - 8] ^= (char)caps[i].damaged;
        if (err != caps[i].err || !span_equal(out, span_first(buf_span(&text), caps[i].max_bytes)) ||
            bytes != member.bytes)
            fail_msg("row %zu: %s, %zu bytes out, %zu used", i, err_name(err), out.bytes, bytes);
    }
    buf_free(&text);
    buf_free(&member);
    inflater_free(inflater);
}

/* Windows in any order, and with other calls between them, are the same slices of the member. */
static void test_windows(void **state)
{
    (void)state;
    static const uint64_t froms[] = {0, 10, 999, 1000, 1999, 2000, 3500, 9999, 3500, 0, 20000, 7, 70000, 500};
    struct inflater *inflater = new_inflater();
    struct buf text, member;
    buf_init(&text, SIZE_MAX);
    buf_init(&member, SIZE_MAX);
    make_text(&text, 3, 10000);
    make_gzip(&member, &styles[4].gzip, buf_span(&text));
    for (size_t i = 0; i < 4 * sizeof froms / sizeof froms[0]; i++) {
        uint64_t from = froms[i / 4];
        struct span out, other;
        size_t bytes, want = i % 3 ? 1000 : 1500;
        struct span truth = span_first(span_from(buf_span(&text), from), want);
        if (i % 4 == 2)
            assert_int_equal(inflater_prefix(inflater, buf_span(&member), 50, &other), ERR_OK);
        if (i % 4 == 3)
            assert_int_equal(inflater_member(inflater, buf_span(&member), CAP_BYTES, &other, &bytes), ERR_OK);
        enum err err = inflater_window(inflater, buf_span(&member), from, want, &out);
        if (err || !span_equal(out, truth))
            fail_msg("call %zu: window of %zu from %llu: %s, %zu bytes", i, want, (unsigned long long)from,
                     err_name(err), out.bytes);
    }
    struct span half = span_first(buf_span(&member), member.bytes / 2), out;
    assert_int_equal(inflater_window(inflater, half, 100, CAP_BYTES, &out), ERR_OK);
    assert_true(out.bytes > 1000 && span_starts(span_from(buf_span(&text), 100), out));
    buf_free(&text);
    buf_free(&member);
    inflater_free(inflater);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct span bytes;
        enum err err;
    } rows[] = {
        {"nothing",                    SPAN(""),                                                     ERR_TRUNCATED},
        {"text",                       SPAN("WARC/1.0\r\n"),                                         ERR_SYNTAX   },
        {"other method",               SPAN("\x1f\x8b\x07\x00\x00\x00\x00\x00\x00\x03\x03\x00"),     ERR_SYNTAX   },
        {"reserved flag",              SPAN("\x1f\x8b\x08\x20\x00\x00\x00\x00\x00\x03\x03\x00"),     ERR_SYNTAX   },
        {"block type 3",               SPAN("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x07\x00"),     ERR_CORRUPT  },
        {"extra field beyond the end", SPAN("\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\x03\xff\xff abc"),
         ERR_TRUNCATED                                                                                            },
        {"endless name",               SPAN("\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x03 abc"),         ERR_TRUNCATED},
    };
    struct inflater *inflater = new_inflater();
    struct span out;
    size_t bytes;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        enum err err = inflater_member(inflater, rows[i].bytes, CAP_BYTES, &out, &bytes);
        if (err != rows[i].err || out.bytes)
            fail_msg("row '%s': %s", rows[i].name, err_name(err));
        assert_int_equal(inflater_prefix(inflater, rows[i].bytes, 64, &out), rows[i].err);
    }
    struct buf named;
    buf_init(&named, SIZE_MAX);
    buf_add(&named, rows[6].bytes);
    make_text(&named, 1, LIMIT_GZIP_TEXT_BYTES);
    assert_int_equal(inflater_member(inflater, buf_span(&named), CAP_BYTES, &out, &bytes), ERR_SYNTAX);
    buf_free(&named);
    inflater_free(inflater);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),  cmocka_unit_test(test_cut),     cmocka_unit_test(test_flipped),
        cmocka_unit_test(test_capped), cmocka_unit_test(test_windows), cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
