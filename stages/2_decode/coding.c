// SPDX-License-Identifier: MIT
#include "2_decode/coding.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "ext/ext_brotli.h"
#include "ext/ext_stream.h"
#include "ext/ext_zstd.h"

#define LOOK_BYTES       64
#define RATIO_FREE_BYTES (1u << 20)

static enum err undo_gzip(struct span in, size_t max_bytes, struct buf *out, size_t *used)
{
    return stream_inflate(in, STREAM_GZIP, max_bytes, out, used);
}

/* "deflate" means zlib, but servers send bare deflate under this name. RFC 9110 8.4.1.2. */
static enum err undo_deflate(struct span in, size_t max_bytes, struct buf *out, size_t *used)
{
    unsigned char cmf = (unsigned char)in.at[0], flg = in.bytes > 1 ? (unsigned char)in.at[1] : 0;
    if ((cmf & 0x0f) == 8 && cmf >> 4 <= 7 && (cmf << 8 | flg) % 31 == 0) {
        enum err err = stream_inflate(in, STREAM_ZLIB, max_bytes, out, used);
        if (err != ERR_CORRUPT || out->bytes)
            return err;
    }
    return stream_inflate(in, STREAM_RAW, max_bytes, out, used);
}

static bool shows_gzip(struct span in)
{
    return in.bytes > 3 && span_starts(in, SPAN("\x1f\x8b\x08")) && (in.at[3] & 0xe0) == 0;
}

static bool shows_zstd(struct span in)
{
    return span_starts(in, SPAN("\x28\xb5\x2f\xfd"));
}

static const struct coding {
    const char *name;
    enum err (*undo)(struct span in, size_t max_bytes, struct buf *out, size_t *used);
    bool (*shows)(struct span in); /* NULL: no magic */
} codings[] = {
    {"gzip",    undo_gzip,     shows_gzip},
    {"x-gzip",  undo_gzip,     shows_gzip},
    {"deflate", undo_deflate,  NULL      },
    {"br",      brotli_decode, NULL      },
    {"zstd",    zstd_decode,   shows_zstd},
};
#define CODING_COUNT (sizeof codings / sizeof *codings)

enum looks coding_looks(struct span bytes)
{
    if (span_starts(bytes, SPAN("\xff\xfe")) || span_starts(bytes, SPAN("\xfe\xff")))
        return LOOKS_UTF8;
    enum looks looks = LOOKS_UTF8;
    struct span window = span_first(bytes, LOOK_BYTES);
    for (size_t at = 0; at < window.bytes;) {
        struct utf8_step step = utf8_next(bytes, at);
        bool is_space = step.code >= '\t' && step.code <= '\r';
        if ((step.code < ' ' && !is_space) || step.code == 0x7f)
            return LOOKS_BINARY;
        if (!step.valid)
            looks = LOOKS_8BIT;
        at += step.bytes;
    }
    return looks;
}

const struct coding *coding_named(struct span name)
{
    for (size_t i = 0; i < CODING_COUNT; i++)
        if (span_equal_nocase(name, span_of_string(codings[i].name)))
            return &codings[i];
    return NULL;
}

const struct coding *coding_shown(struct span bytes)
{
    for (size_t i = 0; i < CODING_COUNT; i++)
        if (codings[i].shows && codings[i].shows(bytes))
            return &codings[i];
    return NULL;
}

static size_t max_bytes_of(struct span in)
{
    if (in.bytes <= RATIO_FREE_BYTES / LIMIT_CODING_RATIO)
        return RATIO_FREE_BYTES;
    return in.bytes < LIMIT_BODY_BYTES / LIMIT_CODING_RATIO ? in.bytes * LIMIT_CODING_RATIO
                                                            : LIMIT_BODY_BYTES;
}

/* The table of coding.h. */
static enum err undo_unmarked(const struct coding *coding, struct span in, struct buf *out)
{
    size_t used;
    enum looks looks = coding_looks(in);
    if (looks == LOOKS_UTF8 || coding_shown(in))
        return ERR_CODING;
    enum err err = coding->undo(in, max_bytes_of(in), out, &used);
    if (err_is_run(err))
        return err;
    if (looks == LOOKS_8BIT)
        return !err && used == in.bytes ? ERR_OK : ERR_CODING;
    return !err || (out->bytes && coding_looks(buf_span(out)) != LOOKS_BINARY) ? err : ERR_CODING;
}

enum err coding_undo(const struct coding *coding, struct span in, struct buf *out)
{
    size_t used;
    buf_reset(out);
    if (!in.bytes)
        return ERR_CODING;
    if (!coding->shows)
        return undo_unmarked(coding, in, out);
    return coding->shows(in) ? coding->undo(in, max_bytes_of(in), out, &used) : ERR_CODING;
}
