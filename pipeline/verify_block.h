// SPDX-License-Identifier: MIT
/*
 * verify_block.h - the block of a record piece by piece, also of one that did not fit the reader's window.
 */
#ifndef PIPELINE_VERIFY_BLOCK_H
#define PIPELINE_VERIFY_BLOCK_H

#include "1_read/reader.h"

struct verify_block {
    const struct record *record;
    /* of a record that was cut: */
    struct inflater *inflater; /* NULL: it was not; another one than the reader's */
    struct span member;        /* begins with the gzip member that holds it */
    uint64_t block_at;         /* in the inflated member */
    /* how far it was read */
    uint64_t end_at;
    /* private */
    struct span window;
    uint64_t window_at;
};
/* For payload_check: a payload_piece_fn. */
enum err verify_block_piece(void *block, uint64_t from, struct span *out) MUST_CHECK;

#endif
