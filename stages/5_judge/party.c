// SPDX-License-Identifier: MIT
#include "5_judge/party.h"

#include <assert.h>

enum { ATTRIBUTED_ELSEWHERE = PARTY_RELATION_OPERATOR | PARTY_RELATION_PUBLIC | PARTY_RELATION_INFRA };

/* A name under the page's own registrable domain is in the first-party namespace even when nobody wrote it
 * down; any register that says otherwise is stronger. */
// clang-format off
static const struct party_rule rules[] = {
    {"P1", PARTY_FIRST,              PARTY_RELATION_AUTHORITY,   0},
    {"P2", PARTY_THIRD_DISGUISED,    PARTY_OWN | PARTY_ALIAS_SERVICE,       ATTRIBUTED_ELSEWHERE},
    {"P2", PARTY_THIRD_DISGUISED,    PARTY_SAME_SITE | PARTY_ALIAS_SERVICE, ATTRIBUTED_ELSEWHERE | PARTY_PUBLIC_BODY},
    {"P3", PARTY_INFRA,              PARTY_OWN | PARTY_ALIAS_INFRA,         ATTRIBUTED_ELSEWHERE},
    {"P3", PARTY_INFRA,              PARTY_SAME_SITE | PARTY_ALIAS_INFRA,   ATTRIBUTED_ELSEWHERE | PARTY_PUBLIC_BODY},
    {"P1", PARTY_FIRST,              PARTY_OWN,                  ATTRIBUTED_ELSEWHERE},
    {"P1", PARTY_FIRST,              PARTY_SAME_SITE,            ATTRIBUTED_ELSEWHERE | PARTY_PUBLIC_BODY},
    {"P3", PARTY_INFRA,              PARTY_RELATION_INFRA,       0},
    {"P4", PARTY_OPERATOR,           PARTY_RELATION_OPERATOR,    PARTY_OTHER_SERVICE},
    {"P5", PARTY_THIRD_OPERATOR,     PARTY_RELATION_OPERATOR,    0},
    {"P6", PARTY_PUBLIC,             PARTY_RELATION_PUBLIC,      0},
    {"P6", PARTY_PUBLIC,             PARTY_PUBLIC_BODY,          0},
    {"P7", PARTY_THIRD,              PARTY_CATALOGUED,           0},
    {"P8", PARTY_THIRD_UNIDENTIFIED, 0,                          0},
};

static const struct {
    const char *name;
    bool third; /* always judged */
} parties[] = {
    [PARTY_FIRST]              = {"first",              false},
    [PARTY_THIRD_DISGUISED]    = {"third_disguised",    true},
    [PARTY_INFRA]              = {"infrastructure",     false},
    [PARTY_OPERATOR]           = {"operator",           false},
    [PARTY_THIRD_OPERATOR]     = {"third_operator",     true},
    [PARTY_PUBLIC]             = {"public",             false},
    [PARTY_THIRD]              = {"third",              true},
    [PARTY_THIRD_UNIDENTIFIED] = {"third_unidentified", true},
    [PARTY_THIRD_COOKIE]       = {"third_cookie",       true},
};
// clang-format on

const struct party_rule *party_rule_of(unsigned facts)
{
    const struct party_rule *rule = rules;
    while ((facts & rule->with) != rule->with || facts & rule->without)
        rule++; /* the last one always fits */
    return rule;
}

bool party_is_judged(enum party party, const struct policy *policy)
{
    if (party == PARTY_PUBLIC)
        return policy->public_partner == READING_JUDGE;
    if (party == PARTY_INFRA)
        return policy->infra_cname == READING_JUDGE;
    return parties[party].third;
}

const char *party_name(enum party party)
{
    assert(party < sizeof parties / sizeof *parties);
    return parties[party].name;
}
