// SPDX-License-Identifier: MIT
/*
 * number.h - numbers, shares and dates as Danish readers expect them, and as machines do.
 *
 * In:     integers, doubles, times
 * Out:    text in the caller's arena; "" for what is not a number or not a date
 * Owns:   nothing
 * Limits: magnitudes up to 10^12 for doubles, years 0-9999
 * Errors: SPAN_NONE when the arena is full
 * Source: report.md 7.2; RFC 3339 (dates for machines)
 *
 * Decimals of a percentage follow the number n it is a share of: none below 50, one below 1.000, else two.
 * Halves are rounded away from zero. Spaces inside a result are non-breaking.
 */
#ifndef REPORT_NUMBER_H
#define REPORT_NUMBER_H

#include "base/arena.h"

/* "3.478" */
struct span number_count(struct arena *arena, uint64_t value);
/* "2,5"; trailing zeros are dropped: "3" */
struct span number_decimal(struct arena *arena, double value, unsigned decimals);
/* "62 pct." of a value between 0 and 1 */
struct span number_percent(struct arena *arena, double value, uint64_t n);
/* "62", the same without its unit */
struct span number_percent_bare(struct arena *arena, double value, uint64_t n);
/* "31 af 50 (62 pct.)"; "0 af 0" */
struct span number_share(struct arena *arena, uint64_t part, uint64_t whole);
/* "+2,4 procentpoint" of a difference between -1 and 1; the minus is U+2212 */
struct span number_points(struct arena *arena, double difference, uint64_t n);

/* Days since 1970-01-01 of a time in nanoseconds, rounded down. */
int32_t number_day_of(int64_t time_ns);
/* "2. februar 2022" */
struct span number_date(struct arena *arena, int32_t day);
/* "2. februar 2022 kl. 14.05 (UTC)" */
struct span number_time(struct arena *arena, int64_t time_ns);

/* Machine forms: "0.625" with `mark` for the point and at most `decimals` digits behind it; "2022-02-02";
 * "2022-02-02T14:05:09Z". */
struct span number_plain(struct arena *arena, double value, unsigned decimals, char mark);
struct span number_iso_date(struct arena *arena, int32_t day);
struct span number_iso_time(struct arena *arena, int64_t time_ns);

#endif
