// SPDX-License-Identifier: MIT
#include "ext/zlib_frame.h"

#define HEADER_BYTES  2u
#define TRAILER_BYTES 4u

/* 2.2: the method, the check bits, and no preset dictionary. */
enum err zlib_frame_header(struct span in, size_t *bytes)
{
    *bytes = 0;
    if (in.bytes < HEADER_BYTES)
        return ERR_TRUNCATED;
    unsigned cmf = (unsigned char)in.at[0], flg = (unsigned char)in.at[1];
    bool good = (cmf & 0x0f) == 8 && cmf >> 4 <= 7 && (cmf << 8 | flg) % 31 == 0 && !(flg & 0x20);
    *bytes = good ? HEADER_BYTES : 0;
    return good ? ERR_OK : ERR_SYNTAX;
}

enum err zlib_frame_trailer(struct span in, uint32_t adler, size_t *at)
{
    struct span trailer = span_first(span_from(in, *at), TRAILER_BYTES);
    *at += trailer.bytes;
    if (trailer.bytes < TRAILER_BYTES)
        return ERR_TRUNCATED;
    const unsigned char *u = (const unsigned char *)trailer.at;
    uint32_t stored = (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8 | u[3];
    return stored == adler ? ERR_OK : ERR_CHECKSUM;
}
