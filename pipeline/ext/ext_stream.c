// SPDX-License-Identifier: MIT
#define ZLIB_CONST
#include "ext/ext_stream.h"

#include "ext/sink.h"

#include <zlib.h>

#define FEED_BYTES (1u << 30) /* zlib counts in unsigned int */

static const int window_bits[] = {[STREAM_GZIP] = 15 + 16, [STREAM_ZLIB] = 15, [STREAM_RAW] = -15};

static enum err error_of(const z_stream *z, int result)
{
    if (result == Z_MEM_ERROR)
        return ERR_MEMORY;
    if (result == Z_BUF_ERROR)
        return ERR_TRUNCATED;
    bool checked =
        z->msg && (!strcmp(z->msg, "incorrect data check") || !strcmp(z->msg, "incorrect length check"));
    return checked ? ERR_CHECKSUM : ERR_CORRUPT;
}

static bool member_follows(struct span in, size_t at)
{
    return span_starts(span_from(in, at), SPAN("\x1f\x8b\x08"));
}

static enum err inflate_all(z_stream *z, struct span in, enum stream_format format, struct sink *sink,
                            size_t *used)
{
    for (;;) {
        size_t room_bytes, left = in.bytes - *used;
        char *to = sink_room(sink, &room_bytes);
        if (!to)
            return sink->out->err;
        z->next_in = (const Bytef *)in.at + *used;
        z->avail_in = left < FEED_BYTES ? (uInt)left : FEED_BYTES;
        z->next_out = (Bytef *)to;
        z->avail_out = room_bytes < FEED_BYTES ? (uInt)room_bytes : FEED_BYTES;
        int result = inflate(z, Z_NO_FLUSH);
        *used = (size_t)((const char *)z->next_in - in.at);
        if (!sink_took(sink, (size_t)((char *)z->next_out - to)))
            return ERR_TOO_LARGE;
        if (result == Z_STREAM_END && format == STREAM_GZIP && member_follows(in, *used))
            result = inflateReset(z);
        else if (result == Z_STREAM_END)
            return ERR_OK;
        if (result != Z_OK)
            return error_of(z, result);
    }
}

enum err stream_inflate(struct span in, enum stream_format format, size_t max_bytes, struct buf *out,
                        size_t *used)
{
    struct sink sink = sink_into(out, max_bytes);
    z_stream z = {0};
    *used = 0;
    if (inflateInit2(&z, window_bits[format]) != Z_OK)
        return ERR_MEMORY;
    enum err err = inflate_all(&z, in, format, &sink, used);
    inflateEnd(&z);
    return err;
}
