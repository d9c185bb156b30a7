// SPDX-License-Identifier: MIT
/* hash.h - eight bytes at a time, multiplied and mixed: for tables in memory; never stored (fingerprints are ext_xxhash.h), since
 * the value depends on the byte order. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/span.h"

static inline uint64_t hash_span(struct span s)
{
    const uint64_t odd = 0x9e3779b97f4a7c15u;
    uint64_t h = s.bytes * odd, word;
    for (; s.bytes >= sizeof word; s = span_from(s, sizeof word)) {
        memcpy(&word, s.at, sizeof word);
        h = (h ^ word) * odd;
        h ^= h >> 32;
    }
    word = 0;
    if (s.bytes)
        memcpy(&word, s.at, s.bytes);
    h = (h ^ word) * odd;
    h ^= h >> 32;
    h *= odd;
    return h ^ h >> 29;
}

#endif
