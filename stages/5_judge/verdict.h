// SPDX-License-Identifier: MIT
/*
 * verdict.h - the verdict on a unit: the rows of 5.7.
 *
 * In:     scope, measurement, and how many of its pairs have which verdict
 * Out:    the first row that fits
 * Owns:   nothing: rows are static
 * Limits: none
 * Errors: none
 * Source: compliance.md 5.7
 */
#ifndef JUDGE_VERDICT_H
#define JUDGE_VERDICT_H

#include "5_judge/judge.h"

struct verdict_facts {
    enum scope scope;
    enum measurement measurement;
    uint32_t judged_count, unresolved_count, non_compliant_count;
};
struct unit_row {
    unsigned number; /* 1-8 */
    enum verdict verdict;
    const char *verdict_da;
};
struct unit_row unit_row_of(const struct verdict_facts *facts);
/* The word of a decision; VERDICT_UNDETERMINED when it is none. */
enum verdict verdict_of_name(struct span name);

#endif
