// SPDX-License-Identifier: MIT
/*
 * parties.h - third parties over all units in scope: by entity and service, by entity, by reason of the
 * verdict.
 *
 * In:     judgements
 * Out:    counts of year_figures; the third-party, owner and reason rows of struct statistics
 * Owns:   nothing: everything lives in the caller's arena
 * Limits: none of its own
 * Errors: ERR_MEMORY
 * Source: compliance.md 6.6; report.md 7.4 (T7), 7.5 (F5)
 */
#ifndef STATISTICS_PARTIES_H
#define STATISTICS_PARTIES_H

#include "6_statistics/statistics.h"

/* third_parties, pairs, pairs_unresolved, pairs_non_compliant */
enum err parties_count(const struct judgement *judgement, struct arena *arena,
                       struct year_figures *out) MUST_CHECK;
/* After cohort_compare. */
enum err parties_list(struct statistics *statistics, struct arena *arena) MUST_CHECK;

#endif
