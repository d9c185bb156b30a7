// SPDX-License-Identifier: MIT
/*
 * party.h - who delivers what a host answers: the rules P1 to P9 over what the registers say.
 *
 * In:     what is known of a host, as seen from a unit
 * Out:    the party and the rule that told
 * Owns:   nothing
 * Limits: none
 * Errors: none
 * Source: compliance.md 5.2; P2 and P3 by what aliases.csv says, and else the DNS in the archives
 */
#ifndef JUDGE_PARTY_H
#define JUDGE_PARTY_H

#include "5_judge/judge.h"

/* A set of these. At most one PARTY_RELATION_*. */
enum party_fact {
    PARTY_OWN = 1 << 0,       /* below the unit's URL scope or its authority's domains */
    PARTY_SAME_SITE = 1 << 1, /* same registrable domain as the page */
    PARTY_RELATION_AUTHORITY = 1 << 2,
    PARTY_RELATION_OPERATOR = 1 << 3,
    PARTY_RELATION_PUBLIC = 1 << 4,
    PARTY_RELATION_INFRA = 1 << 5,
    PARTY_OTHER_SERVICE = 1 << 6, /* the catalogue names another service than the one the operator runs */
    PARTY_PUBLIC_BODY = 1 << 7,   /* below the domains of another authority */
    PARTY_CATALOGUED = 1 << 8,
    PARTY_ALIAS_SERVICE = 1 << 9, /* an alias leads to a service of the catalogue ... */
    PARTY_ALIAS_INFRA = 1 << 10,  /* ... that only hosts or delivers */
};
struct party_rule {
    const char *rule; /* "P1" */
    enum party party;
    unsigned with, without;
};
const struct party_rule *party_rule_of(unsigned facts);
/* Counted from 1; behind all of them stands PARTY_RULE_COOKIE. */
unsigned party_rule_row(const struct party_rule *rule);
unsigned party_cookie_row(void);
/* Does a contact with this party need a basis? */
bool party_is_judged(enum party party, const struct policy *policy);

#define PARTY_RULE_COOKIE "P9" /* a first-party cookie that belongs to a service seen on the same page */

#endif
