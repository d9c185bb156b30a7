// SPDX-License-Identifier: MIT
/*
 * vendor_cookie.h - names that scripts of known vendors give their cookies on the sites that load them.
 *
 * In:     the name of a cookie, a host
 * Out:    the vendor that names cookies so, and whether a host is its
 * Owns:   nothing: rows are static
 * Limits: none
 * Errors: none
 * Source: evidence.md 5.6; compliance.md 5.3 (K4b), 5.2 (P9). Who a vendor is, the registers say: here are only names and hosts
 */
#ifndef JUDGE_VENDOR_COOKIE_H
#define JUDGE_VENDOR_COOKIE_H

#include "base/span.h"

struct vendor_cookie {
    const char *names; /* separated by blanks; "*" at the end stands for anything */
    const char *hosts; /* and all below them */
};
/* NULL: nobody known, or nobody in particular. */
const struct vendor_cookie *vendor_cookie_find(struct span name);
bool vendor_cookie_is_host(const struct vendor_cookie *vendor, struct span host);
/* Load balancers, firewalls and sessions of the site itself: no vendor's, whatever a catalogue says. */
bool vendor_cookie_is_infrastructure(struct span name);

#endif
