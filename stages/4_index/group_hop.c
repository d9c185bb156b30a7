// SPDX-License-Identifier: MIT
/*
 * The redirects before what a visit asked for (evidence.md 3.5). What a page lists without a record of its own is
 * where a recorded redirect of that page leads all the same.
 */
#include "4_index/crawl_group.h"

struct group_hops group_hops(const struct group *g, uint32_t from)
{
    struct group_hops hops = {0};
    if (from != NO_EVENT)
        hops.from = href_of(group_text(g, g->exchanges[from].url)).host;
    for (; from != NO_EVENT && hops.count < LIMIT_REDIRECTS; from = g->exchanges[from].redirect_from)
        hops.count++;
    return hops;
}

void group_note_hops(struct group *g, uint32_t visit)
{
    for (uint32_t i = g->first_of_visit[visit]; i < g->first_of_visit[visit + 1]; i++) {
        uint32_t to = exchange_target(&g->exchanges[g->exchanges_of_visit[i]]);
        if (to != INTERN_NONE)
            g->hop_to[to] = g->exchanges_of_visit[i];
    }
}

uint32_t group_hop_to(const struct group *g, uint32_t visit, struct span url)
{
    uint32_t number = intern_find(&g->texts, url);
    uint32_t from = number == INTERN_NONE ? NO_EVENT : g->hop_to[number];
    return from != NO_EVENT && g->exchanges[from].visit == visit ? from : NO_EVENT;
}
