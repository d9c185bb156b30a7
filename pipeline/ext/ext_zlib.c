// SPDX-License-Identifier: MIT
#include "ext/ext_zlib.h"

#include <stdlib.h>
#include <zlib.h>

#define SCRATCH_BYTES (64u << 10)
#define RAW_DEFLATE   (-MAX_WBITS)

struct ext_zlib {
    z_stream stream;
    ext_zlib_crc_fn *crc;
    struct span in;
    struct unpacked progress;
    enum err ended; /* what ended the stream; ERR_TOO_LARGE: nothing yet */
    char scratch[]; /* of SCRATCH_BYTES: takes what is thrown away */
};

struct ext_zlib *ext_zlib_new(ext_zlib_crc_fn *crc)
{
    struct ext_zlib *zlib = malloc(sizeof *zlib + SCRATCH_BYTES);
    if (!zlib)
        return NULL;
    *zlib = (struct ext_zlib){.crc = crc};
    if (inflateInit2(&zlib->stream, RAW_DEFLATE) != Z_OK) {
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
static uInt clamp(uint64_t bytes)
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

void ext_zlib_start(struct ext_zlib *zlib, struct span in)
{
    inflateReset(&zlib->stream);
    zlib->in = in;
    zlib->progress = (struct unpacked){0};
    zlib->ended = ERR_TOO_LARGE;
}

/* One call of inflate; returns the bytes it made. */
static uInt step(struct ext_zlib *zlib, char *out, uint64_t room_bytes)
{
    z_stream *z = &zlib->stream;
    struct span rest = span_from(zlib->in, zlib->progress.in_bytes);
    char *target = out ? out : zlib->scratch;
    uInt room = clamp(out || room_bytes < SCRATCH_BYTES ? room_bytes : SCRATCH_BYTES);
    uInt given = clamp(rest.bytes);
    z->next_in = (Bytef *)(uintptr_t)rest.at;
    z->avail_in = given;
    z->next_out = (Bytef *)target;
    z->avail_out = room;
    int status = inflate(z, Z_NO_FLUSH);
    uInt made = room - z->avail_out;
    zlib->progress.in_bytes += given - z->avail_in;
    zlib->progress.out_bytes += made;
    zlib->progress.crc = zlib->crc(zlib->progress.crc, span_of(target, made));
    if (status != Z_OK)
        zlib->ended = err_of(status);
    return made;
}

enum err ext_zlib_run(struct ext_zlib *zlib, char *out, uint64_t room_bytes, struct unpacked *progress)
{
    while (room_bytes > 0 && zlib->ended == ERR_TOO_LARGE) {
        uInt made = step(zlib, out, room_bytes);
        room_bytes -= made;
        if (out)
            out += made;
    }
    *progress = zlib->progress;
    return zlib->ended;
}
