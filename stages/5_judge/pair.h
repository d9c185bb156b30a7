// SPDX-License-Identifier: MIT
/*
 * pair.h - the verdict on one third party of one unit: the rows of 5.5.
 *
 * In:     what is known of the pair, as a set of facts
 * Out:    the rows that fire, the first of which is the verdict
 * Owns:   nothing: rows are static
 * Limits: none
 * Errors: none
 * Source: compliance.md 5.5
 */
#ifndef JUDGE_PAIR_H
#define JUDGE_PAIR_H

#include "5_judge/judge.h"

/* Facts about the observations above grade D. One is covered when a basis that names it holds on its day, covered late
 * when one holds at the window's end; of the others, the worst decides: rows 8 to 11 exclude each other for each single
 * observation, and in the page's words all observations of a pair have the same bases. */
enum pair_fact {
    PAIR_DECIDED = 1 << 0,      /* by a manual decision */
    PAIR_JUDGED = 1 << 1,       /* the party needs a basis */
    PAIR_OBSERVED = 1 << 2,     /* above grade D */
    PAIR_DECLARED = 1 << 3,     /* some basis names it */
    PAIR_STRONG = 1 << 4,       /* what no basis settles may carry a breach (5.3) */
    PAIR_COVERED = 1 << 5,      /* every observation, on its day */
    PAIR_COVERED_LATE = 1 << 6, /* every observation, on its day or at the window's end */
    PAIR_BY_AGREEMENT = 1 << 7, /* kinds of the bases that hold */
    PAIR_BY_OPT_OUT = 1 << 8,
    PAIR_BY_NECESSITY = 1 << 9,
    PAIR_IDENTIFIED = 1 << 10,
    PAIR_DEADLINE_PASSED = 1 << 11,
    PAIR_SILENCE_COUNTS = 1 << 12, /* policy no_answer */
    PAIR_UNPROVEN = 1 << 13,       /* some uncovered observation has an unproven basis */
    PAIR_FAILING = 1 << 14,        /* some uncovered observation has bases, and all of them fail */
    PAIR_UNNAMED = 1 << 15,        /* some observation is named by no basis */
};
struct pair_row {
    unsigned number; /* 1-11 */
    unsigned with, without;
    enum verdict verdict; /* row 1: as decided */
    const char *code, *label_da;
};
/* The first row that fires after `after`, in the order of the page; NULL starts. Some row always fires. */
const struct pair_row *pair_row_next(unsigned facts, const struct pair_row *after);
/* Its place in the table, from 1. */
unsigned pair_row_number(const struct pair_row *row);

#endif
