// SPDX-License-Identifier: MIT
/*
 * signal.h - what a contact does beside fetching: the flags of kinds K6 and K7, and of redirects.
 *
 * In:     -
 * Out:    a word of flags and their names
 * Owns:   nothing
 * Limits: none
 * Errors: none
 * Source: compliance.md 5.3 (K6, K7); evidence.md 3.5, 5.6
 */
#ifndef INDEX_SIGNAL_H
#define INDEX_SIGNAL_H

#include "base/span.h"

/* Of a contact with another host than the page's; in this order they are printed. */
#define SIGNAL_PIXEL       (1u << 0) /* an image of at most one pixel, or an answer without content */
#define SIGNAL_BEACON      (1u << 1)
#define SIGNAL_POST        (1u << 2) /* with a body */
#define SIGNAL_IDENTIFIER  (1u << 3) /* a query value that looks like an identifier */
#define SIGNAL_PAGE_URL    (1u << 4) /* the page's full URL as referrer across hosts, or in the query */
#define SIGNAL_NAVIGATION  (1u << 5) /* only a redirect on the way to a page: nothing a page embeds */
#define SIGNAL_BOUNCE      (1u << 6) /* such a redirect through another site that sets a cookie */
#define SIGNAL_SYNC        (1u << 7) /* another third party redirected to it with its own cookie's value */
#define SIGNAL_REFUSED     (1u << 8) /* set a cookie that a browser does not store there */
#define SIGNAL_FINGERPRINT (1u << 9) /* a script at the address of a known fingerprinting library */
/* Of a visit. */
#define SIGNAL_GPC (1u << 10)
#define SIGNAL_DNT (1u << 11)
/* How sure a contact is, and what it takes. */
#define SIGNAL_SPECULATIVE (1u << 12) /* fetched ahead, for a page the visitor may never open */
#define SIGNAL_AMBIGUOUS   (1u << 13) /* several visits may have made it: the nearest before it got it */
#define SIGNAL_OTHER_BODY  (1u << 14) /* declared by a body that another visit recorded */
#define SIGNAL_INTERACTION                                                                                   \
    (1u << 15) /* may take scrolling or playing: lazy elements, media long after loading */
#define SIGNAL_COUNT 16u

/* Only what all records have, or all declarations where nothing was seen, holds of their contact. */
#define SIGNAL_QUALIFIERS (SIGNAL_SPECULATIVE | SIGNAL_AMBIGUOUS | SIGNAL_OTHER_BODY)

/* Of two observations or declarations that are one contact, but for the qualifiers. */
static inline uint32_t signal_merge(uint32_t a, uint32_t b)
{
    const uint32_t both = SIGNAL_NAVIGATION;
    return ((a | b) & ~both) | (a & b & both);
}
/* K7, by the address alone: bodies of scripts are not read. */
bool signal_is_fingerprinting(struct span host, struct span path);
#define SIGNAL_TEXT_BYTES 192
/* "pixel;identifier": the names of the flags, in the caller's room. */
struct span signal_text(uint32_t signals, char room[SIGNAL_TEXT_BYTES]);

#endif
