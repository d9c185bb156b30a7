// SPDX-License-Identifier: MIT
/*
 * url.h - URLs as browsers read them.
 *
 * In:     a reference as found (bytes of a page: UTF-8 or not), a parsed base
 * Out:    scheme, host, port, path, query, fragment: normalised, in one string of the arena
 * Owns:   nothing
 * Limits: LIMIT_URL_BYTES
 * Errors: ERR_URL (the standard's failure), ERR_TOO_LARGE, ERR_MEMORY
 * Source: WHATWG URL standard (basic URL parser, host parser, IPv4 and IPv6 parsers), UTS 46 non-transitional
 */
#ifndef EXTRACT_URL_H
#define EXTRACT_URL_H

#include "base/arena.h"

struct url {
    struct span href;   /* the whole serialisation, with fragment; no NUL promised */
    struct span scheme; /* "https", without colon; lower case */
    struct span username, password;
    struct span host;     /* serialised: ASCII, lower case, [..] for IPv6; .at NULL when the URL has none */
    struct span path;     /* "/a/b", or the opaque path */
    struct span query;    /* without "?"; .at NULL when null, .bytes 0 when empty */
    struct span fragment; /* without "#"; .at NULL when null */
    int port;             /* -1: none or the scheme's default */
    bool special;         /* http, https, ws, wss, ftp, file */
};

/* base may be NULL. All spans of *out point into out->href or are in the arena. */
enum err url_parse(struct span text, const struct url *base, struct arena *arena, struct url *out) MUST_CHECK;

/* href without "#fragment". */
struct span url_without_fragment(const struct url *url);
/* "https://host[:port]" */
struct span url_origin(const struct url *url, struct arena *arena);
/* http, https, ws or wss with a host: a contact is made over the network. */
bool url_is_network(const struct url *url);

#endif
