// SPDX-License-Identifier: MIT
/* test_container.c - what lies in a tar, in a ZIP without its directory, and in a compressed stream. */
#include "1_read/source.h"
#include "ext/ext_archive.h"
#include "make/archive.h"
#include "make/tar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <cmocka.h>

#define RECORD "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
#define LONG                                                                                                 \
    "long/name/long/name/long/name/long/name/long/name/long/name/long/name/long/name/long/name/long/name/"   \
    "a.warc"

struct fixture {
    struct buf file;
    struct arena arena;
    struct source_parts parts;
};

static struct fixture begin(void)
{
    struct fixture f;
    buf_init(&f.file, SIZE_MAX);
    arena_init(&f.arena, 1 << 20);
    return f;
}

static void end(struct fixture *f)
{
    arena_free(&f->arena);
    buf_free(&f->file);
}

/* Each letter a member: w a WARC, t text, d a folder, L a long name for the next, e empty, z 1024 zeros, X a WARC whose
 * header is damaged, T text whose header is, h the first half of a WARC's data. */
static void make_tar(struct buf *out, const char *pieces)
{
    for (const char *p = pieces; *p; p++) {
        size_t from = out->bytes;
        if (strchr("wXh", *p))
            make_tar_member(out, "a.warc", '0', SPAN(RECORD));
        else if (*p == 't' || *p == 'T')
            make_tar_member(out, "notes.txt", '0', SPAN("some text\n"));
        else if (*p == 'd')
            make_tar_member(out, "folder/", '5', SPAN(""));
        else if (*p == 'L')
            make_tar_member(out, "././@LongLink", 'L', span_of(LONG, sizeof LONG));
        else if (*p == 'e')
            make_tar_member(out, "empty.warc", '0', SPAN(""));
        else
            make_tar_end(out);
        if (*p == 'X' || *p == 'T')
            out->at[from] ^= 1;
        if (*p == 'h')
            out->bytes = from + MAKE_TAR_BLOCK + sizeof RECORD / 2;
    }
}

static void test_tar(void **state)
{
    (void)state;
    static const struct {
        const char *name, *pieces;
        enum err err;
        size_t count;
        const char *first; /* the name of the first part */
        uint64_t lost_bytes;
    } rows[] = {
        {"one member",               "wz",    ERR_OK,        1, "a.warc", 0   },
        {"without an end",           "w",     ERR_OK,        1, "a.warc", 0   },
        {"text and folders",         "dtwz",  ERR_OK,        1, "a.warc", 0   },
        {"a long name",              "Lwz",   ERR_OK,        1, LONG,     0   },
        {"an empty member",          "ewz",   ERR_OK,        1, "a.warc", 0   },
        {"twins",                    "wwz",   ERR_OK,        2, "a.warc", 0   },
        {"concatenated",             "wzLwz", ERR_OK,        2, "a.warc", 0   },
        {"nothing to read",          "tdz",   ERR_GARBAGE,   0, NULL,     0   },
        {"a damaged header",         "wXLwz", ERR_DIRECTORY, 3, "a.warc", 512 },
        {"a damaged header first",   "Xwz",   ERR_DIRECTORY, 2, "@512",   512 },
        {"a damaged header of text", "wTwz",  ERR_DIRECTORY, 2, "a.warc", 1024},
        {"a damaged header last",    "wT",    ERR_DIRECTORY, 1, "a.warc", 1024},
        {"cut data",                 "wh",    ERR_TRUNCATED, 2, "a.warc", 0   },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct fixture f = begin();
        uint64_t lost_bytes = 0;
        make_tar(&f.file, rows[i].pieces);
        enum err err = source_list(buf_span(&f.file), &f.arena, &f.parts);
        for (size_t k = 0; k < f.parts.fault_count; k++)
            lost_bytes += f.parts.faults[k].bytes;
        if (err != rows[i].err || f.parts.count != rows[i].count || lost_bytes != rows[i].lost_bytes)
            fail_msg("'%s': %s, %zu parts, %llu bytes lost", rows[i].name, err_name(err), f.parts.count,
                     (unsigned long long)lost_bytes);
        if (rows[i].first && !span_equal(f.parts.items[0].name, span_of_string(rows[i].first)))
            fail_msg("'%s': the first part is %.*s", rows[i].name, SPAN_ARG(f.parts.items[0].name));
        for (size_t k = 0; k < f.parts.count; k++) {
            const struct source_part *part = &f.parts.items[k];
            assert_int_equal(part->kind, SOURCE_WARC);
            assert_true(part->bytes.at >= f.file.at &&
                        part->bytes.at + part->bytes.bytes <= f.file.at + f.file.bytes);
            for (size_t j = 0; j < k; j++)
                assert_false(span_equal(part->name, f.parts.items[j].name));
        }
        end(&f);
    }
}

/* Behind 8 GiB the size stands in a pax header; nothing of the data is touched. */
static void test_huge_member(void **state)
{
    (void)state;
    static const char pax[] = "19 size=9663676416\n";
    uint64_t data_bytes = 9ull << 30, bytes = data_bytes + 8 * MAKE_TAR_BLOCK;
    char *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) {
        print_message("skipped: no room for 9 GiB of addresses\n");
        skip();
    }
    make_tar_header(at, "pax", sizeof pax - 1, 'x');
    memcpy(at + 512, pax, sizeof pax - 1);
    make_tar_header(at + 1024, "huge.warc", data_bytes, '0');
    memcpy(at + 1536, RECORD, sizeof RECORD);
    make_tar_header(at + 1536 + data_bytes, "small.warc", sizeof RECORD - 1, '0');
    memcpy(at + 2048 + data_bytes, RECORD, sizeof RECORD);
    struct fixture f = begin();
    assert_int_equal(source_list(span_of(at, bytes), &f.arena, &f.parts), ERR_OK);
    assert_int_equal(f.parts.count, 2);
    assert_true(f.parts.items[0].bytes.bytes == data_bytes && f.parts.items[0].bytes.at == at + 1536);
    assert_true(f.parts.items[1].bytes.at == at + 2048 + data_bytes);
    end(&f);
    munmap(at, bytes);
}

/* Members whose sizes stand behind their data; bait: data with a descriptor that tells its very distance, but not its CRC. */
static void test_headers_only(void **state)
{
    (void)state;
    static const char bait[] = RECORD "PK\x07\x08"
                                      "0000"
                                      "\x38\x00\x00\x00"
                                      "\x38\x00\x00\x00PK\x03\x04PK\x01\x02 and more";
    for (int deflated = 0; deflated < 2; deflated++) {
        struct fixture f = begin();
        const struct make_zip_file files[] = {
            {"archive/a.warc", span_of(bait, sizeof bait - 1), deflated,            true},
            {"archive/b.warc",                SPAN(RECORD),             deflated,  true},
        };
        make_zip(&f.file, files, 2, false, NULL);
        struct span whole = buf_span(&f.file);
        size_t cut =
            span_find_span(whole, SPAN("PK\x01\x02"), span_find_span(whole, SPAN("archive/b.warc"), 0));
        assert_true(cut < whole.bytes);
        assert_int_equal(source_list(span_first(whole, cut), &f.arena, &f.parts), ERR_DIRECTORY);
        assert_int_equal(f.parts.count, 2);
        for (size_t i = 0; i < 2; i++) {
            assert_true(span_equal(f.parts.items[i].name, span_of_string(files[i].name)));
            assert_int_equal(f.parts.items[i].kind, SOURCE_WARC);
            assert_int_equal(f.parts.items[i].coding, deflated ? SOURCE_DEFLATED : SOURCE_STORED);
            if (!deflated)
                assert_true(span_equal(f.parts.items[i].bytes, files[i].content));
        }
        end(&f);
    }
}

static enum err unpack(struct span in, enum unpacker_filter filter, struct buf *out, uint64_t *used)
{
    struct unpacker *unpacker = unpacker_new(in, filter);
    struct span piece;
    enum err err;
    assert_non_null(unpacker);
    buf_reset(out);
    while ((err = unpacker_next(unpacker, &piece)) == ERR_OK)
        buf_add(out, piece);
    *used = unpacker_used(unpacker);
    unpacker_free(unpacker);
    return err;
}

/* Gzip in gzip: one layer is taken off. */
static void test_layers(void **state)
{
    (void)state;
    const struct make_gzip_style style = {.level = 6};
    struct buf text, inner, outer, out;
    uint64_t used;
    buf_init(&text, SIZE_MAX);
    buf_init(&inner, SIZE_MAX);
    buf_init(&outer, SIZE_MAX);
    buf_init(&out, SIZE_MAX);
    make_text(&text, 1, 300000);
    make_gzip(&inner, &style, buf_span(&text));
    make_gzip(&outer, &style, buf_span(&inner));
    assert_int_equal(unpack(buf_span(&outer), UNPACKER_GZIP, &out, &used), ERR_END);
    assert_true(span_equal(buf_span(&out), buf_span(&inner)));
    assert_int_equal(used, outer.bytes);
    assert_int_equal(unpack(buf_span(&inner), UNPACKER_GZIP, &out, &used), ERR_END);
    assert_true(span_equal(buf_span(&out), buf_span(&text)));
    buf_add_string(&inner, "garbage");
    assert_int_equal(unpack(buf_span(&inner), UNPACKER_GZIP, &out, &used), ERR_END);
    assert_int_equal(used, inner.bytes - 7);
    assert_int_equal(unpack(span_first(buf_span(&inner), inner.bytes / 2), UNPACKER_GZIP, &out, &used),
                     ERR_TRUNCATED);
    assert_true(out.bytes > 0 && span_starts(buf_span(&text), buf_span(&out)));
    assert_true(err_is_data(unpack(SPAN("BZh91AY&SY and no more"), UNPACKER_BZIP2, &out, &used)));
    assert_true(err_is_data(unpack(SPAN("\xfd"
                                        "7zXZ\0\0 and no more"),
                                   UNPACKER_XZ, &out, &used)));
    assert_true(err_is_data(unpack(SPAN("\x04\x22\x4d\x18 and no more"), UNPACKER_LZ4, &out, &used)));
    buf_free(&text);
    buf_free(&inner);
    buf_free(&outer);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tar),
        cmocka_unit_test(test_huge_member),
        cmocka_unit_test(test_headers_only),
        cmocka_unit_test(test_layers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
