// SPDX-License-Identifier: MIT
/* test_source.c - files told by their first bytes, and the archives inside a WACZ. */
#include "1_read/source.h"
#include "1_read/zip.h"
#include "base/limits.h"
#include "io/mapfile.h"
#include "make/pieces.h"
#include "make/zstd.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define RECORD "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"

static void expect_kind(const char *name, struct span file, enum source_kind kind)
{
    enum source_kind got = source_kind_of(file);
    if (got != kind)
        fail_msg("'%s' is told to be %s, not %s", name, source_kind_name(got), source_kind_name(kind));
}

static void test_kinds(void **state)
{
    (void)state;
    // clang-format off
    static const struct {
        const char *name;
        struct span bytes;
        enum source_kind kind;
    } rows[] = {
        {"empty", SPAN(""), SOURCE_NONE},
        {"text", SPAN("hello"), SOURCE_NONE},
        {"record", SPAN(RECORD), SOURCE_WARC},
        {"lower case", SPAN("warc/1.0\r\n"), SOURCE_WARC},
        {"blank lines first", SPAN("\r\n\r\n" RECORD), SOURCE_WARC},
        {"broken version line", SPAN("WARC/one\r\n" "WARC-Type: warcinfo\r\n\r\n" RECORD), SOURCE_WARC},
        {"garbage first", SPAN("\x01\x02garbage\n\n" RECORD), SOURCE_WARC},
        {"ARC", SPAN("filedesc://a.arc 0.0.0.0 20080430204825 text/plain 77\n1 0 X\n"), SOURCE_ARC},
        {"ARC without a version block", SPAN("http://a.example/ 192.0.2.1 20080430204825 text/html 0\n"), SOURCE_ARC},
        {"text like an ARC", SPAN("http://a.example/ 192.0.2.1 yesterday text/html\n"), SOURCE_NONE},
        {"zstd", SPAN("\x28\xb5\x2f\xfd\x00"), SOURCE_ZSTD},
        {"zstd dictionary", SPAN("\x5d\x2a\x4d\x18\x00"), SOURCE_ZSTD},
        {"zstd, dictionary missing", SPAN("\x28\xb5\x2f\xfd\x23\x04\x03\x02\x01\x00\x01\x00\x00"), SOURCE_WARC_ZST},
        {"LZ4", SPAN("\x04\x22\x4d\x18\x00"), SOURCE_LZ4},
        {"xz", SPAN("\xfd" "7zXZ\x00\x00"), SOURCE_XZ},
        {"bzip2", SPAN("BZh91AY&SY\x00"), SOURCE_BZIP2},
        {"ZIP", SPAN("PK\x03\x04\x14\x00"), SOURCE_WACZ},
        {"HAR", SPAN("\xef\xbb\xbf\n{ \"log\": {\"version\": \"1.2\"}}"), SOURCE_HAR},
        {"JSON", SPAN("{\"a\": 1}"), SOURCE_NONE},
        {"CDX", SPAN(" CDX N b a m s k r M S V g\n"), SOURCE_CDX},
        {"CDXJ", SPAN("org,example)/ 20250301100000 {\"url\": \"http://example.org/\"}\n"), SOURCE_CDX},
        {"half a gzip header", SPAN("\x1f\x8b\x08"), SOURCE_GZIP_OTHER},
    };
    // clang-format on
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        expect_kind(rows[i].name, rows[i].bytes, rows[i].kind);
}

/* The first member or frame is damaged; the second tells, also far behind. */
static void test_behind_damage(void **state)
{
    (void)state;
    struct buf file, garbage;
    buf_init(&file, SIZE_MAX);
    buf_init(&garbage, SIZE_MAX);
    make_text(&garbage, 1, 1 << 20);
    buf_add(&file, SPAN("\x1f\x8b\x08\x00 damaged"));
    buf_add(&file, buf_span(&garbage));
    make_gzip(&file, &(struct make_gzip_style){.level = 6}, SPAN(RECORD));
    expect_kind("members", buf_span(&file), SOURCE_WARC_GZ);
    buf_reset(&file);
    buf_add(&file, SPAN("\x28\xb5\x2f\xfd\xff\xff damaged"));
    make_zstd(&file, &(struct make_zstd_style){.level = 3}, SPAN(RECORD));
    expect_kind("frames", buf_span(&file), SOURCE_WARC_ZST);
    buf_free(&file);
    buf_free(&garbage);
}

static void test_tar(void **state)
{
    (void)state;
    char tar[512] = "a.warc";
    memcpy(tar + 257, "ustar", 5);
    expect_kind("tar", span_of(tar, sizeof tar), SOURCE_TAR);
}

static void test_gzip_kinds(void **state)
{
    (void)state;
    static const struct {
        const char *name, *pieces;
        enum source_kind kind;
    } rows[] = {
        {"members",                     "gg",   SOURCE_WARC_GZ   },
        {"empty members first",         "eerg", SOURCE_WARC_GZ   },
        {"padding first",               "zg",   SOURCE_WARC_GZ   },
        {"garbage first",               "xg",   SOURCE_WARC_GZ   },
        {"garbage inside",              "b",    SOURCE_WARC_GZ   },
        {"another member first",        "og",   SOURCE_WARC_GZ   },
        {"cut member",                  "h",    SOURCE_WARC_GZ   },
        {"no record",                   "o",    SOURCE_GZIP_OTHER},
        {"plain records, then members", "pg",   SOURCE_WARC      },
    };
    struct buf file;
    buf_init(&file, SIZE_MAX);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        buf_reset(&file);
        make_pieces(&file, rows[i].pieces);
        expect_kind(rows[i].name, buf_span(&file), rows[i].kind);
    }
    buf_reset(&file);
    make_gzip(&file, &(struct make_gzip_style){.level = 6},
              SPAN("filedesc://a.arc 0.0.0.0 2008 text/plain 77\n"));
    expect_kind("ARC in gzip", buf_span(&file), SOURCE_ARC_GZ);
    buf_reset(&file);
    make_gzip(&file, &(struct make_gzip_style){.level = 6}, SPAN(" CDX N b a\n"));
    expect_kind("CDX in gzip", buf_span(&file), SOURCE_CDX);
    struct buf inner;
    buf_init(&inner, SIZE_MAX);
    make_pieces(&inner, "S"); /* stored: its records can be seen */
    buf_reset(&file);
    make_gzip(&file, &(struct make_gzip_style){.level = 6}, buf_span(&inner));
    expect_kind("members in gzip", buf_span(&file), SOURCE_GZIP_OTHER);
    buf_free(&inner);
    buf_free(&file);
}

#define LISTED_MAX 4

struct layout {
    const char *name;
    bool zip64, bit3;
    const char *comment;
};
static const struct layout layouts[] = {
    {"plain",                 false, false, NULL                                                                 },
    {"sizes behind the data", false, true,  NULL                                                                 },
    {"comment",               false, true,  "a comment that says PK\x05\x06 and goes on after that for some time"},
    {"ZIP64",                 true,  false, NULL                                                                 },
    {"all of it",             true,  true,  "comment"                                                            },
};

/* archive/a.warc.gz, archive/b.warc, pages/pages.jsonl and a deflated archive; the rest is nothing to read.
 */
static void make_wacz(struct buf *out, const struct layout *layout, struct span gzipped, struct span plain)
{
    const struct make_zip_file files[] = {
        {"datapackage.json",  SPAN("{}"),                                false, layout->bit3},
        {"archive/",          SPAN(""),                                  false, false       },
        {"archive/a.warc.gz", gzipped,                                   false, layout->bit3},
        {"indexes/index.cdx", SPAN("x"),                                 true,  layout->bit3},
        {"archive/b.warc",    plain,                                     false, layout->bit3},
        {"pages/pages.jsonl", SPAN("{\"format\":\"json-pages-1.0\"}\n"), false, layout->bit3},
        {"archive/c.warc.gz", gzipped,                                   true,  layout->bit3},
        {"pages/readme.txt",  SPAN("x"),                                 false, layout->bit3},
    };
    make_zip(out, files, sizeof files / sizeof files[0], layout->zip64, layout->comment);
}

static void test_wacz(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum source_kind kind;
        bool is_pages;
        enum source_coding coding;
    } wanted[LISTED_MAX] = {
        {"archive/a.warc.gz", SOURCE_WARC_GZ, false, SOURCE_STORED  },
        {"archive/b.warc",    SOURCE_WARC,    false, SOURCE_STORED  },
        {"pages/pages.jsonl", SOURCE_NONE,    true,  SOURCE_STORED  },
        {"archive/c.warc.gz", SOURCE_WARC_GZ, false, SOURCE_DEFLATED},
    };
    struct buf gzipped, plain, file;
    buf_init(&gzipped, SIZE_MAX);
    buf_init(&plain, SIZE_MAX);
    buf_init(&file, SIZE_MAX);
    make_pieces(&gzipped, "gg");
    make_pieces(&plain, "pp");
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++) {
        struct arena arena;
        struct source_parts parts;
        arena_init(&arena, 1 << 20);
        buf_reset(&file);
        make_wacz(&file, &layouts[i], buf_span(&gzipped), buf_span(&plain));
        expect_kind(layouts[i].name, buf_span(&file), SOURCE_WACZ);
        enum err err = source_list(buf_span(&file), &arena, &parts);
        if (err || parts.count != LISTED_MAX)
            fail_msg("'%s': %s, %zu parts", layouts[i].name, err_name(err), parts.count);
        for (size_t k = 0; k < LISTED_MAX; k++) {
            const struct source_part *part = &parts.items[k];
            if (!span_equal(part->name, span_of_string(wanted[k].name)) || part->kind != wanted[k].kind ||
                part->is_pages != wanted[k].is_pages || part->coding != wanted[k].coding)
                fail_msg("'%s', part %zu: %.*s, %s", layouts[i].name, k, SPAN_ARG(part->name),
                         source_kind_name(part->kind));
        }
        assert_true(span_equal(parts.items[0].bytes, buf_span(&gzipped)));
        assert_true(span_equal(parts.items[1].bytes, buf_span(&plain)));
        arena_free(&arena);
    }
    buf_free(&gzipped);
    buf_free(&plain);
    buf_free(&file);
}

/* Every cut of a WACZ: the directory is at its end, so the members are listed by the headers before them; what is listed
 * is what lies there, and only the last can be cut. */
static void test_cut(void **state)
{
    (void)state;
    struct buf file;
    struct arena arena;
    struct source_parts parts;
    buf_init(&file, SIZE_MAX);
    arena_init(&arena, 1 << 20);
    make_wacz(&file, &layouts[3], SPAN("not gzip"), SPAN(RECORD));
    for (size_t n = 4; n < file.bytes; n++) {
        arena_reset(&arena);
        char *edge = malloc(n);
        assert_non_null(edge);
        memcpy(edge, file.at, n);
        assert_int_equal(source_list(span_of(edge, n), &arena, &parts), ERR_DIRECTORY);
        assert_true(parts.fault_count > 0);
        for (size_t i = 0; i < parts.count; i++)
            assert_true(parts.items[i].bytes.at + parts.items[i].bytes.bytes <= edge + n);
        if (n == file.bytes - 1)
            assert_int_equal(parts.count, LISTED_MAX);
        free(edge);
    }
    arena_free(&arena);
    buf_free(&file);
}

/* A descriptor behind data whose size the header tells already belongs to the member. */
static void test_descriptor(void **state)
{
    (void)state;
    const struct make_zip_file members[] = {
        {.name = "archive/a.warc", .content = SPAN(RECORD)},
        {.name = "archive/b.warc", .content = SPAN(RECORD)},
    };
    struct buf file;
    struct arena arena;
    struct source_parts parts;
    buf_init(&file, SIZE_MAX);
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < 2; i++) {
        make_zip_local(&file, &members[i], members[i].content);
        buf_add(&file, SPAN("PK\x07\x08"));
        make_zip_sizes(&file, 0, members[i].content.bytes, members[i].content.bytes);
    }
    assert_int_equal(source_list(buf_span(&file), &arena, &parts), ERR_DIRECTORY);
    assert_int_equal(parts.count, 2);
    for (size_t i = 0; i < parts.fault_count; i++)
        assert_int_equal(parts.faults[i].bytes, 0);
    arena_free(&arena);
    buf_free(&file);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct span bytes;
        enum err err;
        size_t count;
    } rows[] = {
        {"empty",                  SPAN(""),                                               ERR_END,       0},
        {"text",                   SPAN("hello"),                                          ERR_GARBAGE,   0},
        {"an ARC is its own part", SPAN("filedesc://a.arc 0.0.0.0"),                       ERR_OK,        1},
        {"zstd",                   SPAN("\x28\xb5\x2f\xfd\x00"),                           ERR_CONTAINER, 0},
        {"ZIP without members",    SPAN("PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), ERR_GARBAGE,   0},
        {"a WARC is its own part", SPAN(RECORD),                                           ERR_OK,        1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena arena;
        struct source_parts parts;
        arena_init(&arena, 1 << 20);
        enum err err = source_list(rows[i].bytes, &arena, &parts);
        if (err != rows[i].err || parts.count != rows[i].count)
            fail_msg("'%s': %s, %zu parts", rows[i].name, err_name(err), parts.count);
        arena_free(&arena);
    }
}

/* A member without its header is told, does not hide the others, and is still an archive. */
static void test_damaged_entry(void **state)
{
    (void)state;
    struct buf file;
    struct arena arena;
    struct source_parts parts;
    buf_init(&file, SIZE_MAX);
    arena_init(&arena, 1 << 20);
    make_wacz(&file, &layouts[0], SPAN("not gzip"), SPAN(RECORD));
    size_t entry_at = span_find_span(buf_span(&file), SPAN("archive/b.warc"), 0) - 30;
    file.at[entry_at] = 'X'; /* the local header's signature */
    assert_int_equal(source_list(buf_span(&file), &arena, &parts), ERR_DIRECTORY);
    assert_int_equal(parts.count, LISTED_MAX);
    assert_int_equal(parts.items[1].name.at[0], '@');
    assert_int_equal(parts.items[1].kind, SOURCE_WARC);
    arena_free(&arena);
    buf_free(&file);
}

/* Members that share their bytes would be read once for every name. */
static void test_overlap(void **state)
{
    (void)state;
    struct buf file, body;
    struct zip zip;
    struct zip_member member;
    buf_init(&file, SIZE_MAX);
    buf_init(&body, SIZE_MAX);
    make_text(&body, 1, 4000);
    const struct make_zip_file files[] = {
        {"a", buf_span(&body), false, false},
        {"b", SPAN("bb"),      false, false}
    };
    make_zip(&file, files, 2, false, NULL);
    assert_int_equal(zip_open(buf_span(&file), &zip), ERR_OK);
    size_t second = (size_t)(zip.directory.at - file.at) + 46 + 1;
    file.at[second + 42] = 0; /* local header of b := that of a, and its size */
    file.at[second + 43] = 0;
    memcpy(file.at + second + 20, file.at + second - 47 + 20, 8);
    assert_int_equal(zip_next(&zip, &member), ERR_OK);
    assert_int_equal(zip_next(&zip, &member), ERR_DIRECTORY);
    assert_int_equal(zip_next(&zip, &member), ERR_END);
    buf_free(&file);
    buf_free(&body);
}

static void test_mapfile(void **state)
{
    (void)state;
    struct mapfile file;
    assert_int_equal(mapfile_open("LICENSE", 0, &file), ERR_OK);
    assert_true(span_starts(file.bytes, SPAN("MIT License")));
    mapfile_close(&file);
    assert_int_equal(mapfile_open("LICENSE", 10, &file), ERR_TOO_LARGE);
    assert_int_equal(mapfile_open("tests", 0, &file), ERR_IO);
    assert_int_equal(errno, EISDIR);
    assert_int_equal(mapfile_open("no such file", 0, &file), ERR_IO);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(mapfile_open("/dev/null", 0, &file), ERR_IO);
    mapfile_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),      cmocka_unit_test(test_tar),
        cmocka_unit_test(test_gzip_kinds), cmocka_unit_test(test_wacz),
        cmocka_unit_test(test_cut),        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_overlap),    cmocka_unit_test(test_damaged_entry),
        cmocka_unit_test(test_mapfile),    cmocka_unit_test(test_behind_damage),
        cmocka_unit_test(test_descriptor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
