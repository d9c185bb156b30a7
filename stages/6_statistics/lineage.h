// SPDX-License-Identifier: MIT
/*
 * lineage.h - which unit of a year is which unit of an earlier one, and which were merged or split.
 *
 * In:     two judgements, sorted by unit id
 * Out:    struct lineage
 * Owns:   nothing: everything lives in the caller's arena
 * Limits: none of its own
 * Errors: ERR_MEMORY
 * Source: compliance.md 6.3 (M_t), 8.2 (37, 38)
 *
 * A unit has an edge to a unit of the earlier year when it bears the same id or names it as predecessor. Only
 * units in scope in their own year take part: a register lists both the old and the new row of a move.
 */
#ifndef STATISTICS_LINEAGE_H
#define STATISTICS_LINEAGE_H

#include "6_statistics/statistics.h"

struct lineage {
    const struct unit_verdict **previous; /* per unit of now: the one it continues one-to-one, or NULL */
    bool *continued;                      /* per unit of before */
    struct lineage_change *changes;       /* splits by unit of before, then merges by unit of now */
    size_t change_count, change_capacity;
};
enum err lineage_link(const struct judgement *now, const struct judgement *before, struct arena *arena,
                      struct lineage *out) MUST_CHECK;

#endif
