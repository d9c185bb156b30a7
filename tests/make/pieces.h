// SPDX-License-Identifier: MIT
/*
 * pieces.h - archives from one letter per piece, for tests that go through many arrangements.
 *
 *   g member, one record      G member, three records     S the same, stored       s member, stored body that
 * is e empty member            r empty member, RS field    o member, no record        a whole .warc.gz c
 * member, wrong CRC       d member, damaged deflate   h member without its last quarter  b member, garbage
 * before a record p plain record            l its length too small      L too large              N without a
 * length v plain, broken version   z 64 zeros                  x garbage                n line ends
 * j one record over two members               J three records over members of 100 bytes
 */
#ifndef MAKE_PIECES_H
#define MAKE_PIECES_H

#include "make/archive.h"

static MAKE_UNUSED void make_one_record(struct buf *out, unsigned *number)
{
    struct buf body;
    buf_init(&body, SIZE_MAX);
    ++*number;
    make_text(&body, *number, 40 + *number % 7 * 30);
    make_response(out, "http://www.example.org/", *number, "Content-Type: text/html\r\n", buf_span(&body));
    buf_free(&body);
}

/* A record whose body is an archive of its own, so that its members look like members of the outer one. */
static MAKE_UNUSED void make_nested_record(struct buf *out, unsigned *number)
{
    struct buf inner, member;
    buf_init(&inner, SIZE_MAX);
    buf_init(&member, SIZE_MAX);
    for (unsigned i = 0; i < 3; i++) {
        buf_reset(&member);
        make_record(&member, "request", "http://inner.example/", 900 + i, NULL,
                    SPAN("GET / HTTP/1.1\r\n\r\n"));
        make_gzip(&inner, &(struct make_gzip_style){.level = 6}, buf_span(&member));
    }
    make_record(out, "resource", "http://www.example.org/a.warc.gz", ++*number, NULL, buf_span(&inner));
    buf_free(&inner);
    buf_free(&member);
}

static MAKE_UNUSED void make_replace(struct buf *in, const char *from, const char *to)
{
    size_t at = span_find_span(buf_span(in), span_of_string(from), 0);
    assert(at < in->bytes && strlen(from) == strlen(to));
    memcpy(in->at + at, to, strlen(to));
}

/* A stored block with all but the end of the text, and then one of the type that does not exist. */
static MAKE_UNUSED void make_corrupt(struct buf *out, struct span text)
{
    size_t bytes = text.bytes - 20;
    buf_add(out, SPAN("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x00"));
    make_int(out, bytes, 2);
    make_int(out, ~bytes, 2);
    buf_add(out, span_first(text, bytes));
    buf_add(out, SPAN("\x07 what was behind the damage \x00\x00"));
}

/* Records in members that know nothing of them: head and body apart, or 100 bytes each. */
static MAKE_UNUSED void make_spread_piece(struct buf *out, char piece, unsigned *number)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    for (int i = 0; i < (piece == 'j' ? 1 : 3); i++)
        make_one_record(&text, number);
    size_t head_bytes = span_find_span(buf_span(&text), SPAN("\r\n\r\n"), 0) + 4;
    for (size_t at = 0, bytes = piece == 'j' ? head_bytes : 100; at < text.bytes; at += bytes, bytes = 100) {
        bytes = piece == 'j' && at ? text.bytes : bytes;
        make_gzip(out, &(struct make_gzip_style){.level = 6},
                  span_first(span_from(buf_span(&text), at), bytes));
    }
    buf_free(&text);
}

static MAKE_UNUSED void make_gzip_piece(struct buf *out, char piece, unsigned *number)
{
    static const char rs[260] = "RS\x00\x01";
    struct make_gzip_style style = {.level = piece == 'S' || piece == 's' ? 0 : 6};
    struct buf text;
    buf_init(&text, SIZE_MAX);
    if (piece == 'r')
        style.extra = span_of(rs, sizeof rs);
    if (piece == 'b' || piece == 'o')
        buf_add_string(&text, "no record\r\n");
    if (piece == 's')
        make_nested_record(&text, number);
    for (int i = 0; strchr("gGScdhb", piece) && i < (piece == 'G' || piece == 'S' ? 3 : 1); i++)
        make_one_record(&text, number);
    size_t from = out->bytes;
    if (piece == 'd')
        make_corrupt(out, buf_span(&text));
    else
        make_gzip(out, &style, buf_span(&text));
    size_t bytes = out->bytes - from;
    if (piece == 'c')
        out->at[out->bytes - 8] ^= 1;
    if (piece == 'h')
        out->bytes -= bytes / 4;
    buf_free(&text);
}

static MAKE_UNUSED void make_plain_piece(struct buf *out, char piece, unsigned *number)
{
    struct buf text;
    buf_init(&text, SIZE_MAX);
    make_record(
        &text, "metadata", "http://www.example.org/", ++*number, NULL,
        SPAN(
            "via: http://www.example.org/0\r\nhopsFromSeed: L\r\noutlink: http://a.example/ E =JS_MISC\r\n"));
    if (piece == 'l')
        make_replace(&text, "Content-Length: 87", "Content-Length: 75");
    if (piece == 'L')
        make_replace(&text, "Content-Length: 87", "Content-Length: 98");
    if (piece == 'N')
        make_replace(&text, "Content-Length: 87", "Content-Length: no");
    if (piece == 'v')
        make_replace(&text, "WARC/1.1", "WARC/one");
    buf_add(out, buf_span(&text));
    buf_free(&text);
}

static MAKE_UNUSED void make_pieces(struct buf *out, const char *pieces)
{
    static const char zeros[64];
    unsigned number = 0;
    for (const char *piece = pieces; *piece; piece++) {
        if (strchr("plLNv", *piece))
            make_plain_piece(out, *piece, &number);
        else if (strchr("jJ", *piece))
            make_spread_piece(out, *piece, &number);
        else if (*piece == 'z')
            buf_add(out, span_of(zeros, sizeof zeros));
        else if (*piece == 'x')
            buf_add_string(out, "These bytes\nbelong to nobody: \x1f\x8b\x08, WARC/1.0\n");
        else if (*piece == 'n')
            buf_add_string(out, "\r\n\r\n\n");
        else
            make_gzip_piece(out, *piece, &number);
    }
}

#endif
