// SPDX-License-Identifier: MIT
/*
 * static_share.h - how much of what browsers were seen to contact stands in the markup of the same page.
 *
 * In:     the contacts of an index: of the pages' doing, of third parties, of producers that run scripts
 * Out:    pairs of visit and host, per producer, and of these the declared ones per element that declares
 * Owns:   nothing: rows live in the caller's arena, their texts as long as the index is open
 * Limits: one pass over the contacts; STATIC_ELEMENTS_MAX elements for one pair, further ones are left out
 * Errors: ERR_INDEX, ERR_MEMORY
 * Source: formats.md 8, 7 (recall and precision per element kind); evidence.md 3.1 (classes)
 */
#ifndef REPORT_STATIC_SHARE_H
#define REPORT_STATIC_SHARE_H

#include "3_extract/crawl.h"
#include "4_index/index.h"

#define STATIC_ELEMENTS_MAX 16u

struct static_row {
    enum producer producer;
    struct span element; /* "script src" */
    uint32_t declared_count, seen_count;
};
struct static_share {
    uint32_t seen_count[PRODUCER_COUNT], both_count[PRODUCER_COUNT]; /* contacted; and declared, too */
    struct static_row *rows; /* by producer, then what was seen most */
    size_t row_count, row_capacity;
};
enum err static_share_read(const struct index *index, struct arena *arena,
                           struct static_share *out) MUST_CHECK;

#endif
