// SPDX-License-Identifier: MIT
/* test_zstd.c - frames of archives: whole, cut, damaged, skippable; dictionaries there, given, missing, switched; against
 * what libzstd itself makes. */
#include "1_read/source.h"
#include "base/limits.h"
#include "make/walk.h"
#include "make/zstd.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

struct fixture {
    struct buf file, text, dictionary, other;
    struct inflater *inflater;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    buf_init(&f->file, SIZE_MAX);
    buf_init(&f->text, SIZE_MAX);
    buf_init(&f->dictionary, SIZE_MAX);
    buf_init(&f->other, SIZE_MAX);
    make_zstd_dictionary(&f->dictionary, 1);
    make_zstd_dictionary(&f->other, 2);
    make_text(&f->text, 7, 70000);
    f->inflater = inflater_new();
    assert_non_null(f->inflater);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    inflater_free(f->inflater);
    buf_free(&f->file);
    buf_free(&f->text);
    buf_free(&f->dictionary);
    buf_free(&f->other);
    free(f);
    return 0;
}

/* What comes out of the file's first member, with this room. */
static enum err unpack(struct fixture *f, size_t max_bytes, struct span *out, size_t *member_bytes)
{
    assert_int_equal(inflater_archive(f->inflater, buf_span(&f->file)), ERR_OK);
    return inflater_member(f->inflater, buf_span(&f->file), max_bytes, out, member_bytes);
}

static void test_whole(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 8; i++) {
        const struct make_zstd_style style = {.level = 1 + i, .checksum = i & 1, .no_size = i & 2};
        struct span text = span_first(buf_span(&f->text), (size_t)i * 10000), out;
        size_t bytes;
        buf_reset(&f->file);
        make_zstd(&f->file, &style, text);
        size_t frame_bytes = f->file.bytes;
        buf_add_string(&f->file, "what follows");
        assert_int_equal(unpack(f, 1 << 20, &out, &bytes), ERR_OK);
        assert_int_equal(bytes, frame_bytes);
        assert_true(span_equal(out, text));
        if (text.bytes < 2)
            continue;
        assert_int_equal(unpack(f, text.bytes - 1, &out, &bytes), ERR_TOO_LARGE);
        assert_int_equal(bytes, frame_bytes);
        assert_true(span_equal(out, span_first(text, text.bytes - 1)));
    }
}

/* Every cut: what could be decoded is a prefix. */
static void test_cuts(void **state)
{
    struct fixture *f = *state;
    struct span text = span_first(buf_span(&f->text), 3000), out;
    size_t bytes;
    make_zstd(&f->file, &(struct make_zstd_style){.level = 3, .checksum = true}, text);
    size_t whole = f->file.bytes;
    for (size_t n = 2; n < whole; n++) {
        f->file.bytes = n;
        assert_int_equal(unpack(f, 1 << 20, &out, &bytes), ERR_TRUNCATED);
        assert_int_equal(bytes, n);
        assert_true(span_equal(out, span_first(text, out.bytes)));
    }
    f->file.bytes = whole;
    f->file.at[whole - 1] ^= 1;
    assert_int_equal(unpack(f, 1 << 20, &out, &bytes), ERR_CHECKSUM);
    assert_true(span_equal(out, text));
    f->file.at[4] ^= 8; /* the reserved bit of the descriptor */
    assert_int_equal(unpack(f, 1 << 20, &out, &bytes), ERR_CORRUPT);
}

static void test_skippable(void **state)
{
    struct fixture *f = *state;
    struct span out;
    size_t bytes;
    buf_add(&f->file, SPAN("\x53\x2a\x4d\x18\x03\x00\x00\x00"
                           "abc"
                           "more"));
    assert_int_equal(unpack(f, 1 << 20, &out, &bytes), ERR_OK);
    assert_true(out.bytes == 0 && bytes == 11);
    f->file.bytes = 10;
    assert_int_equal(unpack(f, 1 << 20, &out, &bytes), ERR_TRUNCATED);
    assert_int_equal(bytes, 10);
}

/* A frame that says that its window is 16 MiB. */
static void test_window(void **state)
{
    struct fixture *f = *state;
    struct span out;
    size_t bytes;
    buf_add(&f->file, SPAN("\x28\xb5\x2f\xfd\x00\x70\x01\x00\x00"
                           "next"));
    assert_int_equal(unpack(f, 1 << 20, &out, &bytes), ERR_WINDOW);
    assert_int_equal(bytes, 9);
    f->file.at[5] = 0x68; /* 8 MiB */
    assert_int_equal(unpack(f, 1 << 20, &out, &bytes), ERR_OK);
}

static void make_frames(struct fixture *f, struct span dictionary, unsigned first)
{
    const struct make_zstd_style style = {.level = 3, .checksum = true, .dictionary = dictionary};
    for (unsigned i = 0; i < 5; i++) {
        struct buf record;
        buf_init(&record, SIZE_MAX);
        make_response(&record, "http://www.example.org/", first + i, "Content-Type: text/html\r\n",
                      span_first(buf_span(&f->text), 200 + 100 * i));
        make_zstd(&f->file, &style, buf_span(&record));
        buf_free(&record);
    }
}

/* One pass and ranges of every size give so many records and faults. */
static void expect(struct fixture *f, struct span given, uint64_t record_count, uint64_t fault_count)
{
    struct walk whole, chain;
    walk_init(&whole);
    walk_init(&chain);
    if (given.bytes) {
        assert_int_equal(inflater_dictionary(whole.inflater, given), ERR_OK);
        assert_int_equal(inflater_dictionary(chain.inflater, given), ERR_OK);
    }
    struct span file = buf_span(&f->file);
    assert_int_equal(source_kind_of(file), SOURCE_WARC_ZST);
    walk_whole(&whole, file, SOURCE_WARC_ZST);
    if (whole.record_count != record_count || whole.fault_count != fault_count ||
        whole.lost_bytes + whole.understood_bytes != file.bytes)
        fail_msg("%.*s", SPAN_ARG(buf_span(&whole.log)));
    for (size_t range_bytes = 1; range_bytes <= file.bytes; range_bytes += 1 + range_bytes / 4) {
        walk_reset(&chain);
        walk_chain(&chain, file, SOURCE_WARC_ZST, range_bytes);
        if (!span_equal(buf_span(&chain.log), buf_span(&whole.log)))
            fail_msg("ranges of %zu\n%.*s--- not ---\n%.*s", range_bytes, SPAN_ARG(buf_span(&chain.log)),
                     SPAN_ARG(buf_span(&whole.log)));
    }
    walk_free(&whole);
    walk_free(&chain);
}

static void test_dictionaries(void **state)
{
    struct fixture *f = *state;
    struct span dictionary = buf_span(&f->dictionary), other = buf_span(&f->other);
    make_frames(f, dictionary, 0);
    expect(f, SPAN_NONE, 0, 5); /* row 18 of formats.md */
    expect(f, dictionary, 5, 0);
    expect(f, other, 0, 5);
    buf_reset(&f->file);
    make_zstd_skippable(&f->file, dictionary);
    make_frames(f, dictionary, 0);
    expect(f, SPAN_NONE, 5, 0);
    make_zstd_skippable(&f->file, other); /* row 19 */
    make_frames(f, other, 5);
    expect(f, SPAN_NONE, 10, 0);
    buf_reset(&f->file);
    struct buf packed;
    buf_init(&packed, SIZE_MAX);
    make_zstd(&packed, &(struct make_zstd_style){.level = 3}, dictionary);
    make_zstd_skippable(&f->file, buf_span(&packed));
    make_frames(f, dictionary, 0);
    make_frames(f, SPAN_NONE, 5);
    expect(f, SPAN_NONE, 10, 0);
    buf_free(&packed);
}

static void test_given(void **state)
{
    struct fixture *f = *state;
    struct buf both;
    buf_init(&both, SIZE_MAX);
    make_zstd_skippable(&both, buf_span(&f->other));
    make_zstd_skippable(&both, buf_span(&f->dictionary));
    make_frames(f, buf_span(&f->dictionary), 0);
    make_frames(f, buf_span(&f->other), 5);
    expect(f, buf_span(&both), 10, 0);
    buf_add_char(&both, 'x');
    assert_int_equal(inflater_dictionary(f->inflater, buf_span(&both)), ERR_SYNTAX);
    assert_int_equal(inflater_dictionary(f->inflater, SPAN("no dictionary")), ERR_SYNTAX);
    assert_int_equal(inflater_dictionary(f->inflater, SPAN("\x37\xa4\x30\xec torn")), ERR_SYNTAX);
    buf_free(&both);
}

/* Frames of a fixed size, which know nothing of records. */
static void test_spread(void **state)
{
    struct fixture *f = *state;
    struct buf records;
    buf_init(&records, SIZE_MAX);
    for (unsigned i = 0; i < 10; i++)
        make_response(&records, "http://www.example.org/", i, "Content-Type: text/html\r\n",
                      span_first(buf_span(&f->text), 500 * i));
    for (size_t at = 0; at < records.bytes; at += 700)
        make_zstd(&f->file, &(struct make_zstd_style){.level = 3},
                  span_first(span_from(buf_span(&records), at), 700));
    expect(f, SPAN_NONE, 10, 0);
    buf_free(&records);
}

/* A frame whose blocks give more than it says is told to be the same before and after a frame that needed a larger buffer. */
static void test_history(void **state)
{
    struct fixture *f = *state;
    static const char lies[] =
        "\x28\xb5\x2f\xfd\x64\x65\x73\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02";
    struct span out;
    size_t bytes, made_bytes = 0;
    enum err errs[2];
    for (int turn = 0; turn < 2; turn++) {
        buf_reset(&f->file);
        buf_add(&f->file, span_of(lies, sizeof lies - 1));
        errs[turn] = unpack(f, 1 << 20, &out, &bytes);
        assert_true(turn == 0 || out.bytes == made_bytes);
        made_bytes = out.bytes;
        buf_reset(&f->file);
        make_zstd(&f->file, &(struct make_zstd_style){.level = 3, .no_size = true}, buf_span(&f->text));
        f->file.at[f->file.bytes - 1] ^= 1; /* in a stream, since it is damaged at its end */
        assert_int_not_equal(unpack(f, 1 << 20, &out, &bytes), ERR_OK);
    }
    assert_int_equal(errs[0], errs[1]);
    assert_int_equal(errs[0], ERR_CORRUPT);
}

/* Damage stays local: whatever byte of a frame is hit, the records of the others are all there. */
static void test_damage(void **state)
{
    struct fixture *f = *state;
    make_zstd_skippable(&f->file, buf_span(&f->dictionary));
    make_frames(f, buf_span(&f->dictionary), 0);
    size_t from = f->file.bytes;
    make_frames(f, buf_span(&f->dictionary), 5);
    struct walk walk;
    walk_init(&walk);
    for (size_t at = from; at < from + 400; at++) {
        f->file.at[at] ^= 0x55;
        walk_reset(&walk);
        walk_whole(&walk, buf_span(&f->file), SOURCE_WARC_ZST);
        if (walk.record_count < 8 || walk.fault_count == 0 ||
            walk.lost_bytes + walk.understood_bytes != f->file.bytes)
            fail_msg("at %zu\n%.*s", at, SPAN_ARG(buf_span(&walk.log)));
        f->file.at[at] ^= 0x55;
    }
    walk_free(&walk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cuts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_skippable, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_window, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dictionaries, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_given, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_spread, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_damage, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_history, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
