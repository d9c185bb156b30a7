// SPDX-License-Identifier: MIT
/*
 * origin.h - who made a request: the page that is judged, or one of those that only use it.
 *
 * In:     -
 * Out:    the words of evidence.md 3.8
 * Owns:   nothing
 * Limits: -
 * Errors: -
 * Source: evidence.md 3.8
 */
#ifndef INDEX_ORIGIN_H
#define INDEX_ORIGIN_H

#include <stdbool.h>

/* Of several for one URL the first counts. */
enum origin {
    ORIGIN_PAGE,      /* the page's markup, styles and scripts */
    ORIGIN_BROWSER,   /* the browser for itself: the icon nobody declared */
    ORIGIN_UNKNOWN,   /* recorded by a program that is not known, and declared nowhere */
    ORIGIN_BEHAVIOUR, /* what a crawler does in the page: scrolling, fetching every candidate of a srcset */
    ORIGIN_CRAWLER,   /* what its parser found */
    ORIGIN_COUNT
};
const char *origin_name(enum origin origin); /* "page", "browser", ... */
/* Does it count as a contact of the page? Else it is kept as evidence only. */
bool origin_is_page(enum origin origin);

#endif
