// SPDX-License-Identifier: MIT
/*
 * follow_asked.h - cases and answers brought to the findings they speak of.
 *
 * In:     judgements of several years, their registers
 * Out:    struct follow_asked of a history; counts; rows that speak of no finding
 * Owns:   nothing: everything lives in the caller's arena
 * Limits: those of history.h
 * Errors: ERR_MEMORY
 * Source: compliance.md 6.1 (4), 6.2, 8.1
 */
#ifndef STATISTICS_FOLLOW_ASKED_H
#define STATISTICS_FOLLOW_ASKED_H

#include "6_statistics/follow_up.h"
#include "base/intern.h"

struct follow_asking {
    const struct judgement *const *years;
    size_t year_count;
    struct arena *arena;
    struct span *ids[HISTORY_YEARS]; /* per pair of each year */
    struct intern known;             /* all of them */
};
extern const struct follow_asked follow_asked_nothing;

enum err follow_asking_of(const struct judgement *const *years, size_t year_count, struct arena *arena,
                          struct follow_asking *out) MUST_CHECK;
struct follow_asked follow_asked_of(const struct follow_asking *asking, const struct history *history);
/* Fills what `out` tells of cases and answers as a whole. */
enum err follow_asked_count(const struct follow_asking *asking, struct follow_up *out) MUST_CHECK;
enum err follow_asked_unknown(const struct follow_asking *asking, struct follow_up *out) MUST_CHECK;

#endif
