// SPDX-License-Identifier: MIT
/*
 * chapter.h - the chapters of the report, one writer each.
 *
 * In:     the report's data
 * Out:    the content of a <section>, whose heading is written by report_page.c
 * Owns:   nothing
 * Limits: none of its own
 * Errors: stay in the buffer
 * Source: report.md 7.3
 */
#ifndef REPORT_CHAPTER_H
#define REPORT_CHAPTER_H

#include "7_report/page.h"

void chapter_summary(struct page *page);       /* 1 */
void chapter_background(struct page *page);    /* 2 */
void chapter_population(struct page *page);    /* 3 */
void chapter_compliance(struct page *page);    /* 4 */
void chapter_change(struct page *page);        /* 5 */
void chapter_parties(struct page *page);       /* 6 */
void chapter_documentation(struct page *page); /* 7 */
void chapter_follow_up(struct page *page);     /* 8 */
void chapter_measurement(struct page *page);   /* 9 */
void chapter_units(struct page *page);         /* A */
void chapter_method(struct page *page);        /* B */
void chapter_glossary(struct page *page);      /* D */
void chapter_data(struct page *page);          /* E */

/* Units in the order of a reader: ministry, authority, name, in Danish order. NULL when the arena is full. */
const uint32_t *chapter_unit_order(struct page *page);

#endif
