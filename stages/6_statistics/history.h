// SPDX-License-Identifier: MIT
/*
 * history.h - a third party on a unit, over all years that are given.
 *
 * In:     judgements of several years, the evaluated one first; those before may be kept ones (judge_keep)
 * Out:    a struct history for every unit and third party that has a verdict this year, or that was non-compliant
 *         before and is neither settled nor told as gone yet
 * Owns:   nothing: everything lives in the caller's arena
 * Limits: HISTORY_YEARS
 * Errors: ERR_MEMORY
 * Source: compliance.md 6.2; 6.5 (1) (page key); 6.3 (matching of units)
 *
 *   years  [0]      [1]      [2]
 *   unit   U07  <-  U07A <-  (none)      a unit is followed by id and predecessors, one-to-one; where it was not in
 *   entity breach   breach               scope in a year, the year before that is asked
 *
 * A third party is its entity, or the registrable domain of one that is not identified. Its verdict in a year is the
 * worst of its services' verdicts.
 */
#ifndef STATISTICS_HISTORY_H
#define STATISTICS_HISTORY_H

#include "6_statistics/finding_state.h"
#include "6_statistics/statistics.h"

#define HISTORY_YEARS 32u

struct history_pair { /* a pair of one of the years */
    const struct pair *pair;
    uint32_t year;   /* 0: the evaluated one */
    uint32_t number; /* of the pair in its judgement */
};
struct history {
    const struct unit_verdict *unit; /* of this year; of one that left the scope: of the last year */
    struct span entity;
    const struct history_pair *pairs; /* this year's first */
    size_t pair_count;
    unsigned facts; /* enum finding_fact, without FINDING_CONTESTED */
    enum finding_state state;
    unsigned years_non_compliant; /* one after the other, up to this year or the last one it was seen in */
};
struct histories {
    const struct judgement *const *years;
    size_t year_count;
    struct history *items; /* by unit of this year, then entity; then those of units that left */
    size_t count, capacity;
};
enum err history_all(const struct judgement *const *years, size_t year_count, struct arena *arena,
                     struct histories *out) MUST_CHECK;

#endif
