// SPDX-License-Identifier: MIT
/*
 * basis.h - does a declared basis hold?
 *
 * In:     a row of bases.csv, what the catalogue knows of the service, the policy
 * Out:    holds, unproven or fails, with the code of the row that told
 * Owns:   nothing
 * Limits: none
 * Errors: none
 * Source: compliance.md 5.4
 */
#ifndef JUDGE_BASIS_H
#define JUDGE_BASIS_H

#include "5_judge/catalogue.h"
#include "5_judge/judge.h"

struct basis_service { /* what the catalogue knows, and what was observed */
    enum category category;
    enum truth own_use_possible, optout_exists;
    enum extent optout_effective;
    enum signal signal;
};
struct basis_state {
    enum basis_result result;
    const char *code;
    struct rule rule;
};
/* All checks but the date. */
struct basis_state basis_judge(const struct basis *basis, const struct basis_service *service,
                               const struct policy *policy);

enum basis_time { BASIS_BEFORE, BASIS_WITHIN, BASIS_AFTER };
/* Where a day lies against the validity. */
enum basis_time basis_time_of(const struct basis *basis, date_days day);
/* The state over several days: `timeless` as basis_judge gave it, how many days lay before and after the validity, and
 * whether the window's end lies within. */
struct basis_state basis_over(const struct basis *basis, struct basis_state timeless, uint32_t before_count,
                              uint32_t after_count, bool within_at_end);

struct basis_subject {
    struct span entity, service; /* of the pair */
    struct span site, host, path;
};
/* Does the basis name what was observed? A pattern decides alone; else the entity (or its domain) and, where both sides
 * know one, the service. Unit and authority are the caller's. */
bool basis_names(const struct basis *basis, const struct basis_subject *subject);

#endif
