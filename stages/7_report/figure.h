// SPDX-License-Identifier: MIT
/*
 * figure.h - the figures of the report, each with its reading sentence.
 *
 * In:     statistics
 * Out:    <figure> elements
 * Owns:   nothing
 * Limits: FIGURE_OWNERS rows
 * Errors: stay in the buffer
 * Source: report.md 7.5
 */
#ifndef REPORT_FIGURE_H
#define REPORT_FIGURE_H

#include "7_report/page.h"

#define FIGURE_OWNERS 15u

/* F1: verdicts of the units in scope, a full bar per year. Needs one unit in scope. */
void figure_years(struct page *page);
/* F5: the owners on most units, by verdict. Needs one owner. */
void figure_owners(struct page *page);

#endif
