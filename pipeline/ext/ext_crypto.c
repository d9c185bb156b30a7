// SPDX-License-Identifier: MIT
#include "ext/ext_crypto.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct crypto {
    EVP_MD_CTX *context;
};

static const EVP_MD *method_of(enum crypto_kind kind)
{
    return kind == CRYPTO_MD5 ? EVP_md5() : kind == CRYPTO_SHA1 ? EVP_sha1() : EVP_sha256();
}

size_t crypto_bytes(enum crypto_kind kind)
{
    static const size_t bytes[CRYPTO_KIND_COUNT] = {
        [CRYPTO_MD5] = 16, [CRYPTO_SHA1] = 20, [CRYPTO_SHA256] = CRYPTO_BYTES_MAX};
    return bytes[kind];
}

struct crypto *crypto_new(void)
{
    struct crypto *crypto = malloc(sizeof *crypto);
    if (!crypto)
        return NULL;
    crypto->context = EVP_MD_CTX_new();
    if (!crypto->context) {
        free(crypto);
        return NULL;
    }
    return crypto;
}

void crypto_free(struct crypto *crypto)
{
    if (crypto)
        EVP_MD_CTX_free(crypto->context);
    free(crypto);
}

/* With all inputs valid only memory can fail; a system that forbids MD5 or SHA-1 says so in the same way. */
enum err crypto_start(struct crypto *crypto, enum crypto_kind kind)
{
    return EVP_DigestInit_ex(crypto->context, method_of(kind), NULL) == 1 ? ERR_OK : ERR_MEMORY;
}

enum err crypto_add(struct crypto *crypto, struct span bytes)
{
    return EVP_DigestUpdate(crypto->context, bytes.at ? bytes.at : "", bytes.bytes) == 1 ? ERR_OK
                                                                                         : ERR_MEMORY;
}

enum err crypto_end(struct crypto *crypto, unsigned char out[CRYPTO_BYTES_MAX])
{
    return EVP_DigestFinal_ex(crypto->context, out, NULL) == 1 ? ERR_OK : ERR_MEMORY;
}

void crypto_hex(const unsigned char *digest, size_t digest_bytes, char *out)
{
    for (size_t i = 0; i < digest_bytes; i++) {
        out[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    out[2 * digest_bytes] = 0;
}

enum err crypto_sha256_text(struct span bytes, char out[CRYPTO_SHA256_TEXT_BYTES])
{
    unsigned char digest[CRYPTO_BYTES_MAX];
    if (EVP_Digest(bytes.at ? bytes.at : "", bytes.bytes, digest, NULL, EVP_sha256(), NULL) != 1)
        return ERR_MEMORY;
    crypto_hex(digest, sizeof digest, out);
    return ERR_OK;
}
