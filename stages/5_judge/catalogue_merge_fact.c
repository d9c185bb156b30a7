// SPDX-License-Identifier: MIT
#include "5_judge/catalogue_merge.h"

#include <stdlib.h>

/* Of a group, first what every service of it may be told by. */
static int compare(const void *a, const void *b, void *catalogue)
{
    const struct catalogue_fact *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    int order = catalogue_merge_is_withheld(catalogue, x->layer) -
                (int)catalogue_merge_is_withheld(catalogue, y->layer);
    if (order)
        return order;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    order = catalogue_merge_order(catalogue, x->layer, y->layer);
    if (!order)
        order = (x->valid_from > y->valid_from) - (x->valid_from < y->valid_from);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static void check_tie(struct reader *reader, const struct catalogue_fact *a, const struct catalogue_fact *b)
{
    if (a->group != b->group || a->kind != b->kind || a->layer != b->layer || a->kind == FACT_SIGNAL ||
        b->group == UINT32_MAX ||
        !register_periods_meet(a->valid_from, a->valid_to, b->valid_from, b->valid_to))
        return;
    catalogue_merge_file(reader, b->layer, "facts.csv");
    register_say_twice(reader, "fact", b->service_name, b->line, a->line);
}

/* Facts of a layer that is not for commercial use are those of such services: verdicts about others are open data. */
static bool is_for(const struct catalogue *catalogue, const struct catalogue_fact *fact,
                   const struct catalogue_service *service)
{
    return fact->group == service->group && (!catalogue_merge_is_withheld(catalogue, fact->layer) ||
                                             catalogue_merge_is_withheld(catalogue, service->layer));
}

/* The facts of a group of services stand together, and each service of the group has those that are for it. */
static void share(struct catalogue *catalogue)
{
    for (size_t i = 0; catalogue->fact_count && i < catalogue->service_count; i++) {
        struct catalogue_service *service = &catalogue->services[i];
        size_t lo = 0, hi = catalogue->fact_count;
        while (lo < hi) {
            size_t mid = lo + (hi - lo) / 2;
            if (catalogue->facts[mid].group < service->group)
                lo = mid + 1;
            else
                hi = mid;
        }
        service->facts.items = catalogue->facts + lo;
        for (; lo < catalogue->fact_count && is_for(catalogue, &catalogue->facts[lo], service); lo++) {
            const struct catalogue_fact *fact = &catalogue->facts[lo];
            service->facts.count++;
            service->facts.has_dates |= fact->kind != FACT_SIGNAL && (fact->valid_from != DATE_OPEN_FROM ||
                                                                      fact->valid_to != DATE_OPEN_TO);
        }
    }
}

enum err catalogue_merge_facts(struct reader *reader)
{
    struct catalogue *catalogue = reader->catalogue;
    struct catalogue_names names;
    TRY(catalogue_names_of(catalogue, reader->arena, &names));
    for (size_t i = 0; i < catalogue->fact_count; i++) {
        struct catalogue_fact *fact = &catalogue->facts[i];
        catalogue_merge_file(reader, fact->layer, "facts.csv");
        uint32_t service = catalogue_names_find(&names, reader, fact->service_name, fact->layer, fact->line);
        fact->group = service == UINT32_MAX ? UINT32_MAX : catalogue->services[service].group;
        catalogue->has_signals |= fact->kind == FACT_SIGNAL;
    }
    if (catalogue->fact_count)
        qsort_r(catalogue->facts, catalogue->fact_count, sizeof *catalogue->facts, compare, catalogue);
    for (size_t i = 1; i < catalogue->fact_count; i++)
        check_tie(reader, &catalogue->facts[i - 1], &catalogue->facts[i]);
    share(catalogue);
    return ERR_OK;
}
