// SPDX-License-Identifier: MIT
#include "5_judge/catalogue.h"

static bool in_force(const struct catalogue_fact *fact, date_days day)
{
    return day >= fact->valid_from && day <= fact->valid_to;
}

/* Of a kind the first in force counts: that of the latest layer, and what is not for commercial use after all others. */
struct catalogue_known catalogue_known_on(const struct catalogue_facts *facts, date_days day)
{
    struct catalogue_known known = {facts->own_use_possible, facts->optout_exists, EXTENT_UNKNOWN};
    unsigned seen = 0;
    for (size_t i = 0; i < facts->count; i++) {
        const struct catalogue_fact *fact = &facts->items[i];
        if (!in_force(fact, day) || seen & 1u << fact->kind)
            continue;
        seen |= 1u << fact->kind;
        if (fact->kind == FACT_OPTOUT_EXISTS)
            known.optout_exists = (enum truth)fact->known;
        else if (fact->kind == FACT_OWN_USE_POSSIBLE)
            known.own_use_possible = (enum truth)fact->known;
        else if (fact->kind == FACT_OPTOUT_EFFECTIVE)
            known.optout_effective = (enum extent)fact->known;
    }
    return known;
}

enum signal catalogue_signal_of(const struct catalogue_facts *facts, struct span host, struct span path,
                                struct span url, date_days day)
{
    enum signal worst = SIGNAL_NONE;
    for (size_t i = 0; i < facts->count; i++) {
        const struct catalogue_fact *fact = &facts->items[i];
        if (fact->kind != FACT_SIGNAL || !in_force(fact, day) ||
            !register_pattern_covers(fact->pattern, host, path))
            continue;
        bool contradicts = catalogue_query_fits(&fact->query, url) != fact->must;
        enum signal signal = contradicts ? fact->strength : SIGNAL_CONSISTENT;
        worst = signal > worst ? signal : worst;
    }
    return worst;
}
