// SPDX-License-Identifier: MIT
/*
 * identifier.h - values that look as if they told one browser from another.
 *
 * In:     a cookie value, the query of a URL
 * Out:    whether it looks like an identifier, a number to compare it by; nothing of the value itself
 * Owns:   nothing
 * Limits: none of its own
 * Errors: none
 * Source: compliance.md 5.3 (K6); evidence.md 5.8 (values are not kept)
 */
#ifndef EXTRACT_IDENTIFIER_H
#define EXTRACT_IDENTIFIER_H

#include "base/span.h"

/* Long and mixed as chance makes it: a UUID, hexadecimal, base 62, numbers in a row. Dates and words are not. */
bool identifier_is_like(struct span value);
/* For comparing; 0: nothing that could be told from chance. */
uint64_t identifier_hash(struct span value);
/* The next value of a query that has a hash. Call until 0; *rest starts as the query. is_like: whether it looks like an
 * identifier and its name does not say that it is something else (a version, a key of the site). */
uint64_t identifier_next(struct span *rest, bool *is_like);
/* Does the query carry that URL, percent-encoded or not, and not just one that begins like it? */
bool identifier_query_has_url(struct span query, struct span url);

#endif
