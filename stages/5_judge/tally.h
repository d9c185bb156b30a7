// SPDX-License-Identifier: MIT
/*
 * tally.h - observations summed up by pair of unit and third party, as they come by.
 *
 * In:     contacts and cookies of units in scope, in the order of their visits
 * Out:    pairs with counts, best observation, and how far declared bases cover what was seen
 * Owns:   nothing: lives in the caller's arena
 * Limits: none of its own
 * Errors: ERR_MEMORY
 * Source: compliance.md 5.2 to 5.5
 */
#ifndef JUDGE_TALLY_H
#define JUDGE_TALLY_H

#include "5_judge/basis.h"
#include "5_judge/directory.h"
#include "5_judge/keymap.h"

struct basis_tally {
    struct basis_state timeless, worst; /* by what is known at the window's end; on a day of an observation */
    enum signal signal;                 /* of what it names, on days of its validity */
    uint32_t within_count, held_count;  /* observations on a day of its validity, and where it holds */
    uint32_t before_count, after_count; /* observations outside it that no other basis covers */
    bool within_at_end;
};
/* How much observations weigh together (5.3, last paragraph). */
struct tally_weight {
    uint32_t grade_counts[4], page_count, capture_count;
    uint32_t last_visit, last_page; /* number + 1 */
};
struct tally_pair {
    struct pair pair;            /* bases: without result, in the order met */
    struct basis_tally *tallies; /* one per basis */
    size_t tally_capacity;
    struct basis_service service;
    uint32_t observation_count; /* above grade D */
    bool all_covered, all_covered_late, some_unproven, some_failing, some_unnamed;
    struct tally_weight doubtful,
        accusing; /* observations that nothing settles: a basis lacks proof; or none does */
    uint32_t usable_page_count;
    uint32_t last_visit, last_page, last_usable_page; /* number + 1 */
    struct span_list hosts, sites;                    /* sites: of the contacts, each once */
};
/* What every contact of one unit with one host has in common. */
struct tally_place {
    struct directory_entry entry;
    uint32_t host, pair; /* TALLY_NO_PAIR: first party */
    uint32_t *bases;     /* of the pair, those that name this host */
    size_t basis_count, basis_capacity;
    bool settled;   /* for every path and day */
    bool is_listed; /* the pair has the host on its list */
};
#define TALLY_NO_PAIR UINT32_MAX

struct tally_unit {
    const struct basis **bases; /* declared for the unit or its authority */
    size_t basis_count, basis_capacity;
};
struct tally {
    struct arena *arena;
    const struct registers *registers;
    struct directory directory;
    date_days window_end;
    const struct judge_watch *watch; /* NULL: nobody listens */
    struct tally_unit *units;        /* one per unit of the registers */
    struct intern hosts, names;
    struct keymap name_ids; /* entity, service and class: number + 1 */
    uint32_t name_id_count;
    struct tally_place *places, scratch; /* scratch: of a place that is not settled */
    struct keymap
        place_of;          /* unit, host and whether the page is of another site: place + 1; 0: not settled */
    struct keymap pair_of; /* unit, name: pair + 1 */
    struct keymap pair_behind; /* as place_of: pair + 1, the first one of a host that is not settled */
    struct keymap attached;    /* unit, number of the basis */
    struct keymap hosts_seen, cookies_seen, cookie_ids;
    struct tally_pair *pairs;
    size_t pair_count, pair_capacity, place_count, place_capacity;
};
enum err tally_init(struct tally *tally, const struct registers *registers, struct arena *arena) MUST_CHECK;

/* The visit a contact belongs to. */
struct tally_visit {
    uint32_t unit, page; /* page: number of its URL, rising with the visits */
    date_days day;
    bool usable;
};
/* Who is behind a contact? The result lives until the next call. */
enum err tally_locate(struct tally *tally, const struct tally_visit *visit,
                      const struct index_contact *contact, struct tally_place **out) MUST_CHECK;
/* A contact of that place with a third party, at a grade. */
enum err tally_observe(struct tally *tally, struct tally_place *place, const struct tally_visit *visit,
                       const struct index_contact *contact, enum grade grade) MUST_CHECK;
/* Tells whoever listens; tally_observe does. */
enum err tally_tell(const struct tally *tally, const struct tally_place *place, uint32_t unit,
                    const struct index_contact *contact, enum grade grade) MUST_CHECK;
/* A first-party cookie that belongs to a service: rule P9. `proof`: the contact with that service on the same
 * page. */
enum err tally_observe_cookie(struct tally *tally, const struct tally_visit *visit,
                              const struct catalogue_service *service, struct span host,
                              const struct index_contact *proof) MUST_CHECK;
/* What the first address of a contact tells of an opt-out, by the catalogue's signals; before tally_observe sees them. */
void tally_hear(struct tally *tally, const struct tally_place *place, const struct tally_visit *visit,
                const struct index_contact *contact);
/* When all was heard: the bases found so far are judged by it. */
void tally_rejudge(struct tally *tally);
/* Was it left with the browser: no deletion, and nothing every browser refuses? What was sent is there. */
bool tally_is_kept(const struct index_cookie *cookie);
/* Counts a cookie at the pair behind its host; without effect when there is none. */
enum err tally_count_cookie(struct tally *tally, const struct tally_visit *visit,
                            const struct index_cookie *cookie, uint32_t host, uint32_t name) MUST_CHECK;
/* Pairs for bases that name nothing observed. */
enum err tally_add_declared(struct tally *tally, uint32_t unit) MUST_CHECK;

/* Shared by the files of tally. */
/* What the catalogue knows of an entry's service on a day. */
struct basis_service tally_service_on(const struct directory_entry *entry, date_days day);
enum err tally_find_pair(struct tally *tally, uint32_t unit, const struct directory_entry *entry,
                         struct span site, uint32_t *out) MUST_CHECK;
/* Fills the bases of a place whose pair is known. */
enum err tally_find_bases(struct tally *tally, uint32_t unit, struct tally_place *place,
                          const struct basis_subject *subject) MUST_CHECK;
/* Number of the basis in the pair's own list, added when new. */
enum err tally_attach(struct tally *tally, struct tally_pair *to, const struct basis *basis,
                      uint32_t *out) MUST_CHECK;

#endif
