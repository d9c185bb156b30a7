// SPDX-License-Identifier: MIT
/* when.h - points in time as ISO 8601 text, UTC, proleptic Gregorian calendar, without the C library's zones.
 */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include <stdint.h>

#define WHEN_TEXT_BYTES 40

/* "2026-11-23T13:12:25Z", with as many of 3, 6 or 9 fractional digits as it takes; returns its length. */
int when_text(int64_t ns_since_1970, char out[WHEN_TEXT_BYTES]);
/* Days since 1970-01-01 of a calendar date, and back. */
int64_t when_days(int64_t year, unsigned month, unsigned day);
void when_date(int64_t days, int64_t *year, unsigned *month, unsigned *day);

#endif
