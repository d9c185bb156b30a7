// SPDX-License-Identifier: MIT
/*
 * scope.h - does the guidance cover a unit on a day?
 *
 * In:     the units, the portal links and the policy; the reference date
 * Out:    struct scope_result (judge.h): every row that fires, not only the first
 * Owns:   nothing: texts are static or in the caller's arena
 * Limits: none
 * Errors: ERR_MEMORY
 * Source: compliance.md 5.1
 */
#ifndef JUDGE_SCOPE_H
#define JUDGE_SCOPE_H

#include "5_judge/judge.h"

/* In the order of the two formulas of 5.1. */
enum scope_atom {
    ATOM_LIVE,
    ATOM_CITIZENS,
    ATOM_INTERACTION,
    ATOM_STATE_PART,
    ATOM_PRIMARY,
    ATOM_NATIONAL,
    ATOM_LINKS_STATE,
    ATOM_COUNT
};
struct scope_facts {
    enum unit_type type;
    enum provision provision;
    enum truth atoms[ATOM_COUNT];
    bool portal_state_required; /* policy */
};
/* links_state: TRUTH_UNKNOWN for what is no portal. */
struct scope_facts scope_facts_of(const struct unit *unit, const struct policy *policy, date_days day,
                                  enum truth links_state);
enum err scope_of(const struct scope_facts *facts, struct arena *arena, struct scope_result *out) MUST_CHECK;
/* Of every unit of the registers; out[i] belongs to registers->units[i]. */
enum err scope_of_all(const struct registers *registers, date_days day, struct arena *arena,
                      struct scope_result *out) MUST_CHECK;

#endif
