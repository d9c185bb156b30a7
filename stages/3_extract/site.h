// SPDX-License-Identifier: MIT
/*
 * site.h - the registrable domain of a host (eTLD+1), by the Public Suffix List.
 *
 * In:     an ASCII host as url.h gives it
 * Out:    a slice of that host; IP addresses, single labels and public suffixes are their own site; one trailing dot is ignored
 * Owns:   a struct site_list wraps the loaded list (ext/ext_psl.h), constant after start, any thread
 * Errors: none
 * Source: publicsuffix.org/list, algorithm; both sections: site_of (ICANN and private), site_of_icann
 */
#ifndef EXTRACT_SITE_H
#define EXTRACT_SITE_H

#include "base/span.h"

struct suffixes; /* ext/ext_psl.h */

struct span site_of(const struct suffixes *suffixes, struct span host);
struct span site_of_icann(const struct suffixes *suffixes, struct span host);

#endif
