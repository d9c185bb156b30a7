// SPDX-License-Identifier: MIT
/*
 * buf.h - a growing byte buffer with a maximum.
 *
 * Writers append without looking; the first failure (memory, or beyond max) stays in `err` and later appends do nothing,
 * so the owner asks once at the end. Owned by whoever calls buf_free.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/err.h"
#include "base/span.h"

struct buf {
    char *at;
    size_t bytes, capacity_bytes, max_bytes;
    enum err err; /* ERR_OK, ERR_MEMORY or ERR_TOO_LARGE */
};

void buf_init(struct buf *buf, size_t max_bytes);
void buf_free(struct buf *buf);
/* Empty again, memory kept, error cleared. */
void buf_reset(struct buf *buf);
/* Makes it as large as that, as far as its maximum allows: growing bit by bit touches new memory again and again. Only a hint. */
void buf_reserve(struct buf *buf, size_t bytes);
/* Room for `bytes` more behind the content; returns where to write them, or NULL. Then add to buf->bytes. */
char *buf_room(struct buf *buf, size_t bytes);
void buf_add(struct buf *buf, struct span s);
void buf_add_char(struct buf *buf, char c);
void buf_add_string(struct buf *buf, const char *text);
void buf_add_u64(struct buf *buf, uint64_t value);
void buf_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline struct span buf_span(const struct buf *buf)
{
    return span_of(buf->at, buf->bytes);
}

#endif
