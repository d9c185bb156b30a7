// SPDX-License-Identifier: MIT
/* encode.h - the other direction of every coding, for tests only; brotli's encoder is taken when it is
 * installed. */
#ifndef TESTS_ENCODE_H
#define TESTS_ENCODE_H

#include <assert.h>
#include <dlfcn.h>
#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"

#define ENCODE_CHUNK_BYTES 1000

static inline void encode_zlib(struct span in, int window_bits, struct buf *out)
{
    z_stream z = {0};
    int result = deflateInit2(&z, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
    assert(result == Z_OK);
    size_t room = deflateBound(&z, in.bytes);
    z.next_in = (Bytef *)(uintptr_t)in.at;
    z.avail_in = (uInt)in.bytes;
    z.next_out = (Bytef *)buf_room(out, room);
    z.avail_out = (uInt)room;
    result = deflate(&z, Z_FINISH);
    assert(result == Z_STREAM_END);
    out->bytes += z.total_out;
    deflateEnd(&z);
}

static inline void encode_zstd(struct span in, struct buf *out)
{
    size_t room = ZSTD_compressBound(in.bytes);
    size_t bytes = ZSTD_compress(buf_room(out, room), room, in.at, in.bytes, 3);
    assert(!ZSTD_isError(bytes));
    out->bytes += bytes;
}

typedef int encode_brotli_fn(int quality, int window_bits, int mode, size_t in_bytes, const uint8_t *in,
                             size_t *out_bytes, uint8_t *out);
static inline encode_brotli_fn *encode_find_brotli(void)
{
    void *library = dlopen("libbrotlienc.so.1", RTLD_NOW);
    return library ? (encode_brotli_fn *)(uintptr_t)dlsym(library, "BrotliEncoderCompress") : NULL;
}

static inline void encode_brotli(struct span in, struct buf *out)
{
    size_t room = in.bytes + in.bytes / 8 + 64;
    int good = encode_find_brotli()(5, 22, 0, in.bytes, (const uint8_t *)in.at, &room,
                                    (uint8_t *)buf_room(out, room));
    assert(good);
    out->bytes += room;
}

static inline void encode_chunked(struct span in, struct buf *out)
{
    while (in.bytes) {
        struct span chunk = span_first(in, ENCODE_CHUNK_BYTES);
        buf_format(out, "%zx\r\n", chunk.bytes);
        buf_add(out, chunk);
        buf_add_string(out, "\r\n");
        in = span_from(in, chunk.bytes);
    }
    buf_add_string(out, "0\r\n\r\n");
}

/* steps: g gzip, z zlib, r raw deflate, s zstd, b brotli, c chunked; applied from the left. false: no brotli
 * here. */
static inline bool encode(struct span in, const char *steps, struct buf *out)
{
    struct buf from;
    buf_init(&from, SIZE_MAX);
    buf_room(&from, 1); /* an empty span of it shall not be NULL */
    buf_room(out, 1);
    buf_reset(out);
    buf_add(out, in);
    for (; *steps; steps++) {
        buf_reset(&from);
        buf_add(&from, buf_span(out));
        buf_reset(out);
        if (*steps == 'b' && !encode_find_brotli()) {
            buf_free(&from);
            return false;
        }
        if (*steps == 'b')
            encode_brotli(buf_span(&from), out);
        else if (*steps == 's')
            encode_zstd(buf_span(&from), out);
        else if (*steps == 'c')
            encode_chunked(buf_span(&from), out);
        else
            encode_zlib(buf_span(&from), *steps == 'g' ? 31 : *steps == 'z' ? 15 : -15, out);
    }
    buf_free(&from);
    return true;
}

#endif
