// SPDX-License-Identifier: MIT
/*
 * directory.h - what all registers together say about a host, as seen from a unit.
 *
 * In:     registers, and aliases seen in archives; then a unit, a host, a path and a day
 * Out:    the party, and the entity and service behind it
 * Owns:   nothing: lives in the caller's arena
 * Limits: none of its own
 * Errors: ERR_MEMORY
 * Source: compliance.md 5.2
 */
#ifndef JUDGE_DIRECTORY_H
#define JUDGE_DIRECTORY_H

#include "5_judge/catalogue.h"
#include "5_judge/party.h"

struct directory {
    const struct registers *registers;
    struct pattern_map declared; /* own_parties.csv: number of the row */
    struct pattern_map owners;   /* domains and URL scopes: number of the authority */
    /* What was seen in archives, of the same form and order as aliases.csv, which is asked first. */
    const struct alias *seen_aliases;
    size_t seen_alias_count;
};
enum err directory_init(struct directory *directory, const struct registers *registers,
                        struct arena *arena) MUST_CHECK;

struct directory_query {
    const struct unit *unit;
    struct span host, path;
    struct span url;  /* for its query */
    struct span site; /* registrable domain of host */
    bool third;       /* not the registrable domain of the page */
    date_days day;
};
struct directory_entry {
    enum party party;
    const char *rule;
    unsigned row;                                /* of the table of 5.2 */
    struct span entity, service, owner, country; /* unidentified: entity = site */
    enum category category;
    struct catalogue_facts facts;
    unsigned withheld; /* enum catalogue_withheld */
    bool catalogued;
    bool settled; /* the answer is the same for every path, every query and every day */
};
/* What the catalogue says of a service; party and rule stay as they are. */
void directory_describe(const struct catalogue_service *service, struct directory_entry *out);
struct directory_entry directory_find(const struct directory *directory, const struct directory_query *query);

#endif
