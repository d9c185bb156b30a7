// SPDX-License-Identifier: MIT
/*
 * statistics.h - what the verdicts add up to, for one year and from one year to the next.
 *
 * In:     one or two judgements (the evaluated year, the year before or NULL)
 * Out:    key figures with bounds, population, verdicts by type, transitions, third parties over units
 * Owns:   nothing: everything lives in the caller's arena
 * Limits: none of its own
 * Errors: ERR_MEMORY
 * Source: compliance.md 5.7 (rates and bounds), 6.3 (cohorts), 6.6 (list); report.md 7.4
 *
 * S is the set of units in scope, A the assessed ones of them, M (matched) the units of A in both years that
 * are tied one-to-one by id or lineage: |S now| = |S before| + entered - left. Quartiles: see figures.h.
 */
#ifndef STATISTICS_STATISTICS_H
#define STATISTICS_STATISTICS_H

#include "5_judge/judge.h"

struct follow_up; /* follow_up.h */

struct rate {
    uint32_t numerator, denominator; /* of value: the assessed units */
    double value, lower, upper;      /* bounds: over all units in scope. NAN when there are none */
};
struct year_figures {
    unsigned year;
    uint32_t registered, in_scope, out_of_scope, undetermined, assessed;
    uint32_t by_verdict[VERDICT_UNDETERMINED + 1]; /* units in scope */
    struct rate rate;
    uint32_t third_parties; /* distinct judged entities over the units in scope */
    uint32_t pairs, pairs_unresolved, pairs_non_compliant;
    /* third parties of an assessed unit; NAN: no unit */
    double judged_min, judged_q1, judged_median, judged_q3, judged_max, judged_mean;
    uint32_t units_without; /* assessed units with no judged third party */
};
struct third_party_row {
    struct span entity, owner, service, category, country;
    uint32_t units, compliant, unresolved, non_compliant, units_prev_matched;
    double units_share, pages_share;
    const char *basis_most_used; /* "agreement", "opt_out", "necessary", "" */
};
struct transition_row {
    enum verdict before, now;
    uint32_t count;
    struct span unit_ids; /* ";"-separated */
};
struct verdict_row {
    unsigned year;
    enum unit_type type;
    enum provision provision;
    enum verdict verdict;
    uint32_t count, of;
    uint32_t most; /* (non-)compliant: count with every unsettled unit of the group; else count */
};
struct owner_row { /* an entity over all its services; a unit counts once, by its worst verdict */
    struct span entity;
    uint32_t units, compliant, unresolved, non_compliant;
    double units_share;
};
struct reason_row { /* judged pairs of units in scope by the reason of their verdict */
    const char *code, *basis_code, *label_da; /* basis_code NULL or "": none */
    enum verdict verdict;
    uint32_t pairs, units;
};
struct lineage_change {              /* units that are not followed one-to-one */
    bool is_merge;                   /* else: split */
    struct span before_ids, now_ids; /* ";"-separated; of a merge one now, of a split one before */
};
struct population_row {
    unsigned year;
    const char *step; /* "registered", "out", "undetermined", "in", "assessed" */
    struct span reason_code, reason_da;
    uint32_t solutions, portals;
};
struct statistics {
    const struct judgement *now, *before; /* before may be NULL */
    struct year_figures figures[2];       /* [0] now, [1] before */
    uint32_t matched, entered, left;
    uint32_t matched_better, matched_worse;
    struct population_row *population;
    struct verdict_row *verdicts;
    struct transition_row *transitions;
    struct third_party_row *third_parties;  /* by units descending, then entity, service */
    struct owner_row *owners;               /* by units descending, then entity */
    struct reason_row *reasons;             /* worst verdict first, then by pairs descending */
    struct lineage_change *lineage_changes; /* from the year before */
    size_t lineage_change_count;
    size_t population_count, verdict_count, transition_count, third_party_count, owner_count, reason_count;
    size_t population_capacity, verdict_capacity, transition_capacity, third_party_capacity;
    size_t owner_capacity, reason_capacity;
    const struct follow_up *follow_up;    /* NULL: years were not followed */
    const struct unit_verdict **previous; /* per unit of now: its predecessor of the year before, or NULL */
};
enum err statistics_of(const struct judgement *now, const struct judgement *before, struct arena *arena,
                       struct statistics *out) MUST_CHECK;

#endif
