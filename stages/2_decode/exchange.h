// SPDX-License-Identifier: MIT
/*
 * exchange.h - the head of an HTTP message.
 *
 * In:     the block of a request, response or revisit record
 * Out:    start line, fields in order with repeats kept, and the bytes behind the head
 * Owns:   nothing: field spans point into the block (unfolded lines into the arena)
 * Limits: LIMIT_HTTP_HEAD_BYTES, LIMIT_HTTP_FIELDS
 * Errors: ERR_NOT_HTTP, ERR_TOO_LARGE (head cut, delivered), ERR_MEMORY
 * Source: RFC 9112 sections 2 to 5; deviations in rows 84-104 of formats.md 4.4
 */
#ifndef DECODE_EXCHANGE_H
#define DECODE_EXCHANGE_H

#include "base/arena.h"

struct http_field {
    struct span name, value; /* value trimmed, unfolded */
};
struct http_head {
    bool is_request;
    struct span method, target; /* requests */
    unsigned status;            /* responses; 0 = unknown */
    struct http_field *fields;
    size_t field_count;
    size_t odd_lines; /* lines that are no field: ignored, counted */
    struct span body; /* what follows the head, still with its codings */
};

/* 1xx heads before a response are skipped. No head at all (row 89): ERR_NOT_HTTP, and body = block. */
enum err exchange_parse(struct span block, struct arena *arena, struct http_head *out) MUST_CHECK;

/* Value of the first (or last) field of that name, ASCII case ignored; .at NULL when absent. */
struct span exchange_field(const struct http_head *head, struct span name);
struct span exchange_field_last(const struct http_head *head, struct span name);

/* "text/html" of "text/html; Charset=x", lower case in the arena; and the first charset parameter, unquoted. */
struct span exchange_mime(struct span content_type, struct arena *arena);
struct span exchange_charset(struct span content_type);

#endif
