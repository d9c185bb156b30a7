// SPDX-License-Identifier: MIT
/*
 * How far from the page something is asked for (evidence.md 3.4): a third party's frame, style sheet or script that asks
 * for more makes a "fourth party" of it. What a script asks for bears the page's referrer, so that depth is a lower
 * bound.
 */
#include "4_index/crawl_group.h"

#define ASKERS_MAX 16u /* evidence.md 3.3: referrer chains */

struct span group_site(const struct group *g, struct span url)
{
    return group_site_of(g, href_of(url).host);
}

static bool is_frame(const struct exchange *x)
{
    enum resource resource = x->request ? x->request->event.resource : RESOURCE_OTHER;
    if (resource == RESOURCE_OTHER)
        resource = exchange_proof(x)->event.resource;
    return resource == RESOURCE_FRAME || (resource == RESOURCE_DOCUMENT && !x->is_document);
}

struct group_place group_place_inside(const struct group *g, struct span page_site, struct group_place outer,
                                      struct span url, bool frame)
{
    struct span site = group_site(g, url);
    if (span_equal(site, page_site))
        return outer;
    return (struct group_place){outer.depth + 1, frame ? site : outer.frame_site};
}

struct group_place group_place(const struct group *g, struct span page_site, const struct exchange *x)
{
    uint32_t askers[ASKERS_MAX];
    unsigned count = 0;
    for (uint32_t by = x->asked_by; by != NO_EVENT && count < ASKERS_MAX; by = g->exchanges[by].asked_by)
        askers[count++] = by;
    struct group_place place = {.depth = 1};
    while (count-- > 0) {
        const struct exchange *asker = &g->exchanges[askers[count]];
        place = group_place_inside(g, page_site, place, group_text(g, asker->url), is_frame(asker));
    }
    return place;
}

struct group_place group_place_behind(const struct group *g, struct span page_site, const struct exchange *x)
{
    struct group_place place = group_place(g, page_site, x);
    return group_place_inside(g, page_site, place, group_text(g, x->url), is_frame(x));
}
