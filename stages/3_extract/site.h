// SPDX-License-Identifier: MIT
/*
 * site.h - the registrable domain of a host (eTLD+1), by the Public Suffix List.
 *
 * In:     an ASCII host as url.h gives it
 * Out:    a slice of that host, without a final dot; addresses and public suffixes are their own site
 * Owns:   nothing; the list (ext/ext_psl.h) is constant after loading, any thread may ask
 * Limits: none; of an overlong host only the end is looked up
 * Errors: none
 * Source: publicsuffix.org/list, algorithm; both sections: site_of (ICANN and private), site_of_icann
 */
#ifndef EXTRACT_SITE_H
#define EXTRACT_SITE_H

#include "base/span.h"

struct suffixes; /* ext/ext_psl.h */

struct span site_of(const struct suffixes *suffixes, struct span host);
struct span site_of_icann(const struct suffixes *suffixes, struct span host);
/* Is the host an IPv4 or IPv6 address, not a domain? */
bool site_is_address(struct span host);

#endif
