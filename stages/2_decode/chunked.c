// SPDX-License-Identifier: MIT
#include "2_decode/chunked.h"

#define SIZE_DIGITS_MAX 16

bool chunked_size_line(struct span *rest, uint64_t *size_bytes)
{
    size_t digits = 0;
    uint64_t value = 0;
    while (digits < rest->bytes && digits <= SIZE_DIGITS_MAX && ascii_hex(rest->at[digits]) >= 0)
        value = value << 4 | (unsigned)ascii_hex(rest->at[digits++]);
    if (digits == 0 || digits > SIZE_DIGITS_MAX)
        return false;
    size_t at = digits;
    while (at < rest->bytes && (rest->at[at] == ' ' || rest->at[at] == '\t'))
        at++;
    if (at < rest->bytes && rest->at[at] == ';')
        at = span_find(*rest, '\n', at);
    while (at < rest->bytes && rest->at[at] == '\r')
        at++;
    if (at == rest->bytes || rest->at[at] != '\n')
        return false;
    *rest = span_from(*rest, at + 1);
    *size_bytes = value;
    return true;
}

bool chunked_line_end(struct span *rest)
{
    size_t bytes = span_starts(*rest, SPAN("\r\n")) ? 2 : span_starts(*rest, SPAN("\n")) ? 1 : 0;
    *rest = span_from(*rest, bytes);
    return bytes > 0;
}

static enum err add(struct buf *out, struct span s, size_t max_bytes)
{
    size_t room = max_bytes - out->bytes;
    if (s.bytes)
        buf_add(out, span_first(s, room));
    return out->err ? out->err : s.bytes > room ? ERR_TOO_LARGE : ERR_OK;
}

enum err chunked_decode(struct span in, size_t max_bytes, struct buf *out)
{
    struct span rest = in;
    uint64_t size_bytes;
    buf_reset(out);
    for (size_t chunk = 0; rest.bytes; chunk++) {
        struct span before = rest;
        bool sized = chunked_size_line(&rest, &size_bytes);
        if (sized && size_bytes == 0)
            return ERR_OK;
        bool whole = sized && size_bytes <= rest.bytes;
        struct span data = whole ? span_first(rest, (size_t)size_bytes) : sized ? rest : before;
        struct span behind = span_from(rest, data.bytes);
        if (sized && !behind.bytes) {
            /* cut inside or right behind a chunk */
            TRY(add(out, data, max_bytes));
            return ERR_TRUNCATED;
        }
        if (!sized || !chunked_line_end(&behind)) {
            if (chunk == 0)
                return ERR_CODING;
            /* The size lies: what follows is content and framing in a mix, better than nothing. */
            TRY(add(out, sized ? rest : before, max_bytes));
            return ERR_CORRUPT;
        }
        TRY(add(out, data, max_bytes));
        rest = behind;
    }
    return in.bytes ? ERR_TRUNCATED : ERR_CODING;
}
