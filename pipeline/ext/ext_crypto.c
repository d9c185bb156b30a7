// SPDX-License-Identifier: MIT
#include "ext/ext_crypto.h"

#include <openssl/evp.h>

enum err crypto_sha256_text(struct span bytes, char out[CRYPTO_SHA256_TEXT_BYTES])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned digest_bytes;
    if (EVP_Digest(bytes.at ? bytes.at : "", bytes.bytes, digest, &digest_bytes, EVP_sha256(), NULL) != 1)
        return ERR_MEMORY;
    for (size_t i = 0; i < digest_bytes; i++) {
        out[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    out[2 * digest_bytes] = 0;
    return ERR_OK;
}
