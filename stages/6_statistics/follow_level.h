// SPDX-License-Identifier: MIT
/*
 * follow_level.h - what is suggested to follow from a unit's findings: the ladder of 6.2.
 *
 * In:     what is known of a unit's findings and of those of its authority, as a set of facts
 * Out:    the level, and which row gave it
 * Owns:   nothing: texts are static
 * Limits: none
 * Errors: none
 * Source: compliance.md 6.2, A19
 */
#ifndef STATISTICS_FOLLOW_LEVEL_H
#define STATISTICS_FOLLOW_LEVEL_H

#include <stddef.h>

#define FOLLOW_LEVEL_COUNT 5u

enum follow_fact {
    FOLLOW_PORTAL = 1 << 0,     /* the unit is a portal, no solution */
    FOLLOW_UNRESOLVED = 1 << 1, /* some finding is unresolved, or contested with the decision pending */
    FOLLOW_BREACH = 1 << 2,     /* some finding is non-compliant, and not contested */
    FOLLOW_REPEAT = 1 << 3,     /* some of those is repeated or relapsed */
    FOLLOW_LONG = 1 << 4,       /* some of those is non-compliant in the third year or later */
    FOLLOW_UNANSWERED =
        1 << 5, /* the deadline of a case about a finding that stands has passed without answer */
    /* It would be level 3, and so would another solution of the authority: "repeat >= 3 or several units" is read as
     * repeats of several units, so that a first breach is asked about before it is raised. */
    FOLLOW_SEVERAL = 1 << 6,
};
struct follow_level {
    unsigned level;
    unsigned with, without;
    const char *reason, *reason_da; /* "new_breach" */
};
const struct follow_level *follow_level_of(unsigned facts);
const char *follow_level_step_da(unsigned level); /* "Dialogmøde" */

#endif
