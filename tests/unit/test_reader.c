// SPDX-License-Identifier: MIT
/*
 * test_reader.c - arrangements of good and damaged pieces: what is delivered, what is reported, that every
 * byte is accounted for, and that ranges of any size chained by the seam rule give what one pass gives.
 */
#include "make/pieces.h"
#include "make/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

struct row {
    const char *pieces;
    unsigned record_count, partial_count;
    const char *faults; /* names in order */
};
// clang-format off
static const struct row rows[] = {
    {"", 0, 0, ""},
    {"g", 1, 0, ""},
    {"ggg", 3, 0, ""},
    {"gGg", 5, 0, ""},
    {"G", 3, 0, ""},
    {"eggee", 2, 0, ""},
    {"e", 0, 0, ""},
    {"grgr", 2, 0, ""},
    {"gsg", 3, 0, ""},
    {"SSS", 9, 0, ""},
    {"gjg", 3, 0, ""}, /* row 11 of formats.md: head and body in members of their own */
    {"jjJg", 6, 0, ""},
    {"JcJ", 7, 1, "CHECKSUM"},
    {"JxJ", 6, 0, "GARBAGE"},
    {"ppp", 3, 0, ""},
    {"npnp", 2, 0, ""},
    {"ggpp", 4, 0, ""},       /* row 14 of formats.md: files of both kinds one behind the other */
    {"ppgg", 4, 0, ""},
    {"pgpg", 4, 0, ""},
    {"gngng", 3, 0, "GARBAGE GARBAGE"},
    {"gzg", 2, 0, "PADDING"}, /* row 6: padding */
    {"ggz", 2, 0, "PADDING"},
    {"zgg", 2, 0, "PADDING"},
    {"pzp", 2, 0, "PADDING"},
    {"gxg", 2, 0, "GARBAGE"}, /* row 5 */
    {"xgg", 2, 0, "GARBAGE"},
    {"ggx", 2, 0, "GARBAGE"}, /* row 7 */
    {"gzxzg", 2, 0, "PADDING GARBAGE"},
    {"xpp", 2, 0, "GARBAGE"},
    {"x", 0, 0, "GARBAGE"},
    {"z", 0, 0, "PADDING"},
    {"gcg", 3, 1, "CHECKSUM"}, /* row 4: what inflated is delivered, marked */
    {"gc", 2, 1, "CHECKSUM"},
    {"gcxg", 3, 1, "CHECKSUM"},
    {"gdg", 3, 1, "CORRUPT"},
    {"gddg", 4, 2, "CORRUPT CORRUPT"},
    {"ghg", 3, 1, NULL},      /* killed and started again */
    {"gh", 2, 1, "TRUNCATED"}, /* row 2 */
    {"h", 1, 1, "TRUNCATED"},
    {"gog", 2, 0, "GARBAGE"},
    {"gbg", 3, 0, "GARBAGE"},
    {"plp", 3, 1, "LENGTH"}, /* rows 34 to 37 */
    {"pLp", 3, 1, "LENGTH"},
    {"pL", 2, 1, "TRUNCATED"},
    {"pNp", 3, 0, "NO_LENGTH"},
    {"pN", 2, 0, "NO_LENGTH"},
    {"pvp", 2, 0, "LENGTH"},
    {"vp", 1, 0, "GARBAGE"},
    {"gvg", 2, 0, "GARBAGE"},
    {"gGesgcGdSghgzgxgrpplppvpgg", 27, 4, NULL},
    {"hhhhggsdsdcccxsgs", 16, 9, NULL},
};
// clang-format on
#define ROW_COUNT (sizeof rows / sizeof rows[0])

static unsigned count_in(struct span text, const char *needle)
{
    unsigned count = 0;
    struct span n = span_of_string(needle);
    for (size_t at = span_find_span(text, n, 0); at < text.bytes; at = span_find_span(text, n, at + 1))
        count++;
    return count;
}

/* The names of the faults in the log. */
static void list_faults(struct span log, struct buf *out)
{
    while (log.bytes) {
        struct span line = span_cut_line(&log);
        if (!span_starts(line, SPAN("fault ")))
            continue;
        line = span_from(line, SPAN("fault ").bytes);
        if (out->bytes)
            buf_add_char(out, ' ');
        buf_add(out, span_cut(&line, ' '));
    }
}

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        struct buf file, faults;
        struct walk walk;
        buf_init(&file, SIZE_MAX);
        buf_init(&faults, SIZE_MAX);
        walk_init(&walk);
        make_pieces(&file, rows[i].pieces);
        walk_whole(&walk, buf_span(&file),
                   memchr("pnvxz", rows[i].pieces[0], 5) ? SOURCE_WARC : SOURCE_WARC_GZ);
        list_faults(buf_span(&walk.log), &faults);
        unsigned partial_count = count_in(buf_span(&walk.log), " partial\n");
        bool same = walk.err == ERR_END && walk.record_count == rows[i].record_count &&
                    partial_count == rows[i].partial_count &&
                    (!rows[i].faults || span_equal(buf_span(&faults), span_of_string(rows[i].faults)));
        if (!same || walk.lost_bytes + walk.understood_bytes != file.bytes || walk.end_at != file.bytes)
            fail_msg("'%s' of %zu bytes: %s, lost %llu, understood %llu\n%.*s", rows[i].pieces, file.bytes,
                     err_name(walk.err), (unsigned long long)walk.lost_bytes,
                     (unsigned long long)walk.understood_bytes, SPAN_ARG(buf_span(&walk.log)));
        buf_free(&file);
        buf_free(&faults);
        walk_free(&walk);
    }
}

/* Property: ranges of any size, chained, are one pass, told as either kind of file. */
static void test_ranges(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROW_COUNT * 2; i++) {
        const struct row *row = &rows[i / 2];
        struct buf file;
        struct walk whole, chain;
        buf_init(&file, SIZE_MAX);
        make_pieces(&file, row->pieces);
        walk_init(&whole);
        walk_init(&chain);
        walk_whole(&whole, buf_span(&file), i % 2 ? SOURCE_WARC_GZ : SOURCE_WARC);
        for (size_t range_bytes = 1; range_bytes <= file.bytes + 1; range_bytes += 1 + range_bytes / 16) {
            walk_reset(&chain);
            walk_chain(&chain, buf_span(&file), i % 2 ? SOURCE_WARC_GZ : SOURCE_WARC, range_bytes);
            if (!span_equal(buf_span(&chain.log), buf_span(&whole.log)) ||
                chain.understood_bytes != whole.understood_bytes || chain.end_at != file.bytes)
                fail_msg("'%s', gzip %zu, ranges of %zu\n%.*s--- not ---\n%.*s", row->pieces, i % 2,
                         range_bytes, SPAN_ARG(buf_span(&chain.log)), SPAN_ARG(buf_span(&whole.log)));
        }
        buf_free(&file);
        walk_free(&whole);
        walk_free(&chain);
    }
}

/* Members longer than the window are read in pieces: the same records, unless one of them is longer than the
 * window. */
static void test_windows(void **state)
{
    (void)state;
    unsigned cut_count = 0;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        struct buf file;
        struct walk whole, pieces;
        buf_init(&file, SIZE_MAX);
        make_pieces(&file, rows[i].pieces);
        walk_init(&whole);
        walk_init(&pieces);
        walk_whole(&whole, buf_span(&file), SOURCE_WARC_GZ);
        for (size_t window_bytes = 350; window_bytes < 3000; window_bytes += 1 + window_bytes / 10) {
            walk_reset(&pieces);
            pieces.window_bytes = window_bytes;
            walk_whole(&pieces, buf_span(&file), SOURCE_WARC_GZ);
            bool is_cut = count_in(buf_span(&pieces.log), "fault TOO_LARGE") > 0;
            bool is_damaged = count_in(buf_span(&whole.log), "fault C") > 0;
            cut_count += is_cut;
            bool same = span_equal(buf_span(&pieces.log), buf_span(&whole.log));
            bool sound = pieces.lost_bytes + pieces.understood_bytes == file.bytes && pieces.err == ERR_END;
            if (!sound || (!same && !is_cut && !is_damaged) || (window_bytes > 1200 && !same))
                fail_msg("'%s', window of %zu\n%.*s--- not ---\n%.*s", rows[i].pieces, window_bytes,
                         SPAN_ARG(buf_span(&pieces.log)), SPAN_ARG(buf_span(&whole.log)));
        }
        buf_free(&file);
        walk_free(&whole);
        walk_free(&pieces);
    }
    assert_true(cut_count > 0);
}

/* Most seams hold at the first guess; a body that is an archive fools some, and the chain finds out. */
static void test_seams(void **state)
{
    (void)state;
    static const struct {
        const char *pieces;
        bool fooled;
    } seams[] = {
        {"ggggGGGGeeegggggGGG", false},
        {"gsgsgsgsgsgsgs",      true }
    };
    for (size_t i = 0; i < 2; i++) {
        struct buf file;
        struct walk walk;
        buf_init(&file, SIZE_MAX);
        make_pieces(&file, seams[i].pieces);
        walk_init(&walk);
        walk_chain(&walk, buf_span(&file), SOURCE_WARC_GZ, 900);
        assert_true(walk.range_count > 3);
        assert_int_equal(walk.again_count > 0, seams[i].fooled);
        buf_free(&file);
        walk_free(&walk);
    }
}

/* A range in the middle begins at the first member in it, also when the record before it is huge. */
static void test_middle(void **state)
{
    (void)state;
    struct buf file, body;
    struct walk walk;
    buf_init(&file, SIZE_MAX);
    buf_init(&body, SIZE_MAX);
    make_text(&body, 3, 3 << 20);
    make_record(&file, "resource", "http://www.example.org/big", 1, NULL, buf_span(&body));
    uint64_t second_at = file.bytes;
    make_record(&file, "resource", "http://www.example.org/small", 2, NULL, SPAN("x"));
    static const struct {
        uint64_t lo, hi, first_at, end_at, record_count;
    } ranges[] = {
        {0,       100,     0,       1,       1},
        {100,     200,     200,     200,     0},
        {100,     2 << 20, 2 << 20, 2 << 20, 0},
        {1 << 20, 4 << 20, 1,       2,       1},
        {5 << 20, 6 << 20, 2,       2,       0},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        uint64_t named[] = {0, second_at, file.bytes}; /* small numbers stand for these */
        uint64_t first_at = ranges[i].first_at < 3 ? named[ranges[i].first_at] : ranges[i].first_at;
        uint64_t end_at = ranges[i].end_at < 3 ? named[ranges[i].end_at] : ranges[i].end_at;
        walk_init(&walk);
        walk_range(&walk, buf_span(&file), SOURCE_WARC, ranges[i].lo, ranges[i].hi, false);
        if (walk.first_at != first_at || walk.end_at != end_at || walk.record_count != ranges[i].record_count)
            fail_msg("range %zu: first %llu, end %llu, %llu records", i, (unsigned long long)walk.first_at,
                     (unsigned long long)walk.end_at, (unsigned long long)walk.record_count);
        walk_free(&walk);
    }
    buf_free(&file);
    buf_free(&body);
}

/* Damage stays local: whatever byte of a member is hit, the records of the others are all there. */
static void test_damage_is_local(void **state)
{
    (void)state;
    struct buf file, before;
    buf_init(&file, SIZE_MAX);
    buf_init(&before, SIZE_MAX);
    make_pieces(&before, "gg");
    make_pieces(&file, "ggggg");
    struct buf upto;
    buf_init(&upto, SIZE_MAX);
    make_pieces(&upto, "ggg");
    for (size_t at = before.bytes; at < upto.bytes; at++) {
        struct walk walk;
        walk_init(&walk);
        file.at[at] ^= 0x55;
        walk_whole(&walk, buf_span(&file), SOURCE_WARC_GZ);
        file.at[at] ^= 0x55;
        if (walk.record_count < 4 || walk.record_count > 5 ||
            walk.lost_bytes + walk.understood_bytes != file.bytes)
            fail_msg("byte %zu: %llu records\n%.*s", at, (unsigned long long)walk.record_count,
                     SPAN_ARG(buf_span(&walk.log)));
        walk_free(&walk);
    }
    buf_free(&upto);
    buf_free(&file);
    buf_free(&before);
}

#define GZIP_HEAD_BYTES    10u
#define GZIP_TRAILER_BYTES 8u

/* The length of a stored block is damaged, so that the member ends where another one ends: nothing behind it is lost,
 * whether or not the file goes on there. */
static void test_swallowed(void **state)
{
    (void)state;
    for (int more = 0; more < 2; more++) {
        struct buf file, length;
        struct walk walk;
        unsigned number = 0;
        buf_init(&file, SIZE_MAX);
        buf_init(&length, SIZE_MAX);
        for (const char *piece = "Sgg"; *piece; piece++)
            make_gzip_piece(&file, *piece, &number);
        uint64_t to = file.bytes - GZIP_TRAILER_BYTES - (GZIP_HEAD_BYTES + 5);
        make_int(&length, to, 2);
        make_int(&length, ~to, 2);
        memcpy(file.at + GZIP_HEAD_BYTES + 1, length.at, length.bytes);
        if (more)
            make_gzip_piece(&file, 'g', &number);
        walk_init(&walk);
        walk_whole(&walk, buf_span(&file), SOURCE_WARC_GZ);
        if (walk.fault_count != 1 || walk.record_count != 5u + (unsigned)more)
            fail_msg("%d more\n%.*s", more, SPAN_ARG(buf_span(&walk.log)));
        buf_free(&file);
        buf_free(&length);
        walk_free(&walk);
    }
}

#define ARC_LINE(length) "http://a.example/ 192.0.2.1 20080430204826 text/html " length "\n"
#define WARC_HEAD(length)                                                                                    \
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:1>\r\nContent-Length: " length "\r\n\r\n"

/* A part of the first record is missing. What stands where it would have ended may look like an end by chance. */
static void test_landings(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct span file;
        enum source_kind kind;
        unsigned record_count, partial_count;
    } landings[] = {
        {"a line end of the next block",
         SPAN(ARC_LINE("70") "abc\n" ARC_LINE("20") "0123456789\n23456789\n" ARC_LINE("1") "x\n"),            SOURCE_ARC,
         3,                                                                                                                   1},
        {"a zero byte of the next block",
         SPAN(WARC_HEAD("97") "abc\r\n\r\n" WARC_HEAD(
             "30") "0123456789\0abcdefghijklmnopqrs\r\n\r\n" WARC_HEAD("0") "\r\n\r\n"),
         SOURCE_WARC,                                                                                                      3, 1},
        {"padding, and a record",         SPAN(WARC_HEAD("3") "abc\r\n\r\n\0\0\0" WARC_HEAD("0") "\r\n\r\n"),
         SOURCE_WARC,                                                                                                      2, 0},
        {"padding, and nothing",          SPAN(WARC_HEAD("3") "abc\r\n\r\n\0\0\0"),                           SOURCE_WARC, 1, 0},
    };
    for (size_t i = 0; i < sizeof landings / sizeof *landings; i++) {
        struct walk walk;
        walk_init(&walk);
        walk_whole(&walk, landings[i].file, landings[i].kind);
        unsigned partial_count = count_in(buf_span(&walk.log), " partial\n");
        if (walk.record_count != landings[i].record_count || partial_count != landings[i].partial_count)
            fail_msg("'%s'\n%.*s", landings[i].name, SPAN_ARG(buf_span(&walk.log)));
        walk_free(&walk);
    }
}

/* Row 11: records do not care where one member ends and the next begins, whatever stands between them. */
static void test_every_cut(void **state)
{
    (void)state;
    struct buf text, file;
    buf_init(&text, SIZE_MAX);
    buf_init(&file, SIZE_MAX);
    for (int line_ends = 0; line_ends < 2; line_ends++) {
        unsigned number = 0;
        buf_reset(&text);
        for (int i = 0; i < 3; i++) {
            make_one_record(&text, &number);
            text.bytes -= line_ends ? 0 : SPAN("\r\n\r\n").bytes;
        }
        for (size_t cut = 1; cut < text.bytes; cut++) {
            struct walk walk;
            buf_reset(&file);
            make_gzip(&file, &(struct make_gzip_style){.level = 6}, span_first(buf_span(&text), cut));
            make_gzip(&file, &(struct make_gzip_style){.level = 6}, span_from(buf_span(&text), cut));
            walk_init(&walk);
            walk_whole(&walk, buf_span(&file), SOURCE_WARC_GZ);
            if (walk.record_count != 3 || walk.fault_count)
                fail_msg("cut at %zu, line ends %d\n%.*s", cut, line_ends, SPAN_ARG(buf_span(&walk.log)));
            walk_free(&walk);
        }
    }
    buf_free(&text);
    buf_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),      cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_seams),     cmocka_unit_test(test_every_cut),
        cmocka_unit_test(test_middle),    cmocka_unit_test(test_damage_is_local),
        cmocka_unit_test(test_windows),   cmocka_unit_test(test_landings),
        cmocka_unit_test(test_swallowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
