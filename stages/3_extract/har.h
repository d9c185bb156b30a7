// SPDX-License-Identifier: MIT
/*
 * har.h - what a page and an entry of a HAR say, in the words of HTTP.
 *
 * In:     parsed objects of harfile.h
 * Out:    pages; requests and responses as heads with their fields, as if they had been read off the wire:
 *         values that a browser joined by LF are fields of their own, cookies that only the cookie lists name
 *         and a Location that only redirectURL names become fields
 * Owns:   nothing: results live in the arena, or as long as the object
 * Limits: LIMIT_HTTP_FIELDS, LIMIT_COOKIES; LIMIT_JSON_BYTES (a body)
 * Errors: ERR_NO_URI, ERR_TOO_LARGE (fields are cut, the rest delivered), ERR_JSON, ERR_SYNTAX (a body that is
 *         not the string or base64 it should be); ERR_MEMORY
 * Source: HAR 1.2 (Odvarko, 2012), sections "pages" to "content"; fields with "_" as Chrome, sitespeed and
 *         WebPagetest write them
 */
#ifndef EXTRACT_HAR_H
#define EXTRACT_HAR_H

#include "2_decode/exchange.h"
#include "3_extract/reference.h"

struct json; /* ext/ext_json.h */

struct har_page {
    struct span id, title;
    int64_t time_ns; /* RECORD_NO_DATE when missing */
};
struct har_entry {
    struct span page_id; /* pageref; may be empty */
    struct span url;
    int64_t time_ns; /* of the request, RECORD_NO_DATE when missing */
    enum resource resource;
    struct span error; /* "net::ERR_..." */
    bool from_cache;
    struct http_head request;
    struct http_head response; /* status 0: there was no answer */
    bool joins_cookies;        /* its Set-Cookie fields hold several cookies each */
    bool has_content;          /* a body was there, whether the file kept it or not */
    bool is_text;              /* the body was kept as characters: it is UTF-8, whatever its charset was */
    bool is_base64;
};

enum err har_parse_page(const struct json *json, struct har_page *out) MUST_CHECK;
/* ERR_TOO_LARGE: delivered all the same. */
enum err har_parse_entry(const struct json *json, struct arena *arena, struct har_entry *out) MUST_CHECK;
/* The bytes of a body; literal: a JSON string as written. Data errors: what could be read. */
enum err har_body(const struct har_entry *entry, struct span literal, struct arena *arena,
                  struct span *out) MUST_CHECK;

#endif
