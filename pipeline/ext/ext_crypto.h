// SPDX-License-Identifier: MIT
/*
 * ext_crypto.h - digests through libcrypto: SHA-256 stands against forgers (FIPS 180-4), SHA-1 (FIPS 180-4) and MD5
 * (RFC 1321) are what archives hold.
 */
#ifndef EXT_CRYPTO_H
#define EXT_CRYPTO_H

#include "base/err.h"
#include "base/span.h"

enum crypto_kind { CRYPTO_MD5, CRYPTO_SHA1, CRYPTO_SHA256, CRYPTO_KIND_COUNT };
#define CRYPTO_BYTES_MAX 32

size_t crypto_bytes(enum crypto_kind kind); /* of its digest */

/* A digest in pieces; one at a time, the context is reused. */
struct crypto;
struct crypto *crypto_new(void); /* NULL: out of memory */
void crypto_free(struct crypto *crypto);
enum err crypto_start(struct crypto *crypto, enum crypto_kind kind) MUST_CHECK;
enum err crypto_add(struct crypto *crypto, struct span bytes) MUST_CHECK;
enum err crypto_end(struct crypto *crypto, unsigned char out[CRYPTO_BYTES_MAX]) MUST_CHECK;

/* Lower-case hex digits and a NUL: 2 * digest_bytes + 1 of *out. */
void crypto_hex(const unsigned char *digest, size_t digest_bytes, char *out);

#define CRYPTO_SHA256_TEXT_BYTES 65 /* 64 lower-case hex digits and a NUL */
enum err crypto_sha256_text(struct span bytes, char out[CRYPTO_SHA256_TEXT_BYTES]) MUST_CHECK;

#endif
