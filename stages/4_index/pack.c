// SPDX-License-Identifier: MIT
#include "4_index/pack.h"

void pack_u64(struct buf *out, uint64_t value)
{
    char bytes[10];
    size_t n = 0;
    do {
        bytes[n++] = (char)((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
        value >>= 7;
    } while (value);
    buf_add(out, span_of(bytes, n));
}

void pack_i64(struct buf *out, int64_t value)
{
    pack_u64(out, (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

void pack_text(struct buf *out, struct span text)
{
    pack_u64(out, text.bytes);
    buf_add(out, text);
}

uint64_t unpack_u64(struct unpack *in)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && in->rest.bytes; shift += 7) {
        unsigned char byte = (unsigned char)in->rest.at[0];
        in->rest = span_from(in->rest, 1);
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80))
            return value;
    }
    in->bad = true;
    in->rest.bytes = 0;
    return 0;
}

int64_t unpack_i64(struct unpack *in)
{
    uint64_t value = unpack_u64(in);
    return (int64_t)(value >> 1 ^ (value & 1 ? UINT64_MAX : 0));
}

struct span unpack_text(struct unpack *in)
{
    uint64_t bytes = unpack_u64(in);
    if (bytes > in->rest.bytes) {
        in->bad = true;
        in->rest.bytes = 0;
        return SPAN_NONE;
    }
    struct span text = span_first(in->rest, bytes);
    in->rest = span_from(in->rest, bytes);
    return text;
}
