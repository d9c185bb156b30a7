// SPDX-License-Identifier: MIT
/* body_bench.h - a response is written, parsed and decoded: what the tests of body.h share. */
#ifndef TESTS_BODY_BENCH_H
#define TESTS_BODY_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "2_decode/body.h"
#include "base/limits.h"
#include "encode.h"

#define HTML        "Content-Type: text/html\r\n"
#define CE(codings) "Content-Encoding: " codings "\r\n"
#define TE(codings) "Transfer-Encoding: " codings "\r\n"

enum content { PAGE, SHORT, LATIN, UTF16, NOISE, EMPTY };
#define PAGE_BYTES 20000

static inline struct span content_of(enum content content, char *page)
{
    static const char latin[] = "<p>k\xf8rekort og p\xe5 gensyn, "
                                "bl\xe5"
                                "b\xe6rgr\xf8"
                                "d</p>";
    static const char wide[] = "\xff\xfe<\0p\0>\0a\0<\0/\0p\0>";
    static const char sample[] = "<p>Borger <a href=\"/s\xc3\xb8g?q=%zu\">side</a> ";
    uint32_t seed = 1;
    switch (content) {
    case PAGE:
        for (size_t i = 0; i < PAGE_BYTES; i++)
            page[i] = i % 97 == 96 ? (char)('a' + i / 97 % 26) : sample[i % (sizeof sample - 1)];
        return span_of(page, PAGE_BYTES);
    case NOISE:
        for (size_t i = 0; i < PAGE_BYTES; i++)
            page[i] = (char)((seed = seed * 1103515245u + 12345u) >> 16);
        return span_of(page, PAGE_BYTES);
    case LATIN:
        return span_of(latin, sizeof latin - 1);
    case UTF16:
        return span_of(wide, sizeof wide);
    case SHORT:
        return SPAN("ok");
    default:
        return SPAN("");
    }
}

struct bench {
    struct arena arena;
    struct decoder *decoder;
    struct buf block;
    char page[PAGE_BYTES];
};

static inline int body_setup(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    *state = bench;
    arena_init(&bench->arena, 1u << 24);
    bench->decoder = decoder_new(0);
    buf_init(&bench->block, SIZE_MAX);
    return bench->decoder ? 0 : -1;
}

static inline int body_teardown(void **state)
{
    struct bench *bench = *state;
    decoder_free(bench->decoder);
    arena_free(&bench->arena);
    buf_free(&bench->block);
    free(bench);
    return 0;
}

/* The body of a response with these fields and these stored bytes. */
static inline enum err decode(struct bench *bench, const char *fields, struct span stored, struct body *out)
{
    struct http_head head;
    arena_reset(&bench->arena);
    buf_reset(&bench->block);
    buf_format(&bench->block, "HTTP/1.1 200 OK\r\n%s\r\n", fields);
    buf_add(&bench->block, stored);
    assert_int_equal(exchange_parse(buf_span(&bench->block), &bench->arena, &head), ERR_OK);
    enum err err = body_decode(bench->decoder, &head, out);
    assert_int_equal(out->partial, err != ERR_OK);
    return err;
}

#endif
