// SPDX-License-Identifier: MIT
/*
 * gather_walk.h - what the passes of gather over aliases, visits, contacts and cookies share.
 *
 * In:     -
 * Out:    -
 * Owns:   nothing: lives in the arena of the gathering
 * Limits: none of its own
 * Errors: ERR_INDEX, ERR_MEMORY
 * Source: compliance.md 5.2 (P9), 5.6
 */
#ifndef JUDGE_GATHER_WALK_H
#define JUDGE_GATHER_WALK_H

#include "5_judge/gather.h"
#include "5_judge/vendor_cookie.h"

#define NOTE_NO_UNIT UINT32_MAX

struct note { /* of a visit */
    struct tally_visit visit;
    int64_t time_ns;
    bool judged; /* its contacts count for the verdict */
};
struct owned_cookie { /* a cookie whose name belongs to a service */
    uint32_t visit;
    struct span host;
    bool third;
    const struct catalogue_service *service; /* by the catalogue; NULL: by the table of vendors, */
    const struct vendor_cookie *vendor;      /* whose contact on the same page tells which service it is: */
    struct catalogue_service seen;
    struct index_contact proof; /* of `seen`; count 0 before */
};
struct vendor { /* a service of the catalogue seen in the present visit */
    struct span entity, service;
    struct index_contact proof;
};
struct walk {
    struct gather *out;
    const struct suffixes *suffixes;
    const struct scope_result *scopes;
    struct arena *arena;
    date_days day;
    bool has_dates;
    struct pattern_map scope_map; /* number of the unit */
    struct note *notes;           /* one per visit */
    size_t note_count, note_capacity;
    struct span page_url;
    uint32_t page;
    struct intern entries, cookie_names;
    struct keymap entry_of; /* unit, entry */
    struct keymap archives; /* unit, archive */
    struct keymap setters;  /* visit, host of the tally: it set a cookie */
    struct owned_cookie *owned;
    size_t owned_count, owned_capacity, owned_next;
    struct vendor *vendors;
    size_t vendor_count, vendor_capacity;
    uint32_t visit;                    /* the present one of the contacts */
    bool listens;                      /* contacts are only asked for signals */
    struct index_cookie cookie_before; /* of the cookies */
};

date_days gather_day_of(int64_t time_ns);
/* Tells the directory what answers of the DNS say. */
enum err gather_aliases(const struct index *index, struct arena *arena,
                        struct directory *directory) MUST_CHECK;
void gather_note_entry(struct walk *walk, const struct note *note, const struct index_contact *row);
/* The row with a time, and its day as the day of the note. */
struct index_contact gather_dated(const struct index_contact *row, struct note *note);
enum err gather_contacts(struct walk *walk, const struct index *index) MUST_CHECK;

#endif
