// SPDX-License-Identifier: MIT
/*
 * sighting.h - one observation or declaration of one URL by one visit, and how they become contacts; private to group_contact.c.
 *
 * In:     sightings in any order
 * Out:    a row for each host, path and doer, with the best evidence first
 * Owns:   nothing: the group's arena
 * Limits: as resolve.h
 * Errors: ERR_MEMORY
 * Source: evidence.md 3.2 (10), 3.5, 3.8
 */
#ifndef INDEX_SIGHTING_H
#define INDEX_SIGHTING_H

#include "4_index/crawl_group.h"

struct sighting { /* one observation or declaration of one URL */
    struct span url, host, path;
    enum evidence evidence;
    enum condition condition;
    enum resource resource;
    int64_t date_ns;
    struct proof proof;
    struct span by;
    bool refers; /* a browser's request also names the page as referrer: further evidence, evidence.md 3.2 */
    bool counts; /* a request of its own */
    bool is_recorded; /* not only listed or declared */
    enum origin origin;
    struct group_place place;
    struct group_hops hops;
    uint32_t signals;
};
struct sighting_list {
    struct sighting *items;
    size_t count;
    uint32_t visit;
    struct span page_site;
};
/* Sorts the list; fills the contacts of *out. */
enum err sighting_merge(struct group *group, const struct sighting_list *list,
                        struct resolved_visit *out) MUST_CHECK;

#endif
