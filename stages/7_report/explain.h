// SPDX-License-Identifier: MIT
/*
 * explain.h - the way from records to a unit's verdict, row by row of the decision tables.
 *
 * In:     a judgement, the observations of the unit, the index for pages and archives
 * Out:    text for reading, or a tab-separated table of every row that fired
 * Owns:   nothing
 * Limits: LIMIT_OUTPUT_BYTES
 * Errors: in the buffer; ERR_INDEX, ERR_MEMORY
 * Source: compliance.md 5.1 to 5.7; the rows are those of `help rules`
 */
#ifndef REPORT_EXPLAIN_H
#define REPORT_EXPLAIN_H

#include "5_judge/rules.h"
#include "base/buf.h"

/* Of one unit, collected while it is judged. */
struct explain_seen {
    struct judge_observation observation; /* its contact: copied */
    struct index_contact contact;
};
struct explain {
    const struct judgement *judgement;
    const struct index *index;
    uint32_t unit;
    struct span third_party; /* entity, service or host; empty: all, and a few observations of each */
    struct explain_seen *seen;
    size_t seen_count, seen_capacity;
    struct arena *arena;
    struct buf *out;
};
/* Is what is asked for by name a third party of the unit? Nothing asked for: yes. */
bool explain_knows(const struct explain *explain);
/* A judge_watch.observe; context: a struct explain whose unit is known. */
enum err explain_observe(void *context, const struct judge_observation *observation) MUST_CHECK;
enum err explain_text(struct explain *explain) MUST_CHECK;
/* unit_id, entity, service, table, row, code, result, detail */
enum err explain_tsv(struct explain *explain) MUST_CHECK;
/* Why a unit is in or out: its attributes, and every row of the table of 5.1 with whether it fired. */
enum err explain_scope(const struct unit *unit, const struct scope_result *scope, date_days day,
                       struct arena *arena, struct buf *out) MUST_CHECK;

#endif
