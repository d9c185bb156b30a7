// SPDX-License-Identifier: MIT
#include "2_decode/coding.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "ext/ext_brotli.h"
#include "ext/ext_deflate.h"
#include "ext/ext_zstd.h"

#define LOOK_BYTES       64
#define RATIO_FREE_BYTES (1u << 20)

/* Everything an undo function may need; *used: bytes of `in` that belong to the coding. */
struct undoing {
    struct inflater *inflater;
    struct span in;
    size_t max_bytes, used;
    struct buf *out;
};

static enum err undo_gzip(struct undoing *u)
{
    enum err err = inflater_body(u->inflater, u->in, INFLATER_GZIP, u->max_bytes, u->out, &u->used);
    return err == ERR_SYNTAX ? ERR_CORRUPT : err; /* the magic was there */
}

/* "deflate" means zlib, but servers send bare deflate under this name. RFC 9110 8.4.1.2. */
static enum err undo_deflate(struct undoing *u)
{
    enum err err = inflater_body(u->inflater, u->in, INFLATER_ZLIB, u->max_bytes, u->out, &u->used);
    bool is_bare = err == ERR_SYNTAX || (err == ERR_CORRUPT && !u->out->bytes);
    return is_bare ? inflater_body(u->inflater, u->in, INFLATER_RAW, u->max_bytes, u->out, &u->used) : err;
}

static enum err undo_brotli(struct undoing *u)
{
    return brotli_decode(u->in, u->max_bytes, u->out, &u->used);
}

static enum err undo_zstd(struct undoing *u)
{
    return zstd_decode(u->in, u->max_bytes, u->out, &u->used);
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
    enum err (*undo)(struct undoing *undoing);
    bool (*shows)(struct span in); /* NULL: no magic */
} codings[] = {
    {"gzip",    undo_gzip,    shows_gzip},
    {"x-gzip",  undo_gzip,    shows_gzip},
    {"deflate", undo_deflate, NULL      },
    {"br",      undo_brotli,  NULL      },
    {"zstd",    undo_zstd,    shows_zstd},
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

/* What may come out of `in` where at most `most` may. */
static size_t max_bytes_of(struct span in, size_t most)
{
    if (in.bytes <= RATIO_FREE_BYTES / LIMIT_CODING_RATIO)
        return RATIO_FREE_BYTES < most ? RATIO_FREE_BYTES : most;
    return in.bytes < most / LIMIT_CODING_RATIO ? in.bytes * LIMIT_CODING_RATIO : most;
}

/* The table of coding.h. */
static enum err undo_unmarked(const struct coding *coding, struct undoing *u)
{
    enum looks looks = coding_looks(u->in);
    if (looks == LOOKS_UTF8 || coding_shown(u->in))
        return ERR_CODING;
    enum err err = coding->undo(u);
    if (err_is_run(err))
        return err;
    if (looks == LOOKS_8BIT)
        return !err && u->used == u->in.bytes ? ERR_OK : ERR_CODING;
    return !err || (u->out->bytes && coding_looks(buf_span(u->out)) != LOOKS_BINARY) ? err : ERR_CODING;
}

enum err coding_undo(const struct coding *coding, struct inflater *inflater, struct span in, struct buf *out)
{
    struct undoing u = {
        .inflater = inflater, .in = in, .max_bytes = max_bytes_of(in, out->max_bytes - 1), .out = out};
    buf_reset(out);
    if (!in.bytes)
        return ERR_CODING;
    if (!coding->shows)
        return undo_unmarked(coding, &u);
    return coding->shows(in) ? coding->undo(&u) : ERR_CODING;
}
