// SPDX-License-Identifier: MIT
/*
 * population.h - the units of one year as rows: how they fall in and out of scope, how they are judged by
 * type.
 *
 * In:     one judgement
 * Out:    rows appended to statistics.population and statistics.verdicts
 * Owns:   nothing: everything lives in the caller's arena
 * Limits: none of its own
 * Errors: ERR_MEMORY
 * Source: report.md 7.4 (T1, T2)
 */
#ifndef STATISTICS_POPULATION_H
#define STATISTICS_POPULATION_H

#include "6_statistics/statistics.h"

/* "registered" and "assessed" are totals without a reason; each unit is in exactly one of the rows between
 * them, under the first of its reasons. */
enum err population_add(struct statistics *statistics, const struct judgement *judgement,
                        struct arena *arena) MUST_CHECK;
/* Five rows for each pair of type and provision that has units in scope. */
enum err population_add_verdicts(struct statistics *statistics, const struct judgement *judgement,
                                 struct arena *arena) MUST_CHECK;

#endif
