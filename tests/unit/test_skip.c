// SPDX-License-Identifier: MIT
/* Members whose body nobody needs: what is proved, what is not, and that the records are the same either way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "1_read/member.h"
#include "1_read/reader.h"
#include "ext/ext_deflate.h"
#include "make/archive.h"
#include "make/zstd.h"

#define COUNT(a)   (sizeof(a) / sizeof *(a))
#define BODY_BYTES 60000u

/* What the first member holds. */
struct row {
    const char *name;
    int level;
    size_t body_bytes, line_end_bytes;
    bool wanted, two_records, wrong_size, same_again; /* same_again: a second member of the first's length */
    bool zstd, no_size;
    unsigned empty_blocks;
    unsigned claims;    /* false ends in a stored body, each before a whole member */
    const char *behind; /* between the first member and the last one */
    enum skip_answer answer;
};

// clang-format off
static const struct row rows[] = {
    {.name = "no line ends", .level = 6, .body_bytes = BODY_BYTES, .answer = SKIP_PROVEN},
    {.name = "one line end", .level = 6, .body_bytes = BODY_BYTES, .line_end_bytes = 2, .answer = SKIP_PROVEN},
    {.name = "two line ends", .level = 1, .body_bytes = BODY_BYTES, .line_end_bytes = 4, .answer = SKIP_PROVEN},
    {.name = "stored", .body_bytes = BODY_BYTES, .line_end_bytes = 4, .answer = SKIP_PROVEN},
    {.name = "stored, flushed every 200 bytes", .body_bytes = BODY_BYTES, .empty_blocks = 300, .answer = SKIP_PROVEN},
    {.name = "stored, longer than any encoder makes it", .body_bytes = BODY_BYTES, .empty_blocks = 3000, .answer = SKIP_IMPOSSIBLE},
    {.name = "lengths over a carry", .level = 6, .body_bytes = 65536 * 2 - 330, .line_end_bytes = 4, .answer = SKIP_PROVEN},
    {.name = "a body that is needed", .level = 6, .body_bytes = BODY_BYTES, .wanted = true, .answer = SKIP_WANTED},
    {.name = "too short to ask", .level = 6, .body_bytes = 3000, .answer = SKIP_SHORT},
    {.name = "two records", .level = 6, .body_bytes = BODY_BYTES, .two_records = true, .answer = SKIP_IMPOSSIBLE},
    {.name = "two records, then a member as long as was sought", .level = 6, .body_bytes = 12000, .two_records = true, .same_again = true, .answer = SKIP_AMBIGUOUS},
    {.name = "wrong length in the trailer", .level = 6, .body_bytes = BODY_BYTES, .wrong_size = true, .answer = SKIP_IMPOSSIBLE},
    {.name = "one false end in the body", .body_bytes = BODY_BYTES, .line_end_bytes = 4, .claims = 1, .answer = SKIP_AMBIGUOUS},
    {.name = "a false end long before the true one", .body_bytes = 5 * BODY_BYTES, .line_end_bytes = 4, .claims = 1, .answer = SKIP_AMBIGUOUS},
    {.name = "twenty false ends", .body_bytes = BODY_BYTES, .line_end_bytes = 4, .claims = 20, .answer = SKIP_AMBIGUOUS},
    {.name = "a false end, and zeros behind the true one", .body_bytes = BODY_BYTES, .line_end_bytes = 4, .claims = 1, .behind = "zeros", .answer = SKIP_AMBIGUOUS},
    {.name = "zeros behind the end", .level = 6, .body_bytes = BODY_BYTES, .behind = "zeros", .answer = SKIP_IMPOSSIBLE},
    {.name = "frame", .zstd = true, .level = 3, .body_bytes = BODY_BYTES, .answer = SKIP_PROVEN},
    {.name = "frame of many blocks, two line ends", .zstd = true, .level = 1, .body_bytes = 20 * BODY_BYTES, .line_end_bytes = 4, .answer = SKIP_PROVEN},
    {.name = "frame that is needed", .zstd = true, .level = 3, .body_bytes = BODY_BYTES, .wanted = true, .answer = SKIP_WANTED},
    {.name = "frame too short to ask", .zstd = true, .level = 3, .body_bytes = 3000, .answer = SKIP_SHORT},
    {.name = "frame that does not tell its size", .zstd = true, .no_size = true, .level = 3, .body_bytes = BODY_BYTES, .answer = SKIP_SHORT},
    {.name = "frame with two records", .zstd = true, .level = 3, .body_bytes = BODY_BYTES, .two_records = true, .answer = SKIP_IMPOSSIBLE},
    {.name = "frame, zeros behind", .zstd = true, .level = 3, .body_bytes = BODY_BYTES, .behind = "zeros", .answer = SKIP_IMPOSSIBLE},
};
// clang-format on

static void make_body(struct buf *out, const struct row *row, uint32_t claimed_bytes)
{
    make_text(out, 7, 20000 < row->body_bytes ? 20000 : row->body_bytes);
    for (unsigned i = 0; i < row->claims; i++) {
        struct buf forged;
        buf_init(&forged, SIZE_MAX);
        make_record(&forged, "request", "https://forged.example/", 900 + i, NULL,
                    SPAN("GET / HTTP/1.1\r\n\r\n"));
        make_int(out, claimed_bytes, 4);
        make_gzip(out, &(struct make_gzip_style){.level = 6}, buf_span(&forged));
        buf_free(&forged);
    }
    if (out->bytes < row->body_bytes)
        make_text(out, 9, row->body_bytes - out->bytes);
}

/* The length of a record does not depend on what its body says of it, so it is made twice. */
static void make_first(struct buf *out, const struct row *row)
{
    struct buf body;
    buf_init(&body, SIZE_MAX);
    for (int turn = 0; turn < 2; turn++) {
        uint32_t claimed = (uint32_t)out->bytes;
        buf_reset(&body);
        buf_reset(out);
        make_body(&body, row, claimed);
        make_response(out, "https://a.example/b", 1,
                      row->wanted ? "Content-Type: text/html\r\n" : "Content-Type: image/png\r\n",
                      buf_span(&body));
        out->bytes -= 4 - row->line_end_bytes;
    }
    buf_free(&body);
}

static void make_member(struct buf *out, const struct row *row, struct span text)
{
    if (row->zstd)
        make_zstd(out,
                  &(struct make_zstd_style){.level = row->level, .checksum = true, .no_size = row->no_size},
                  text);
    else
        make_gzip(out, &(struct make_gzip_style){.level = row->level, .empty_blocks = row->empty_blocks},
                  text);
}

static void make_archive(struct buf *out, const struct row *row)
{
    struct buf first, last;
    struct row plain = *row;
    plain.empty_blocks = 0;
    buf_init(&first, SIZE_MAX);
    buf_init(&last, SIZE_MAX);
    make_first(&first, row);
    size_t single_bytes = first.bytes;
    if (row->two_records)
        make_record(&first, "request", "https://a.example/c", 2, NULL, SPAN("GET / HTTP/1.1\r\n\r\n"));
    make_member(out, row, buf_span(&first));
    if (row->wrong_size)
        out->at[out->bytes - 4] ^= 1;
    if (row->behind)
        for (int i = 0; i < 64; i++)
            buf_add_char(out, '\0');
    if (row->same_again)
        make_member(out, row, span_first(buf_span(&first), single_bytes));
    make_record(&last, "request", "https://a.example/last", 3, NULL, SPAN("GET / HTTP/1.1\r\n\r\n"));
    make_member(out, &plain, buf_span(&last));
    buf_free(&first);
    buf_free(&last);
}

static enum reader_need need(void *context, const struct record *record)
{
    (void)context;
    if (record->type != RECORD_RESPONSE)
        return READER_NEED_BODY;
    bool is_image = span_find_span(record->block, SPAN("image/png"), 0) < record->block.bytes;
    return is_image ? READER_NEED_HEAD : READER_NEED_BODY;
}

static void ignore_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    (void)context, (void)err, (void)at, (void)bytes;
}

/* What one reading says of every record: where, which, how long; and where it ended. near: a copy of the bytes from near_at on. */
static void describe_near(struct span archive, struct span near, uint64_t near_at,
                          const struct reader_needs *needs, struct inflater *inflater, struct buf *out,
                          struct reader *reader)
{
    struct record record;
    struct place place;
    enum source_kind kind = member_is_gzip(archive) ? SOURCE_WARC_GZ : SOURCE_WARC_ZST;
    reader_init(reader, archive, kind, 0, archive.bytes, true, inflater, ignore_fault, NULL);
    reader->needs = needs;
    reader->near = near;
    reader->near_at = near_at;
    while (reader_next(reader, &record, &place) == ERR_OK)
        buf_format(out, "%llu+%llu %llu %.*s %llu %llu %d\n", (unsigned long long)place.at,
                   (unsigned long long)place.inner, (unsigned long long)place.bytes,
                   SPAN_ARG(record.target_uri), (unsigned long long)record.declared_bytes,
                   (unsigned long long)(record.head.bytes + record.block.bytes + record.unread_bytes),
                   record.partial);
    buf_format(out, "%llu %llu %llu\n", (unsigned long long)reader->end_at,
               (unsigned long long)reader->understood_bytes, (unsigned long long)reader->member_count);
}

static void describe(struct span archive, const struct reader_needs *needs, struct inflater *inflater,
                     struct buf *out, struct reader *reader)
{
    describe_near(archive, SPAN_NONE, 0, needs, inflater, out, reader);
}

static void check_row(const struct row *row, struct inflater *inflater)
{
    const struct reader_needs needs = {need, NULL};
    struct buf archive, skipping, whole;
    struct reader reader;
    buf_init(&archive, SIZE_MAX);
    buf_init(&skipping, SIZE_MAX);
    buf_init(&whole, SIZE_MAX);
    make_archive(&archive, row);
    describe(buf_span(&archive), NULL, inflater, &whole, &reader);
    describe(buf_span(&archive), &needs, inflater, &skipping, &reader);
    if (!span_equal(buf_span(&skipping), buf_span(&whole)))
        fail_msg("%s: skipping gives\n%.*snot\n%.*s", row->name, SPAN_ARG(buf_span(&skipping)),
                 SPAN_ARG(buf_span(&whole)));
    if (reader.skip_counts[row->answer] != (row->answer == SKIP_SHORT ? 2u : 1u))
        fail_msg("%s: short %d wanted %d proven %d ambiguous %d impossible %d", row->name,
                 (int)reader.skip_counts[SKIP_SHORT], (int)reader.skip_counts[SKIP_WANTED],
                 (int)reader.skip_counts[SKIP_PROVEN], (int)reader.skip_counts[SKIP_AMBIGUOUS],
                 (int)reader.skip_counts[SKIP_IMPOSSIBLE]);
    if (span_find_span(buf_span(&skipping), SPAN("forged"), 0) < skipping.bytes)
        fail_msg("%s: a forged record was read", row->name);
    buf_free(&archive);
    buf_free(&skipping);
    buf_free(&whole);
}

static void test_rows(void **state)
{
    (void)state;
    struct inflater *inflater = inflater_new();
    assert_non_null(inflater);
    for (size_t i = 0; i < COUNT(rows); i++)
        check_row(&rows[i], inflater);
    inflater_free(inflater);
}

/* A copy is an allocation of its own, so that a byte read behind it is seen. */
static void check_copy(struct span archive, size_t at, size_t bytes, struct inflater *inflater,
                       const struct buf *expected, const struct reader *expected_reader)
{
    const struct reader_needs needs = {need, NULL};
    struct span part = span_first(span_from(archive, at), bytes);
    struct reader reader;
    struct buf found;
    char *copy = malloc(part.bytes + 1);
    assert_non_null(copy);
    char *near = copy + 1; /* at an odd address, too */
    memcpy(near, part.at, part.bytes);
    buf_init(&found, SIZE_MAX);
    describe_near(archive, span_of(near, part.bytes), at, &needs, inflater, &found, &reader);
    if (!span_equal(buf_span(&found), buf_span(expected)) ||
        memcmp(reader.skip_counts, expected_reader->skip_counts, sizeof reader.skip_counts) != 0)
        fail_msg("a copy of %zu bytes from %zu on changes what is read", part.bytes, at);
    buf_free(&found);
    free(copy);
}

/* All archives of gzip members one after the other: what is read does not depend on which part of them is at hand. */
static void test_copies(void **state)
{
    (void)state;
    const struct reader_needs needs = {need, NULL};
    struct inflater *inflater = inflater_new();
    struct buf archive, expected;
    struct reader reader;
    buf_init(&archive, SIZE_MAX);
    buf_init(&expected, SIZE_MAX);
    for (int turn = 0; turn < 3; turn++)
        for (size_t i = 0; i < COUNT(rows); i++)
            if (!rows[i].zstd)
                make_archive(&archive, &rows[i]);
    describe(buf_span(&archive), &needs, inflater, &expected, &reader);
    assert_true(reader.skip_counts[SKIP_PROVEN] && reader.skip_counts[SKIP_AMBIGUOUS] &&
                reader.skip_counts[SKIP_IMPOSSIBLE]);
    for (size_t at = 0; at < archive.bytes; at += archive.bytes / 11 + 1)
        for (size_t bytes = 100000; bytes < 2 * archive.bytes; bytes += bytes / 3)
            check_copy(buf_span(&archive), at, bytes, inflater, &expected, &reader);
    inflater_free(inflater);
    buf_free(&archive);
    buf_free(&expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_copies)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
