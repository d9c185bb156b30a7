// SPDX-License-Identifier: MIT
/* test_digest.c - digests as archives write them, in every encoding. */
#include "2_decode/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* Of the empty message: FIPS 180-4 and RFC 1321. */
#define MD5_EMPTY    "md5:d41d8cd98f00b204e9800998ecf8427e"
#define SHA1_EMPTY   "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709"
#define SHA256_EMPTY "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// clang-format off
static const struct {
    const char *text;
    enum err err;
    const char *canonical;
} rows[] = {
    {"sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", ERR_OK, SHA1_EMPTY},
    {"sha1:3i42h3s6nnfq2msvx7xzkyayscx5qbyj", ERR_OK, SHA1_EMPTY},
    {"SHA1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", ERR_OK, SHA1_EMPTY},
    {"sha-1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", ERR_OK, SHA1_EMPTY},
    {" sha1 : 3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ ", ERR_OK, SHA1_EMPTY},
    {"sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709", ERR_OK, SHA1_EMPTY},
    {"sha1:DA39A3EE5E6B4B0D3255BFEF95601890AFD80709", ERR_OK, SHA1_EMPTY},
    {"sha1:2jmj7l5rSw0yVb/vlWAYkK/YBwk=", ERR_OK, SHA1_EMPTY},
    {"sha1:2jmj7l5rSw0yVb_vlWAYkK_YBwk", ERR_OK, SHA1_EMPTY},
    {SHA256_EMPTY, ERR_OK, SHA256_EMPTY},
    {"sha-256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", ERR_OK, SHA256_EMPTY},
    {"sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ====", ERR_OK, SHA256_EMPTY},
    {"sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ", ERR_OK, SHA256_EMPTY},
    {"sha256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", ERR_OK, SHA256_EMPTY},
    {MD5_EMPTY, ERR_OK, MD5_EMPTY},
    {"md5:2QOYZWMPACZAJ2MABGMOZ6CCPY======", ERR_OK, MD5_EMPTY}, /* as long as its hexadecimal */
    {"md5:2QOYZWMPACZAJ2MABGMOZ6CCPY", ERR_OK, MD5_EMPTY},
    {"md5:1B2M2Y8AsgTpgAmY7PhCfg==", ERR_OK, MD5_EMPTY},
    {"md5:2QOYZWMPACZAJ2MABGMOZ6CCPZ", ERR_SYNTAX, NULL}, /* spare bits set */
    {"sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBY", ERR_SYNTAX, NULL},
    {"sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJA", ERR_SYNTAX, NULL},
    {"sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBY1", ERR_SYNTAX, NULL}, /* 1 is no base32 */
    {"sha1:3I42H3S6NNFQ2MSVX7X KYAYSCX5QBYJ", ERR_SYNTAX, NULL},
    {"sha1:d41d8cd98f00b204e9800998ecf8427e", ERR_SYNTAX, NULL}, /* 32 characters, but 8, 9 and 0 are no base32 */
    {"md5:da39a3ee5e6b4b0d3255bfef95601890afd80709", ERR_SYNTAX, NULL},
    {"sha1:", ERR_SYNTAX, NULL},
    {"sha1:====", ERR_SYNTAX, NULL},
    {"sha1", ERR_SYNTAX, NULL},
    {"3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", ERR_SYNTAX, NULL}, /* of what? */
    {":3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", ERR_SYNTAX, NULL},
    {"", ERR_SYNTAX, NULL},
    {"sha512:cf83e1357eefb8bd", ERR_CODING, NULL},
    {"blake3:af1349b9f5f9a1a6", ERR_CODING, NULL},
    {"sha1sum:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", ERR_CODING, NULL},
};
// clang-format on

static void test_parse(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct digest digest;
        char text[DIGEST_TEXT_BYTES] = "";
        enum err err = digest_parse(span_of_string(rows[i].text), &digest);
        if (err == ERR_OK)
            digest_text(&digest, text);
        if (err != rows[i].err || (rows[i].canonical && strcmp(text, rows[i].canonical) != 0))
            fail_msg("'%s': %s %s", rows[i].text, err_name(err), text);
    }
}

/* Pieces of any length give what the whole gives; a context is used again for another algorithm. */
static void test_pieces(void **state)
{
    (void)state;
    struct crypto *crypto = crypto_new();
    assert_non_null(crypto);
    for (enum crypto_kind kind = 0; kind < CRYPTO_KIND_COUNT; kind++)
        for (size_t step = 1; step < 4; step++) {
            static const char *const wanted[] = {
                [CRYPTO_MD5] = "md5:900150983cd24fb0d6963f7d28e17f72",
                [CRYPTO_SHA1] = "sha1:a9993e364706816aba3e25717850c26c9cd0d89d",
                [CRYPTO_SHA256] = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"};
            struct span rest = SPAN("abc");
            struct digest digest = {.kind = kind};
            char text[DIGEST_TEXT_BYTES];
            assert_int_equal(crypto_start(crypto, kind), ERR_OK);
            for (; rest.bytes; rest = span_from(rest, step))
                assert_int_equal(crypto_add(crypto, span_first(rest, step)), ERR_OK);
            assert_int_equal(crypto_end(crypto, digest.bytes), ERR_OK);
            digest_text(&digest, text);
            assert_string_equal(text, wanted[kind]);
        }
    crypto_free(crypto);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parse), cmocka_unit_test(test_pieces)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
