// SPDX-License-Identifier: MIT
/*
 * finding.h - what `verify` has to say: lists of findings on their way from a worker, and how they are printed.
 *
 * Every finding is counted; only the first max_lines of a kind are kept and printed, so that memory and output are
 * bounded whatever the archives hold.
 */
#ifndef PIPELINE_FINDING_H
#define PIPELINE_FINDING_H

#include <stdio.h>

#include "1_read/reader.h"
#include "base/buf.h"

/* An error means that bytes are not what was written; all else is a note. */
#define FINDING_LIST(X)                                                                                      \
    X(SYNTAX, "syntax")                                                                                      \
    X(TRUNCATED, "truncated")                                                                                \
    X(CHECKSUM, "checksum")                                                                                  \
    X(CORRUPT, "corrupt")                                                                                    \
    X(TOO_LARGE, "too-large")                                                                                \
    X(LENGTH, "length")                                                                                      \
    X(GARBAGE, "garbage")                                                                                    \
    X(PADDING, "padding")                                                                                    \
    X(NO_LENGTH, "no-length")                                                                                \
    X(VERSION, "version")                                                                                    \
    X(HEAD_LINE, "head-line")                                                                                \
    X(DICTIONARY, "dictionary")                                                                              \
    X(WINDOW, "window")                                                                                      \
    X(OTHER_FAULT, "other-fault")                                                                            \
    X(NO_TYPE, "no-type")                                                                                    \
    X(NO_ID, "no-id")                                                                                        \
    X(NO_DATE, "no-date")                                                                                    \
    X(NO_URI, "no-uri")                                                                                      \
    X(NOT_HTTP, "not-http")                                                                                  \
    X(FILENAME, "filename")                                                                                  \
    X(BLOCK_DIGEST, "block-digest")                                                                          \
    X(PAYLOAD_DIGEST, "payload-digest")                                                                      \
    X(PAYLOAD_AS_STORED, "payload-as-stored")                                                                \
    X(DIGEST_ALGORITHM, "digest-algorithm")                                                                  \
    X(DIGEST_FORM, "digest-form")                                                                            \
    X(NOT_CHECKED, "not-checked")                                                                            \
    X(ONE_MEMBER, "one-member")                                                                              \
    X(DUPLICATE_ID, "duplicate-id")                                                                          \
    X(CONCURRENT_TO, "concurrent-to")                                                                        \
    X(LONELY_REQUEST, "lonely-request")                                                                      \
    X(LONELY_RESPONSE, "lonely-response")                                                                    \
    X(NO_REQUESTS, "no-requests")                                                                            \
    X(NO_RESPONSES, "no-responses")                                                                          \
    X(REVISIT_TARGET, "revisit-target")                                                                      \
    X(NOT_READ, "not-read")                                                                                  \
    X(PACKAGE, "package")                                                                                    \
    X(RESOURCE_MISSING, "resource-missing")                                                                  \
    X(RESOURCE_BYTES, "resource-bytes")                                                                      \
    X(RESOURCE_HASH, "resource-hash")                                                                        \
    X(NOT_LISTED, "not-listed")

enum finding_kind {
#define FINDING_ENUM(name, text) FINDING_##name,
    FINDING_LIST(FINDING_ENUM)
#undef FINDING_ENUM
        FINDING_KIND_COUNT
};
const char *finding_name(enum finding_kind kind);

#define FINDING_NOWHERE ((struct place){UINT64_MAX, 0, 0}) /* of the archive as a whole */

struct finding {
    enum finding_kind kind;
    bool is_error;
    uint64_t at, inner;
    size_t text_at, text_bytes; /* in the list's texts */
};
struct finding_list {
    uint64_t max_lines; /* kept of each kind */
    struct buf items, texts;
    uint64_t counts[2][FINDING_KIND_COUNT]; /* notes, errors */
};
void finding_init(struct finding_list *list, uint64_t max_lines);
void finding_free(struct finding_list *list);
void finding_reset(struct finding_list *list);
/* Spans of an archive may stand in the text as they are: printing escapes them. */
void finding_add(struct finding_list *list, enum finding_kind kind, bool is_error, struct place place,
                 const char *format, ...) __attribute__((format(printf, 5, 6)));
size_t finding_count(const struct finding_list *list);
const struct finding *finding_at(const struct finding_list *list, size_t index);

/* Printing: one file after the other. */
enum finding_format { FINDING_TSV, FINDING_JSONL };
struct finding_printer {
    FILE *out; /* NULL: counts only */
    enum finding_format format;
    uint64_t max_lines;
    uint64_t printed[2][FINDING_KIND_COUNT],
        all[2][FINDING_KIND_COUNT]; /* notes, errors of the file under way */
};
/* The findings of a part of the file. ERR_IO, ERR_MEMORY. */
enum err finding_print(struct finding_printer *printer, struct span file,
                       const struct finding_list *list) MUST_CHECK;
/* Ends the file: a line for each kind of which findings were not printed. Notes and errors are added to totals. */
enum err finding_print_end(struct finding_printer *printer, struct span file, uint64_t totals[2]) MUST_CHECK;

/* One row of a table: cells as they are, or by their names as JSON. Behind the first text_count, cells of digits only
 * are numbers. */
enum err finding_print_row(FILE *out, enum finding_format format, const char *const *names,
                           const struct span *cells, size_t count, size_t text_count) MUST_CHECK;

#endif
