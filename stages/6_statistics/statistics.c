// SPDX-License-Identifier: MIT
#include "6_statistics/statistics.h"

#include "6_statistics/cohort.h"
#include "6_statistics/figures.h"
#include "6_statistics/parties.h"
#include "6_statistics/population.h"

enum err statistics_of(const struct judgement *now, const struct judgement *before, struct arena *arena,
                       struct statistics *out)
{
    *out = (struct statistics){.now = now, .before = before};
    const struct judgement *oldest_first[] = {before, now};
    for (size_t y = before ? 0 : 1; y < 2; y++) {
        TRY(figures_of(oldest_first[y], arena, &out->figures[1 - y]));
        TRY(population_add(out, oldest_first[y], arena));
        TRY(population_add_verdicts(out, oldest_first[y], arena));
    }
    TRY(cohort_compare(out, arena));
    return parties_list(out, arena);
}
