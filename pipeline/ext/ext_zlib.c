// SPDX-License-Identifier: MIT
#include "ext/ext_zlib.h"

#include <stdlib.h>
#include <zlib.h>

#define SCRATCH_BYTES (64u << 10)
#define RAW_DEFLATE   (-MAX_WBITS)

struct ext_zlib {
    z_stream stream;
    Bytef scratch[SCRATCH_BYTES]; /* takes what is thrown away */
};

struct ext_zlib *ext_zlib_new(void)
{
    struct ext_zlib *zlib = calloc(1, sizeof *zlib);
    if (zlib && inflateInit2(&zlib->stream, RAW_DEFLATE) != Z_OK) {
        free(zlib);
        return NULL;
    }
    return zlib;
}

void ext_zlib_free(struct ext_zlib *zlib)
{
    if (!zlib)
        return;
    inflateEnd(&zlib->stream);
    free(zlib);
}

/* zlib counts in 32 bits, we do not. */
static uInt clamp(size_t bytes)
{
    return bytes < 1u << 30 ? (uInt)bytes : 1u << 30;
}

static enum err err_of(int status)
{
    switch (status) {
    case Z_STREAM_END:
        return ERR_OK;
    case Z_BUF_ERROR:
        return ERR_TRUNCATED;
    case Z_MEM_ERROR:
        return ERR_MEMORY;
    default:
        return ERR_CORRUPT;
    }
}

enum err ext_zlib_inflate(struct ext_zlib *zlib, struct span in, char *out, size_t room_bytes, bool to_end,
                          struct ext_zlib_result *result)
{
    z_stream *z = &zlib->stream;
    *result = (struct ext_zlib_result){.crc = (uint32_t)crc32(0, NULL, 0)};
    inflateReset(z);
    for (;;) {
        bool full = result->out_bytes == room_bytes;
        if (full && !to_end)
            return ERR_TOO_LARGE;
        uInt given = clamp(in.bytes - result->in_bytes);
        uInt room = full ? SCRATCH_BYTES : clamp(room_bytes - result->out_bytes);
        Bytef *target = full ? zlib->scratch : (Bytef *)out + result->out_bytes;
        z->next_in = (Bytef *)(uintptr_t)(in.at + result->in_bytes);
        z->avail_in = given;
        z->next_out = target;
        z->avail_out = room;
        int status = inflate(z, Z_NO_FLUSH);
        uInt made = room - z->avail_out;
        result->crc = (uint32_t)crc32(result->crc, target, made);
        result->in_bytes += given - z->avail_in;
        result->total_bytes += made;
        if (!full)
            result->out_bytes += made;
        if (status != Z_OK)
            return err_of(status);
    }
}
