// SPDX-License-Identifier: MIT
/*
 * classify.h - where in a text the bytes of a few sets stand, 64 bytes at a time.
 *
 *   text    <a href="b">       a set's marks: one bit per byte, the first byte is the lowest bit
 *   "<>"    10000000000 1      the marks of block i and set k are marks[i * set_count + k]
 *
 * In:     a text, sets of bytes
 * Out:    marks; no bit is set behind the end of the text
 * Owns:   nothing
 * Limits: CLASSIFY_SETS, CLASSIFY_MEMBERS
 * Errors: none
 * Source: -
 */
#ifndef BASE_CLASSIFY_H
#define BASE_CLASSIFY_H

#include "base/span.h"

#define CLASSIFY_BLOCK_BYTES 64u
#define CLASSIFY_SETS        8u
#define CLASSIFY_MEMBERS     8u

struct classify_set {
    size_t count;
    char members[CLASSIFY_MEMBERS];
};

/* Ways to the same marks; not every machine has all. */
enum classify_way { CLASSIFY_PORTABLE, CLASSIFY_SSE2, CLASSIFY_AVX2, CLASSIFY_NEON, CLASSIFY_WAY_COUNT };

/* marks: room for set_count words per block that the text has or begins. The best way of this machine. */
void classify_bytes(struct span text, const struct classify_set *sets, size_t set_count, uint64_t *marks);
/* The same by one way; false: this machine does not have it, and nothing is written. */
bool classify_bytes_by(enum classify_way way, struct span text, const struct classify_set *sets,
                       size_t set_count, uint64_t *marks);

#endif
