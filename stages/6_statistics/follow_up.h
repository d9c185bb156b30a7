// SPDX-License-Identifier: MIT
/*
 * follow_up.h - findings over the years, what authorities were asked and answered, and what is suggested to follow.
 *
 * In:     histories (history.h); cases and answers of the registers
 * Out:    struct follow_up
 * Owns:   nothing: everything lives in the caller's arena
 * Limits: those of history.h
 * Errors: ERR_MEMORY
 * Source: compliance.md 6.1 (4, 7), 6.2; report.md 7.4 (T10, T13, T14, T16), 7.5 (F10)
 *
 * Cases sent after the day of the report leave it as it is, and so do disputes of a later day; a basis has dates of its
 * own. A finding is contested when
 * its last case says so, or, while that case has no outcome, its answer; until a decision is recorded on the third
 * party of that unit for that year or a later one.
 */
#ifndef STATISTICS_FOLLOW_UP_H
#define STATISTICS_FOLLOW_UP_H

#include "6_statistics/follow_level.h"
#include "6_statistics/history.h"

/* What was asked about a finding, over all its years. */
struct follow_asked {
    bool was_sent, is_answered, is_contested;
    bool is_unanswered;    /* the deadline of the last case has passed */
    date_days sent_on;     /* the last one; DATE_OPEN_FROM: never */
    date_days deadline;    /* of the last case; DATE_OPEN_TO: none */
    date_days answered_on; /* the last one; DATE_OPEN_FROM: none, or no day told */
};
struct follow_finding {
    const struct history *history;
    enum finding_state state; /* with what is contested */
    unsigned years_non_compliant;
    struct span id;     /* of its worst pair in the last year it was seen */
    uint32_t last_seen; /* number of that year */
    const struct pair *pair;
    struct follow_asked asked;
};
struct follow_unit { /* of the evaluated year, in scope */
    const struct unit_verdict *unit;
    const struct follow_level *level;
    enum finding_state state; /* the one of its findings that presses most */
    unsigned years_non_compliant;
    struct follow_asked asked;
};
struct follow_unknown { /* a row that speaks of no finding of the years given */
    struct span file, finding_id;
    unsigned line;
};
struct follow_up {
    struct histories histories;
    struct follow_finding *findings; /* one per history */
    size_t finding_count;
    struct follow_unit *units;             /* one per unit of the evaluated year; level NULL: not in scope */
    const struct follow_finding **of_pair; /* per pair of the evaluated year; NULL: none */
    uint32_t state_counts[FINDING_STATE_COUNT];
    uint32_t repeat_long_count; /* of those repeated, the third year or later */
    uint32_t level_counts[FOLLOW_LEVEL_COUNT];
    uint32_t case_count, answered_count; /* sent until the day of the report; answered until then */
    double answer_days_median;           /* NAN: none */
    struct follow_unknown *unknown;
    size_t unknown_count, unknown_capacity;
};
/* years: the evaluated one first, then back; those from the second on may be kept ones. */
enum err follow_up_of(const struct judgement *const *years, size_t year_count, struct arena *arena,
                      struct follow_up *out) MUST_CHECK;
/* The state of a pair of this year, where it is that of the third party: no breach of one service is told of another. */
enum finding_state follow_up_state(const struct follow_up *follow_up, size_t pair);

#endif
