// SPDX-License-Identifier: MIT
/*
 * judge.h - one year's observations held against the registers: a verdict for every unit and every pair.
 *
 * In:     an open index, registers, the day the report speaks of (--as-of)
 * Out:    struct judgement: units with scope, measurement and verdict; pairs with verdict, bases and best observation
 * Owns:   nothing: everything lives in the caller's arena (spans of the index point into its map)
 * Limits: none of its own
 * Errors: ERR_INDEX, ERR_MEMORY
 * Source: compliance.md 5.1 (scope), 5.2 (party), 5.3 (grades), 5.4 (basis), 5.5 (pair), 5.6 (measurement), 5.7 (unit)
 */
#ifndef JUDGE_JUDGE_H
#define JUDGE_JUDGE_H

#include "4_index/index.h"
#include "5_judge/register.h"

/* The decision tables, and a row of one, counted from 1 in its order: rules.h prints them. */
enum rule_table {
    RULES_SCOPE,
    RULES_PARTY,
    RULES_GRADE,
    RULES_BASIS,
    RULES_OPT_OUT,
    RULES_AGREEMENT,
    RULES_NECESSARY,
    RULES_PAIR,
    RULES_MEASUREMENT,
    RULES_UNIT,
    RULE_TABLE_COUNT
};
struct rule {
    enum rule_table table;
    unsigned row;
};

enum scope { SCOPE_OUT, SCOPE_UNDETERMINED, SCOPE_IN };
/* All reasons are kept: bit per row, counted from 1; `code` is the first. */
struct scope_result {
    enum scope scope;
    uint32_t rows;
    const char *code, *reason_da; /* "S-STATE", "Statslig løsning" */
    struct span codes;            /* all, "S-BUSINESS;S-INFO"; unknown atoms: "S-UNKNOWN:primary,citizens" */
};

enum party {
    PARTY_FIRST,
    PARTY_THIRD_DISGUISED,
    PARTY_INFRA,
    PARTY_OPERATOR,
    PARTY_THIRD_OPERATOR /* P5 */,
    PARTY_PUBLIC,
    PARTY_THIRD,
    PARTY_THIRD_UNIDENTIFIED,
    PARTY_THIRD_COOKIE /* P9 */
};
const char *party_name(enum party party);

enum verdict { /* of a pair or a unit; printed names are fixed by interface.md 4 */
               VERDICT_NOT_THIRD_PARTY,
               VERDICT_DECLARED_ONLY,
               VERDICT_COMPLIANT,
               VERDICT_UNRESOLVED,
               VERDICT_NON_COMPLIANT,
               VERDICT_LIMITED,
               VERDICT_NOT_MEASURED,
               VERDICT_OUTSIDE,
               VERDICT_UNDETERMINED
};
const char *verdict_name(enum verdict verdict);     /* "compliant", "non_compliant", "not_measured", ... */
const char *verdict_label_da(enum verdict verdict); /* "Efterlever", ... */

enum basis_result { BASIS_HOLDS, BASIS_UNPROVEN, BASIS_FAILS };
struct basis_finding {
    const struct basis *basis;
    enum basis_result result;
    const char *code; /* "G-OK", "B-EXPIRED", ... */
    struct rule rule;
    bool covers_all; /* holds for every observation of the window */
    bool covers_end; /* holds at the window's end */
};

struct observation { /* the best one of a pair, and the first and last in time */
    struct index_contact contact;
    struct index_visit visit;
    enum grade grade;
};
/* A page of a unit, whatever its address said of campaigns and sessions. */
struct judged_page {
    uint64_t key, host_key; /* page_key.h, of the page and of its host */
    uint32_t unit;          /* UINT32_MAX: of none */
    bool is_entry;          /* an entry page of its unit */
    bool is_captured;       /* by a usable visit that counts for the verdict */
};
struct pair {
    uint32_t unit;                                  /* index into judgement.units */
    struct span entity, service, category, country; /* identity; unidentified: entity = registrable domain */
    struct span owner;                              /* as the catalogue's services have it */
    struct span site;                               /* registrable domain observed */
    enum party party;
    const char *party_rule; /* "P8" */
    enum verdict verdict;
    const char *code; /* "V-NOBASIS"; V-FAIL-BASIS carries the basis code in basis_code */
    const char *basis_code;
    struct span codes; /* everything that fired, ";"-separated */
    uint32_t rows;     /* of the table of 5.5 that fired: bit per row, counted from 1 */
    unsigned facts;    /* pair.h: what they were chosen by */
    const char *label_da;
    struct basis_finding *bases;
    size_t basis_count, basis_capacity;
    uint32_t page_count, capture_count; /* distinct page URLs; distinct visits */
    uint32_t *pages;                    /* page_count indexes into judgement.pages, rising */
    size_t page_capacity;
    uint64_t contact_count; /* sum of counts */
    uint32_t cookie_count, persistent_cookie_count;
    uint32_t grade_counts[4];
    int64_t first_seen_ns, last_seen_ns;
    struct observation best; /* contact_count 0 (declared only): empty */
    struct span hosts;       /* ";"-separated, sorted */
    unsigned withheld;       /* what of the identity stays out of the open data: enum catalogue_withheld */
};

enum measurement { MEASUREMENT_NONE, MEASUREMENT_LIMITED, MEASUREMENT_ADEQUATE };
const char *measurement_name(enum measurement measurement); /* "none", "limited", "adequate" */
/* What an observation that is not there means: nothing, where no producer would have shown it. */
enum knowledge { KNOWLEDGE_UNKNOWABLE, KNOWLEDGE_NOT_SEEN, KNOWLEDGE_SEEN };
const char *knowledge_name(enum knowledge knowledge); /* "unknowable", "not_seen", "seen" */
struct measurement_result {
    enum measurement class;
    bool entry_ok;
    uint32_t page_count, known_page_count, flow_page_count, visit_count, failed_count;
    double coverage;   /* sample coverage of third parties over pages; NAN: not defined */
    double unseen_min; /* NAN: not defined */
    bool script_executing;
    uint32_t archive_count;
    uint32_t producers;                           /* bit per enum producer of usable captures */
    uint32_t seen;                                /* bit per enum capability */
    uint32_t consent_states;                      /* bit per enum consent_state of usable captures */
    uint32_t shown_page_counts[CAPABILITY_COUNT]; /* pages with a capture that would show it reliably */
    int64_t window_from_ns, window_to_ns;
    uint32_t failed_rows; /* the criteria as bits, counted from 1 */
    struct span
        failed_criteria; /* ";"-separated: "entry", "pages", "flow", "failed_share", "coverage", "scripts", "app" */
};

struct unit_verdict {
    const struct unit *unit;
    struct scope_result scope;
    struct measurement_result measurement;
    enum verdict verdict;
    const char *verdict_da;                                       /* row text of 5.7 */
    unsigned row;                                                 /* 1-8 of 5.7 */
    uint32_t first_pair, pair_count;                              /* slice of judgement.pairs */
    uint32_t judged_count, unresolved_count, non_compliant_count; /* judged third parties by verdict */
};
struct judgement {
    unsigned year;
    date_days reference_date, as_of, hearing_deadline; /* hearing_deadline DATE_OPEN_TO: none set */
    const struct registers *registers;
    struct unit_verdict *units; /* sorted by unit id */
    size_t unit_count, unit_capacity;
    struct pair *pairs; /* sorted by unit, entity, service */
    size_t pair_count, pair_capacity;
    struct judged_page *pages; /* a page URL each, in the order of the visits */
    size_t page_count;
    uint64_t visits_outside; /* visits that no unit's scope covers */
    struct judge_outside {   /* the same by host, in the order of the visits */
        struct span host;    /* an app's session: its address */
        uint32_t count;
    } * outside;
    size_t outside_count;
    size_t withheld_count; /* pairs whose identity was left out: withhold.h */
};

/* One contact of a unit in scope, as it is summed up; of a first party, as it is not. */
struct judge_observation {
    uint32_t unit;               /* index into the registers' units */
    struct span entity, service; /* of its pair, when it has one */
    enum party party;
    bool is_judged; /* a third party by the policy */
    const char *party_rule;
    struct rule party_row;
    const struct index_contact *contact;
    enum grade grade;
};
/* Told every observation, in the order of the visits; NULL: nobody listens. */
struct judge_watch {
    enum err (*observe)(void *context, const struct judge_observation *observation);
    void *context;
};

/* By the policy's dates of the index's year. as_of DATE_OPEN_TO: the reference date. */
enum err judge_year(const struct index *index, const struct registers *registers,
                    const struct suffixes *suffixes, date_days as_of, struct arena *arena,
                    struct judgement *out) MUST_CHECK;
/* The same with somebody who listens. */
enum err judge_year_watched(const struct index *index, const struct registers *registers,
                            const struct suffixes *suffixes, date_days as_of, const struct judge_watch *watch,
                            struct arena *arena, struct judgement *out) MUST_CHECK;
/* What later stages need of a year that is only looked back at: units, pairs without proofs and bases, and the
 * pages of those that were not compliant. `from` and its arena may go; its index must stay open. */
enum err judge_keep(const struct judgement *from, struct arena *arena, struct judgement *out) MUST_CHECK;

#endif
