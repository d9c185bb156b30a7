// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "5_judge/grade.h"
#include "5_judge/settle.h"
#include "unit/registers_of.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Observations of one unit and the bases declared for it, from the registers to the code of the pair. */
struct seen {
    const char *host, *day;
    enum evidence evidence;
};
struct scenario {
    const char *name, *bases, *policy, *decisions;
    struct seen seen[4];
    const char *end, *code, *basis_code, *codes; /* end: last day of the window */
    enum verdict verdict;
    bool deadline_passed;
};

#define BASES                                                                                                \
    "basis_id,unit_id,authority_id,entity,service,pattern,basis_type,setting_name,activated,effective,own_"  \
    "use_clause,written,anonymised_exempt,own_use_possible,purpose,limited_use,evidence_ref,valid_from,"     \
    "valid_to,review_status\n"
#define AGREEMENT(id, entity, pattern, from, to)                                                             \
    id ",U,," entity ",," pattern ",agreement,,,,bans,yes,no,,,,dok," from "," to ",\n"

// clang-format off
static const struct scenario scenarios[] = {
    {"11: a font without a cookie", NULL, NULL, NULL, {{"fonts.x.com", "2026-05-01", EVIDENCE_O1}}, "2026-05-31",
     "V-AWAIT", NULL, "V-AWAIT", VERDICT_UNRESOLVED, false},
    {"21: an iframe never fetched, once", NULL, NULL, NULL, {{"fonts.x.com", "2026-05-01", EVIDENCE_D1}}, "2026-05-31",
     "V-WEAK", NULL, "V-WEAK;V-NOBASIS", VERDICT_UNRESOLVED, true},
    {"21: an iframe never fetched, on two pages", NULL, NULL, NULL,
     {{"fonts.x.com", "2026-05-01", EVIDENCE_D1}, {"fonts.x.com", "2026-05-01", EVIDENCE_D1}}, "2026-05-31",
     "V-NOBASIS", NULL, "V-NOBASIS", VERDICT_NON_COMPLIANT, true},
    {"22: opt-out proven", BASES "B,U,,X Corp,,,opt_out,deling,yes,all,,,,,,,dok,,,\n", NULL, NULL,
     {{"fonts.x.com", "2026-05-01", EVIDENCE_O1}}, "2026-05-31", "V-OK-O", NULL, "V-OK-O;O-OK", VERDICT_COMPLIANT, true},
    {"24: agreement in time for the end", BASES AGREEMENT("B", "X Corp", "", "2026-03-01", ""), NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}, {"fonts.x.com", "2026-04-10", EVIDENCE_O1}}, "2026-05-31",
     "V-OK-LATE", NULL, "V-OK-LATE;G-OK", VERDICT_COMPLIANT, true},
    {"25: agreement expired before", BASES AGREEMENT("B", "X Corp", "", "", "2025-12-31"), NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31", "V-FAIL-BASIS", "B-EXPIRED", "V-FAIL-BASIS;B-EXPIRED", VERDICT_NON_COMPLIANT, false},
    {"agreement for next year", BASES AGREEMENT("B", "X Corp", "", "2027-01-01", ""), NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31", "V-FAIL-BASIS", "B-NOTYET", "V-FAIL-BASIS;B-NOTYET", VERDICT_NON_COMPLIANT, false},
    {"26: agreement allows anonymised own use", BASES "B,U,,X Corp,,,agreement,,,,bans,yes,yes,,,,dok,,,\n", NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31", "V-FAIL-BASIS", "G-ANON", "V-FAIL-BASIS;G-ANON", VERDICT_NON_COMPLIANT, false},
    {"26: and the policy is off", BASES "B,U,,X Corp,,,agreement,,,,bans,yes,yes,,,,dok,,,\n", "key,value\nanonymised_counts,no\n", NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31", "V-OK-G", NULL, "V-OK-G;G-OK", VERDICT_COMPLIANT, false},
    {"27: necessary, but own use is possible", BASES "B,U,,X Corp,,,necessary,,,,,,,no,security,yes,dok,,,accepted\n", NULL, NULL,
     {{"ads.y.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31", "V-AWAIT", NULL, "V-AWAIT", VERDICT_UNRESOLVED, false},
    {"27: the same, named", BASES "B,U,,Y Corp,,,necessary,,,,,,,no,security,yes,dok,,,accepted\n", NULL, NULL,
     {{"ads.y.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31", "V-FAIL-BASIS", "N-OWNUSE", "V-FAIL-BASIS;N-OWNUSE", VERDICT_NON_COMPLIANT, false},
    {"28: consent tool declared necessary", BASES "B,U,,X Corp,,,necessary,,,,,,,no,precondition,yes,dok,,,\n", NULL, NULL,
     {{"cmp.x.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31", "V-OK-N", NULL, "V-OK-N;N-OK", VERDICT_COMPLIANT, false},
    {"29: one fails, one holds", BASES "B1,U,,X Corp,,,agreement,,,,allows,yes,no,,,,dok,,,\nB2,,A,x.com,,,necessary,,,,,,,no,security,yes,dok,,,\n", NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31", "V-OK-N", NULL, "V-OK-N;G-OWNUSE;N-OK", VERDICT_COMPLIANT, false},
    {"30: nothing declared, deadline passed", NULL, NULL, NULL, {{"fonts.x.com", "2026-02-10", EVIDENCE_O3}}, "2026-05-31",
     "V-NOBASIS", NULL, "V-NOBASIS", VERDICT_NON_COMPLIANT, true},
    {"30: and silence does not count", NULL, "key,value\nno_answer,unresolved\n", NULL, {{"fonts.x.com", "2026-02-10", EVIDENCE_O3}}, "2026-05-31",
     "V-AWAIT", NULL, "V-AWAIT", VERDICT_UNRESOLVED, true},
    {"31: unidentified", NULL, NULL, NULL, {{"a.unknown.io", "2026-02-10", EVIDENCE_O1}}, "2026-05-31",
     "V-UNKNOWN", NULL, "V-UNKNOWN;V-AWAIT", VERDICT_UNRESOLVED, false},
    {"5.3: what an agreement covered is no proof of what it did not: one weak look", BASES AGREEMENT("B1", "X Corp", "", "", "2026-03-31"), NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}, {"fonts.x.com", "2026-04-10", EVIDENCE_D1}}, "2026-05-31",
     "V-WEAK", NULL, "V-WEAK;V-FAIL-BASIS;B-EXPIRED", VERDICT_UNRESOLVED, true},
    {"5.3: two weak looks", BASES AGREEMENT("B1", "X Corp", "", "", "2026-03-31"), NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}, {"fonts.x.com", "2026-04-10", EVIDENCE_D1}, {"fonts.x.com", "2026-04-11", EVIDENCE_D1}}, "2026-05-31",
     "V-FAIL-BASIS", "B-EXPIRED", "V-FAIL-BASIS;B-EXPIRED", VERDICT_NON_COMPLIANT, true},
    {"5.3: nor is what lacks proof a proof of what nobody declared", BASES "B,U,,,,fonts.x.com,agreement,,,,unclear,yes,no,,,,dok,,,\n", NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}, {"cmp.x.com", "2026-02-10", EVIDENCE_D1}}, "2026-05-31",
     "V-WEAK", NULL, "V-WEAK;V-NOBASIS;G-UNCLEAR", VERDICT_UNRESOLVED, true},
    {"the label names a basis of the day, not one that came later", BASES AGREEMENT("B1", "X Corp", "", "2026-03-01", "") "B2,U,,X Corp,,,opt_out,deling,yes,all,,,,,,,dok,,,\n", NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31", "V-OK-O", NULL, "V-OK-O;G-OK;O-OK", VERDICT_COMPLIANT, true},
    {"agreement renewed without a gap", BASES AGREEMENT("B1", "X Corp", "", "", "2026-03-31") AGREEMENT("B2", "X Corp", "", "2026-04-01", ""), NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}, {"fonts.x.com", "2026-04-10", EVIDENCE_O1}}, "2026-05-31",
     "V-OK-G", NULL, "V-OK-G;G-OK;G-OK", VERDICT_COMPLIANT, false},
    {"agreement renewed, ended before the window did", BASES AGREEMENT("B1", "X Corp", "", "", "2026-03-31") AGREEMENT("B2", "X Corp", "", "2026-04-01", "2026-04-30"), NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}, {"fonts.x.com", "2026-04-10", EVIDENCE_O1}}, "2026-05-31",
     "V-OK-G", NULL, "V-OK-G;G-OK;G-OK", VERDICT_COMPLIANT, false},
    {"agreement lapsed while used", BASES AGREEMENT("B1", "X Corp", "", "", "2026-03-31"), NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}, {"fonts.x.com", "2026-04-10", EVIDENCE_O1}}, "2026-05-31",
     "V-FAIL-BASIS", "B-EXPIRED", "V-FAIL-BASIS;B-EXPIRED", VERDICT_NON_COMPLIANT, false},
    {"first and last day count", BASES AGREEMENT("B1", "X Corp", "", "2026-02-10", "2026-04-10"), NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}, {"fonts.x.com", "2026-04-10", EVIDENCE_O1}}, "2026-05-31",
     "V-OK-G", NULL, "V-OK-G;G-OK", VERDICT_COMPLIANT, false},
    {"pattern covers one host of two", BASES AGREEMENT("B1", "", "fonts.x.com", "", ""), NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}, {"cmp.x.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31",
     "V-NOBASIS", NULL, "V-NOBASIS;G-OK", VERDICT_NON_COMPLIANT, true},
    {"two patterns, two hosts", BASES AGREEMENT("B1", "", "fonts.x.com", "", "") AGREEMENT("B2", "", "cmp.x.com/", "", ""), NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}, {"cmp.x.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31",
     "V-OK-G", NULL, "V-OK-G;G-OK;G-OK", VERDICT_COMPLIANT, true},
    {"unproven for one host does not excuse the other", BASES "B,U,,,,fonts.x.com,agreement,,,,unclear,yes,no,,,,dok,,,\n", NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}, {"cmp.x.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31",
     "V-NOBASIS", NULL, "V-NOBASIS;G-UNCLEAR", VERDICT_NON_COMPLIANT, true},
    {"document missing", BASES "B,U,,X Corp,,,agreement,,,,bans,yes,no,,,,,,,\n", NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31", "V-UNPROVEN", NULL, "V-UNPROVEN;B-NODOC", VERDICT_UNRESOLVED, true},
    {"decided by hand", NULL, NULL, "decision_id,unit_id,entity,year,verdict,reason,evidence_ids\nD,U,x corp,2026,compliant,r,e\n",
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31", "V-MANUAL", NULL, "V-MANUAL;V-NOBASIS", VERDICT_COMPLIANT, true},
    {"decided by hand for another year", NULL, NULL, "decision_id,unit_id,entity,year,verdict,reason,evidence_ids\nD,U,x.com,2025,compliant,r,e\n",
     {{"fonts.x.com", "2026-02-10", EVIDENCE_O1}}, "2026-05-31", "V-NOBASIS", NULL, "V-NOBASIS", VERDICT_NON_COMPLIANT, true},
    {"declared, seen in a script only", BASES AGREEMENT("B1", "X Corp", "", "", ""), NULL, NULL,
     {{"fonts.x.com", "2026-02-10", EVIDENCE_D3}}, "2026-05-31", "V-DECLARED", NULL, "V-DECLARED;G-OK", VERDICT_DECLARED_ONLY, true},
    {"public partner", NULL, NULL, NULL, {{"andet.dk", "2026-02-10", EVIDENCE_O1}}, "2026-05-31", "V-NA", NULL, "V-NA", VERDICT_NOT_THIRD_PARTY, true},
    {"public partner judged", NULL, "key,value\npublic_partner,judge\n", NULL, {{"andet.dk", "2026-02-10", EVIDENCE_O1}}, "2026-05-31",
     "V-NOBASIS", NULL, "V-NOBASIS", VERDICT_NON_COMPLIANT, true},
};
// clang-format on

static const char services[] = "pattern,service,entity,category,own_use_possible\n"
                               "*.x.com,,X Corp,,\n"
                               "*.y.com,Ads,Y Corp,ad,yes\n";

static date_days day_of(const char *text)
{
    date_days day;
    assert_true(register_date_parse(span_of_string(text), &day));
    return day;
}

static void load(struct registers_of *of, const char *bases, const char *policy, const char *decisions)
{
    struct registers_text texts[8] = {
        {"authorities.csv", "authority_id,name_da,domains\nA,n,u.dk\nB,Andet,andet.dk\n"},
        {"units.csv",
         "unit_id,name_da,unit_type,authority_id,url_scope,audience,interaction,provision,primary_channel\n"
         "U,n,self_service,A,u.dk,citizens,yes,state,statutory\n"                       },
        {"services.csv",    services                                                    },
    };
    size_t count = 3;
    if (bases)
        texts[count++] = (struct registers_text){"bases.csv", bases};
    if (policy)
        texts[count++] = (struct registers_text){"policy.csv", policy};
    if (decisions)
        texts[count++] = (struct registers_text){"decisions.csv", decisions};
    registers_of(of, 2026, texts);
}

static void observe(struct tally *tally, const struct seen *seen, uint32_t number)
{
    struct span host = span_of_string(seen->host);
    size_t dot = span_find_last(span_first(host, span_find_last(host, '.')), '.');
    struct index_contact contact = {.visit = number,
                                    .host = host,
                                    .path = SPAN("/a"),
                                    .third = true,
                                    .site = dot < host.bytes - 4 ? span_from(host, dot + 1) : host,
                                    .evidence = seen->evidence,
                                    .count = 1};
    struct tally_visit visit = {.page = number, .day = day_of(seen->day), .usable = true};
    struct tally_place *place;
    enum grade grade;
    assert_int_equal(tally_locate(tally, &visit, &contact, &place), ERR_OK);
    assert_int_not_equal(place->pair, TALLY_NO_PAIR);
    assert_true(grade_of(&contact, false, &tally->registers->policy, &grade));
    assert_int_equal(tally_observe(tally, place, &visit, &contact, grade), ERR_OK);
}

static void check_scenario(const struct scenario *s)
{
    struct registers_of of;
    struct tally tally;
    load(&of, s->bases, s->policy, s->decisions);
    assert_int_equal(tally_init(&tally, &of.registers, &of.arena), ERR_OK);
    tally.window_end = day_of(s->end);
    for (uint32_t i = 0; i < COUNT(s->seen) && s->seen[i].host; i++)
        observe(&tally, &s->seen[i], i);
    assert_int_equal(tally.pair_count, 1);
    struct settling settling = {&of.registers, 2026, tally.window_end, s->deadline_passed, &of.arena};
    assert_true(settle_is_pair(&settling, &tally.pairs[0]));
    assert_int_equal(settle_pair(&settling, &tally.pairs[0]), ERR_OK);
    const struct pair *pair = &tally.pairs[0].pair;
    if (strcmp(pair->code, s->code) || pair->verdict != s->verdict || !pair->basis_code != !s->basis_code ||
        (s->basis_code && strcmp(pair->basis_code, s->basis_code)) ||
        !span_equal(pair->codes, span_of_string(s->codes)))
        fail_msg("%s: %s %s %s '%.*s'", s->name, verdict_name(pair->verdict), pair->code,
                 pair->basis_code ? pair->basis_code : "", SPAN_ARG(pair->codes));
    registers_of_free(&of);
}

static void test_scenarios(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(scenarios); i++)
        check_scenario(&scenarios[i]);
}

/* A lead is no pair; a basis that names nothing observed is one. */
static void test_declared_only(void **state)
{
    (void)state;
    struct registers_of of;
    struct tally tally;
    load(&of, BASES AGREEMENT("B1", "Z", "", "", "2026-01-31") AGREEMENT("B2", "X Corp", "", "", ""), NULL,
         NULL);
    assert_int_equal(tally_init(&tally, &of.registers, &of.arena), ERR_OK);
    tally.window_end = day_of("2026-05-31");
    observe(&tally, &(struct seen){"a.unknown.io", "2026-05-01", EVIDENCE_D3}, 0);
    observe(&tally, &(struct seen){"fonts.x.com", "2026-05-01", EVIDENCE_O1}, 0);
    assert_int_equal(tally_add_declared(&tally, 0), ERR_OK);
    assert_int_equal(tally.pair_count, 3);
    struct settling settling = {&of.registers, 2026, tally.window_end, true, &of.arena};
    assert_false(settle_is_pair(&settling, &tally.pairs[0]));
    assert_true(settle_is_pair(&settling, &tally.pairs[2]));
    assert_int_equal(settle_pair(&settling, &tally.pairs[2]), ERR_OK);
    const struct pair *pair = &tally.pairs[2].pair;
    assert_string_equal(pair->code, "V-DECLARED");
    assert_true(span_equal(pair->entity, SPAN("Z")));
    assert_string_equal(pair->bases[0].code, "B-EXPIRED");
    assert_int_equal(pair->contact_count, 0);
    registers_of_free(&of);
}

/* What is declared for next year leaves this year's report alone. */
static void test_declared_later(void **state)
{
    (void)state;
    struct registers_of of;
    struct tally tally;
    load(&of, BASES AGREEMENT("B1", "Z", "", "2026-06-01", ""), NULL, NULL);
    assert_int_equal(tally_init(&tally, &of.registers, &of.arena), ERR_OK);
    tally.window_end = day_of("2026-05-31");
    assert_int_equal(tally_add_declared(&tally, 0), ERR_OK);
    assert_int_equal(tally.pair_count, 1);
    struct settling settling = {&of.registers, 2026, tally.window_end, true, &of.arena};
    assert_false(settle_is_pair(&settling, &tally.pairs[0]));
    settling.window_end = day_of("2026-06-01");
    assert_true(settle_is_pair(&settling, &tally.pairs[0]));
    registers_of_free(&of);
}

static void observe_all(struct tally *tally)
{
    static const struct {
        uint32_t visit, page;
        struct seen seen;
    } rows[] = {
        {0, 0, {"b.x.com", "2026-05-02", EVIDENCE_D3}},
        {0, 0, {"b.x.com", "2026-05-02", EVIDENCE_D1}},
        {1, 0, {"a.x.com", "2026-05-03", EVIDENCE_O3}},
        {2, 1, {"b.x.com", "2026-05-01", EVIDENCE_O1}},
        {2, 1, {"a.x.com", "2026-05-01", EVIDENCE_O1}},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct tally_visit visit = {
            .page = rows[i].page, .day = day_of(rows[i].seen.day), .usable = rows[i].page == 0};
        struct index_contact contact = {.visit = rows[i].visit,
                                        .host = span_of_string(rows[i].seen.host),
                                        .path = SPAN("/"),
                                        .site = SPAN("x.com"),
                                        .third = true,
                                        .evidence = rows[i].seen.evidence,
                                        .count = 2,
                                        .first_time_ns = INT64_C(86400000000000) * visit.day};
        struct tally_place *place;
        enum grade grade;
        assert_int_equal(tally_locate(tally, &visit, &contact, &place), ERR_OK);
        assert_true(grade_of(&contact, false, &tally->registers->policy, &grade));
        assert_int_equal(tally_observe(tally, place, &visit, &contact, grade), ERR_OK);
    }
}

static void count_cookies(struct tally *tally)
{
    struct tally_visit visit = {0};
    static const struct {
        const char *name;
        enum cookie_how how;
        int64_t lifetime_s;
    } cookies[] = {
        {"a", COOKIE_SET,  60            },
        {"a", COOKIE_SET,  90            },
        {"a", COOKIE_SENT, 0             },
        {"b", COOKIE_SET,  COOKIE_SESSION},
        {"c", COOKIE_SET,  0             },
        {"d", COOKIE_SENT, 0             }
    };
    for (uint32_t i = 0; i < COUNT(cookies); i++) {
        struct index_cookie cookie = {
            .how = cookies[i].how, .lifetime_s = cookies[i].lifetime_s, .third = true};
        assert_int_equal(tally_count_cookie(tally, &visit, &cookie,
                                            intern_find(&tally->hosts, SPAN("a.x.com")),
                                            (uint32_t)cookies[i].name[0]),
                         ERR_OK);
    }
}

/* Counts, hosts, best and first and last observation, cookies. */
static void test_sums(void **state)
{
    (void)state;
    struct registers_of of;
    struct tally tally;
    load(&of, NULL, NULL, NULL);
    assert_int_equal(tally_init(&tally, &of.registers, &of.arena), ERR_OK);
    observe_all(&tally);
    count_cookies(&tally);
    struct settling settling = {&of.registers, 2026, 0, true, &of.arena};
    assert_int_equal(settle_pair(&settling, &tally.pairs[0]), ERR_OK);
    const struct pair *pair = &tally.pairs[0].pair;
    assert_int_equal(tally.pair_count, 1);
    assert_int_equal(pair->contact_count, 10);
    assert_int_equal(pair->page_count, 2);
    assert_int_equal(pair->capture_count, 3);
    assert_int_equal(tally.pairs[0].usable_page_count, 1);
    assert_int_equal(pair->grade_counts[GRADE_A], 2);
    assert_int_equal(pair->grade_counts[GRADE_D], 1);
    assert_int_equal(pair->best.contact.visit, 2);
    assert_true(span_equal(pair->best.contact.host, SPAN("b.x.com"))); /* of equals the first */
    assert_true(span_equal(pair->hosts, SPAN("a.x.com;b.x.com")));
    assert_int_equal(pair->first_seen_ns / INT64_C(86400000000000), day_of("2026-05-01"));
    assert_int_equal(pair->last_seen_ns / INT64_C(86400000000000), day_of("2026-05-03"));
    assert_int_equal(pair->cookie_count, 3);
    assert_int_equal(pair->persistent_cookie_count, 1);
    registers_of_free(&of);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scenarios),
        cmocka_unit_test(test_declared_only),
        cmocka_unit_test(test_declared_later),
        cmocka_unit_test(test_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
