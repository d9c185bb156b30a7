// SPDX-License-Identifier: MIT
/*
 * finding_state.h - where a finding stands over the years: the rows of 6.2.
 *
 * In:     what is known of a unit and a third party this year and before, as a set of facts
 * Out:    the state
 * Owns:   nothing: texts are static
 * Limits: none
 * Errors: none
 * Source: compliance.md 6.2
 */
#ifndef STATISTICS_FINDING_STATE_H
#define STATISTICS_FINDING_STATE_H

#include "base/arena.h"

enum finding_state {
    FINDING_STATE_NONE, /* nothing was wrong before, and nothing is settled as wrong now */
    FINDING_STATE_NEW,
    FINDING_STATE_REPEAT,
    FINDING_STATE_RELAPSED,
    FINDING_STATE_DOCUMENTED,
    FINDING_STATE_REMOVED,
    FINDING_STATE_NOT_REMEASURED,
    FINDING_STATE_LEFT,
    FINDING_STATE_DISPUTED,
    FINDING_STATE_COUNT
};
/* "Was" speaks of the last year that settled something: a year in which the verdict was unresolved, or in which
 * the third party was not seen and the measurement cannot tell that it is gone, settles nothing. */
enum finding_fact {
    FINDING_BREACH = 1 << 0,      /* non-compliant this year */
    FINDING_OPEN = 1 << 1,        /* unresolved this year */
    FINDING_HOLDS = 1 << 2,       /* observed this year, and a basis holds */
    FINDING_SEEN = 1 << 3,        /* observed this year */
    FINDING_WAS_BREACH = 1 << 4,  /* non-compliant, and not settled since */
    FINDING_WAS_OPEN = 1 << 5,    /* unresolved, and not settled since */
    FINDING_EVER_BREACH = 1 << 6, /* non-compliant in some year before */
    FINDING_IN_SCOPE = 1 << 7,    /* the unit, this year */
    FINDING_ADEQUATE = 1 << 8,    /* coverage of the unit, this year */
    FINDING_PAGE_AGAIN = 1 << 9,  /* a page where it was seen before was captured this year */
    FINDING_CONTESTED = 1 << 10,  /* the authority contests it, decision pending */
};
enum finding_state finding_state_of(unsigned facts);
const char *finding_state_name(enum finding_state state); /* "not_remeasured"; "" for none */
/* "Gentagen (3. år)"; years counts for that state only. */
struct span finding_state_da(enum finding_state state, unsigned years, struct arena *arena);

#endif
