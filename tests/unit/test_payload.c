// SPDX-License-Identifier: MIT
/* test_payload.c - which bytes of a record its digests are held against, however small the pieces are. */
#include "2_decode/payload.h"
#include "make/archive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define HEAD    "HTTP/1.1 200 OK\r\nA: b\r\n\r\n"
#define CHUNKED "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
#define OTHER   "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// clang-format off
/* `digested`: what the payload digest of the row is made of; NULL: OTHER. */
static const struct {
    const char *name, *type, *head, *block, *digested;
    enum payload_verdict payload;
    bool not_http;
} rows[] = {
    {"body", "response", "", HEAD "abcde", "abcde", PAYLOAD_GOOD, false},
    {"no body", "response", "", HEAD, "", PAYLOAD_GOOD, false},
    {"head without its end", "response", "", "HTTP/1.1 200 OK\r\nA: b", "", PAYLOAD_GOOD, false},
    {"whole block", "response", "", HEAD "abcde", HEAD "abcde", PAYLOAD_BAD, false},
    {"unframed", "response", "", HEAD CHUNKED, "abcde", PAYLOAD_GOOD, false},
    {"framed", "response", "", HEAD CHUNKED, CHUNKED, PAYLOAD_GOOD_AS_STORED, false},
    {"no last chunk", "response", "", HEAD "3\r\nabc\r\n", "3\r\nabc\r\n", PAYLOAD_GOOD, false},
    {"no last chunk, content", "response", "", HEAD "3\r\nabc\r\n", "abc", PAYLOAD_BAD, false},
    {"wrong size", "response", "", HEAD "9\r\nabc\r\n0\r\n\r\n", "9\r\nabc\r\n0\r\n\r\n", PAYLOAD_GOOD, false},
    {"like a size", "response", "", HEAD "abc", "abc", PAYLOAD_GOOD, false},
    {"neither", "response", "", HEAD CHUNKED, NULL, PAYLOAD_BAD, false},
    {"request", "request", "", "POST / HTTP/1.1\r\n\r\na=b", "a=b", PAYLOAD_GOOD, false},
    {"no HTTP", "response", "", "SSH-2.0-x", "SSH-2.0-x", PAYLOAD_GOOD, true},
    {"of another scheme", "response", "Content-Type: text/dns\r\n", "20250101\nx", "20250101\nx", PAYLOAD_GOOD, false},
    {"resource", "resource", "", HEAD CHUNKED, HEAD CHUNKED, PAYLOAD_GOOD, false},
    {"revisit", "revisit", "", HEAD, NULL, PAYLOAD_ELSEWHERE, false},
    {"segment", "response", "WARC-Segment-Number: 1\r\n", HEAD "abc", NULL, PAYLOAD_ELSEWHERE, false},
    {"continuation", "continuation", "", "abc", NULL, PAYLOAD_ELSEWHERE, false},
};
// clang-format on
#define ROW_COUNT (sizeof rows / sizeof rows[0])

struct pieces {
    struct span block;
    size_t piece_bytes;
};

static enum err piece(void *context, uint64_t from, struct span *out)
{
    const struct pieces *p = context;
    /* The head is asked for at once: the first piece holds it, as the reader's window does. */
    *out = span_first(span_from(p->block, (size_t)from), from ? p->piece_bytes : p->block.bytes);
    return ERR_OK;
}

static void sha1_text(struct span bytes, char out[DIGEST_TEXT_BYTES])
{
    struct crypto *crypto = crypto_new();
    struct digest digest = {.kind = CRYPTO_SHA1};
    assert_int_equal(crypto_start(crypto, CRYPTO_SHA1), ERR_OK);
    assert_int_equal(crypto_add(crypto, bytes), ERR_OK);
    assert_int_equal(crypto_end(crypto, digest.bytes), ERR_OK);
    digest_text(&digest, out);
    crypto_free(crypto);
}

static void check(const struct payload_tools *tools, size_t row, size_t piece_bytes, bool good_block)
{
    struct span block = span_of_string(rows[row].block);
    char extra[512], of_block[DIGEST_TEXT_BYTES], of_payload[DIGEST_TEXT_BYTES] = OTHER;
    struct buf bytes;
    struct record record;
    struct payload_check result;
    sha1_text(block, of_block);
    if (rows[row].digested)
        sha1_text(span_of_string(rows[row].digested), of_payload);
    snprintf(extra, sizeof extra, "%sWARC-Block-Digest: %s\r\nWARC-Payload-Digest: %s\r\n", rows[row].head,
             good_block ? of_block : OTHER, of_payload);
    buf_init(&bytes, SIZE_MAX);
    make_record(&bytes, rows[row].type, "http://a.example/", 1, extra, block);
    assert_int_equal(record_read(buf_span(&bytes), true, &record), ERR_OK);
    struct pieces pieces = {record.block, piece_bytes};
    assert_int_equal(payload_check(tools, &record, piece, &pieces, &result), ERR_OK);
    bool as_wanted = result.block == (good_block ? PAYLOAD_GOOD : PAYLOAD_BAD) &&
                     result.payload == rows[row].payload && result.not_http == rows[row].not_http;
    char found[DIGEST_TEXT_BYTES];
    digest_text(&result.block_found, found);
    if (!as_wanted || strcmp(found, of_block) != 0)
        fail_msg("'%s' in pieces of %zu: block %d, payload %d, not http %d", rows[row].name, piece_bytes,
                 (int)result.block, (int)result.payload, result.not_http);
    buf_free(&bytes);
}

static void test_readings(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    struct payload_tools tools = {crypto_new(), crypto_new(), &arena};
    for (size_t i = 0; i < ROW_COUNT; i++) {
        check(&tools, i, SIZE_MAX, true);
        check(&tools, i, 7, false); /* a size line still fits */
    }
    crypto_free(tools.block);
    crypto_free(tools.body);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_readings)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
