// SPDX-License-Identifier: MIT
/* hash.h - for tables in memory; never stored (fingerprints are ext_xxhash.h). hash_span: FNV-1a with a final mix, one byte
 * at a time; hash_text: eight at a time, another value on every byte order. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/span.h"

static inline uint64_t hash_span(struct span s)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.bytes; i++)
        h = (h ^ (unsigned char)s.at[i]) * 0x100000001b3u;
    h ^= h >> 32;
    h *= 0x9e3779b97f4a7c15u;
    return h ^ h >> 29;
}

static inline uint64_t hash_text(struct span s)
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
