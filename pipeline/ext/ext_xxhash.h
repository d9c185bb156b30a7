// SPDX-License-Identifier: MIT
/* ext_xxhash.h - 128-bit fingerprints (XXH3): fast, stable across machines, not against forgers (digests are
 * ext_crypto.h). */
#ifndef EXT_XXHASH_H
#define EXT_XXHASH_H

#include "base/span.h"

struct fingerprint {
    uint64_t high, low;
};

struct fingerprint fingerprint_of(struct span bytes);
/* The fingerprint of (so far, next): folding in a fixed order. */
struct fingerprint fingerprint_fold(struct fingerprint so_far, struct fingerprint next);
/* 32 lower-case hex digits and a NUL. */
void fingerprint_text(struct fingerprint fingerprint, char out[33]);

#endif
