// SPDX-License-Identifier: MIT
#include "base/buf.h"

#include "base/pages.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_init(struct buf *buf, size_t max_bytes)
{
    *buf = (struct buf){.max_bytes = max_bytes};
}

void buf_free(struct buf *buf)
{
    free(buf->at);
    buf_init(buf, buf->max_bytes);
}

void buf_reset(struct buf *buf)
{
    buf->bytes = 0;
    buf->err = ERR_OK;
}

/* realloc, but for large ones. */
static char *move(struct buf *buf, size_t wanted)
{
    if (wanted < PAGES_HUGE_BYTES)
        return realloc(buf->at, wanted);
    char *moved = pages_alloc(wanted);
    if (moved) {
        if (buf->bytes)
            memcpy(moved, buf->at, buf->bytes);
        free(buf->at);
    }
    return moved;
}

static bool grow(struct buf *buf, size_t wanted)
{
    char *moved = move(buf, wanted);
    if (moved) {
        buf->at = moved;
        buf->capacity_bytes = wanted;
    }
    return moved != NULL;
}

void buf_reserve(struct buf *buf, size_t bytes)
{
    if (bytes > buf->max_bytes)
        bytes = buf->max_bytes;
    if (bytes > buf->capacity_bytes)
        grow(buf, bytes);
}

char *buf_room(struct buf *buf, size_t bytes)
{
    if (buf->err)
        return NULL;
    if (bytes > buf->max_bytes || buf->bytes > buf->max_bytes - bytes) {
        buf->err = ERR_TOO_LARGE;
        return NULL;
    }
    size_t needed = buf->bytes + bytes;
    if (needed > buf->capacity_bytes) {
        size_t wanted = buf->capacity_bytes ? buf->capacity_bytes : 4096;
        while (wanted < needed)
            wanted *= 2;
        if (!grow(buf, wanted)) {
            buf->err = ERR_MEMORY;
            return NULL;
        }
    }
    return buf->at + buf->bytes;
}

void buf_add(struct buf *buf, struct span s)
{
    char *to = s.bytes ? buf_room(buf, s.bytes) : NULL; /* of an empty buf there is no place to point to */
    if (to) {
        memcpy(to, s.at, s.bytes);
        buf->bytes += s.bytes;
    }
}

void buf_add_char(struct buf *buf, char c)
{
    buf_add(buf, span_of(&c, 1));
}

void buf_add_string(struct buf *buf, const char *text)
{
    buf_add(buf, span_of_string(text));
}

void buf_add_u64(struct buf *buf, uint64_t value)
{
    char digits[20], *p = digits + sizeof digits;
    do
        *--p = (char)('0' + value % 10);
    while (value /= 10);
    buf_add(buf, span_of(p, (size_t)(digits + sizeof digits - p)));
}

void buf_format(struct buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int bytes = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *to = bytes >= 0 ? buf_room(buf, (size_t)bytes + 1) : NULL;
    if (to) {
        vsnprintf(to, (size_t)bytes + 1, format, again);
        buf->bytes += (size_t)bytes;
    }
    va_end(again);
}
