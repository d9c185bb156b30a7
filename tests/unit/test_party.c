// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "5_judge/directory.h"
#include "5_judge/grade.h"
#include "unit/registers_of.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define UNITS_HEAD                                                                                           \
    "unit_id,name_da,unit_type,authority_id,url_scope,audience,interaction,provision,primary_channel\n"

static void test_rules(void **state)
{
    (void)state;
    static const struct {
        unsigned facts;
        const char *rule;
        enum party party;
    } rows[] = {
        {PARTY_OWN,                                                        "P1", PARTY_FIRST             },
        {PARTY_RELATION_AUTHORITY,                                         "P1", PARTY_FIRST             },
        {PARTY_RELATION_AUTHORITY | PARTY_CATALOGUED | PARTY_PUBLIC_BODY,  "P1", PARTY_FIRST             },
        {PARTY_SAME_SITE,                                                  "P1", PARTY_FIRST             },
        {PARTY_SAME_SITE | PARTY_CATALOGUED,                               "P1", PARTY_FIRST             },
        {PARTY_SAME_SITE | PARTY_PUBLIC_BODY,                              "P6", PARTY_PUBLIC            },
        {PARTY_SAME_SITE | PARTY_RELATION_OPERATOR,                        "P4", PARTY_OPERATOR          },
        {PARTY_OWN | PARTY_ALIAS_SERVICE,                                  "P2", PARTY_THIRD_DISGUISED   },
        {PARTY_SAME_SITE | PARTY_ALIAS_SERVICE,                            "P2", PARTY_THIRD_DISGUISED   },
        {PARTY_SAME_SITE | PARTY_ALIAS_INFRA,                              "P3", PARTY_INFRA             },
        {PARTY_OWN | PARTY_ALIAS_INFRA | PARTY_CATALOGUED,                 "P3", PARTY_INFRA             },
        {PARTY_OWN | PARTY_ALIAS_SERVICE | PARTY_RELATION_AUTHORITY,       "P1", PARTY_FIRST             },
        {PARTY_OWN | PARTY_ALIAS_SERVICE | PARTY_RELATION_OPERATOR,        "P4", PARTY_OPERATOR          },
        {PARTY_SAME_SITE | PARTY_ALIAS_SERVICE | PARTY_PUBLIC_BODY,        "P6", PARTY_PUBLIC            },
        {PARTY_OWN | PARTY_RELATION_OPERATOR,                              "P4", PARTY_OPERATOR          }, /* attributed elsewhere */
        {PARTY_OWN | PARTY_RELATION_INFRA,                                 "P3", PARTY_INFRA             },
        {PARTY_RELATION_INFRA | PARTY_CATALOGUED,                          "P3", PARTY_INFRA             },
        {PARTY_RELATION_OPERATOR,                                          "P4", PARTY_OPERATOR          },
        {PARTY_RELATION_OPERATOR | PARTY_CATALOGUED,                       "P4", PARTY_OPERATOR          },
        {PARTY_RELATION_OPERATOR | PARTY_CATALOGUED | PARTY_OTHER_SERVICE, "P5", PARTY_THIRD_OPERATOR    },
        {PARTY_RELATION_PUBLIC,                                            "P6", PARTY_PUBLIC            },
        {PARTY_PUBLIC_BODY,                                                "P6", PARTY_PUBLIC            },
        {PARTY_PUBLIC_BODY | PARTY_CATALOGUED,                             "P6", PARTY_PUBLIC            },
        {PARTY_CATALOGUED,                                                 "P7", PARTY_THIRD             },
        {0,                                                                "P8", PARTY_THIRD_UNIDENTIFIED},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct party_rule *rule = party_rule_of(rows[i].facts);
        if (strcmp(rule->rule, rows[i].rule) || rule->party != rows[i].party)
            fail_msg("row %zu: %s %s", i, rule->rule, party_name(rule->party));
    }
}

static void test_judged(void **state)
{
    (void)state;
    struct policy list_only = {.public_partner = READING_LIST_ONLY, .infra_cname = READING_LIST_ONLY};
    struct policy judge = {.public_partner = READING_JUDGE, .infra_cname = READING_JUDGE};
    static const struct {
        enum party party;
        bool by_default, when_judging;
    } rows[] = {
        {PARTY_FIRST,              false, false},
        {PARTY_OPERATOR,           false, false},
        {PARTY_INFRA,              false, true },
        {PARTY_PUBLIC,             false, true },
        {PARTY_THIRD,              true,  true },
        {PARTY_THIRD_OPERATOR,     true,  true },
        {PARTY_THIRD_COOKIE,       true,  true },
        {PARTY_THIRD_DISGUISED,    true,  true },
        {PARTY_THIRD_UNIDENTIFIED, true,  true },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(party_is_judged(rows[i].party, &list_only), rows[i].by_default);
        assert_int_equal(party_is_judged(rows[i].party, &judge), rows[i].when_judging);
        assert_true(party_name(rows[i].party)[0]);
    }
}

struct host_row {
    const char *host, *path, *site, *rule, *entity, *service;
    bool third, settled;
};

static void check_host(const struct directory *directory, const char *unit, const struct host_row *row,
                       date_days day)
{
    struct directory_query query = {.unit = register_unit(directory->registers, span_of_string(unit)),
                                    .host = span_of_string(row->host),
                                    .path = span_of_string(row->path),
                                    .site = span_of_string(row->site),
                                    .third = row->third,
                                    .day = day};
    struct directory_entry entry = directory_find(directory, &query);
    if (strcmp(entry.rule, row->rule) || !span_equal(entry.entity, span_of_string(row->entity)) ||
        !span_equal(entry.service, span_of_string(row->service)) || entry.settled != row->settled)
        fail_msg("%s%s: %s '%.*s' '%.*s' settled %d", row->host, row->path, entry.rule,
                 SPAN_ARG(entry.entity), SPAN_ARG(entry.service), entry.settled);
}

// clang-format off
static const struct registers_text directory_texts[] = {
    {"authorities.csv",
     "authority_id,name_da,domains\nA,Styrelsen,borger.dk\nB,Andet kontor,andet.dk;delt.borger.dk\n"},
    {"units.csv",
     UNITS_HEAD "U,n,self_service,A,www.borger.dk;selv.platform.dk/a;*.fri.dk,citizens,yes,state,statutory\n"
                "V,n,self_service,B,www.andet.dk;selv.platform.dk/b;fri.dk/b,citizens,yes,state,statutory\n"},
    {"own_parties.csv", "unit_id,pattern,relation,service,valid_from,valid_to\n"
                        "*,login.faelles.dk,public_component,login,,\n"
                        "U,*.drift.dk,operator,løsning,,\n"
                        "U,cdn.sky.net,infrastructure,,,\n"
                        "V,cdn.sky.net,authority,,,\n"
                        "*,cdn.sky.net,operator,,,\n"
                        "U,gammel.dk,authority,,,2026-06-30\n"
                        "U,stat.borger.dk,operator,statistik,,\n"
                        "U,fil.net/egen,authority,,,\n"},
    {"services.csv",    "pattern,service,entity,country,category\n"
                     "*.google.com,Søgning,Google,US,other\n"
                     "maps.google.com,Kort,Google,US,content\n"
                     "www.google.com/recaptcha,reCAPTCHA,Google,US,utility\n"
                     "*.tag.google.com,Tags,Google,US,tag-manager\n"
                     "web.drift.dk,Løsning,Drift A/S,DK,hosting\n"
                     "maaling.drift.dk,måling,Drift A/S,DK,analytics\n"
                     "*.omtrdc.net,Analytics,Adobe,US,analytics\n"
                     "*.front.net,Front,Sky,US,cdn\n"},
    {"aliases.csv", "host,canonical,valid_from,valid_to\n"
                    "METRICS.borger.dk,borger.sc.omtrdc.net.,,\n"
                    "fil.borger.dk,d1.front.net,,\n"
                    "vej.borger.dk,skjult.borger.dk,,\n"
                    "skjult.borger.dk,x.sc.omtrdc.net,,\n"
                    "x.sc.omtrdc.net,d3.front.net,,\n"
                    "foran.borger.dk,d2.front.net,,\n"
                    "d2.front.net,y.sc.omtrdc.net,,\n"
                    "ukendt.borger.dk,a.ukendt.net,,\n"
                    "hos.borger.dk,www.andet.dk,,\n"
                    "stat.borger.dk,z.sc.omtrdc.net,,\n"
                    "rundt.borger.dk,rundt.borger.dk,,\n"
                    "før.borger.dk,f.sc.omtrdc.net,,2026-06-29\n"
                    "nu.borger.dk,f.sc.omtrdc.net,2026-06-30,\n"
                    "tredje.net,t.sc.omtrdc.net,,\n"
                    "delt.borger.dk,d.sc.omtrdc.net,,\n"
                    "led.borger.dk,led.ukendt.net,,\n"
                    "siden.borger.dk,d4.front.net,,2026-06-29\n"},
    {NULL, NULL},
};

static const struct alias seen_aliases[] = {
    {{"hidtil.borger.dk", 16}, {"h.sc.omtrdc.net", 15}, DATE_OPEN_FROM, 20633, 0, false, 0},
    {{"hidtil.borger.dk", 16}, {"d5.front.net", 12}, 20634, DATE_OPEN_TO, 0, false, 0},
    {{"led.ukendt.net", 14}, {"l.sc.omtrdc.net", 15}, DATE_OPEN_FROM, DATE_OPEN_TO, 0, false, 0},
    {{"metrics.borger.dk", 17}, {"d6.front.net", 12}, DATE_OPEN_FROM, DATE_OPEN_TO, 0, false, 0},
    {{"set.borger.dk", 13}, {"s.sc.omtrdc.net", 15}, DATE_OPEN_FROM, DATE_OPEN_TO, 0, false, 0},
    {{"siden.borger.dk", 15}, {"t.sc.omtrdc.net", 15}, DATE_OPEN_FROM, DATE_OPEN_TO, 0, false, 0},
};

static const struct host_row host_rows[] = {
    /* 12: www, apex and sub-domain of the same authority */
    {"www.borger.dk", "/", "borger.dk", "P1", "borger.dk", "", false, true},
    {"borger.dk", "/x", "borger.dk", "P1", "borger.dk", "", false, true},
    {"a.b.borger.dk", "/", "borger.dk", "P1", "borger.dk", "", true, true},
    /* 13: labels, not strings */
    {"borger.dk.example.com", "/", "example.com", "P8", "example.com", "", true, true},
    {"notborger.dk", "/", "notborger.dk", "P8", "notborger.dk", "", true, true},
    /* 14: tenants of a cloud are their own sites; declared ones are infrastructure */
    {"t1.cloudapp.net", "/", "t1.cloudapp.net", "P8", "t1.cloudapp.net", "", true, true},
    {"t2.cloudapp.net", "/", "t2.cloudapp.net", "P8", "t2.cloudapp.net", "", true, true},
    {"cdn.sky.net", "/", "sky.net", "P3", "sky.net", "", true, true}, /* the unit's row beats "*" */
    /* a host shared by path is its own server for both */
    {"selv.platform.dk", "/css", "platform.dk", "P1", "platform.dk", "", false, true},
    {"fri.dk", "/css", "fri.dk", "P1", "fri.dk", "", false, true}, /* under the unit's scope, whoever names a part of it more exactly */
    {"andre.platform.dk", "/", "platform.dk", "P1", "platform.dk", "", false, true}, /* same site, nobody else's */
    {"andre.platform.dk", "/", "platform.dk", "P8", "platform.dk", "", true, true},
    /* another public body */
    {"www.andet.dk", "/", "andet.dk", "P6", "Andet kontor", "", true, true},
    {"x.andet.dk", "/", "andet.dk", "P6", "Andet kontor", "", true, true},
    {"delt.borger.dk", "/", "borger.dk", "P6", "Andet kontor", "", false, true}, /* the more specific claim */
    {"login.faelles.dk", "/", "faelles.dk", "P6", "faelles.dk", "login", true, true},
    /* the operator's solution, unknown service, other service */
    {"x.drift.dk", "/", "drift.dk", "P4", "drift.dk", "løsning", true, true},
    {"web.drift.dk", "/", "drift.dk", "P4", "Drift A/S", "løsning", true, true},
    {"maaling.drift.dk", "/", "drift.dk", "P5", "Drift A/S", "måling", true, true},
    {"stat.borger.dk", "/", "borger.dk", "P4", "borger.dk", "statistik", false, true},
    /* catalogue: path > host > longest wildcard */
    {"www.google.com", "/recaptcha/api.js", "google.com", "P7", "Google", "reCAPTCHA", true, false},
    {"www.google.com", "/recaptchas", "google.com", "P7", "Google", "Søgning", true, false},
    {"maps.google.com", "/", "google.com", "P7", "Google", "Kort", true, true},
    {"x.tag.google.com", "/", "google.com", "P7", "Google", "Tags", true, true},
    {"google.com", "/", "google.com", "P7", "Google", "Søgning", true, true},
    /* by path */
    {"fil.net", "/egen/a.js", "fil.net", "P1", "fil.net", "", true, false},
    {"fil.net", "/anden/a.js", "fil.net", "P8", "fil.net", "", true, false},
    /* addresses are parties by themselves */
    {"203.0.113.7", "/", "203.0.113.7", "P8", "203.0.113.7", "", true, true},
    /* 15, 16: what a name of one's own leads to, over names of one's own, the first vendor that does more than to deliver */
    {"metrics.borger.dk", "/b/ss", "borger.dk", "P2", "Adobe", "Analytics", false, true},
    {"metrics.borger.dk", "/b/ss", "borger.dk", "P2", "Adobe", "Analytics", true, true},
    {"fil.borger.dk", "/", "borger.dk", "P3", "Sky", "Front", false, true},
    {"vej.borger.dk", "/", "borger.dk", "P2", "Adobe", "Analytics", false, true},
    {"foran.borger.dk", "/", "borger.dk", "P2", "Adobe", "Analytics", false, true},
    {"ukendt.borger.dk", "/", "borger.dk", "P1", "borger.dk", "", false, true},
    {"hos.borger.dk", "/", "borger.dk", "P1", "borger.dk", "", false, true},
    {"rundt.borger.dk", "/", "borger.dk", "P1", "borger.dk", "", false, true},
    {"xn--fr-lka.borger.dk", "/", "borger.dk", "P1", "borger.dk", "", false, false},
    {"nu.borger.dk", "/", "borger.dk", "P2", "Adobe", "Analytics", false, false},
    {"under.metrics.borger.dk", "/", "borger.dk", "P1", "borger.dk", "", false, true},
    /* what was seen counts where aliases.csv says nothing that day; from 30 June (20634) hidtil.borger.dk leads elsewhere */
    {"set.borger.dk", "/", "borger.dk", "P2", "Adobe", "Analytics", false, true},
    {"led.borger.dk", "/", "borger.dk", "P2", "Adobe", "Analytics", false, true},
    {"siden.borger.dk", "/", "borger.dk", "P2", "Adobe", "Analytics", false, false},
    {"hidtil.borger.dk", "/", "borger.dk", "P3", "Sky", "Front", false, false},
    {"tredje.net", "/", "tredje.net", "P8", "tredje.net", "", true, true},
    /* only while it was valid */
    {"gammel.dk", "/", "gammel.dk", "P1", "gammel.dk", "", true, false},
};
// clang-format on

static void test_directory(void **state)
{
    (void)state;
    struct registers_of of;
    struct directory directory;
    date_days june, july;
    registers_of(&of, 2026, directory_texts);
    assert_int_equal(directory_init(&directory, &of.registers, &of.arena), ERR_OK);
    directory.seen_aliases = seen_aliases;
    directory.seen_alias_count = COUNT(seen_aliases);
    assert_true(register_date_parse(SPAN("2026-06-30"), &june) &&
                register_date_parse(SPAN("2026-07-01"), &july));
    for (size_t i = 0; i < COUNT(host_rows); i++)
        check_host(&directory, "U", &host_rows[i], june);
    static const struct host_row later = {"gammel.dk", "/", "gammel.dk", "P8", "gammel.dk", "", true, false};
    check_host(&directory, "U", &later, july);
    static const struct host_row other = {"cdn.sky.net", "/", "sky.net", "P1", "sky.net", "", true, true};
    check_host(&directory, "V", &other, july);
    registers_of_free(&of);
}

static void test_cookie_names(void **state)
{
    (void)state;
    struct registers_of of;
    registers_of(&of, 2026,
                 (struct registers_text[]){
                     {"authorities.csv", "authority_id,name_da\nA,n\n"                                      },
                     {"units.csv",       UNITS_HEAD "U,n,self_service,A,u.dk,citizens,yes,state,statutory\n"},
                     {"services.csv",    "pattern,service,entity,cookie_prefixes\na.com,Analytics,G,_ga;_gid\n"
                                      "b.com,Ads,G,_ga_ads\n"          },
                     {NULL,              NULL                                                               }
    });
    static const struct {
        const char *name, *service;
    } rows[] = {
        {"_ga",      "Analytics"},
        {"_ga_X1",   "Analytics"},
        {"_gid",     "Analytics"},
        {"_ga_ads1", "Ads"      },
        {"_g",       NULL       },
        {"ga",       NULL       },
        {"",         NULL       },
        {"x_ga",     NULL       }
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct catalogue_service *service =
            catalogue_find_cookie(of.registers.catalogue, span_of_string(rows[i].name), 20454);
        if (!service != !rows[i].service ||
            (service && !span_equal(service->service, span_of_string(rows[i].service))))
            fail_msg("%s", rows[i].name);
    }
    assert_null(catalogue_find_cookie(NULL, SPAN("_ga"), 20454));
    registers_of_free(&of);
}

static void test_grades(void **state)
{
    (void)state;
    struct policy policy = {.preconnect_is_load = true}, strict = {.preconnect_is_load = false};
    static const struct {
        enum evidence evidence;
        enum condition condition;
        enum resource resource;
        bool cookie;
        const char *grade, *strict_grade; /* NULL: no use */
    } rows[] = {
        {EVIDENCE_O1, CONDITION_NONE,      RESOURCE_SCRIPT,   false, "A",  "A" },
        {EVIDENCE_O2, CONDITION_NONE,      RESOURCE_IMAGE,    false, "A",  "A" },
        {EVIDENCE_O3, CONDITION_NONE,      RESOURCE_FONT,     false, "B",  "B" },
        {EVIDENCE_O3, CONDITION_NONE,      RESOURCE_FONT,     true,  "A",  "A" },
        {EVIDENCE_O4, CONDITION_NONE,      RESOURCE_FONT,     false, "B",  "B" },
        {EVIDENCE_O4, CONDITION_NONE,      RESOURCE_FONT,     true,  "A",  "A" },
        {EVIDENCE_O5, CONDITION_NONE,      RESOURCE_FONT,     false, "B",  "B" },
        {EVIDENCE_A,  CONDITION_NONE,      RESOURCE_PING,     true,  "C",  "C" },
        {EVIDENCE_D1, CONDITION_NONE,      RESOURCE_FRAME,    true,  "C",  "C" },
        {EVIDENCE_D2, CONDITION_NONE,      RESOURCE_IMAGE,    false, "C",  "C" },
        {EVIDENCE_D2, CONDITION_LAZY,      RESOURCE_IMAGE,    true,  "C",  "C" },
        {EVIDENCE_D2, CONDITION_CANDIDATE, RESOURCE_IMAGE,    false, "C",  "C" },
        {EVIDENCE_D2, CONDITION_NOSCRIPT,  RESOURCE_IMAGE,    true,  "D",  "D" },
        {EVIDENCE_D2, CONDITION_TYPE,      RESOURCE_SCRIPT,   false, "D",  "D" },
        {EVIDENCE_D2, CONDITION_DATA,      RESOURCE_IMAGE,    false, "D",  "D" },
        {EVIDENCE_D3, CONDITION_NONE,      RESOURCE_SCRIPT,   true,  "D",  "D" },
        {EVIDENCE_C,  CONDITION_NONE,      RESOURCE_CONNECT,  false, "C",  NULL},
        {EVIDENCE_C,  CONDITION_NONE,      RESOURCE_OTHER,    false, NULL, NULL},
        {EVIDENCE_N,  CONDITION_NONE,      RESOURCE_REDIRECT, false, NULL, NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        enum grade grade;
        const struct index_contact contact = {
            .evidence = rows[i].evidence, .condition = rows[i].condition, .resource = rows[i].resource};
        bool use = grade_of(&contact, rows[i].cookie, &policy, &grade);
        if (use != !!rows[i].grade || (use && strcmp(grade_name(grade), rows[i].grade)))
            fail_msg("row %zu", i);
        use = grade_of(&contact, rows[i].cookie, &strict, &grade);
        if (use != !!rows[i].strict_grade || (use && strcmp(grade_name(grade), rows[i].strict_grade)))
            fail_msg("row %zu, strict", i);
    }
}

static void test_strength(void **state)
{
    (void)state;
    static const struct {
        uint32_t counts[4], pages, captures;
        bool at_a, at_b, at_c;
    } rows[] = {
        {{1, 0, 0, 0},  1, 1, true,  true,  true },
        {{0, 1, 0, 0},  1, 1, false, true,  true },
        {{0, 0, 1, 0},  1, 1, false, false, true },
        {{0, 0, 2, 0},  1, 1, false, false, true },
        {{0, 0, 2, 0},  2, 2, false, true,  true },
        {{0, 0, 2, 0},  1, 2, false, true,  true },
        {{0, 0, 0, 99}, 9, 9, false, false, false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const bool expected[] = {rows[i].at_a, rows[i].at_b, rows[i].at_c};
        for (enum grade grade = GRADE_A; grade <= GRADE_C; grade++) {
            struct policy policy = {.min_grade = grade};
            if (grade_is_strong(rows[i].counts, rows[i].pages, rows[i].captures, &policy) != expected[grade])
                fail_msg("row %zu at %s", i, grade_name(grade));
        }
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),        cmocka_unit_test(test_judged), cmocka_unit_test(test_directory),
        cmocka_unit_test(test_cookie_names), cmocka_unit_test(test_grades), cmocka_unit_test(test_strength),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
