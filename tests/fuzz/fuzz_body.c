// SPDX-License-Identifier: MIT
/*
 * Input with an even first byte: a response, decoded twice with the same result, within all limits. Odd: the
 * first byte chooses codings, the rest is content that must come back through them.
 */
#include <stdlib.h>

#include "2_decode/body.h"
#include "base/limits.h"
#include "encode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void check(bool good)
{
    if (!good)
        abort();
}

static enum err decode(struct decoder *decoder, struct span block, struct arena *arena, struct body *out)
{
    struct http_head head;
    enum err err = exchange_parse(block, arena, &head);
    check(!err_is_run(err));
    if (err == ERR_NOT_HTTP)
        head = (struct http_head){.body = block};
    err = body_decode(decoder, &head, out);
    check(!err_is_run(err) && out->partial == (err != ERR_OK));
    check(out->codings <= LIMIT_CODING_DEPTH && out->bytes.bytes <= LIMIT_BODY_BYTES);
    bool in_place = !out->codings && !out->was_chunked;
    check(!in_place || out->bytes.at == head.body.at);
    return err;
}

static void check_stranger(struct decoder *decoder, struct span block, struct arena *arena)
{
    struct body body, again;
    struct buf first;
    buf_init(&first, SIZE_MAX);
    enum err err = decode(decoder, block, arena, &body);
    buf_room(&first, 1); /* an empty span of it shall not be NULL */
    buf_add(&first, body.bytes);
    check(decode(decoder, block, arena, &again) == err);
    check(body.codings == again.codings && body.was_chunked == again.was_chunked);
    check(span_equal(buf_span(&first), again.bytes));
    buf_free(&first);
}

static const struct {
    const char *steps, *fields;
    bool certain; /* has a magic, so the label cannot be mistaken */
} ways[] = {
    {"c",  "Transfer-Encoding: chunked\r\n",                           true },
    {"g",  "Content-Encoding: gzip\r\n",                               true },
    {"s",  "Content-Encoding: zstd\r\n",                               true },
    {"gc", "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", true },
    {"sg", "Content-Encoding: zstd, gzip\r\n",                         true },
    {"z",  "Content-Encoding: deflate\r\n",                            false},
    {"r",  "Content-Encoding: deflate\r\n",                            false},
    {"b",  "Content-Encoding: br\r\n",                                 false},
};

static void check_way(struct decoder *decoder, size_t way, struct span content, struct arena *arena)
{
    struct buf stored, block;
    struct body body;
    buf_init(&stored, SIZE_MAX);
    buf_init(&block, SIZE_MAX);
    if (encode(content, ways[way].steps, &stored)) {
        buf_format(&block, "HTTP/1.1 200 OK\r\n%s\r\n", ways[way].fields);
        buf_add(&block, buf_span(&stored));
        enum err err = decode(decoder, buf_span(&block), arena, &body);
        check(err == ERR_OK);
        bool same = span_equal(body.bytes, content);
        check(same || (!ways[way].certain && span_equal(body.bytes, buf_span(&stored))));
    }
    buf_free(&stored);
    buf_free(&block);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct arena arena;
    if (!bytes)
        return 0;
    struct decoder *decoder = decoder_new(0);
    struct span rest = span_of(data + 1, bytes - 1);
    arena_init(&arena, 64u << 20);
    check(decoder != NULL);
    if (data[0] % 2)
        check_way(decoder, data[0] / 2 % (sizeof ways / sizeof *ways), rest, &arena);
    else
        check_stranger(decoder, rest, &arena);
    arena_free(&arena);
    decoder_free(decoder);
    return 0;
}
