// SPDX-License-Identifier: MIT
/*
 * consent.h - what a visitor had answered to a consent tool, as far as requests tell.
 *
 * In:     names and values of cookies, queries of requests, hosts
 * Out:    a state and the rule that told; rule 0: nothing known
 * Owns:   nothing
 * Limits: a value is read to LIMIT_COOKIE_PAIR_BYTES
 * Errors: none: what cannot be read is CONSENT_UNKNOWN by its rule
 * Source: formats.md 2.13; IAB TCF v2.2, consent string; Google consent mode, gcs
 */
#ifndef EXTRACT_CONSENT_H
#define EXTRACT_CONSENT_H

#include "base/span.h"

enum consent_state {
    CONSENT_UNKNOWN,
    CONSENT_UNANSWERED, /* the tool was there, and no answer is known */
    CONSENT_REJECTED,   /* all that could be */
    CONSENT_PARTIAL,
    CONSENT_ACCEPTED,
    CONSENT_PRESET, /* the crawler came with an answer: its first request to the site bore it */
    CONSENT_STATE_COUNT
};
const char *consent_state_name(enum consent_state state); /* "unknown", "cmp_unanswered", ... */

struct consent {
    enum consent_state state;
    unsigned rule;
};
/* A cookie of the page's own site: it holds the answer. */
struct consent consent_of_cookie(struct span name, struct span value);
/* The query of a request tells the state that its receiver was told. */
struct consent consent_of_query(struct span query);
/* A host that serves consent tools: CONSENT_UNANSWERED. */
struct consent consent_of_host(struct span host);

#define CONSENT_RULE_COUNT 64 /* rules are smaller */
const char *
consent_rule_name(unsigned rule); /* "cookie CookieConsent", "query gcs", "host cdn.cookielaw.org"; "" */

#endif
