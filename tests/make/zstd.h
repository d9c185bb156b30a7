// SPDX-License-Identifier: MIT
/* zstd.h - zstd frames and dictionaries for tests, made by libzstd. */
#ifndef MAKE_ZSTD_H
#define MAKE_ZSTD_H

#include "make/archive.h"

#include <zdict.h>
#include <zstd.h>

struct make_zstd_style {
    int level;
    bool checksum, no_size; /* no_size: the frame does not say how long its content is */
    struct span dictionary;
};

static MAKE_UNUSED void make_zstd(struct buf *out, const struct make_zstd_style *style, struct span in)
{
    ZSTD_CCtx *context = ZSTD_createCCtx();
    char *room = buf_room(out, ZSTD_compressBound(in.bytes) + 64);
    assert(context && room);
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, style->level);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, style->checksum);
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, !style->no_size);
    if (style->dictionary.bytes)
        ZSTD_CCtx_loadDictionary(context, style->dictionary.at, style->dictionary.bytes);
    size_t made = ZSTD_compress2(context, room, ZSTD_compressBound(in.bytes) + 64, in.at, in.bytes);
    assert(!ZSTD_isError(made));
    out->bytes += made;
    ZSTD_freeCCtx(context);
}

static MAKE_UNUSED void make_zstd_skippable(struct buf *out, struct span content)
{
    buf_add(out, SPAN("\x5d\x2a\x4d\x18"));
    make_int(out, content.bytes, 4);
    buf_add(out, content);
}

/* Another one, with another number, for each seed. */
static MAKE_UNUSED void make_zstd_dictionary(struct buf *out, unsigned seed)
{
    enum { SAMPLES = 64, SAMPLE_BYTES = 300, CAPACITY_BYTES = 4096 };
    size_t sizes[SAMPLES];
    struct buf samples;
    buf_init(&samples, SIZE_MAX);
    for (unsigned i = 0; i < SAMPLES; i++) {
        make_text(&samples, seed * SAMPLES + i, SAMPLE_BYTES);
        sizes[i] = SAMPLE_BYTES;
    }
    char *room = buf_room(out, CAPACITY_BYTES);
    assert(room);
    size_t made = ZDICT_trainFromBuffer(room, CAPACITY_BYTES, samples.at, sizes, SAMPLES);
    assert(!ZDICT_isError(made));
    out->bytes += made;
    buf_free(&samples);
}

#endif
