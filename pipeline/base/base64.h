// SPDX-License-Identifier: MIT
/* base64.h - RFC 4648 section 4, as lenient as the "forgiving" decoders of browsers: white space is skipped. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/err.h"
#include "base/span.h"

/* What a digit stands for, 0 to 63, or -1. */
int base64_digit(char c);
/* Room that is always enough. */
static inline size_t base64_room(size_t text_bytes)
{
    return text_bytes / 4 * 3 + 3;
}
/* ERR_SYNTAX: a character of another alphabet; *out_bytes is what stood before it. "=" ends the text. */
enum err base64_decode(struct span text, char *to, size_t *out_bytes) MUST_CHECK;

#endif
