// SPDX-License-Identifier: MIT
/* utf8.h - UTF-8 one character at a time, ill-formed bytes as the Encoding standard replaces them. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/span.h"

struct utf8_step {
    uint32_t code;  /* U+FFFD when not valid */
    unsigned bytes; /* 1 to 4; of ill-formed text the maximal subpart, 1 to 3 */
    bool valid;
};
/* Of what is not ASCII. */
struct utf8_step utf8_next_long(struct span s, size_t at);
/* at < s.bytes. A sequence that the end of s cuts is ill-formed. */
static inline struct utf8_step utf8_next(struct span s, size_t at)
{
    unsigned char first = (unsigned char)s.at[at];
    return first < 0x80 ? (struct utf8_step){first, 1, true} : utf8_next_long(s, at);
}

#endif
