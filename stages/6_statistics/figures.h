// SPDX-License-Identifier: MIT
/*
 * figures.h - the key figures of one year.
 *
 * In:     one judgement
 * Out:    struct year_figures
 * Owns:   nothing: scratch lives in the caller's arena
 * Limits: none of its own
 * Errors: ERR_MEMORY
 * Source: compliance.md 5.7 (rates and bounds), 6.6
 */
#ifndef STATISTICS_FIGURES_H
#define STATISTICS_FIGURES_H

#include "6_statistics/statistics.h"

enum err figures_of(const struct judgement *judgement, struct arena *arena,
                    struct year_figures *out) MUST_CHECK;

void figures_sort(uint32_t *values, size_t count);
/* The value at share p (0..1) of `count` ascending numbers, interpolated linearly between the two nearest
 * ranks: position (count - 1) p, counted from 0. NAN when there is none. */
double figures_quantile(const uint32_t *ascending, size_t count, double p);

#endif
