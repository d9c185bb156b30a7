// SPDX-License-Identifier: MIT
/*
 * cookie.h - Set-Cookie and Cookie.
 *
 * In:     one field value; for Set-Cookie also the request URL, the suffix list and the time of the response
 * Out:    the cookie as a browser would read it, whether it would have stored it, and for how long
 * Owns:   nothing: names point into the input
 * Limits: LIMIT_COOKIE_PAIR_BYTES, LIMIT_COOKIE_ATTRIBUTE_BYTES, LIMIT_COOKIE_LIFETIME_S, LIMIT_COOKIES
 * Errors: ERR_COOKIE (dropped whole), ERR_MEMORY
 * Source: RFC 6265bis 5.1.1 (cookie-date), 5.1.3-4, 5.6 (Set-Cookie), 5.7 (storage); CHIPS (Partitioned)
 */
#ifndef EXTRACT_COOKIE_H
#define EXTRACT_COOKIE_H

#include "3_extract/site.h"
#include "3_extract/url.h"

enum same_site { SAME_SITE_DEFAULT, SAME_SITE_NONE, SAME_SITE_LAX, SAME_SITE_STRICT };
const char *same_site_name(enum same_site same_site); /* "default", "none", "lax", "strict" */

/* Why a cookie would not be stored (rules 7-9 of evidence.md 5.5), COOKIE_STORABLE otherwise. */
enum cookie_storable {
    COOKIE_STORABLE,
    COOKIE_PUBLIC_SUFFIX,
    COOKIE_FOREIGN_DOMAIN,
    COOKIE_INSECURE,
    COOKIE_NONE_WITHOUT_SECURE,
    COOKIE_PREFIX,
    COOKIE_PARTITIONED_WITHOUT_SECURE,
    COOKIE_CROSS_SITE,         /* Lax or Strict, in the answer to a request from a page of another site */
    COOKIE_CROSS_SITE_DEFAULT, /* the same without SameSite: Chromium refuses it, others have long stored it */
    COOKIE_CROSS_SCHEME,       /* of the same site, but http beside https: only some tell them apart */
    COOKIE_STORABLE_COUNT
};
const char *cookie_storable_name(enum cookie_storable storable); /* "", "public_suffix", ... */
/* Would a browser that follows the draft have stored it? */
enum cookie_stored { COOKIE_STORED, COOKIE_REFUSED, COOKIE_BROWSER_DEPENDENT };
enum cookie_stored cookie_stored(enum cookie_storable storable);
const char *cookie_stored_name(enum cookie_stored stored); /* "yes", "no", "browser_dependent" */

/* Where the request came from, as SameSite sees it: from a page of the cookie's site or as a top-level navigation; from one
 * of the same site but of another scheme; from another site. */
enum cookie_context { COOKIE_SAME_SITE, COOKIE_OTHER_SCHEME, COOKIE_OTHER_SITE };
/* What the cookie's own attributes allow, in that context. */
enum cookie_storable cookie_storable_in(enum cookie_storable alone, enum same_site same_site,
                                        enum cookie_context context);

#define COOKIE_SESSION INT64_MIN /* neither Max-Age nor a valid Expires */

struct cookie {
    struct span name, value;
    struct span domain; /* lower case in the arena; the host itself when host_only */
    bool host_only;
    struct span path;   /* given, or the default path of the URL */
    int64_t lifetime_s; /* declared, from `now`; <= 0: deletion; COOKIE_SESSION */
    bool secure, http_only, partitioned;
    enum same_site same_site;
    enum cookie_storable storable;
};

/* now_s: time of the response, seconds since 1970. One line, one cookie: joined lines are split before. */
enum err cookie_parse_set(struct span value, const struct url *url, const struct suffixes *suffixes,
                          int64_t now_s, struct arena *arena, struct cookie *out) MUST_CHECK;
/* min(declared lifetime, 400 days); COOKIE_SESSION stays. */
int64_t cookie_effective_lifetime_s(int64_t lifetime_s);
/* By the declared lifetime: what a citizen was asked to keep. */
enum cookie_class {
    COOKIE_CLASS_DELETION,
    COOKIE_CLASS_SESSION,
    COOKIE_CLASS_DAY,
    COOKIE_CLASS_MONTH,
    COOKIE_CLASS_YEAR, /* at most 13 months */
    COOKIE_CLASS_CAP,  /* at most 400 days */
    COOKIE_CLASS_LONGER
};
enum cookie_class cookie_class(int64_t lifetime_s);
const char *cookie_class_name(enum cookie_class class); /* "deletion", "session", "1_day", ... */

/* Pairs of a Cookie field: call until false; *rest starts as its value. Without "=" the name is empty. */
bool cookie_next_sent(struct span *rest, struct span *name, struct span *value);

/* Cookie-date (5.1.1), tolerant; and HTTP-date with the same routine: seconds since 1970. */
enum err cookie_date_parse(struct span text, int64_t *out) MUST_CHECK;

/* Splits a field that a producer joined by ", ", LF or ",,,". Call until false; *rest as above. */
bool cookie_next_joined(struct span *rest, struct span *one);

#endif
