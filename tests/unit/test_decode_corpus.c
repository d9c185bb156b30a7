// SPDX-License-Identifier: MIT
/*
 * test_decode_corpus.c - heads, bodies and crawler records of real archives: every labelled body of the
 * recording proxy decodes, and the counts are those of an independent parser. Skipped, aloud, when the shared
 * folder is not there.
 */
#include "io/mapfile.h"
#include "tally.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void shared(char *path, size_t bytes, const char *name)
{
    const char *folder = getenv("TREDJEPART_SHARED");
    snprintf(path, bytes, "%s/%s", folder ? folder : "../shared", name);
}

static void tally_path(struct tally *tally, const char *path)
{
    struct mapfile file;
    if (mapfile_open(path, 0, &file) != ERR_OK)
        fail_msg("%s cannot be opened", path);
    tally_file(tally, file.bytes);
    mapfile_close(&file);
}

/* false: the folder is not there. */
static bool tally_folder(struct tally *tally, const char *name, enum producer producer)
{
    char path[1024], folder[512];
    shared(folder, sizeof folder, name);
    DIR *dir = opendir(folder);
    if (!dir) {
        print_message("no %s: SKIPPED, real archives were not read\n", folder);
        return false;
    }
    for (struct dirent *entry; (entry = readdir(dir));) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] == '.')
            continue;
        tally_path(tally, path);
        if (tally->producer != producer)
            fail_msg("%s is said to be from %s", path, producer_name(tally->producer));
    }
    closedir(dir);
    return true;
}

static void crawls(void **state)
{
    static const struct {
        const char *folder;
        enum producer producer;
        bool has_codings, has_cookies, has_marks, has_pages;
    } folders[] = {
        {"crawl/2025/proxy",       PRODUCER_WARCPROX,    true,  true,  false, false},
        {"crawl/2026/proxy",       PRODUCER_WARCPROX,    true,  true,  false, false},
        {"crawl/2025/wget",        PRODUCER_WGET,        true,  true,  false, false},
        {"crawl/2026/wget",        PRODUCER_WGET,        true,  true,  false, false},
        {"crawl/2025/capture",     PRODUCER_BROWSER,     false, true,  true,  false},
        {"crawl/2026/capture",     PRODUCER_BROWSER,     false, true,  true,  false},
        {"crawl/2025/browsertrix", PRODUCER_BROWSERTRIX, false, false, false, true },
        {"crawl/2026/browsertrix", PRODUCER_BROWSERTRIX, false, false, false, true },
    };
    (void)state;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct tally tally;
        tally_init(&tally);
        if (!tally_folder(&tally, folders[i].folder, folders[i].producer)) {
            tally_free(&tally);
            skip();
        }
        bool good =
            tally.heads > 0 && !tally.not_http && !tally.damaged && !tally.run_errors && !tally.bad_pages &&
            tally.labelled == tally.undone && (tally.undone > 0) == folders[i].has_codings &&
            (tally.set_cookies > 0) == folders[i].has_cookies && (tally.marks > 0) == folders[i].has_marks &&
            (tally.pageinfos > 0) == folders[i].has_pages && tally.pageinfos == tally.page_lines;
        if (!good)
            fail_msg("%s: %llu labelled, %llu undone, %llu damaged, %llu bad pages", folders[i].folder,
                     (unsigned long long)tally.labelled, (unsigned long long)tally.undone,
                     (unsigned long long)tally.damaged, (unsigned long long)tally.bad_pages);
        print_message("%s: %llu heads, %llu coded bodies\n", folders[i].folder,
                      (unsigned long long)tally.heads, (unsigned long long)tally.undone);
        tally_free(&tally);
    }
}

/* Columns of the manifest, and the files where it counts otherwise: found by the end of the path. */
enum column { SET_COOKIES, UNDONE, FRAMED, PAGEINFOS, OUTLINKS, COLUMN_COUNT };
static const char *const column_names[COLUMN_COUNT] = {
    [SET_COOKIES] = "set_cookie_headers", [UNDONE] = "ce_body_really_encoded",
    [FRAMED] = "te_body_still_framed",    [PAGEINFOS] = "pageinfo_records",
    [OUTLINKS] = "heritrix_outlinks",
};
static const struct {
    const char *path_end, *reason;
    enum column column;
    uint64_t count;
} differences[] = {
    {"bad_http_chunked_content.warc", "the first chunk fits, only the end is wrong", FRAMED, 1},
    {"example/warc-response.warc",    "the first chunk is cut with the record",      FRAMED, 1},
};

static size_t index_of(struct span header, const char *name)
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

static void check_file(struct span name, const uint64_t *expected)
{
    char path[1024], file[900];
    struct tally tally;
    snprintf(file, sizeof file, "corpus/%.*s", SPAN_ARG(name));
    shared(path, sizeof path, file);
    tally_init(&tally);
    tally_path(&tally, path);
    const uint64_t counts[COLUMN_COUNT] = {
        [SET_COOKIES] = tally.set_cookies, [UNDONE] = tally.undone,     [FRAMED] = tally.framed,
        [PAGEINFOS] = tally.pageinfos,     [OUTLINKS] = tally.outlinks,
    };
    assert_int_equal(tally.run_errors, 0);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        uint64_t count = expected[i];
        for (size_t k = 0; k < sizeof differences / sizeof *differences; k++)
            if ((int)differences[k].column == i && span_ends(name, span_of_string(differences[k].path_end)))
                count = differences[k].count;
        if (counts[i] != count)
            fail_msg("%.*s: %s is %llu, not %llu", SPAN_ARG(name), column_names[i],
                     (unsigned long long)counts[i], (unsigned long long)count);
    }
    tally_free(&tally);
}

static void corpus(void **state)
{
    char path[1024];
    struct mapfile manifest;
    (void)state;
    shared(path, sizeof path, "corpus/MANIFEST.tsv");
    if (mapfile_open(path, 0, &manifest) != ERR_OK) {
        print_message("no %s: SKIPPED, real archives were not read\n", path);
        skip();
    }
    struct span rest = manifest.bytes, header = span_cut_line(&rest);
    size_t container = index_of(header, "container"), kind = index_of(header, "kind"), columns[COLUMN_COUNT];
    size_t file_count = 0;
    for (int i = 0; i < COLUMN_COUNT; i++)
        columns[i] = index_of(header, column_names[i]);
    while (rest.bytes) {
        struct span row = span_cut_line(&rest), wrapping = cell(row, container);
        uint64_t expected[COLUMN_COUNT];
        if (!span_equal(cell(row, kind), SPAN("warc")) ||
            (!span_equal(wrapping, SPAN("raw")) && !span_equal(wrapping, SPAN("gzip"))))
            continue;
        for (int i = 0; i < COLUMN_COUNT; i++)
            assert_true(span_to_u64(cell(row, columns[i]), &expected[i]));
        check_file(cell(row, 0), expected);
        file_count++;
    }
    print_message("%zu real archives decoded\n", file_count);
    assert_true(file_count > 300);
    mapfile_close(&manifest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(crawls), cmocka_unit_test(corpus)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
