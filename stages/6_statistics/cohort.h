// SPDX-License-Identifier: MIT
/*
 * cohort.h - which unit of this year is which unit of the year before.
 *
 * In:     two judgements, sorted by unit id
 * Out:    statistics.previous, matched, entered, left, the transition table
 * Owns:   nothing: everything lives in the caller's arena
 * Limits: none of its own
 * Errors: ERR_MEMORY
 * Source: compliance.md 6.3, 6.4
 */
#ifndef STATISTICS_COHORT_H
#define STATISTICS_COHORT_H

#include "6_statistics/statistics.h"

static inline bool cohort_in_scope(const struct unit_verdict *unit)
{
    return unit->scope.scope == SCOPE_IN;
}
/* In scope with a verdict of rows 4-8. */
bool cohort_assessed(const struct unit_verdict *unit);
/* In scope in both years, one-to-one, and assessed in both. */
bool cohort_matched(const struct statistics *statistics, size_t unit);

enum err cohort_compare(struct statistics *statistics, struct arena *arena) MUST_CHECK;

#endif
