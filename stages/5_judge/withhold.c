// SPDX-License-Identifier: MIT
#include "5_judge/withhold.h"

#include "5_judge/catalogue.h"

#include <stdlib.h>

static bool is_taken(const struct pair *pairs, size_t count, const struct pair *pair)
{
    for (size_t i = 0; i < count; i++)
        if (&pairs[i] != pair && span_equal(pairs[i].entity, pair->entity) &&
            span_equal(pairs[i].service, pair->service))
            return true;
    return false;
}

/* A domain may have several services; as each pair of a unit is told apart by entity and service, the second is told by its
 * hosts, which were observed. */
static void rename_pair(struct pair *pairs, size_t count, struct pair *pair, struct arena *arena)
{
    struct span hosts = pair->hosts;
    pair->entity = pair->site;
    pair->service = SPAN("");
    pair->category = SPAN("");
    for (unsigned number = 1; is_taken(pairs, count, pair) && !arena->full; number++)
        pair->service = number == 1 ? hosts : arena_format(arena, "%.*s (%u)", SPAN_ARG(hosts), number);
}

/* The order of judgement.pairs. */
static int compare(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    int order = span_compare(x->entity, y->entity);
    if (!order)
        order = span_compare(x->service, y->service);
    return order ? order : (int)x->party - (int)y->party;
}

enum err withhold_identities(struct judgement *judgement, struct arena *arena)
{
    for (size_t u = 0; u < judgement->unit_count; u++) {
        size_t count = judgement->units[u].pair_count, renamed = 0;
        struct pair *pairs = count ? judgement->pairs + judgement->units[u].first_pair : NULL;
        for (size_t i = 0; i < count; i++) {
            unsigned withheld = pairs[i].withheld;
            if (withheld & WITHHELD_IDENTITY)
                rename_pair(pairs, count, &pairs[i], arena);
            if (withheld & (WITHHELD_IDENTITY | WITHHELD_OWNER))
                pairs[i].owner = SPAN("");
            if (withheld & (WITHHELD_IDENTITY | WITHHELD_COUNTRY))
                pairs[i].country = SPAN("");
            renamed += withheld != 0;
        }
        if (renamed)
            qsort(pairs, count, sizeof *pairs, compare);
        judgement->withheld_count += renamed;
    }
    return arena->full ? ERR_MEMORY : ERR_OK;
}
