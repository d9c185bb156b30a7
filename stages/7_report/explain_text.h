// SPDX-License-Identifier: MIT
/*
 * explain_text.h - parts of an explanation; private to explain*.c.
 *
 * In:     pairs and units as judged
 * Out:    text
 * Owns:   nothing
 * Limits: as explain.h
 * Errors: in the buffer
 * Source: as explain.h
 */
#ifndef REPORT_EXPLAIN_TEXT_H
#define REPORT_EXPLAIN_TEXT_H

#include "5_judge/judge.h"
#include "base/buf.h"

const char *explain_result(enum basis_result result); /* "holds" */
/* " 9 V-FAIL-BASIS, 11 V-NOBASIS": rows of the table of 5.5. */
struct span explain_rows(uint32_t rows, struct arena *arena);
/* What else the verdict would be: with a basis that holds, without the observations, after the deadline ... */
void explain_pair_changes(const struct pair *pair, struct buf *out);
void explain_unit_changes(const struct unit_verdict *unit, struct buf *out);

#endif
