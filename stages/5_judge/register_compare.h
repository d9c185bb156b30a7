// SPDX-License-Identifier: MIT
/*
 * register_compare.h - what registers and observations, or the registers of two years, say of each other.
 *
 * In:     valid registers; a judgement by them, or the registers of the year before
 * Out:    warnings with file and line
 * Owns:   nothing: texts live in the caller's arena
 * Limits: LIMIT_REGISTER_MESSAGES
 * Errors: ERR_MEMORY
 * Source: compliance.md 8.1, integrity checks worth building
 */
#ifndef JUDGE_REGISTER_COMPARE_H
#define JUDGE_REGISTER_COMPARE_H

#include "5_judge/judge.h"

/* Units in scope without a capture, captures of no unit, bases that name nothing observed. */
enum err register_compare_seen(const struct judgement *judgement, struct arena *arena,
                               struct register_messages *messages) MUST_CHECK;
/* Documents whose digest changed, units that are gone, services whose company has another name now. */
enum err register_compare_before(const struct registers *now, const struct registers *before,
                                 struct arena *arena, struct register_messages *messages) MUST_CHECK;

#endif
