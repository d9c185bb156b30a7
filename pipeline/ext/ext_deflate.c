// SPDX-License-Identifier: MIT
#include "ext/ext_deflate.h"

#include "base/limits.h"
#include "ext/ext_zlib.h"

#include <libdeflate.h>
#include <stdlib.h>

#define GZIP_FIXED_BYTES     10u
#define GZIP_TRAILER_BYTES   8u
#define FIRST_CAPACITY_BYTES (1u << 20)
#define ZLIB_HEADER_BYTES    2u
#define ZLIB_TRAILER_BYTES   4u
#define PIECE_BYTES          (64u << 10) /* by which a body of unknown length grows */
#define USUAL_RATIO          6u          /* of text, rather too much: a body is inflated once if it fits */

enum gzip_flag { FHCRC = 0x02, FEXTRA = 0x04, FNAME = 0x08, FCOMMENT = 0x10, RESERVED = 0xe0 };

/* What `out` holds of a member, and that the zlib stream stands at its end. Member .at NULL: neither is so.
 */
struct window {
    struct span member;
    uint64_t from;
    size_t bytes, max_bytes;
};

struct inflater {
    struct libdeflate_decompressor *libdeflate;
    struct ext_zlib *zlib;
    char *out, *prefix;
    size_t out_capacity, prefix_capacity;
    struct window window;
};

struct inflater *inflater_new(void)
{
    struct inflater *inflater = calloc(1, sizeof *inflater);
    if (!inflater)
        return NULL;
    inflater->libdeflate = libdeflate_alloc_decompressor();
    inflater->zlib = ext_zlib_new();
    if (!inflater->libdeflate || !inflater->zlib) {
        inflater_free(inflater);
        return NULL;
    }
    return inflater;
}

void inflater_free(struct inflater *inflater)
{
    if (!inflater)
        return;
    if (inflater->libdeflate)
        libdeflate_free_decompressor(inflater->libdeflate);
    ext_zlib_free(inflater->zlib);
    free(inflater->out);
    free(inflater->prefix);
    free(inflater);
}

/* The content is worthless when a buffer grows: inflating starts again. */
static enum err reserve(char **at, size_t *capacity, size_t bytes)
{
    if (bytes <= *capacity)
        return ERR_OK;
    free(*at);
    *at = malloc(bytes);
    *capacity = *at ? bytes : 0;
    return *at ? ERR_OK : ERR_MEMORY;
}

static uint32_t u32_at(const char *at)
{
    const unsigned char *u = (const unsigned char *)at;
    return u[0] | (uint32_t)u[1] << 8 | (uint32_t)u[2] << 16 | (uint32_t)u[3] << 24;
}

/* FNAME and FCOMMENT end at a NUL. */
static enum err skip_text(struct span in, size_t *at)
{
    struct span text = span_first(span_from(in, *at), LIMIT_GZIP_TEXT_BYTES);
    size_t bytes = span_find(text, '\0', 0);
    if (bytes == text.bytes)
        return text.bytes < LIMIT_GZIP_TEXT_BYTES ? ERR_TRUNCATED : ERR_SYNTAX;
    *at += bytes + 1;
    return ERR_OK;
}

/*
 * RFC 1952 2.3. XLEN is trusted blindly, since real subfields lie about their own lengths (`sl` without one);
 * the header CRC is not checked, since what it guards is not used.
 */
static enum err read_header(struct span in, size_t *bytes)
{
    if (!span_starts(in, span_first(SPAN("\x1f\x8b\x08"), in.bytes)))
        return ERR_SYNTAX;
    if (in.bytes < GZIP_FIXED_BYTES)
        return ERR_TRUNCATED;
    unsigned flags = (unsigned char)in.at[3];
    size_t at = GZIP_FIXED_BYTES;
    if (flags & RESERVED)
        return ERR_SYNTAX;
    if (flags & FEXTRA) {
        if (in.bytes - at < 2)
            return ERR_TRUNCATED;
        at += 2 + ((unsigned char)in.at[at] | (size_t)(unsigned char)in.at[at + 1] << 8);
    }
    if (flags & FNAME)
        TRY(skip_text(in, &at));
    if (flags & FCOMMENT)
        TRY(skip_text(in, &at));
    if (flags & FHCRC)
        at += 2;
    if (at > in.bytes)
        return ERR_TRUNCATED;
    *bytes = at;
    return ERR_OK;
}

/* CRC and ISIZE behind the deflate stream; *at moves behind them. */
static enum err check_trailer(struct span in, uint32_t crc, uint64_t inflated_bytes, size_t *at)
{
    struct span trailer = span_from(in, *at);
    *at += span_first(trailer, GZIP_TRAILER_BYTES).bytes;
    if (trailer.bytes < GZIP_TRAILER_BYTES)
        return ERR_TRUNCATED;
    bool good = u32_at(trailer.at) == crc && u32_at(trailer.at + 4) == (uint32_t)inflated_bytes;
    return good ? ERR_OK : ERR_CHECKSUM;
}

static enum err grow(struct inflater *inflater, size_t max_bytes)
{
    size_t twice = 2 * inflater->out_capacity;
    return reserve(&inflater->out, &inflater->out_capacity, twice < max_bytes ? twice : max_bytes);
}

static size_t room_of(const struct inflater *inflater, size_t max_bytes)
{
    return inflater->out_capacity < max_bytes ? inflater->out_capacity : max_bytes;
}

/* ERR_CORRUPT: libdeflate gave up, for whatever reason. */
static enum err inflate_whole(struct inflater *inflater, struct span in, size_t max_bytes, size_t *in_bytes,
                              size_t *out_bytes)
{
    for (;;) {
        size_t room = room_of(inflater, max_bytes);
        enum libdeflate_result result = libdeflate_deflate_decompress_ex(
            inflater->libdeflate, in.at, in.bytes, inflater->out, room, in_bytes, out_bytes);
        if (result == LIBDEFLATE_SUCCESS)
            return ERR_OK;
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE || room == max_bytes)
            return ERR_CORRUPT;
        TRY(grow(inflater, max_bytes));
    }
}

/* Fills the room, and goes on to the end of the member without keeping more. */
static enum err inflate_carefully(struct inflater *inflater, struct span in, size_t max_bytes,
                                  struct ext_zlib_progress *progress)
{
    for (;;) {
        size_t room = room_of(inflater, max_bytes);
        ext_zlib_start(inflater->zlib, in);
        enum err err = ext_zlib_run(inflater->zlib, inflater->out, room, progress);
        if (err != ERR_TOO_LARGE)
            return err;
        if (room == max_bytes)
            return ext_zlib_run(inflater->zlib, NULL, UINT64_MAX, progress);
        TRY(grow(inflater, max_bytes));
    }
}

enum err inflater_member(struct inflater *inflater, struct span in, size_t max_bytes, struct span *out,
                         size_t *member_bytes)
{
    size_t at, in_bytes, out_bytes;
    *out = SPAN("");
    *member_bytes = 0;
    inflater->window.member = SPAN_NONE;
    enum err err = read_header(in, &at);
    if (err == ERR_TRUNCATED)
        *member_bytes = in.bytes;
    if (err)
        return err;
    struct span deflated = span_from(in, at);
    TRY(reserve(&inflater->out, &inflater->out_capacity, FIRST_CAPACITY_BYTES));
    err = inflate_whole(inflater, deflated, max_bytes, &in_bytes, &out_bytes);
    if (err == ERR_OK) {
        *out = span_of(inflater->out, out_bytes);
        *member_bytes = at + in_bytes;
        return check_trailer(in, libdeflate_crc32(0, out->at, out->bytes), out_bytes, member_bytes);
    }
    if (err_is_run(err))
        return err;
    struct ext_zlib_progress progress;
    err = inflate_carefully(inflater, deflated, max_bytes, &progress);
    if (err_is_run(err))
        return err;
    *out = span_of(inflater->out, progress.out_bytes < max_bytes ? (size_t)progress.out_bytes : max_bytes);
    *member_bytes = at + progress.in_bytes;
    if (err == ERR_OK)
        err = check_trailer(in, progress.crc, progress.out_bytes, member_bytes);
    return err == ERR_OK && progress.out_bytes > max_bytes ? ERR_TOO_LARGE : err;
}

enum err inflater_prefix(struct inflater *inflater, struct span in, size_t want_bytes, struct span *out)
{
    size_t at;
    *out = SPAN("");
    inflater->window.member = SPAN_NONE;
    TRY(read_header(in, &at));
    TRY(reserve(&inflater->prefix, &inflater->prefix_capacity, want_bytes));
    struct ext_zlib_progress progress;
    ext_zlib_start(inflater->zlib, span_from(in, at));
    enum err err = ext_zlib_run(inflater->zlib, inflater->prefix, want_bytes, &progress);
    *out = span_of(inflater->prefix, (size_t)progress.out_bytes);
    if (err == ERR_TOO_LARGE)
        return ERR_OK;
    at += progress.in_bytes;
    return err ? err : check_trailer(in, progress.crc, progress.out_bytes, &at);
}

static enum err start_window(struct inflater *inflater, struct span in, size_t max_bytes)
{
    size_t at;
    inflater->window = (struct window){0};
    TRY(read_header(in, &at));
    TRY(reserve(&inflater->out, &inflater->out_capacity, max_bytes));
    ext_zlib_start(inflater->zlib, span_from(in, at));
    inflater->window = (struct window){.member = in, .max_bytes = max_bytes};
    return ERR_OK;
}

enum err inflater_window(struct inflater *inflater, struct span in, uint64_t from, size_t max_bytes,
                         struct span *out)
{
    struct window *window = &inflater->window;
    struct ext_zlib_progress progress;
    enum err err = ERR_OK;
    bool goes_on = window->member.at == in.at && window->member.bytes == in.bytes &&
                   window->max_bytes == max_bytes && window->from <= from;
    *out = SPAN("");
    if (!goes_on)
        TRY(start_window(inflater, in, max_bytes));
    uint64_t to = window->from + window->bytes;
    size_t kept = from < to ? (size_t)(to - from) : 0;
    memmove(inflater->out, inflater->out + window->bytes - kept, kept);
    if (from > to)
        err = ext_zlib_run(inflater->zlib, NULL, from - to, &progress);
    if (!err_is_run(err))
        err = ext_zlib_run(inflater->zlib, inflater->out + kept, max_bytes - kept, &progress);
    if (err_is_run(err)) {
        window->member = SPAN_NONE;
        return err;
    }
    window->from = from;
    window->bytes = progress.out_bytes > from ? (size_t)(progress.out_bytes - from) : 0;
    *out = span_of(inflater->out, window->bytes);
    return ERR_OK;
}

/* The room behind the content of a buffer, at most max_bytes. */
static size_t spare_bytes(const struct buf *out, size_t max_bytes)
{
    size_t spare = out->capacity_bytes - out->bytes;
    return spare < max_bytes ? spare : max_bytes;
}

static enum err append_carefully(struct inflater *inflater, struct span in, size_t max_bytes, struct buf *out,
                                 size_t *in_bytes)
{
    struct ext_zlib_progress progress;
    size_t from = out->bytes;
    ext_zlib_start(inflater->zlib, in);
    for (;;) {
        size_t left = max_bytes - (out->bytes - from);
        char *to = buf_room(out, left < PIECE_BYTES ? left : PIECE_BYTES);
        if (!to)
            return out->err;
        enum err err = ext_zlib_run(inflater->zlib, to, spare_bytes(out, left), &progress);
        out->bytes = from + (size_t)progress.out_bytes;
        *in_bytes = progress.in_bytes;
        if (err != ERR_TOO_LARGE || progress.out_bytes == max_bytes)
            return err;
    }
}

/* libdeflate wants all the room at once, and begins anew when it was too little. */
static enum err append_deflated(struct inflater *inflater, struct span in, size_t max_bytes, struct buf *out,
                                size_t *in_bytes)
{
    size_t made, room = PIECE_BYTES + in.bytes * USUAL_RATIO;
    for (room = room < max_bytes ? room : max_bytes;; room = room < max_bytes / 2 ? 2 * room : max_bytes) {
        char *to = buf_room(out, room);
        if (!to)
            return out->err;
        room = spare_bytes(out, max_bytes);
        enum libdeflate_result result = libdeflate_deflate_decompress_ex(inflater->libdeflate, in.at,
                                                                         in.bytes, to, room, in_bytes, &made);
        if (result == LIBDEFLATE_SUCCESS) {
            out->bytes += made;
            return ERR_OK;
        }
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE || room == max_bytes)
            return append_carefully(inflater, in, max_bytes, out, in_bytes);
    }
}

/* RFC 1950 2.2: the method, the check bits, and no preset dictionary. */
static enum err read_zlib_header(struct span in)
{
    if (in.bytes < ZLIB_HEADER_BYTES)
        return ERR_TRUNCATED;
    unsigned cmf = (unsigned char)in.at[0], flg = (unsigned char)in.at[1];
    bool good = (cmf & 0x0f) == 8 && cmf >> 4 <= 7 && (cmf << 8 | flg) % 31 == 0 && !(flg & 0x20);
    return good ? ERR_OK : ERR_SYNTAX;
}

static enum err check_zlib_trailer(struct span trailer, struct span made)
{
    if (trailer.bytes < ZLIB_TRAILER_BYTES)
        return ERR_TRUNCATED;
    uint32_t stored = __builtin_bswap32(u32_at(trailer.at));
    return stored == libdeflate_adler32(1, made.at, made.bytes) ? ERR_OK : ERR_CHECKSUM;
}

/* One member, or one stream; *used moves behind it. */
static enum err append_stream(struct inflater *inflater, struct span in, enum inflater_format format,
                              size_t max_bytes, struct buf *out, size_t *used)
{
    size_t from = out->bytes, in_bytes = 0, at = format == INFLATER_ZLIB ? ZLIB_HEADER_BYTES : 0;
    if (format != INFLATER_RAW)
        TRY(format == INFLATER_GZIP ? read_header(in, &at) : read_zlib_header(in));
    enum err err = append_deflated(inflater, span_from(in, at), max_bytes, out, &in_bytes);
    struct span made = span_from(buf_span(out), from);
    at += in_bytes;
    if (!err && format == INFLATER_GZIP)
        err = check_trailer(in, libdeflate_crc32(0, made.at, made.bytes), made.bytes, &at);
    if (!err && format == INFLATER_ZLIB) {
        err = check_zlib_trailer(span_from(in, at), made);
        at += span_first(span_from(in, at), ZLIB_TRAILER_BYTES).bytes;
    }
    *used += at;
    return err;
}

enum err inflater_body(struct inflater *inflater, struct span in, enum inflater_format format,
                       size_t max_bytes, struct buf *out, size_t *used)
{
    size_t from = out->bytes;
    *used = 0;
    inflater->window.member = SPAN_NONE; /* zlib leaves its stream */
    for (;;) {
        TRY(append_stream(inflater, span_from(in, *used), format, max_bytes - (out->bytes - from), out,
                          used));
        if (format != INFLATER_GZIP || !span_starts(span_from(in, *used), SPAN("\x1f\x8b\x08")))
            return ERR_OK;
        if (out->bytes - from == max_bytes)
            return ERR_TOO_LARGE;
    }
}
