// SPDX-License-Identifier: MIT
/*
 * withhold.h - leaves out of a judgement what only layers that are not for commercial use tell.
 *
 *   entity "Sporer Inc.", service "Sporer Ads", country US  ->  entity "sporer.com", nothing else
 *
 * In:     a judgement; its verdicts stay as they are
 * Out:    pairs as the other layers know the place that was observed, else called by its registrable domain; how many
 * Owns:   nothing: texts live in the caller's arena
 * Limits: none
 * Errors: ERR_MEMORY
 * Source: catalogues.md 4.3 (layering and pinning)
 */
#ifndef JUDGE_WITHHOLD_H
#define JUDGE_WITHHOLD_H

#include "5_judge/judge.h"

enum err withhold_identities(struct judgement *judgement, struct arena *arena) MUST_CHECK;

#endif
