// SPDX-License-Identifier: MIT
/*
 * href.h - the parts of a URL that url.h already normalised, found again without parsing it anew.
 *
 * In:     an href of a network URL, without fragment: scheme://[user[:password]@]host[:port]/path[?query]
 * Out:    slices of it
 * Owns:   nothing
 * Limits: none
 * Errors: none: other bytes give empty slices
 * Source: WHATWG URL standard, URL serializing
 */
#ifndef INDEX_HREF_H
#define INDEX_HREF_H

#include "base/span.h"

struct href {
    struct span host, path, query, origin; /* origin: from the scheme to the port */
};
struct href href_of(struct span url);

#endif
