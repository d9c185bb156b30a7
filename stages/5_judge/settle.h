// SPDX-License-Identifier: MIT
/*
 * settle.h - from what was summed up of a pair to its verdict.
 *
 * In:     a pair of the tally, the registers, the year and its dates
 * Out:    the pair's verdict, codes and bases
 * Owns:   nothing: texts live in the caller's arena
 * Limits: none
 * Errors: ERR_MEMORY
 * Source: compliance.md 5.4, 5.5
 */
#ifndef JUDGE_SETTLE_H
#define JUDGE_SETTLE_H

#include "5_judge/tally.h"

struct settling {
    const struct registers *registers;
    unsigned year;
    date_days window_end;
    bool deadline_passed;
    struct arena *arena;
};
/* False: a lead only, or declared by bases that begin after the window: no pair of this year. */
bool settle_is_pair(const struct settling *settling, const struct tally_pair *tallied);
/* Completes tallied->pair, but for best.visit. */
enum err settle_pair(const struct settling *settling, struct tally_pair *tallied) MUST_CHECK;

#endif
