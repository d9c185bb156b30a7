// SPDX-License-Identifier: MIT
/*
 * grade.h - how strong an observation is.
 *
 * In:     a contact with its evidence class and condition, whether its host set a cookie on that page
 * Out:    grade A to D, or that it is no use at all
 * Owns:   nothing
 * Limits: none
 * Errors: none
 * Source: compliance.md 5.3; evidence.md 3.1
 */
#ifndef JUDGE_GRADE_H
#define JUDGE_GRADE_H

#include "5_judge/judge.h"

/* False: a permission or a link, not a use (K9). */
bool grade_of(const struct index_contact *contact, bool sets_cookie, const struct policy *policy,
              enum grade *out);
struct rule grade_rule_of(enum evidence evidence);
const char *grade_name(enum grade grade); /* "A" */
/* May observations of these grades carry a breach? Weak ones only when they repeat. */
bool grade_is_strong(const uint32_t grade_counts[4], uint32_t page_count, uint32_t capture_count,
                     const struct policy *policy);

#endif
