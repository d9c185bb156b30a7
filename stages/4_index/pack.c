// SPDX-License-Identifier: MIT
#include "4_index/pack.h"

void pack_u64(struct buf *out, uint64_t value)
{
    char *to = buf_room(out, PACK_U64_BYTES);
    if (to)
        out->bytes += (size_t)(pack_put(to, value) - to);
}

void pack_i64(struct buf *out, int64_t value)
{
    pack_u64(out, pack_zigzag(value));
}

void pack_text(struct buf *out, struct span text)
{
    char *to = buf_room(out, PACK_U64_BYTES + text.bytes), *at;
    if (!to)
        return;
    at = pack_put(to, text.bytes);
    if (text.bytes)
        memcpy(at, text.at, text.bytes);
    out->bytes += (size_t)(at - to) + text.bytes;
}

uint64_t unpack_long(struct unpack *in)
{
    const char *at = in->rest.at;
    uint64_t value = 0;
    for (size_t i = 0; i < PACK_U64_BYTES && i < in->rest.bytes; i++) {
        value |= (uint64_t)(at[i] & 0x7f) << (7 * i);
        if (!(at[i] & 0x80)) {
            in->rest = span_from(in->rest, i + 1);
            return value;
        }
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
