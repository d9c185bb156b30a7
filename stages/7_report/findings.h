// SPDX-License-Identifier: MIT
/*
 * findings.h - what the report is made from, gathered once: statistics, sources, findings with their ids.
 *
 * In:     statistics, sources
 * Out:    struct report_data
 * Owns:   nothing: everything lives in the caller's arena
 * Limits: none of its own
 * Errors: ERR_MEMORY
 * Source: report.md 7.4 (T14), 7.6
 */
#ifndef REPORT_FINDINGS_H
#define REPORT_FINDINGS_H

#include "6_statistics/follow_up.h"
#include "7_report/sources.h"

struct finding {
    const struct pair *pair;
    const struct unit_verdict *unit;
    struct span id; /* finding_id.h */
};
struct unit_sheet {
    struct span name; /* of its finding sheet, without suffix; .bytes 0: not in scope, no sheet */
    size_t first_finding, finding_count;
};
struct report_data {
    const struct statistics *statistics;
    const struct sources *sources;
    bool is_public;           /* no internal tables */
    struct arena *arena;      /* for texts made while writing */
    struct finding *findings; /* in the order of the pairs */
    size_t finding_count;
    struct unit_sheet *sheets; /* per unit of the evaluated year */
};
enum err findings_gather(const struct statistics *statistics, const struct sources *sources,
                         struct arena *arena, struct report_data *out) MUST_CHECK;

/* NONE when years were not followed. */
enum finding_state findings_state(const struct report_data *data, const struct finding *finding);
unsigned findings_years(const struct report_data *data, const struct finding *finding);
/* "Gentagen (2. år)"; empty: none */
struct span findings_state_da(const struct report_data *data, const struct finding *finding,
                              struct arena *arena);

/* Address of a page or resource without user, query and fragment: their values may be personal. */
struct span findings_address(struct arena *arena, struct span url);

#endif
