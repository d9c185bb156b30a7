// SPDX-License-Identifier: MIT
/* test_judge.c - judge_year over an index that is made of rows: this file stands in for index.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "4_index/href.h"
#include "5_judge/judge.h"
#include "ext/ext_psl.h"
#include "unit/registers_of.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define DAY_NS   INT64_C(86400000000000)

struct page {
    const char *url, *day;
    unsigned status;
    bool empty, is_static;
};
struct request {
    uint32_t visit;
    const char *url, *site;
    enum evidence evidence;
    enum resource resource;
    uint32_t signals;
};
struct crumb {
    uint32_t visit;
    const char *host, *name;
    enum cookie_how how;
    bool third;
    enum cookie_storable storable;
    int64_t lifetime_s; /* 0: of a session */
};
struct name {
    const char *host, *canonical, *day;
};
struct index {
    struct page pages[16];
    struct request requests[24];
    struct crumb crumbs[8];
    struct name names[4];
};

unsigned index_year(const struct index *index)
{
    (void)index;
    return 2026;
}

static date_days day_of(const char *text)
{
    date_days day;
    assert_true(register_date_parse(span_of_string(text), &day));
    return day;
}

enum err index_visit_at(const struct index *index, uint32_t visit, struct index_visit *out)
{
    const struct page *page = &index->pages[visit];
    struct span url = span_of_string(page->url);
    *out = (struct index_visit){.id = visit,
                                .page_url = url,
                                .host = href_of(url).host,
                                .time_ns = page->day ? day_of(page->day) * DAY_NS + visit : RECORD_NO_DATE,
                                .status = page->status,
                                .has_text = !page->empty,
                                .complete = true,
                                .producer = page->is_static ? PRODUCER_WGET : PRODUCER_BROWSERTRIX};
    return ERR_OK;
}

enum err index_each_visit(const struct index *index, index_visit_fn *fn, void *context)
{
    struct index_visit row;
    for (uint32_t i = 0; i < COUNT(index->pages) && index->pages[i].url; i++) {
        TRY(index_visit_at(index, i, &row));
        TRY(fn(context, &row));
    }
    return ERR_OK;
}

/* Every request of these tests is to another site than its page, or to the page's own host. */
enum err index_each_contact(const struct index *index, index_contact_fn *fn, void *context)
{
    for (size_t i = 0; i < COUNT(index->requests) && index->requests[i].url; i++) {
        const struct request *request = &index->requests[i];
        struct index_visit visit;
        TRY(index_visit_at(index, request->visit, &visit));
        struct href parts = href_of(span_of_string(request->url));
        struct index_contact row = {.visit = request->visit,
                                    .host = parts.host,
                                    .path = parts.path,
                                    .site = span_of_string(request->site),
                                    .evidence = request->evidence,
                                    .resource = request->resource,
                                    .count = 1,
                                    .signals = request->signals,
                                    .first_time_ns = RECORD_NO_DATE,
                                    .third = !span_equal(parts.host, visit.host),
                                    .first_url = span_of_string(request->url)};
        TRY(fn(context, &row));
    }
    return ERR_OK;
}

enum err index_each_cookie(const struct index *index, index_cookie_fn *fn, void *context)
{
    for (size_t i = 0; i < COUNT(index->crumbs) && index->crumbs[i].name; i++) {
        const struct crumb *crumb = &index->crumbs[i];
        struct index_cookie row = {.visit = crumb->visit,
                                   .host = span_of_string(crumb->host),
                                   .name = span_of_string(crumb->name),
                                   .how = crumb->how,
                                   .third = crumb->third,
                                   .lifetime_s = crumb->lifetime_s ? crumb->lifetime_s : COOKIE_SESSION,
                                   .storable = crumb->storable};
        TRY(fn(context, &row));
    }
    return ERR_OK;
}

enum err index_each_alias(const struct index *index, index_alias_fn *fn, void *context)
{
    for (size_t i = 0; i < COUNT(index->names) && index->names[i].host; i++) {
        const struct name *name = &index->names[i];
        struct index_alias row = {.host = span_of_string(name->host),
                                  .canonical = span_of_string(name->canonical),
                                  .time_ns = name->day ? day_of(name->day) * DAY_NS + 1 : RECORD_NO_DATE};
        TRY(fn(context, &row));
    }
    return ERR_OK;
}

#define UNITS_HEAD                                                                                           \
    "unit_id,name_da,unit_type,authority_id,channel,url_scope,entry_urls,flow_scope,audience,interaction,"   \
    "provision,primary_channel,national,known_pages,valid_to\n"
#define UNIT(id, scope, entry) id ",n,self_service,A,," scope "," entry ",,citizens,yes,state,statutory,,1,\n"

static const char small_units[] = UNITS_HEAD UNIT("U", "u.dk", "http://u.dk");

struct expected_pair {
    const char *entity, *service, *code, *rule, *hosts;
    enum grade grade;
    uint32_t pages, captures;
};
struct scenario {
    const char *name, *units, *extra_file, *extra;
    struct index index;
    const char *verdict, *failed_criteria; /* of the unit "U" */
    struct expected_pair pairs[3];
    uint64_t outside;
    bool deadline_passed;
};

// clang-format off
#define CATALOGUE "services.csv", "pattern,service,entity,cookie_prefixes\n*.tag.com,Analytics,Tag Inc,_ga\n*.other.com,Other,Other Inc,_oo\n"
#define FRONT {"https://u.dk/", "2026-05-01", 200, false, false}
static const struct scenario scenarios[] = {
    {"nothing captured", small_units, NULL, NULL, {.pages = {{"https://x.dk/", "2026-05-01", 200, false, false}}},
     "not_measured", "entry;pages;scripts", {{0}}, 1, false},
    {"clean", small_units, NULL, NULL, {.pages = {FRONT}}, "compliant", "", {{0}}, 0, false},
    {"10: a link is no use", small_units, NULL, NULL,
     {.pages = {FRONT}, .requests = {{0, "https://mål.dk/", "x.dk", EVIDENCE_N, RESOURCE_DOCUMENT}}}, "compliant", "", {{0}}, 0, true},
    {"20: permission only", small_units, NULL, NULL,
     {.pages = {FRONT}, .requests = {{0, "https://a.x.com/", "x.com", EVIDENCE_C, RESOURCE_OTHER}}}, "compliant", "", {{0}}, 0, true},
    {"20: nor is it a pair of what is declared for the whole authority", small_units, "bases.csv", "basis_id,authority_id,entity,basis_type\nB,A,x.com,agreement\n",
     {.pages = {FRONT}, .requests = {{0, "https://a.x.com/", "x.com", EVIDENCE_C, RESOURCE_OTHER, 0}}}, "compliant", "", {{0}}, 0, true},
    {"preconnect is a load, but a weak one", small_units, NULL, NULL,
     {.pages = {FRONT}, .requests = {{0, "https://a.x.com/", "x.com", EVIDENCE_C, RESOURCE_CONNECT}}}, "unresolved", "",
     {{"x.com", "", "V-WEAK", "P8", "a.x.com", GRADE_C, 1, 1}}, 0, true},
    {"and no load by policy", small_units, "policy.csv", "key,value\nrefetch_rule,no\n",
     {.pages = {FRONT}, .requests = {{0, "https://a.x.com/", "x.com", EVIDENCE_C, RESOURCE_CONNECT}}}, "compliant", "", {{0}}, 0, true},
    {"13: names by labels", small_units, NULL, NULL,
     {.pages = {FRONT}, .requests = {{0, "https://u.dk.example.com/", "example.com", EVIDENCE_O1, RESOURCE_FONT}}}, "non_compliant", "",
     {{"example.com", "", "V-NOBASIS", "P8", "u.dk.example.com", GRADE_A, 1, 1}}, 0, true},
    {"19: two vendors in one redirect chain", small_units, NULL, NULL,
     {.pages = {FRONT}, .requests = {{0, "https://a.x.com/1", "x.com", EVIDENCE_O3, RESOURCE_IMAGE}, {0, "https://b.y.com/2", "y.com", EVIDENCE_O3, RESOURCE_REDIRECT}}},
     "unresolved", "", {{"x.com", "", "V-UNKNOWN", "P8", "a.x.com", GRADE_B, 1, 1}, {"y.com", "", "V-UNKNOWN", "P8", "b.y.com", GRADE_B, 1, 1}}, 0, false},
    {"K1: a cookie makes it grade A", small_units, NULL, NULL,
     {.pages = {FRONT}, .requests = {{0, "https://a.x.com/1", "x.com", EVIDENCE_O4, RESOURCE_IMAGE}}, .crumbs = {{0, "a.x.com", "id", COOKIE_SET, true}}},
     "non_compliant", "", {{"x.com", "", "V-NOBASIS", "P8", "a.x.com", GRADE_A, 1, 1}}, 0, true},
    {"21: frames in the text of two pages", small_units, NULL, NULL,
     {.pages = {FRONT, {"https://u.dk/b", "2026-05-01", 200, false, false}},
      .requests = {{0, "https://a.x.com/", "x.com", EVIDENCE_D1, RESOURCE_FRAME}, {1, "https://a.x.com/", "x.com", EVIDENCE_D1, RESOURCE_FRAME}}},
     "non_compliant", "", {{"x.com", "", "V-NOBASIS", "P8", "a.x.com", GRADE_C, 2, 2}}, 0, true},
    {"a literal in a script is a lead", small_units, NULL, NULL,
     {.pages = {FRONT}, .requests = {{0, "https://a.x.com/", "x.com", EVIDENCE_D3, RESOURCE_SCRIPT}}}, "compliant", "", {{0}}, 0, true},
    {"K3s: nor do two pages and a cookie make more of it", small_units, NULL, NULL,
     {.pages = {FRONT, {"https://u.dk/b", "2026-05-01", 200, false, false}},
      .requests = {{0, "https://a.x.com/", "x.com", EVIDENCE_D3, RESOURCE_SCRIPT, 0}, {1, "https://a.x.com/", "x.com", EVIDENCE_D3, RESOURCE_SCRIPT, 0}},
      .crumbs = {{0, "a.x.com", "id", COOKIE_SET, true, COOKIE_STORABLE, 99}, {1, "a.x.com", "id", COOKIE_SET, true, COOKIE_STORABLE, 99}}},
     "compliant", "", {{0}}, 0, true},
    {"K3s: a lead is no second page for what is declared on one", small_units, NULL, NULL,
     {.pages = {FRONT, {"https://u.dk/b", "2026-05-01", 200, false, false}},
      .requests = {{0, "https://a.x.com/", "x.com", EVIDENCE_D1, RESOURCE_SCRIPT, 0}, {1, "https://a.x.com/", "x.com", EVIDENCE_D3, RESOURCE_SCRIPT, 0}}},
     "unresolved", "", {{"x.com", "", "V-WEAK", "P8", "a.x.com", GRADE_C, 1, 1}}, 0, true},
    {"K3s: a lead is not the vendor that a cookie needs", small_units, CATALOGUE,
     {.pages = {FRONT}, .requests = {{0, "https://js.tag.com/", "tag.com", EVIDENCE_D3, RESOURCE_SCRIPT, 0}}, .crumbs = {{.host = "u.dk", .name = "_ga_X", .how = COOKIE_SCRIPT}}},
     "compliant", "", {{0}}, 0, true},
    {"17: _ga and the vendor on the page", small_units, CATALOGUE,
     {.pages = {FRONT}, .requests = {{0, "https://js.tag.com/", "tag.com", EVIDENCE_D1, RESOURCE_SCRIPT}}, .crumbs = {{0, "u.dk", "_ga_X", COOKIE_SCRIPT, false}}},
     "unresolved", "", {{"Tag Inc", "Analytics", "V-WEAK", "P7", "js.tag.com;u.dk", GRADE_C, 1, 1}}, 0, true},
    {"18: _ga without the vendor", small_units, CATALOGUE,
     {.pages = {FRONT}, .requests = {{0, "https://js.other.com/", "other.com", EVIDENCE_O1, RESOURCE_SCRIPT}}, .crumbs = {{0, "u.dk", "_ga_X", COOKIE_SCRIPT, false}}},
     "non_compliant", "", {{"Other Inc", "Other", "V-NOBASIS", "P7", "js.other.com", GRADE_A, 1, 1}}, 0, true},
    {"_ga of the vendor itself is no first-party cookie", small_units, CATALOGUE,
     {.pages = {FRONT}, .requests = {{0, "https://js.tag.com/", "tag.com", EVIDENCE_D1, RESOURCE_SCRIPT}}, .crumbs = {{0, "js.tag.com", "_ga", COOKIE_SENT, true}}},
     "unresolved", "", {{"Tag Inc", "Analytics", "V-WEAK", "P7", "js.tag.com", GRADE_C, 1, 1}}, 0, true},
    {"17 without a catalogue: the usual names, and who is behind the host", small_units, NULL, NULL,
     {.pages = {FRONT}, .requests = {{0, "https://www.google-analytics.com/g", "google-analytics.com", EVIDENCE_D1, RESOURCE_SCRIPT, 0}},
      .crumbs = {{.host = "u.dk", .name = "_ga", .how = COOKIE_SENT}, {.host = "u.dk", .name = "_ga", .how = COOKIE_SCRIPT}, {.host = "u.dk", .name = "_gid", .how = COOKIE_SENT}}},
     "unresolved", "", {{"google-analytics.com", "", "V-WEAK", "P8", "u.dk;www.google-analytics.com", GRADE_C, 1, 1}}, 0, true},
    {"18 without a catalogue: a name is no finding", small_units, NULL, NULL,
     {.pages = {FRONT}, .crumbs = {{.host = "u.dk", .name = "_ga", .how = COOKIE_SENT}}}, "compliant", "", {{0}}, 0, true},
    {"the site's own load balancer is no vendor's, whatever the catalogue says", small_units, "services.csv",
     "pattern,service,entity,cookie_prefixes\n*.cloud.com,Cloud,Cloud Inc,AWSALB\n",
     {.pages = {FRONT}, .requests = {{0, "https://js.cloud.com/", "cloud.com", EVIDENCE_D1, RESOURCE_SCRIPT, 0}}, .crumbs = {{.host = "u.dk", .name = "AWSALB", .how = COOKIE_SENT}}},
     "unresolved", "", {{"Cloud Inc", "Cloud", "V-WEAK", "P7", "js.cloud.com", GRADE_C, 1, 1}}, 0, true},
    {"a cookie that is deleted is not there", small_units, CATALOGUE,
     {.pages = {FRONT}, .requests = {{0, "https://js.tag.com/", "tag.com", EVIDENCE_D1, RESOURCE_SCRIPT, 0}}, .crumbs = {{.host = "u.dk", .name = "_ga", .how = COOKIE_SET, .lifetime_s = -1}}},
     "unresolved", "", {{"Tag Inc", "Analytics", "V-WEAK", "P7", "js.tag.com", GRADE_C, 1, 1}}, 0, true},
    {"K1 needs a cookie that some browser keeps", small_units, NULL, NULL,
     {.pages = {FRONT}, .requests = {{0, "https://a.x.com/1", "x.com", EVIDENCE_O4, RESOURCE_IMAGE, 0}},
      .crumbs = {{0, "a.x.com", "id", COOKIE_SET, true, COOKIE_CROSS_SITE, 0}}},
     "non_compliant", "", {{"x.com", "", "V-NOBASIS", "P8", "a.x.com", GRADE_B, 1, 1}}, 0, true},
    {"a redirect on the way to the page is no part of it", small_units, NULL, NULL,
     {.pages = {FRONT}, .requests = {{0, "https://login.x.com/go", "x.com", EVIDENCE_O2, RESOURCE_REDIRECT, SIGNAL_NAVIGATION | SIGNAL_BOUNCE}},
      .crumbs = {{0, "login.x.com", "id", COOKIE_SET, true, COOKIE_STORABLE, 99}}}, "compliant", "", {{0}}, 0, true},
    {"15: a name of one's own that the DNS leads to a vendor", small_units, CATALOGUE,
     {.pages = {FRONT}, .requests = {{0, "https://u.dk/p", "u.dk", EVIDENCE_O1, RESOURCE_IMAGE, 0}}, .names = {{"u.dk", "x.tag.com", "2026-04-01"}}},
     "non_compliant", "", {{"Tag Inc", "Analytics", "V-NOBASIS", "P2", "u.dk", GRADE_A, 1, 1}}, 0, true},
    {"what was only asked later held before", small_units, CATALOGUE,
     {.pages = {FRONT}, .requests = {{0, "https://u.dk/p", "u.dk", EVIDENCE_O1, RESOURCE_IMAGE, 0}}, .names = {{"u.dk", "x.tag.com", "2026-06-01"}}},
     "non_compliant", "", {{"Tag Inc", "Analytics", "V-NOBASIS", "P2", "u.dk", GRADE_A, 1, 1}}, 0, true},
    {"not what it led to later", small_units, CATALOGUE,
     {.pages = {FRONT}, .requests = {{0, "https://u.dk/p", "u.dk", EVIDENCE_O1, RESOURCE_IMAGE, 0}},
      .names = {{"u.dk", "a.nobody.net", "2026-04-01"}, {"u.dk", "x.tag.com", "2026-05-02"}}}, "compliant", "", {{0}}, 0, true},
    {"nor what it led to before", small_units, CATALOGUE,
     {.pages = {FRONT}, .requests = {{0, "https://u.dk/p", "u.dk", EVIDENCE_O1, RESOURCE_IMAGE, 0}},
      .names = {{"u.dk", "a.nobody.net", "2026-05-01"}, {"u.dk", "x.tag.com", "2026-04-01"}}}, "compliant", "", {{0}}, 0, true},
    {"nor without a date", small_units, CATALOGUE,
     {.pages = {FRONT}, .requests = {{0, "https://u.dk/p", "u.dk", EVIDENCE_O1, RESOURCE_IMAGE, 0}},
      .names = {{"u.dk", "a.nobody.net", "2026-05-01"}, {"u.dk", "x.tag.com", NULL}}}, "compliant", "", {{0}}, 0, true},
    {"of several on one day the last", small_units, CATALOGUE,
     {.pages = {FRONT}, .requests = {{0, "https://u.dk/p", "u.dk", EVIDENCE_O1, RESOURCE_IMAGE, 0}},
      .names = {{"u.dk", "a.nobody.net", "2026-05-01"}, {"u.dk", "x.tag.com", "2026-05-01"}}},
     "non_compliant", "", {{"Tag Inc", "Analytics", "V-NOBASIS", "P2", "u.dk", GRADE_A, 1, 1}}, 0, true},
    {"over several names", small_units, CATALOGUE,
     {.pages = {FRONT}, .requests = {{0, "https://u.dk/p", "u.dk", EVIDENCE_O1, RESOURCE_IMAGE, 0}},
      .names = {{"u.dk", "y.tag.com", "2026-04-01"}, {"y.tag.com", "z.nobody.net", "2026-04-01"}}},
     "non_compliant", "", {{"Tag Inc", "Analytics", "V-NOBASIS", "P2", "u.dk", GRADE_A, 1, 1}}, 0, true},
    {"32: app", UNITS_HEAD "U,n,self_service,A,app,,,,citizens,yes,state,statutory,,,\n", NULL, NULL, {.pages = {FRONT}},
     "not_measured", "entry;pages;scripts;app", {{0}}, 1, false},
    {"33: three pages, clean, more known", UNITS_HEAD "U,n,self_service,A,,u.dk,,,citizens,yes,state,statutory,,,\n", NULL, NULL,
     {.pages = {FRONT, {"https://u.dk/1", "2026-05-01", 200, false, false}, {"https://u.dk/2", "2026-05-01", 200, false, false}}},
     "limited", "pages", {{0}}, 0, false},
    {"34: three pages, one breach", UNITS_HEAD "U,n,self_service,A,,u.dk,,,citizens,yes,state,statutory,,,\n", NULL, NULL,
     {.pages = {FRONT, {"https://u.dk/1", "2026-05-01", 200, false, false}, {"https://u.dk/2", "2026-05-01", 200, false, false}},
      .requests = {{1, "https://a.x.com/", "x.com", EVIDENCE_O1, RESOURCE_FONT}}},
     "non_compliant", "pages", {{"x.com", "", "V-NOBASIS", "P8", "a.x.com", GRADE_A, 1, 1}}, 0, true},
    {"35: everything blocked", small_units, NULL, NULL,
     {.pages = {{"https://u.dk/", "2026-05-01", 403, false, false}, {"https://u.dk/", "2026-05-02", 403, false, false}}},
     "not_measured", "entry;pages;failed_share;scripts", {{0}}, 0, false},
    {"empty pages", small_units, NULL, NULL, {.pages = {{"https://u.dk/", "2026-05-01", 200, true, false}}},
     "not_measured", "entry;pages;failed_share;scripts", {{0}}, 0, false},
    {"static only", small_units, NULL, NULL, {.pages = {{"https://u.dk/", "2026-05-01", 0, false, true}}}, "limited", "scripts", {{0}}, 0, false},
    {"entry leads on by redirect", small_units, NULL, NULL,
     {.pages = {{"https://u.dk/da/forside", "2026-05-01", 200, false, false}}, .requests = {{0, "http://u.dk/", "u.dk", EVIDENCE_O1, RESOURCE_REDIRECT}}},
     "compliant", "", {{0}}, 0, false},
    {"entry never seen", small_units, NULL, NULL, {.pages = {{"https://u.dk/da/andet", "2026-05-01", 200, false, false}}},
     "not_measured", "entry", {{0}}, 0, false},
    {"the more specific unit takes the page", UNITS_HEAD UNIT("U", "*.u.dk", "") UNIT("V", "u.dk/v", ""), NULL, NULL,
     {.pages = {{"https://a.u.dk/", "2026-05-01", 200, false, false}, {"https://u.dk/v/1", "2026-05-01", 200, false, false}},
      .requests = {{1, "https://a.x.com/", "x.com", EVIDENCE_O1, RESOURCE_FONT}}}, "compliant", "", {{0}}, 0, true},
    {"a closed unit takes no pages", UNITS_HEAD UNIT("U", "u.dk", "") "V,n,self_service,A,,u.dk/v,,,citizens,yes,state,statutory,,1,2025-12-31\n", NULL, NULL,
     {.pages = {{"https://u.dk/v/1", "2026-05-01", 200, false, false}}, .requests = {{0, "https://a.x.com/", "x.com", EVIDENCE_O1, RESOURCE_FONT}}},
     "non_compliant", "", {{"x.com", "", "V-NOBASIS", "P8", "a.x.com", GRADE_A, 1, 1}}, 0, true},
    {"outside: listed, never scored", UNITS_HEAD "U,n,self_service,A,,u.dk,,,businesses,yes,state,statutory,,1,\n", NULL, NULL,
     {.pages = {FRONT}, .requests = {{0, "https://a.x.com/", "x.com", EVIDENCE_O1, RESOURCE_FONT}}}, "outside", "", {{0}}, 0, true},
    {"flow only by policy", UNITS_HEAD "U,n,self_service,A,,u.dk,,u.dk/f,citizens,yes,state,statutory,,1,\n", "policy.csv", "key,value\nscope_unit,flow\n",
     {.pages = {FRONT, {"https://u.dk/f/1", "2026-05-01", 200, false, false}},
      .requests = {{0, "https://a.x.com/", "x.com", EVIDENCE_O1, RESOURCE_FONT}, {1, "https://b.y.com/", "y.com", EVIDENCE_O1, RESOURCE_FONT}}},
     "non_compliant", "", {{"y.com", "", "V-NOBASIS", "P8", "b.y.com", GRADE_A, 1, 1}}, 0, true},
    {"one page, three captures", small_units, NULL, NULL,
     {.pages = {FRONT, {"https://u.dk/", "2026-05-02", 200, false, false}, {"https://u.dk/", NULL, 200, false, false}},
      .requests = {{0, "https://a.x.com/1", "x.com", EVIDENCE_O1, RESOURCE_FONT}, {0, "https://a.x.com/2", "x.com", EVIDENCE_O1, RESOURCE_FONT},
                   {1, "https://a.x.com/1", "x.com", EVIDENCE_O1, RESOURCE_FONT}, {2, "https://b.x.com/1", "x.com", EVIDENCE_O1, RESOURCE_FONT}}},
     "unresolved", "", {{"x.com", "", "V-UNKNOWN", "P8", "a.x.com;b.x.com", GRADE_A, 1, 3}}, 0, false},
};
// clang-format on

static void check_pairs(const struct scenario *s, const struct judgement *judged,
                        const struct unit_verdict *unit)
{
    size_t count = 0;
    while (count < COUNT(s->pairs) && s->pairs[count].entity)
        count++;
    if (unit->pair_count != count)
        fail_msg("%s: %u pairs", s->name, unit->pair_count);
    for (size_t i = 0; i < count; i++) {
        const struct expected_pair *e = &s->pairs[i];
        const struct pair *pair = &judged->pairs[unit->first_pair + i];
        if (!span_equal(pair->entity, span_of_string(e->entity)) ||
            !span_equal(pair->service, span_of_string(e->service)) || strcmp(pair->code, e->code) ||
            strcmp(pair->party_rule, e->rule) || !span_equal(pair->hosts, span_of_string(e->hosts)) ||
            pair->best.grade != e->grade || pair->page_count != e->pages ||
            pair->capture_count != e->captures)
            fail_msg("%s: %.*s '%.*s' %s %s %.*s grade %d, %u pages, %u captures", s->name,
                     SPAN_ARG(pair->entity), SPAN_ARG(pair->service), pair->code, pair->party_rule,
                     SPAN_ARG(pair->hosts), pair->best.grade, pair->page_count, pair->capture_count);
        assert_int_equal(pair->best.visit.id, pair->best.contact.visit);
    }
}

static void check_scenario(const struct scenario *s, const struct suffixes *suffixes)
{
    struct registers_of of;
    struct judgement judged;
    registers_of(&of, 2026,
                 (struct registers_text[]){
                     {"authorities.csv", "authority_id,name_da\nA,n\n"},
                     {"units.csv",       s->units                     },
                     {s->extra_file,     s->extra                     },
                     {NULL,              NULL                         }
    });
    of.registers.policy.years[0].hearing_deadline = s->deadline_passed ? day_of("2026-06-30") : DATE_OPEN_TO;
    assert_int_equal(judge_year(&s->index, &of.registers, suffixes, DATE_OPEN_TO, &of.arena, &judged),
                     ERR_OK);
    const struct unit_verdict *unit = &judged.units[0];
    assert_true(span_equal(unit->unit->id, SPAN("U")));
    if (strcmp(verdict_name(unit->verdict), s->verdict) || judged.visits_outside != s->outside ||
        !span_equal(unit->measurement.failed_criteria, span_of_string(s->failed_criteria)))
        fail_msg("%s: %s '%.*s' outside %u", s->name, verdict_name(unit->verdict),
                 SPAN_ARG(unit->measurement.failed_criteria), (unsigned)judged.visits_outside);
    check_pairs(s, &judged, unit);
    registers_of_free(&of);
}

static void test_scenarios(void **state)
{
    (void)state;
    struct suffixes *suffixes;
    assert_int_equal(suffixes_load(NULL, &suffixes), ERR_OK);
    for (size_t i = 0; i < COUNT(scenarios); i++)
        check_scenario(&scenarios[i], suffixes);
    suffixes_free(suffixes);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_scenarios)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
