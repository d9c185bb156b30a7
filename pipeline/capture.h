// SPDX-License-Identifier: MIT
/*
 * capture.h - what the records of a file tell of the crawl that made it, and the row of captures.csv it becomes.
 *
 * The columns are those of the register in the compliance rules, section 8.1. What archives cannot tell (consent,
 * vantage point, depth ...) is left empty for whoever ran the crawl to fill in.
 */
#ifndef PIPELINE_CAPTURE_H
#define PIPELINE_CAPTURE_H

#include "1_read/record.h"
#include "3_extract/crawl.h"
#include "base/buf.h"
#include "ext/ext_crypto.h"

#define CAPTURE_TEXT_BYTES 256
struct capture {
    bool is_dated;
    int64_t first_ns, last_ns; /* of its records */
    enum producer producer;    /* as the plan knows it */
    /* NUL-terminated, cut; empty: not told. Of the first warcinfo or request that tells. */
    char software[CAPTURE_TEXT_BYTES], part_of[CAPTURE_TEXT_BYTES], user_agent[CAPTURE_TEXT_BYTES];
};
enum err capture_learn(struct capture *capture, const struct record *record, struct arena *arena) MUST_CHECK;
/* What a later part of the same file tells. */
void capture_join(struct capture *capture, const struct capture *later);

struct capture_row {
    struct span path;
    uint64_t bytes;
    unsigned char sha256[CRYPTO_BYTES_MAX];
    struct capture capture;
};
/* The register: a header row, and one row a file. */
void capture_write(struct buf *out, const struct capture_row *rows, size_t count);

#endif
