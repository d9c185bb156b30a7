// SPDX-License-Identifier: MIT
#include "5_judge/withhold.h"

#include "5_judge/catalogue.h"
#include "5_judge/gather_walk.h"

#include <stdlib.h>

static bool is_taken(const struct pair *pairs, size_t count, const struct pair *pair)
{
    for (size_t i = 0; i < count; i++)
        if (&pairs[i] != pair && span_equal(pairs[i].entity, pair->entity) &&
            span_equal(pairs[i].service, pair->service))
            return true;
    return false;
}

/* What the other layers say of the place that was observed, or NULL. */
static const struct catalogue_service *find_free(const struct judgement *judgement, const struct pair *pair)
{
    const struct index_contact *contact = &pair->best.contact;
    const struct catalogue_place place = {contact->host, contact->path, contact->first_url,
                                          contact->first_time_ns == RECORD_NO_DATE
                                              ? judgement->reference_date
                                              : gather_day_of(contact->first_time_ns),
                                          contact->site};
    return pair->contact_count ? catalogue_find_free(judgement->registers->catalogue, &place) : NULL;
}

/* A domain may have several services; as each pair of a unit is told apart by entity and service, the second is told by its
 * hosts, which were observed. */
static void rename_pair(const struct judgement *judgement, struct pair *pairs, size_t count,
                        struct pair *pair, struct arena *arena)
{
    const struct catalogue_service *free = find_free(judgement, pair);
    struct span hosts = pair->hosts;
    pair->entity = free ? free->entity : pair->site;
    pair->service = free ? free->service : SPAN("");
    pair->owner = free && !(free->withheld & WITHHELD_OWNER) ? free->owner : SPAN("");
    pair->country = free && !(free->withheld & WITHHELD_COUNTRY) ? free->country : SPAN("");
    pair->category = span_of_string(free ? category_name(free->category) : "");
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
                rename_pair(judgement, pairs, count, &pairs[i], arena);
            else if (withheld & WITHHELD_OWNER)
                pairs[i].owner = SPAN("");
            if (!(withheld & WITHHELD_IDENTITY) && withheld & WITHHELD_COUNTRY)
                pairs[i].country = SPAN("");
            renamed += withheld != 0;
        }
        if (renamed)
            qsort(pairs, count, sizeof *pairs, compare);
        judgement->withheld_count += renamed;
    }
    return arena->full ? ERR_MEMORY : ERR_OK;
}
