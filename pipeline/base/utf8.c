// SPDX-License-Identifier: MIT
#include "base/utf8.h"

#include <assert.h>

/* Unicode table 3-7: what the second byte may be depends on the first; all others are 80..BF. */
static const struct {
    unsigned char first, last, low, high, bytes;
} leads[] = {
    {0xC2, 0xDF, 0x80, 0xBF, 2},
    {0xE0, 0xE0, 0xA0, 0xBF, 3},
    {0xE1, 0xEC, 0x80, 0xBF, 3},
    {0xED, 0xED, 0x80, 0x9F, 3},
    {0xEE, 0xEF, 0x80, 0xBF, 3},
    {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4},
    {0xF4, 0xF4, 0x80, 0x8F, 4},
};

struct utf8_step utf8_next_long(struct span s, size_t at)
{
    assert(at < s.bytes);
    const unsigned char *p = (const unsigned char *)s.at + at;
    size_t left = s.bytes - at;
    size_t row = 0, rows = sizeof leads / sizeof *leads;
    while (row < rows && (*p < leads[row].first || *p > leads[row].last))
        row++;
    if (row == rows)
        return (struct utf8_step){0xFFFD, 1, false};
    uint32_t code = *p & (0x7Fu >> leads[row].bytes);
    unsigned char low = leads[row].low, high = leads[row].high;
    for (unsigned i = 1; i < leads[row].bytes; i++, low = 0x80, high = 0xBF) {
        if (i == left || p[i] < low || p[i] > high)
            return (struct utf8_step){0xFFFD, i, false};
        code = code << 6 | (p[i] & 0x3Fu);
    }
    return (struct utf8_step){code, leads[row].bytes, true};
}
