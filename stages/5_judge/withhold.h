// SPDX-License-Identifier: MIT
/*
 * withhold.h - leaves out of a judgement what only layers that are not for commercial use tell.
 *
 *   entity "Sporer Inc.", service "Sporer Ads", country US  ->  entity "sporer.com", nothing else
 *
 * In:     a judgement; its verdicts stay as they are
 * Out:    pairs that are called by the registrable domain that was observed; how many those are
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
