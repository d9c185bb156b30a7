// SPDX-License-Identifier: MIT
/*
 * find.h - three bytes in a row, sought 32 places at a time.
 *
 * Two of them may be rare in some data and none in other; all three together are rare in all that is compressed, so that the
 * search hardly ever stops for nothing, as one for a single byte does every 256 bytes.
 *
 * In:     any bytes
 * Out:    the first place
 * Owns:   nothing
 * Limits: none
 * Errors: none
 * Source: AVX2 where the machine has it, SSE2, NEON, or plain C; all find the same
 */
#ifndef BASE_FIND_H
#define BASE_FIND_H

#include "base/span.h"

/* The first place at or behind `from` where these three stand, s.bytes if there is none. */
size_t find_three(struct span s, const char three[3], size_t from);

/* For tests: the ways to search that this machine has, the plainest first; NULL behind the last. */
typedef size_t find_three_fn(struct span s, const char three[3], size_t from);
find_three_fn *find_three_way(unsigned number);

#endif
