// SPDX-License-Identifier: MIT
#include "5_judge/party.h"

#include "5_judge/rules.h"

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

unsigned party_rule_row(const struct party_rule *rule)
{
    return (unsigned)(rule - rules) + 1;
}

unsigned party_cookie_row(void)
{
    return sizeof rules / sizeof *rules + 1;
}

enum err party_each_rule(struct arena *arena, rule_line_fn *fn, void *context)
{
    static const char *const facts[] = {
        "own",
        "same_site",
        "declared authority",
        "declared operator",
        "declared public component",
        "declared infrastructure",
        "other service",
        "other public body",
        "catalogued",
        "alias to a service",
        "alias to hosting",
    };
    unsigned count = sizeof rules / sizeof *rules;
    for (unsigned i = 0; i < count; i++) {
        struct span text =
            rule_facts(rules[i].with, rules[i].without, facts, sizeof facts / sizeof *facts, arena);
        const struct rule_line line = {
            {RULES_PARTY, i + 1},
            rules[i].rule, "", text, party_name(rules[i].party), ""
        };
        TRY(text.at ? fn(context, &line) : ERR_MEMORY);
    }
    const struct rule_line cookie = {
        {RULES_PARTY, party_cookie_row()},
        PARTY_RULE_COOKIE,
        "",
        SPAN("first-party cookie that belongs to a service seen on the page"),
        party_name(PARTY_THIRD_COOKIE),
        ""
    };
    return fn(context, &cookie);
}
