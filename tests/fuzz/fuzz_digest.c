// SPDX-License-Identifier: MIT
/* fuzz_digest.c - digest_parse: what is a digest is the same one when it is written again in hexadecimal. */
#include "2_decode/digest.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct digest digest, again;
    char text[DIGEST_TEXT_BYTES];
    enum err err = digest_parse(span_of(data, bytes), &digest);
    assert(err == ERR_OK || err == ERR_SYNTAX || err == ERR_CODING);
    if (err)
        return 0;
    digest_text(&digest, text);
    assert(digest_parse(span_of_string(text), &again) == ERR_OK && digest_equal(&digest, &again));
    return 0;
}
