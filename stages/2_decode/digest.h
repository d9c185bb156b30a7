// SPDX-License-Identifier: MIT
/*
 * digest.h - a digest as archives write it: "sha1:BASE32", "sha256:hex" and their relatives.
 *
 * In:     the value of WARC-Block-Digest or WARC-Payload-Digest, of a WACZ resource's hash
 * Out:    the algorithm and the digest's bytes
 * Owns:   nothing
 * Limits: none
 * Errors: ERR_CODING: an algorithm that is not computed here; ERR_SYNTAX: no digest of its algorithm
 * Source: ISO 28500 5.8 and 5.9 (labelled-digest); RFC 4648 (base16, base32, base64 and its URL alphabet)
 *
 * Base32 is the classic of sha1, hexadecimal of all others; any case where the alphabet allows it, with or without the
 * padding. Which of the encodings it is follows from the length: no two give the same one for one algorithm.
 */
#ifndef DECODE_DIGEST_H
#define DECODE_DIGEST_H

#include "base/err.h"
#include "base/span.h"
#include "ext/ext_crypto.h"

struct digest {
    enum crypto_kind kind;
    unsigned char bytes[CRYPTO_BYTES_MAX];
};

enum err digest_parse(struct span text, struct digest *out) MUST_CHECK;
bool digest_equal(const struct digest *a, const struct digest *b);
/* "sha1:" and hexadecimal digits, with a NUL. */
#define DIGEST_TEXT_BYTES (8 + 2 * CRYPTO_BYTES_MAX + 1)
void digest_text(const struct digest *digest, char out[DIGEST_TEXT_BYTES]);

#endif
