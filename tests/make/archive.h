// SPDX-License-Identifier: MIT
/*
 * archive.h - archives for tests, made byte by byte: records, gzip members, ZIP files. Everything goes to a
 * struct buf.
 */
#ifndef MAKE_ARCHIVE_H
#define MAKE_ARCHIVE_H

#include "base/buf.h"

#include <assert.h>
#include <zlib.h>

#define MAKE_UNUSED __attribute__((unused))

static MAKE_UNUSED void make_int(struct buf *out, uint64_t value, size_t bytes)
{
    for (; bytes > 0; bytes--, value >>= 8)
        buf_add_char(out, (char)value);
}

/* --- records --- */

/* number: makes id and date differ from record to record. extra: further head lines, each with its CRLF. */
static MAKE_UNUSED void make_record(struct buf *out, const char *type, const char *uri, unsigned number,
                                    const char *extra, struct span block)
{
    buf_format(out,
               "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012u>\r\n"
               "WARC-Date: 2025-03-%02uT10:%02u:00Z\r\n",
               type, number, 1 + number / 60 % 28, number % 60);
    if (uri)
        buf_format(out, "WARC-Target-URI: %s\r\n", uri);
    buf_format(out, "%sContent-Length: %zu\r\n\r\n", extra ? extra : "", block.bytes);
    buf_add(out, block);
    buf_add_string(out, "\r\n\r\n");
}

/* A response record; head: HTTP lines behind the status line, each with its CRLF. */
static MAKE_UNUSED void make_response(struct buf *out, const char *uri, unsigned number, const char *head,
                                      struct span body)
{
    struct buf block;
    buf_init(&block, SIZE_MAX);
    buf_format(&block, "HTTP/1.1 200 OK\r\n%sContent-Length: %zu\r\n\r\n", head ? head : "", body.bytes);
    buf_add(&block, body);
    make_record(out, "response", uri, number, "Content-Type: application/http; msgtype=response\r\n",
                buf_span(&block));
    buf_free(&block);
}

/* Text that deflates, but not to nothing; the same for the same seed. */
static MAKE_UNUSED void make_text(struct buf *out, unsigned seed, size_t bytes)
{
    uint32_t state = seed * 2654435761u + 1;
    for (size_t i = 0; i < bytes; i++) {
        state = state * 1664525u + 1013904223u;
        buf_add_char(out, state >> 29 ? (char)('a' + (state >> 20) % 16) : '\n');
    }
}

/* --- gzip --- */

struct make_gzip_style {
    int level;               /* 0: stored blocks */
    unsigned empty_blocks;   /* before the others, as flushing makes them */
    bool header_crc;         /* FHCRC */
    struct span extra;       /* FEXTRA */
    const char *name, *note; /* FNAME, FCOMMENT */
};

static MAKE_UNUSED void make_deflate(struct buf *out, int level, struct span in)
{
    z_stream z = {0};
    int status = deflateInit2(&z, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    assert(status == Z_OK);
    size_t bound = deflateBound(&z, in.bytes) + 64;
    char *room = buf_room(out, bound);
    assert(room);
    z.next_in = (Bytef *)(uintptr_t)in.at;
    z.avail_in = (uInt)in.bytes;
    z.next_out = (Bytef *)room;
    z.avail_out = (uInt)bound;
    status = deflate(&z, Z_FINISH);
    assert(status == Z_STREAM_END);
    out->bytes += bound - z.avail_out;
    deflateEnd(&z);
}

static MAKE_UNUSED void make_gzip(struct buf *out, const struct make_gzip_style *style, struct span in)
{
    size_t from = out->bytes;
    unsigned flags = (style->header_crc ? 2u : 0) | (style->extra.at ? 4u : 0) | (style->name ? 8u : 0) |
                     (style->note ? 16u : 0);
    buf_add(out, SPAN("\x1f\x8b\x08"));
    make_int(out, flags, 1);
    make_int(out, 0, 4);
    buf_add(out, SPAN("\x00\x03"));
    if (style->extra.at) {
        make_int(out, style->extra.bytes, 2);
        buf_add(out, style->extra);
    }
    if (style->name)
        buf_add(out, span_of(style->name, strlen(style->name) + 1));
    if (style->note)
        buf_add(out, span_of(style->note, strlen(style->note) + 1));
    if (style->header_crc)
        make_int(out, crc32(0, (const Bytef *)out->at + from, (uInt)(out->bytes - from)), 2);
    for (unsigned i = 0; i < style->empty_blocks; i++)
        buf_add(out, SPAN("\x00\x00\x00\xff\xff"));
    make_deflate(out, style->level, in);
    make_int(out, crc32(0, (const Bytef *)in.at, (uInt)in.bytes), 4);
    make_int(out, in.bytes, 4);
}

/* --- ZIP --- */

struct make_zip_file {
    const char *name;
    struct span content;
    bool deflated, bit3; /* bit3: sizes only behind the data */
};

static MAKE_UNUSED void make_zip_sizes(struct buf *out, uint32_t crc, uint64_t stored, uint64_t inflated)
{
    make_int(out, crc, 4);
    make_int(out, stored, 4);
    make_int(out, inflated, 4);
}

/* A central header, with sizes and offset in a ZIP64 field when asked for. */
static MAKE_UNUSED void make_zip_central(struct buf *out, const struct make_zip_file *file, bool zip64,
                                         uint64_t stored, uint64_t local_at)
{
    size_t name_bytes = strlen(file->name);
    buf_add(out, SPAN("PK\x01\x02\x2d\x00\x2d\x00"));
    make_int(out, file->bit3 ? 8 : 0, 2);
    make_int(out, file->deflated ? 8 : 0, 2);
    make_int(out, 0, 4);
    make_zip_sizes(out, (uint32_t)crc32(0, (const Bytef *)file->content.at, (uInt)file->content.bytes),
                   zip64 ? UINT32_MAX : stored, zip64 ? UINT32_MAX : file->content.bytes);
    make_int(out, name_bytes, 2);
    make_int(out, zip64 ? 28 + 5 : 0, 2);
    make_int(out, 0, 10);
    make_int(out, zip64 ? UINT32_MAX : local_at, 4);
    buf_add(out, span_of(file->name, name_bytes));
    if (zip64) {
        buf_add(out, SPAN("UT\x01\x00\x00")); /* another field before it */
        make_int(out, 1, 2);
        make_int(out, 24, 2);
        make_int(out, file->content.bytes, 8);
        make_int(out, stored, 8);
        make_int(out, local_at, 8);
    }
}

static MAKE_UNUSED void make_zip_local(struct buf *out, const struct make_zip_file *file, struct span data)
{
    bool late = file->bit3;
    uint32_t crc = (uint32_t)crc32(0, (const Bytef *)file->content.at, (uInt)file->content.bytes);
    buf_add(out, SPAN("PK\x03\x04\x2d\x00"));
    make_int(out, late ? 8 : 0, 2);
    make_int(out, file->deflated ? 8 : 0, 2);
    make_int(out, 0, 4);
    make_zip_sizes(out, late ? 0 : crc, late ? 0 : data.bytes, late ? 0 : file->content.bytes);
    make_int(out, strlen(file->name), 2);
    make_int(out, 7, 2);
    buf_add_string(out, file->name);
    buf_add(out, SPAN("zz\x03\x00xyz")); /* an extra field of the local header's own */
    buf_add(out, data);
    if (late) {
        buf_add(out, SPAN("PK\x07\x08"));
        make_zip_sizes(out, crc, data.bytes, file->content.bytes);
    }
}

static MAKE_UNUSED void make_zip_end(struct buf *out, size_t count, bool zip64, uint64_t at,
                                     const char *comment)
{
    uint64_t end64_at = out->bytes, bytes = end64_at - at;
    if (zip64) {
        buf_add(out, SPAN("PK\x06\x06"));
        make_int(out, 44, 8);
        make_int(out, 45 | 45 << 16, 4);
        make_int(out, 0, 8);
        make_int(out, count, 8);
        make_int(out, count, 8);
        make_int(out, bytes, 8);
        make_int(out, at, 8);
        buf_add(out, SPAN("PK\x06\x07"));
        make_int(out, 0, 4);
        make_int(out, end64_at, 8);
        make_int(out, 1, 4);
    }
    buf_add(out, SPAN("PK\x05\x06"));
    make_int(out, 0, 4);
    make_int(out, zip64 ? UINT16_MAX : count, 2);
    make_int(out, zip64 ? UINT16_MAX : count, 2);
    make_int(out, zip64 ? UINT32_MAX : bytes, 4);
    make_int(out, zip64 ? UINT32_MAX : at, 4);
    make_int(out, comment ? strlen(comment) : 0, 2);
    buf_add_string(out, comment ? comment : "");
}

static MAKE_UNUSED void make_zip(struct buf *out, const struct make_zip_file *files, size_t count, bool zip64,
                                 const char *comment)
{
    struct buf central;
    buf_init(&central, SIZE_MAX);
    for (size_t i = 0; i < count; i++) {
        uint64_t local_at = out->bytes;
        struct buf data;
        buf_init(&data, SIZE_MAX);
        if (files[i].deflated)
            make_deflate(&data, 6, files[i].content);
        else
            buf_add(&data, files[i].content);
        make_zip_local(out, &files[i], buf_span(&data));
        make_zip_central(&central, &files[i], zip64, data.bytes, local_at);
        buf_free(&data);
    }
    uint64_t at = out->bytes;
    buf_add(out, buf_span(&central));
    buf_free(&central);
    make_zip_end(out, count, zip64, at, comment);
}

#endif
