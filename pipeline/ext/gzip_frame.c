// SPDX-License-Identifier: MIT
#include "ext/gzip_frame.h"

#include "base/bytes.h"
#include "base/limits.h"

#define GZIP_FIXED_BYTES   10u
#define GZIP_TRAILER_BYTES 8u

enum gzip_flag { FHCRC = 0x02, FEXTRA = 0x04, FNAME = 0x08, FCOMMENT = 0x10, RESERVED = 0xe0 };

/* FNAME and FCOMMENT end at a NUL. */
static enum err skip_text(struct span in, size_t *at)
{
    struct span text = span_first(span_from(in, *at), LIMIT_GZIP_TEXT_BYTES);
    size_t bytes = span_find(text, '\0', 0);
    if (bytes == text.bytes)
        return text.bytes < LIMIT_GZIP_TEXT_BYTES ? ERR_TRUNCATED : ERR_SYNTAX;
    *at += bytes + 1;
    return ERR_OK;
}

/*
 * RFC 1952 2.3. XLEN is trusted blindly, since real subfields lie about their own lengths (`sl` without one);
 * the header CRC is not checked, since what it guards is not used.
 */
enum err gzip_frame_header(struct span in, size_t *bytes)
{
    if (!span_starts(in, span_first(SPAN("\x1f\x8b\x08"), in.bytes)))
        return ERR_SYNTAX;
    if (in.bytes < GZIP_FIXED_BYTES)
        return ERR_TRUNCATED;
    unsigned flags = (unsigned char)in.at[3];
    size_t at = GZIP_FIXED_BYTES;
    if (flags & RESERVED)
        return ERR_SYNTAX;
    if (flags & FEXTRA) {
        if (in.bytes - at < 2)
            return ERR_TRUNCATED;
        at += 2 + ((unsigned char)in.at[at] | (size_t)(unsigned char)in.at[at + 1] << 8);
    }
    if (flags & FNAME)
        TRY(skip_text(in, &at));
    if (flags & FCOMMENT)
        TRY(skip_text(in, &at));
    if (flags & FHCRC)
        at += 2;
    if (at > in.bytes)
        return ERR_TRUNCATED;
    *bytes = at;
    return ERR_OK;
}

enum err gzip_frame_trailer(struct span in, uint32_t crc, uint64_t inflated_bytes, size_t *at)
{
    struct span trailer = span_from(in, *at);
    *at += span_first(trailer, GZIP_TRAILER_BYTES).bytes;
    if (trailer.bytes < GZIP_TRAILER_BYTES)
        return ERR_TRUNCATED;
    bool good = bytes_u32_le(trailer.at) == crc && bytes_u32_le(trailer.at + 4) == (uint32_t)inflated_bytes;
    return good ? ERR_OK : ERR_CHECKSUM;
}
