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
/* at < s.bytes. A sequence that the end of s cuts is ill-formed. */
struct utf8_step utf8_next(struct span s, size_t at);

#endif
