// SPDX-License-Identifier: MIT
/*
 * measurement.h - how well a unit was measured: the criteria of 5.6.
 *
 * In:     counts of the unit's captures; on how many pages each third party was seen
 * Out:    struct measurement_result (judge.h) with the criteria that failed
 * Owns:   nothing: texts live in the caller's arena
 * Limits: none
 * Errors: ERR_MEMORY
 * Source: compliance.md 5.6, 6.5 (3)
 */
#ifndef JUDGE_MEASUREMENT_H
#define JUDGE_MEASUREMENT_H

#include "5_judge/judge.h"

/* Sample coverage of the judged third parties over pages, and how many are unseen at the least; NAN when nothing was
 * seen. page_counts: of each third party, the pages it was seen on. */
struct measurement_coverage {
    double coverage, unseen_min;
};
struct measurement_coverage measurement_coverage_of(uint32_t page_count, const uint32_t *page_counts,
                                                    size_t count);

/* Seen; not seen though a capture of every page would have shown it; or not to be known. */
enum knowledge measurement_knowledge(const struct measurement_result *result, enum capability capability);

struct measurement_facts {
    uint32_t entry_page_count; /* usable captures of entry pages */
    bool is_app, has_flow;     /* has_flow: public flow pages are registered */
};
/* Fills class, entry_ok and failed_criteria from the rest of *result and the facts. */
enum err measurement_classify(const struct measurement_facts *facts, const struct policy *policy,
                              struct arena *arena, struct measurement_result *result) MUST_CHECK;

#endif
