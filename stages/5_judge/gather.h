// SPDX-License-Identifier: MIT
/*
 * gather.h - one pass over an index: its rows handed to the tally and to the measurement of each unit.
 *
 * In:     an open index; which units are in scope
 * Out:    pairs summed up, counts of each unit's captures
 * Owns:   nothing: lives in the caller's arena
 * Limits: none of its own
 * Errors: ERR_INDEX, ERR_MEMORY
 * Source: compliance.md 5.6; only gather*.c read an index
 */
#ifndef JUDGE_GATHER_H
#define JUDGE_GATHER_H

#include "5_judge/measurement.h"
#include "5_judge/tally.h"

struct gather_unit {
    bool in_scope;
    struct measurement_result result; /* without class and coverage */
    struct measurement_facts facts;
    uint32_t last_usable_page, last_flow_page, last_entry_page; /* number + 1 */
    uint32_t last_shown_page[CAPABILITY_COUNT];
};
struct gather {
    const struct registers *registers;
    struct gather_unit *units; /* one per unit of the registers */
    struct judged_page *pages; /* by number of the page's URL */
    size_t page_count, page_capacity;
    struct tally tally;
    date_days window_end; /* last day of any visit; the reference date without visits */
    uint64_t visits_outside;
    struct judge_outside *outside;
    size_t outside_count, outside_capacity;
    struct intern outside_hosts; /* number: place in outside */
};
/* scopes: one per unit. day: the reference date; only units that live then take visits. */
enum err gather_index(const struct index *index, const struct registers *registers,
                      const struct suffixes *suffixes, const struct scope_result *scopes, date_days day,
                      const struct judge_watch *watch, struct arena *arena, struct gather *out) MUST_CHECK;

#endif
