// SPDX-License-Identifier: MIT
/* ext_crypto.h - digests that stand against forgers (FIPS 180-4), through libcrypto. */
#ifndef EXT_CRYPTO_H
#define EXT_CRYPTO_H

#include "base/err.h"
#include "base/span.h"

#define CRYPTO_SHA256_TEXT_BYTES 65 /* 64 lower-case hex digits and a NUL */

enum err crypto_sha256_text(struct span bytes, char out[CRYPTO_SHA256_TEXT_BYTES]) MUST_CHECK;

#endif
