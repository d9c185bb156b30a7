// SPDX-License-Identifier: MIT
/*
 * bytes.h - numbers as archives write them: the lowest byte first, anywhere in memory.
 *
 * In:     as many bytes as the number has
 * Out:    the number
 * Owns:   nothing
 * Limits: none
 * Errors: none
 * Source: RFC 1952 2.1 (gzip); RFC 8878 3 (zstd)
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdint.h>

static inline uint32_t bytes_u32_le(const char *at)
{
    const unsigned char *u = (const unsigned char *)at;
    return u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
}

#endif
