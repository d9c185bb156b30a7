// SPDX-License-Identifier: MIT
/*
 * test_read_corpus.c - real archives of other programs: the counts of an independent parser, every byte
 * accounted for, and chained ranges equal to one pass. Skipped, aloud, when the shared folder is not there.
 */
#include "1_read/source.h"
#include "io/mapfile.h"
#include "make/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define LENGTHS                                                                                              \
    "a version line each, as counted by grep: lengths too large (line ends were converted) swallowed "       \
    "records"
// clang-format off
/* Where the manifest counts otherwise, and why we do not follow; found by the end of the path. */
static const struct {
    const char *path_end, *reason;
    uint64_t record_count, response_count;
} differences[] = {
    {"warc-c/tests/files/examples/test.warc", "no length, and what follows has no WARC field: one block", 1, 0},
    {"warc/invalid-warcrecord-3.warc", LENGTHS, 6, 6},
    {"sample/plethora.warc~f3130f83", LENGTHS, 8, 3},
    {"tests/example-bad-digest.warc", LENGTHS, 4, 0},
    {"warc/CC-TEST-01-00001-hostname.warc.gz.in~642a3a58", LENGTHS, 4, 1},
    {"wvanderp+node-warc/test/data/dupes.warc", LENGTHS, 25, 3},
    {"wvanderp+node-warc/test/data/example-extra.warc", LENGTHS, 6, 2},
    {"wvanderp+node-warc/test/data/example-url-agnostic-orig.warc", LENGTHS, 2, 1},
    {"wvanderp+node-warc/test/data/example-url-agnostic-revisit.warc", LENGTHS, 2, 0},
    {"wvanderp+node-warc/test/data/example-wget-1-14.warc", LENGTHS, 6, 1},
    {"wvanderp+node-warc/test/data/example.warc", LENGTHS, 6, 2},
    {"wvanderp+node-warc/test/data/webr-20140610000859408345-17979.warc.gz.open", LENGTHS, 6, 3},
    {"wvanderp+node-warc/test/data/wpull-warc.gz.warc", LENGTHS, 4, 1},
    {"valid-warcfile-upper-lower-case.warc", "names and version lines count in any case", 5, 4},
    {"valid-warcfile-upper-lower-case.warc.gz", "names and version lines count in any case", 5, 4},
    {"x-internet-archive/invalid_1.0_missing_field.arc", "a version block without a length is one all the same", 2, 1},
    {"test-arc-1.0-invalid-fields.arc", "the same", 2, 1},
    {"arc/badexample.arc.gz", "bodies were taken out and lengths left: a record swallowed the next, which is found", 5, 4},
    {"warcio/test/data/bad.arc", "a length that is no number is none, the record is one", 4, 3},
    {"warcs/missing-status-text.warc", "lines may end in CR CR LF, the empty one that ends a head, too", 1, 1},
};
// clang-format on

static size_t column_of(struct span header, const char *name)
{
    for (size_t i = 0; header.at; i++)
        if (span_equal(span_trim(span_cut(&header, '\t')), span_of_string(name)))
            return i;
    fail_msg("the manifest has no column %s", name);
    return 0;
}

static struct span cell(struct span row, size_t column)
{
    for (size_t i = 0; i < column; i++)
        span_cut(&row, '\t');
    return span_trim(span_cut(&row, '\t'));
}

static void expect(struct span path, uint64_t *record_count, uint64_t *response_count)
{
    for (size_t i = 0; i < sizeof differences / sizeof differences[0]; i++)
        if (span_ends(path, span_of_string(differences[i].path_end))) {
            *record_count = differences[i].record_count;
            *response_count = differences[i].response_count;
        }
}

static void check_file(const char *path, struct span name, uint64_t record_count, uint64_t response_count)
{
    struct mapfile file;
    struct walk whole, chain;
    if (mapfile_open(path, 0, &file) != ERR_OK)
        fail_msg("%s cannot be opened", path);
    enum source_kind kind = source_kind_of(file.bytes);
    expect(name, &record_count, &response_count);
    walk_init(&whole);
    walk_init(&chain);
    walk_whole(&whole, file.bytes, kind);
    if (whole.record_count != record_count || whole.response_count != response_count)
        fail_msg("%.*s: %llu records with %llu responses, not %llu with %llu", SPAN_ARG(name),
                 (unsigned long long)whole.record_count, (unsigned long long)whole.response_count,
                 (unsigned long long)record_count, (unsigned long long)response_count);
    if (whole.lost_bytes + whole.understood_bytes != file.bytes.bytes)
        fail_msg("%.*s: %llu lost and %llu understood of %zu bytes", SPAN_ARG(name),
                 (unsigned long long)whole.lost_bytes, (unsigned long long)whole.understood_bytes,
                 file.bytes.bytes);
    walk_chain(&chain, file.bytes, kind, 1 + file.bytes.bytes / 7);
    if (!span_equal(buf_span(&whole.log), buf_span(&chain.log)))
        fail_msg("%.*s: seven ranges are not one pass", SPAN_ARG(name));
    walk_free(&whole);
    walk_free(&chain);
    mapfile_close(&file);
}

static bool is_one_of(struct span word, const char *words)
{
    struct span rest = span_of_string(words);
    while (rest.at)
        if (span_equal(span_cut(&rest, ' '), word))
            return true;
    return false;
}

static void test_manifest(void **state)
{
    (void)state;
    const char *shared = getenv("TREDJEPART_SHARED");
    char path[4096];
    struct mapfile manifest;
    snprintf(path, sizeof path, "%s/corpus/MANIFEST.tsv", shared ? shared : "../shared");
    if (mapfile_open(path, 0, &manifest) != ERR_OK) {
        print_message("no %s: SKIPPED, real archives were not read\n", path);
        skip();
    }
    struct span rest = manifest.bytes, header = span_cut_line(&rest);
    size_t container = column_of(header, "container"), kind = column_of(header, "kind");
    size_t records = column_of(header, "records"), responses = column_of(header, "n_response");
    size_t file_count = 0;
    while (rest.bytes) {
        struct span row = span_cut_line(&rest), name = cell(row, 0);
        uint64_t record_count, response_count;
        if (!is_one_of(cell(row, kind), "warc arc") || !is_one_of(cell(row, container), "raw gzip zstd"))
            continue;
        assert_true(span_to_u64(cell(row, records), &record_count));
        assert_true(span_to_u64(cell(row, responses), &response_count));
        snprintf(path, sizeof path, "%s/corpus/%.*s", shared ? shared : "../shared", SPAN_ARG(name));
        check_file(path, name, record_count, response_count);
        file_count++;
    }
    print_message("%zu real archives read\n", file_count);
    assert_true(file_count > 390);
    mapfile_close(&manifest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_manifest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
