// SPDX-License-Identifier: MIT
/*
 * words.h - the words that stand for codes: for machines (English, fixed) and for readers (Danish).
 *
 * In:     enums and codes of the stages before
 * Out:    static texts; "" for an unknown code
 * Owns:   nothing
 * Limits: none of its own
 * Errors: -
 * Source: compliance.md 5.3-5.6, 8.4; report.md 7.2 (wording); evidence.md 3.1
 */
#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include "5_judge/measurement.h"
#include "6_statistics/follow_up.h"

const char *words_unit_type(enum unit_type type);      /* "self_service" */
const char *words_unit_type_da(enum unit_type type);   /* "Selvbetjeningsloesning" */
const char *words_provision(enum provision provision); /* "outsourced_by_state" */
const char *words_provision_da(enum provision provision);
const char *words_step_da(const char *step);        /* of population_row */
const char *words_basis_type_da(const char *name);  /* of third_party_row.basis_most_used */
const char *words_basis_type(enum basis_type type); /* "opt_out" */
/* Of cases: "answered", "unanswered" (the deadline has passed), "awaited"; "" when nothing was sent. */
const char *words_asked(const struct follow_asked *asked);
const char *words_asked_da(const struct follow_asked *asked);
const char *words_category_da(struct span category);
const char *words_basis_result_da(enum basis_result result);
const char *words_measurement_da(enum measurement measurement);
const char *words_criterion_da(struct span criterion); /* a failed criterion of 5.6, as a clause */
const char *words_evidence_da(enum evidence evidence); /* a sentence: what was seen */
const char *words_grade(enum grade grade);             /* "A" */
const char *words_grade_da(enum grade grade);
const char *words_party_da(enum party party);

const char *words_capability_da(enum capability capability);
/* Names of the producers of usable captures, `between` them. */
struct span words_producers(const struct measurement_result *result, const char *between,
                            struct arena *arena);
/* "unknown;cmp_unanswered": of usable captures. */
struct span words_consent_states(const struct measurement_result *result, const char *between,
                                 struct arena *arena);
/* What the captures could not show, as a list in a sentence; empty: nothing. */
struct span words_unknowable_da(const struct measurement_result *result, struct arena *arena);
/* Of a party without a cookie: none was seen, or nobody can tell. */
const char *words_no_cookie_da(const struct measurement_result *result);

/* For a pair: what is missing, and which document would settle it. Chosen by basis_code, else by code. */
struct words_answer {
    const char *missing, *settles;
};
const struct words_answer *words_answer_of(const struct pair *pair);

/* Whether the verdict asks the authority for something. */
bool words_needs_answer(const struct pair *pair);

#endif
