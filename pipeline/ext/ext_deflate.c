// SPDX-License-Identifier: MIT
#include "ext/ext_deflate.h"

#include "base/limits.h"
#include "base/pages.h"
#include "ext/ext_zlib.h"
#include "ext/ext_zstd.h"
#include "ext/gzip_frame.h"
#include "ext/zlib_frame.h"
#include "ext/zstd_frame.h"

#include <assert.h>
#include <libdeflate.h>
#include <stdlib.h>

#define FIRST_CAPACITY_BYTES (2u << 20)
#define PIECE_BYTES          (64u << 10) /* by which a body of unknown length grows */
#define USUAL_RATIO          6u          /* of text, rather too much: a body is inflated once if it fits */

/* What `out` holds of a member, and that the stream stands at its end. Member .at NULL: neither is so.
 */
struct window {
    struct span member;
    uint64_t from;
    size_t bytes, max_bytes;
};

struct inflater {
    struct libdeflate_decompressor *libdeflate;
    struct ext_zlib *zlib;
    struct zstd_frames *zstd;
    bool is_zstd; /* of the stream under way */
    char *out, *prefix;
    size_t out_capacity, prefix_capacity;
    struct span prefix_of; /* the member whose stream stands behind what `prefix` holds; .at NULL: none */
    size_t prefix_bytes;
    struct window window;
};

struct inflater *inflater_new(void)
{
    struct inflater *inflater = calloc(1, sizeof *inflater);
    if (!inflater)
        return NULL;
    inflater->libdeflate = libdeflate_alloc_decompressor();
    inflater->zlib = ext_zlib_new(inflater_crc);
    inflater->zstd = zstd_frames_new();
    if (!inflater->libdeflate || !inflater->zlib || !inflater->zstd) {
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
    zstd_frames_free(inflater->zstd);
    free(inflater->out);
    free(inflater->prefix);
    free(inflater);
}

enum err inflater_archive(struct inflater *inflater, struct span archive)
{
    return zstd_frames_archive(inflater->zstd, archive);
}

enum err inflater_dictionary(struct inflater *inflater, struct span dictionary)
{
    return zstd_frames_give(inflater->zstd, dictionary);
}

/* The first kept_bytes of the content stay. */
static enum err reserve(char **at, size_t *capacity, size_t kept_bytes, size_t bytes)
{
    if (bytes <= *capacity)
        return ERR_OK;
    char *larger = pages_alloc(bytes);
    if (!larger)
        return ERR_MEMORY;
    if (kept_bytes)
        memcpy(larger, *at, kept_bytes);
    free(*at);
    *at = larger;
    *capacity = bytes;
    return ERR_OK;
}

/* Begins with the member at the start of `in`. *member_bytes: its length where it cannot be read but has one. */
static enum err start_stream(struct inflater *inflater, struct span in, size_t *header_bytes,
                             size_t *member_bytes)
{
    *header_bytes = *member_bytes = 0;
    inflater->prefix_of = SPAN_NONE;
    inflater->is_zstd = zstd_frame_begins(in);
    if (inflater->is_zstd)
        return zstd_frames_start(inflater->zstd, in, member_bytes);
    enum err err = gzip_frame_header(in, header_bytes);
    if (err == ERR_TRUNCATED)
        *member_bytes = in.bytes;
    if (!err)
        ext_zlib_start(inflater->zlib, span_from(in, *header_bytes));
    return err;
}

static enum err run_stream(struct inflater *inflater, char *out, uint64_t room_bytes,
                           struct unpacked *progress)
{
    return inflater->is_zstd ? zstd_frames_run(inflater->zstd, out, room_bytes, progress)
                             : ext_zlib_run(inflater->zlib, out, room_bytes, progress);
}

static enum err grow(struct inflater *inflater, size_t kept_bytes, size_t max_bytes)
{
    size_t twice = 2 * inflater->out_capacity;
    return reserve(&inflater->out, &inflater->out_capacity, kept_bytes,
                   twice < max_bytes ? twice : max_bytes);
}

static size_t room_of(const struct inflater *inflater, size_t max_bytes)
{
    return inflater->out_capacity < max_bytes ? inflater->out_capacity : max_bytes;
}

/* ERR_CORRUPT: the library gave up, for whatever reason. */
static enum err unpack_whole(struct inflater *inflater, struct span deflated, size_t kept_bytes,
                             size_t max_bytes, struct unpacked *progress)
{
    for (;;) {
        size_t room = room_of(inflater, max_bytes), made;
        char *to = inflater->out + kept_bytes;
        enum err err = ERR_OK;
        if (inflater->is_zstd) {
            err = zstd_frames_whole(inflater->zstd, to, room - kept_bytes, progress);
        } else {
            enum libdeflate_result result =
                libdeflate_deflate_decompress_ex(inflater->libdeflate, deflated.at, deflated.bytes, to,
                                                 room - kept_bytes, &progress->in_bytes, &made);
            if (result == LIBDEFLATE_SUCCESS) {
                progress->out_bytes = made;
                progress->crc = libdeflate_crc32(0, to, made);
            } else {
                err = result == LIBDEFLATE_INSUFFICIENT_SPACE ? ERR_TOO_LARGE : ERR_CORRUPT;
            }
        }
        if (err != ERR_TOO_LARGE)
            return err;
        if (room == max_bytes)
            return ERR_CORRUPT;
        TRY(grow(inflater, kept_bytes, max_bytes));
    }
}

/* Fills the room, and goes on to the end of the member without keeping more. */
static enum err unpack_carefully(struct inflater *inflater, struct span in, size_t kept_bytes,
                                 size_t max_bytes, struct unpacked *progress)
{
    size_t header_bytes, member_bytes;
    TRY(start_stream(inflater, in, &header_bytes, &member_bytes));
    *progress = (struct unpacked){0};
    for (;;) {
        size_t room = room_of(inflater, max_bytes), filled = kept_bytes + (size_t)progress->out_bytes;
        enum err err = run_stream(inflater, inflater->out + filled, room - filled, progress);
        if (err != ERR_TOO_LARGE)
            return err;
        if (room == max_bytes)
            return run_stream(inflater, NULL, UINT64_MAX, progress);
        TRY(grow(inflater, room, max_bytes));
    }
}

/* Behind the first kept_bytes of `out`. */
static enum err unpack_member(struct inflater *inflater, struct span in, size_t kept_bytes, size_t max_bytes,
                              struct span *out, size_t *member_bytes)
{
    size_t header_bytes;
    struct unpacked progress = {0};
    *out = span_of(inflater->out, kept_bytes);
    enum err err = start_stream(inflater, in, &header_bytes, member_bytes);
    if (err)
        return err;
    err = unpack_whole(inflater, span_from(in, header_bytes), kept_bytes, max_bytes, &progress);
    if (err == ERR_CORRUPT)
        err = unpack_carefully(inflater, in, kept_bytes, max_bytes, &progress);
    if (err_is_run(err))
        return err;
    uint64_t bytes = kept_bytes + progress.out_bytes;
    *out = span_of(inflater->out, bytes < max_bytes ? (size_t)bytes : max_bytes);
    *member_bytes = header_bytes + progress.in_bytes;
    if (err == ERR_OK && !inflater->is_zstd)
        err = gzip_frame_trailer(in, progress.crc, progress.out_bytes, member_bytes);
    return err == ERR_OK && bytes > max_bytes ? ERR_TOO_LARGE : err;
}

enum err inflater_member(struct inflater *inflater, struct span in, size_t max_bytes, struct span *out,
                         size_t *member_bytes)
{
    *out = SPAN("");
    *member_bytes = 0;
    inflater->window.member = SPAN_NONE;
    TRY(reserve(&inflater->out, &inflater->out_capacity, 0, FIRST_CAPACITY_BYTES));
    return unpack_member(inflater, in, 0, max_bytes, out, member_bytes);
}

enum err inflater_join(struct inflater *inflater, struct span kept, struct span in, size_t max_bytes,
                       struct span *out, size_t *member_bytes)
{
    inflater->window.member = SPAN_NONE;
    memmove(inflater->out, kept.at, kept.bytes);
    return unpack_member(inflater, in, kept.bytes, max_bytes, out, member_bytes);
}

static enum err run_prefix(struct inflater *inflater, struct span in, size_t want_bytes, struct span *out)
{
    struct unpacked progress;
    size_t at, kept_bytes = inflater->prefix_bytes;
    TRY(reserve(&inflater->prefix, &inflater->prefix_capacity, kept_bytes, want_bytes));
    enum err err = run_stream(inflater, inflater->prefix + kept_bytes, want_bytes - kept_bytes, &progress);
    *out = span_of(inflater->prefix, (size_t)progress.out_bytes);
    inflater->prefix_of = err == ERR_TOO_LARGE ? in : SPAN_NONE;
    inflater->prefix_bytes = want_bytes;
    if (err == ERR_TOO_LARGE)
        return ERR_OK;
    if (err || inflater->is_zstd)
        return err;
    TRY(gzip_frame_header(in, &at));
    at += progress.in_bytes;
    return gzip_frame_trailer(in, progress.crc, progress.out_bytes, &at);
}

enum err inflater_prefix(struct inflater *inflater, struct span in, size_t want_bytes, struct span *out)
{
    size_t header_bytes, member_bytes;
    *out = SPAN("");
    inflater->window.member = SPAN_NONE;
    TRY(start_stream(inflater, in, &header_bytes, &member_bytes));
    inflater->prefix_bytes = 0;
    return run_prefix(inflater, in, want_bytes, out);
}

enum err inflater_prefix_more(struct inflater *inflater, size_t want_bytes, struct span *out)
{
    assert(inflater->prefix_of.at && want_bytes > inflater->prefix_bytes);
    return run_prefix(inflater, inflater->prefix_of, want_bytes, out);
}

enum err inflater_raw_prefix(struct inflater *inflater, struct span in, size_t want_bytes, struct span *out)
{
    struct unpacked progress;
    *out = SPAN("");
    inflater->window.member = inflater->prefix_of = SPAN_NONE;
    TRY(reserve(&inflater->prefix, &inflater->prefix_capacity, 0, want_bytes));
    ext_zlib_start(inflater->zlib, in);
    enum err err = ext_zlib_run(inflater->zlib, inflater->prefix, want_bytes, &progress);
    *out = span_of(inflater->prefix, (size_t)progress.out_bytes);
    return err == ERR_TOO_LARGE ? ERR_OK : err;
}

uint32_t inflater_crc(uint32_t crc, struct span s)
{
    return libdeflate_crc32(crc, s.at, s.bytes);
}

static enum err start_window(struct inflater *inflater, struct span in, size_t max_bytes)
{
    size_t header_bytes, member_bytes;
    inflater->window = (struct window){0};
    TRY(start_stream(inflater, in, &header_bytes, &member_bytes));
    TRY(reserve(&inflater->out, &inflater->out_capacity, 0, max_bytes));
    inflater->window = (struct window){.member = in, .max_bytes = max_bytes};
    return ERR_OK;
}

enum err inflater_window(struct inflater *inflater, struct span in, uint64_t from, size_t max_bytes,
                         struct span *out)
{
    struct window *window = &inflater->window;
    struct unpacked progress;
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
        err = run_stream(inflater, NULL, from - to, &progress);
    if (!err_is_run(err))
        err = run_stream(inflater, inflater->out + kept, max_bytes - kept, &progress);
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
    struct unpacked progress;
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

/* One member, or one stream; *used moves behind it. */
static enum err append_stream(struct inflater *inflater, struct span in, enum inflater_format format,
                              size_t max_bytes, struct buf *out, size_t *used)
{
    size_t from = out->bytes, in_bytes = 0, at = 0;
    if (format != INFLATER_RAW)
        TRY(format == INFLATER_GZIP ? gzip_frame_header(in, &at) : zlib_frame_header(in, &at));
    enum err err = append_deflated(inflater, span_from(in, at), max_bytes, out, &in_bytes);
    struct span made = span_from(buf_span(out), from);
    at += in_bytes;
    if (!err && format == INFLATER_GZIP)
        err = gzip_frame_trailer(in, libdeflate_crc32(0, made.at, made.bytes), made.bytes, &at);
    if (!err && format == INFLATER_ZLIB)
        err = zlib_frame_trailer(in, libdeflate_adler32(1, made.at, made.bytes), &at);
    *used += at;
    return err;
}

enum err inflater_body(struct inflater *inflater, struct span in, enum inflater_format format,
                       size_t max_bytes, struct buf *out, size_t *used)
{
    size_t from = out->bytes;
    *used = 0;
    inflater->window.member = inflater->prefix_of = SPAN_NONE; /* zlib leaves its stream */
    for (;;) {
        TRY(append_stream(inflater, span_from(in, *used), format, max_bytes - (out->bytes - from), out,
                          used));
        if (format != INFLATER_GZIP || !span_starts(span_from(in, *used), SPAN("\x1f\x8b\x08")))
            return ERR_OK;
        if (out->bytes - from == max_bytes)
            return ERR_TOO_LARGE;
    }
}
