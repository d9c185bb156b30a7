// SPDX-License-Identifier: MIT
/*
 * referrer_policy.h - what a document lets its requests say of where they come from.
 *
 * In:     the value of a Referrer-Policy field, the content of meta name=referrer
 * Out:    a policy; REFERRER_NONE_GIVEN: none that a browser knows
 * Owns:   nothing
 * Limits: none
 * Errors: none
 * Source: W3C Referrer Policy, 8.1 (header: the last known token counts); HTML standard 4.2.5.1 (meta, with old names)
 */
#ifndef EXTRACT_REFERRER_POLICY_H
#define EXTRACT_REFERRER_POLICY_H

#include "base/span.h"

enum referrer_policy {
    REFERRER_NONE_GIVEN, /* a browser takes strict-origin-when-cross-origin */
    REFERRER_NO_REFERRER,
    REFERRER_NO_REFERRER_WHEN_DOWNGRADE,
    REFERRER_SAME_ORIGIN,
    REFERRER_ORIGIN,
    REFERRER_STRICT_ORIGIN,
    REFERRER_ORIGIN_WHEN_CROSS_ORIGIN,
    REFERRER_STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
    REFERRER_UNSAFE_URL,
    REFERRER_POLICY_COUNT
};
const char *referrer_policy_name(enum referrer_policy policy); /* as written; "" for none given */
enum referrer_policy referrer_policy_of_header(struct span value);
enum referrer_policy referrer_policy_of_meta(struct span content);

#endif
