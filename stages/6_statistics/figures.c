// SPDX-License-Identifier: MIT
#include "6_statistics/figures.h"

#include "6_statistics/cohort.h"
#include "6_statistics/parties.h"

#include <math.h>
#include <stdlib.h>

double figures_quantile(const uint32_t *ascending, size_t count, double p)
{
    if (!count)
        return NAN;
    double position = (double)(count - 1) * p;
    size_t below = (size_t)position;
    double low = ascending[below], high = ascending[below + 1 < count ? below + 1 : below];
    return low + (high - low) * (position - (double)below);
}

static int compare_u32(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

void figures_sort(uint32_t *values, size_t count)
{
    if (count)
        qsort(values, count, sizeof *values, compare_u32);
}

static enum err distribution_of(const struct judgement *judgement, struct arena *arena,
                                struct year_figures *out)
{
    uint32_t *counts = arena_alloc(arena, out->assessed * sizeof *counts);
    if (!counts)
        return ERR_MEMORY;
    size_t n = 0;
    uint64_t sum = 0;
    for (size_t u = 0; u < judgement->unit_count; u++) {
        const struct unit_verdict *unit = &judgement->units[u];
        if (!cohort_assessed(unit))
            continue;
        counts[n++] = unit->judged_count;
        sum += unit->judged_count;
        out->units_without += unit->judged_count == 0;
    }
    figures_sort(counts, n);
    out->judged_min = figures_quantile(counts, n, 0);
    out->judged_q1 = figures_quantile(counts, n, 0.25);
    out->judged_median = figures_quantile(counts, n, 0.5);
    out->judged_q3 = figures_quantile(counts, n, 0.75);
    out->judged_max = figures_quantile(counts, n, 1);
    out->judged_mean = n ? (double)sum / (double)n : NAN;
    return ERR_OK;
}

static double share(uint32_t part, uint32_t whole)
{
    return whole ? (double)part / whole : NAN;
}

/* The headline speaks of the assessed units; the bounds of all in scope: what is not settled counts against,
 * then for. */
static struct rate rate_of(const struct year_figures *f)
{
    uint32_t compliant = f->by_verdict[VERDICT_COMPLIANT];
    uint32_t open = f->by_verdict[VERDICT_UNRESOLVED] + f->by_verdict[VERDICT_LIMITED] +
                    f->by_verdict[VERDICT_NOT_MEASURED];
    return (struct rate){
        .numerator = compliant,
        .denominator = f->assessed,
        .value = share(compliant, f->assessed),
        .lower = share(compliant, f->in_scope),
        .upper = share(compliant + open, f->in_scope),
    };
}

enum err figures_of(const struct judgement *judgement, struct arena *arena, struct year_figures *out)
{
    *out = (struct year_figures){.year = judgement->year, .registered = (uint32_t)judgement->unit_count};
    for (size_t u = 0; u < judgement->unit_count; u++) {
        const struct unit_verdict *unit = &judgement->units[u];
        out->in_scope += unit->scope.scope == SCOPE_IN;
        out->out_of_scope += unit->scope.scope == SCOPE_OUT;
        out->undetermined += unit->scope.scope == SCOPE_UNDETERMINED;
        out->assessed += cohort_assessed(unit);
        if (cohort_in_scope(unit))
            out->by_verdict[unit->verdict]++;
    }
    out->rate = rate_of(out);
    TRY(parties_count(judgement, arena, out));
    return distribution_of(judgement, arena, out);
}
