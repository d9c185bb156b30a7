// SPDX-License-Identifier: MIT
#include "base/base64.h"

int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (ascii_is_digit(c))
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

enum err base64_decode(struct span text, char *to, size_t *out_bytes)
{
    uint32_t bits = 0;
    unsigned held = 0;
    size_t bytes = 0;
    enum err err = ERR_OK;
    for (size_t i = 0; i < text.bytes && text.at[i] != '=' && !err; i++) {
        int digit = base64_digit(text.at[i]);
        if (digit < 0) {
            err = memchr(" \t\r\n\f", text.at[i], 5) ? ERR_OK : ERR_SYNTAX;
            continue;
        }
        bits = bits << 6 | (uint32_t)digit;
        held += 6;
        if (held < 8)
            continue;
        held -= 8;
        to[bytes++] = (char)(bits >> held);
    }
    *out_bytes = bytes;
    return err;
}
