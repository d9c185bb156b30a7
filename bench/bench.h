// SPDX-License-Identifier: MIT
/*
 * bench.h - the rows of the bench, each a file of its own, and what they share: clocks, medians, and counting faults that
 * are of no interest.
 *
 * Two clocks: CPU time of the thread where only computing is compared, so that what others do on the machine is not
 * measured; wall time where waiting for the file, or for memory, is part of what is compared. Either way both sides of
 * a ratio use the same one.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "base/err.h"

#include <stdlib.h>
#include <time.h>

#define BENCH_ROUNDS                                                                                         \
    9 /* a median of these; sides of a ratio take turns, so that both meet the same weather */

/* What is measured by each stands at the head of its file. Printed are ratios of one run. */
int bench_cdx(int argc, char **argv);
int bench_decode(int argc, char **argv);
int bench_digest(int argc, char **argv);
int bench_extract(int argc, char **argv);
int bench_floor(int argc, char **argv);
int bench_har(int argc, char **argv);
int bench_judge(int argc, char **argv);
int bench_read(int argc, char **argv);
int bench_register(int argc, char **argv);
int bench_segment(int argc, char **argv);
int bench_stages(int argc, char **argv);
int bench_url(int argc, char **argv);
int bench_zip(int argc, char **argv);

static inline double bench_clock_s(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline double bench_cpu_s(void)
{
    return bench_clock_s(CLOCK_THREAD_CPUTIME_ID);
}

static inline double bench_wall_s(void)
{
    return bench_clock_s(CLOCK_MONOTONIC);
}

static inline int bench_by_size(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Sorts the values; count: odd. */
static inline double bench_median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, bench_by_size);
    return values[count / 2];
}

/* context: a uint64_t that counts. */
static inline void bench_count_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    (void)err, (void)at, (void)bytes;
    ++*(uint64_t *)context;
}

#endif
