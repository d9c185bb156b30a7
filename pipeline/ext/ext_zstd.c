// SPDX-License-Identifier: MIT
#include "ext/ext_zstd.h"

#include "ext/sink.h"

#include <zstd.h>
#include <zstd_errors.h>

#define WINDOW_LOG_MAX 23 /* RFC 9659: 8 MiB */

static enum err error_of(size_t result)
{
    switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_memory_allocation:
        return ERR_MEMORY;
    case ZSTD_error_checksum_wrong:
        return ERR_CHECKSUM;
    case ZSTD_error_frameParameter_windowTooLarge:
        return ERR_TOO_LARGE;
    default:
        return ERR_CORRUPT;
    }
}

static bool frame_follows(struct span in, size_t at)
{
    struct span rest = span_from(in, at);
    bool skippable =
        rest.bytes >= 4 && (rest.at[0] & 0xf0) == 0x50 && !memcmp(rest.at + 1, "\x2a\x4d\x18", 3);
    return skippable || span_starts(rest, SPAN("\x28\xb5\x2f\xfd"));
}

/* The library forgets what a call wrote when the call fails. So it gets what it asks for, which is about one
 * block. */
static enum err decode_all(ZSTD_DCtx *context, struct span in, struct sink *sink, size_t *used)
{
    size_t wanted = ZSTD_initDStream(context);
    for (;;) {
        size_t room_bytes, left = in.bytes - *used;
        char *to = sink_room(sink, &room_bytes);
        if (!to)
            return sink->out->err;
        ZSTD_inBuffer from = {in.at + *used, wanted < left ? wanted : left, 0};
        ZSTD_outBuffer into = {to, room_bytes, 0};
        wanted = ZSTD_decompressStream(context, &into, &from);
        if (ZSTD_isError(wanted))
            return error_of(wanted);
        *used += from.pos;
        if (!sink_took(sink, into.pos))
            return ERR_TOO_LARGE;
        bool out_full = into.pos == into.size;
        if (wanted == 0 && !frame_follows(in, *used))
            return ERR_OK;
        if (wanted == 0)
            wanted = ZSTD_initDStream(context);
        else if (*used == in.bytes && !out_full)
            return ERR_TRUNCATED;
    }
}

enum err zstd_decode(struct span in, size_t max_bytes, struct buf *out, size_t *used)
{
    struct sink sink = sink_into(out, max_bytes);
    *used = 0;
    ZSTD_DCtx *context = ZSTD_createDCtx();
    if (!context)
        return ERR_MEMORY;
    enum err err = ERR_MEMORY;
    if (!ZSTD_isError(ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, WINDOW_LOG_MAX)))
        err = decode_all(context, in, &sink, used);
    ZSTD_freeDCtx(context);
    return err;
}
