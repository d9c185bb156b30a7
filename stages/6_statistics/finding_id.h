// SPDX-License-Identifier: MIT
/*
 * finding_id.h - the name under which a finding goes to an authority and comes back.
 *
 * In:     a judgement
 * Out:    an id for each pair that is a finding
 * Owns:   nothing: texts live in the caller's arena
 * Limits: none of its own
 * Errors: ERR_MEMORY
 * Source: report.md 7.4 (T14)
 *
 * YEAR-UNIT-ENTITY[-SERVICE] in small letters; a repeated one gets -2, -3, ... in the order of the pairs. A
 * finding is a pair of a unit in scope and a party that is not the unit itself; also those that are only
 * listed (operators, public components) are findings, with the verdict not_third_party.
 */
#ifndef STATISTICS_FINDING_ID_H
#define STATISTICS_FINDING_ID_H

#include "5_judge/judge.h"

bool finding_id_applies(const struct judgement *judgement, const struct pair *pair);
/* One per pair; empty: no finding. */
enum err finding_id_all(const struct judgement *judgement, struct arena *arena, struct span **out) MUST_CHECK;
/* Lower case words joined by '-', for reading; distinct texts may give the same. */
struct span finding_id_slug(struct arena *arena, struct span text);

#endif
