// SPDX-License-Identifier: MIT
/*
 * har_cookies.h - the cookie lists of a HAR, as the fields they were; private to har*.c.
 *
 * In:     request.cookies, response.cookies
 * Out:    a Cookie field, Set-Cookie fields; names and attributes, no values
 * Owns:   nothing: fields live in the arena, or as long as the object
 * Limits: LIMIT_HTTP_FIELDS, LIMIT_COOKIES
 * Errors: ERR_TOO_LARGE, ERR_MEMORY
 * Source: HAR 1.2, section "cookies"; RFC 6265bis 4.1.1 and 4.2.1
 */
#ifndef EXTRACT_HAR_COOKIES_H
#define EXTRACT_HAR_COOKIES_H

#include "2_decode/exchange.h"

struct json; /* ext/ext_json.h */

struct har_head { /* a head that grows */
    struct http_head head;
    size_t capacity;
    struct arena *arena;
};
enum err har_head_add(struct har_head *h, struct span name, struct span value) MUST_CHECK;

enum err har_cookies_sent(struct har_head *h, const struct json *cookies) MUST_CHECK;
enum err har_cookies_set(struct har_head *h, const struct json *cookies) MUST_CHECK;
/* The browser that wrote the list counted more cookies than there are Set-Cookie fields: WebKit joins them. */
bool har_cookies_are_joined(const struct har_head *h, const struct json *cookies);

#endif
