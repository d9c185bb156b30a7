// SPDX-License-Identifier: MIT
#include "ext/ext_xxhash.h"

#include <stdio.h>
#if defined __x86_64__
#include <xxh_x86dispatch.h> /* the widest vectors this processor has */
#else
#include <xxhash.h>
#endif

struct fingerprint fingerprint_of(struct span bytes)
{
    XXH128_hash_t h = XXH3_128bits(bytes.at, bytes.bytes);
    return (struct fingerprint){h.high64, h.low64};
}

struct fingerprint fingerprint_fold(struct fingerprint so_far, struct fingerprint next)
{
    unsigned char block[32];
    const uint64_t words[4] = {so_far.high, so_far.low, next.high, next.low};
    for (size_t i = 0; i < sizeof block; i++) /* the same bytes on every machine */
        block[i] = (unsigned char)(words[i / 8] >> (56 - 8 * (i % 8)));
    return fingerprint_of(span_of(block, sizeof block));
}

void fingerprint_text(struct fingerprint fingerprint, char out[33])
{
    snprintf(out, 33, "%016llx%016llx", (unsigned long long)fingerprint.high,
             (unsigned long long)fingerprint.low);
}
