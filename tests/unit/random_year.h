// SPDX-License-Identifier: MIT
/*
 * random_year.h - registers and a year's observations by dice, as test_properties.c judges them: this file stands in for index.c.
 *
 * Every unit has a site of its own and slots for captures of its pages; a page looks at hosts of one small world. What is
 * drawn can be changed afterwards: a look, a page, a row of a register, the order of rows.
 */
#ifndef TESTS_RANDOM_YEAR_H
#define TESTS_RANDOM_YEAR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "4_index/href.h"
#include "5_judge/judge.h"
#include "unit/registers_of.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define DAY_NS   INT64_C(86400000000000)

enum { UNITS = 40, SLOTS = 8, ROWS = 300, ROW_BYTES = 200, HOSTS = 12, UNCOVERED = HOSTS - 1 };

/* In order of their names; of the last nobody ever speaks. */
static const struct {
    const char *host, *site, *entity, *service;
} world[HOSTS] = {
    {"a.va.com",      "va.com",     "Va",         "Ads"  },
    {"a.vb.com",      "vb.com",     "Vb",         "Font" },
    {"b.va.com",      "va.com",     "Va",         "Ads"  },
    {"cmp.vc.net",    "vc.net",     "Vc",         "Cmp"  },
    {"drift.op.com",  "op.com",     "Op",         "Drift"},
    {"edge.ed.net",   "ed.net",     "ed.net",     ""     },
    {"stat.op.com",   "op.com",     "Op",         "Stat" },
    {"t1.ten.net",    "t1.ten.net", "t1.ten.net", ""     },
    {"www.b.dk",      "b.dk",       "b.dk",       ""     },
    {"x.ua.com",      "ua.com",     "ua.com",     ""     },
    {"y.ub.io",       "ub.io",      "ub.io",      ""     },
    {"zz.nobody.com", "nobody.com", "nobody.com", ""     },
};

struct look {
    bool is_there, sets_cookie;
    enum evidence evidence;
    enum resource resource;
};
struct slot { /* a capture of a page; two neighbours are of one page */
    bool is_there, is_static, is_empty, has_vendor_cookie;
    unsigned status;
    int64_t day;
    struct look looks[HOSTS];
};
struct table {
    const char *head;
    char rows[ROWS][ROW_BYTES];
    uint32_t count;
};
struct random_year {
    uint64_t dice;
    struct slot slots[UNITS][SLOTS];
    struct table units, own_parties, bases, services, decisions, policy;
};

/* What judge.c opens: the captures that are there, in order. */
struct index {
    const struct random_year *year;
    uint32_t visit_count;
    bool backwards; /* the hosts of a page from the last to the first */
    struct {
        uint32_t unit, slot;
    } visits[UNITS * SLOTS];
    char urls[UNITS * SLOTS][24];
};

static const char *const units_head = "unit_id,name_da,unit_type,authority_id,url_scope,entry_urls,flow_"
                                      "scope,audience,interaction,provision,primary_channel,"
                                      "known_pages\n";
static const char *const bases_head =
    "basis_id,unit_id,authority_id,entity,service,pattern,basis_type,setting_name,activated,effective,own_"
    "use_clause,written,"
    "anonymised_exempt,own_use_possible,purpose,limited_use,evidence_ref,valid_from,valid_to,review_status\n";

static uint32_t roll(struct random_year *year, uint32_t sides)
{
    year->dice += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = year->dice;
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ z >> 31) >> 33) % sides;
}

#define PICK(year, ...)                                                                                      \
    ((const char *const[]){                                                                                  \
        __VA_ARGS__}[roll((year), sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))])

__attribute__((format(printf, 2, 3))) static void add_row(struct table *table, const char *format, ...)
{
    va_list arguments;
    assert_true(table->count < ROWS);
    va_start(arguments, format);
    int length = vsnprintf(table->rows[table->count++], ROW_BYTES, format, arguments);
    va_end(arguments);
    assert_true(length > 0 && length < ROW_BYTES);
}

static const char *some_day(struct random_year *year)
{
    return PICK(year, "", "", "2026-02-01", "2026-03-31", "2026-04-01", "2026-06-01", "2026-10-01",
                "2026-11-02");
}

/* Half of them hold as far as their words go. */
static void add_basis(struct random_year *year, uint32_t unit, uint32_t host)
{
    const char *from = some_day(year), *to = some_day(year);
    bool holds = roll(year, 2);
    if (*from && *to && strcmp(from, to) > 0)
        from = "";
    char owner[16], named[64];
    snprintf(owner, sizeof owner, roll(year, 40) ? "U%02u," : ",A", unit);
    switch (roll(year, 4)) {
    case 0:
        snprintf(named, sizeof named, ",,%s", world[host].host);
        break;
    case 1:
        snprintf(named, sizeof named, "%s,%s,", world[host].entity, world[host].service);
        break;
    default:
        snprintf(named, sizeof named, "%s,,", world[host].entity);
        break;
    }
    add_row(
        &year->bases, "B%04u,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", year->bases.count, owner,
        named, PICK(year, "opt_out", "agreement", "necessary"), PICK(year, "deling", "deling", ""),
        holds ? "yes" : PICK(year, "yes", "no", ""), holds ? "all" : PICK(year, "all", "partly", "no", ""),
        holds ? "bans" : PICK(year, "bans", "allows", "unclear"), holds ? "yes" : PICK(year, "yes", "no", ""),
        holds ? "no" : PICK(year, "no", "yes", ""), holds ? "no" : PICK(year, "no", "yes", ""),
        holds ? "security" : PICK(year, "precondition", "other", ""),
        holds ? "yes" : PICK(year, "yes", "no", ""), holds ? "dok" : PICK(year, "dok", ""), from, to,
        holds ? "accepted" : PICK(year, "", "pending", "accepted", "rejected"));
}

static void draw_look(struct random_year *year, struct look *look)
{
    static const enum evidence evidence[] = {EVIDENCE_O1, EVIDENCE_O2, EVIDENCE_O3, EVIDENCE_O4,
                                             EVIDENCE_O5, EVIDENCE_A,  EVIDENCE_D1, EVIDENCE_D1,
                                             EVIDENCE_D2, EVIDENCE_D3, EVIDENCE_C};
    look->is_there = true;
    look->evidence = evidence[roll(year, COUNT(evidence))];
    look->resource = roll(year, 2) ? RESOURCE_IMAGE : RESOURCE_CONNECT;
    look->sets_cookie = !roll(year, 6);
}

static void draw_slot(struct random_year *year, struct slot *slot)
{
    static const unsigned status[] = {200, 200, 200, 200, 200, 200, 200, 200, 403, 500};
    static const int64_t days[] = {20485, 20544, 20605, 20727, 20758}; /* 1 February to 1 November 2026 */
    *slot = (struct slot){.is_there = true,
                          .is_static = !roll(year, 3),
                          .is_empty = !roll(year, 20),
                          .status = status[roll(year, COUNT(status))],
                          .day = days[roll(year, COUNT(days))]};
}

static void draw_unit(struct random_year *year, uint32_t unit)
{
    uint32_t density = roll(year, 12), pages = roll(year, 10) ? 1 + roll(year, SLOTS - 1) : 0;
    char entry[32] = "", flow[32] = "";
    if (!roll(year, 3))
        snprintf(entry, sizeof entry, "https://u%02u.dk/%s", unit % 100, PICK(year, "0", "0", "1", "9"));
    if (!roll(year, 4))
        snprintf(flow, sizeof flow, "u%02u.dk/%s", unit % 100, PICK(year, "0", "1"));
    add_row(&year->units, "U%02u,n,self_service,A,u%02u.dk,%s,%s,%s,yes,state,statutory,%s\n", unit, unit,
            entry, flow, roll(year, 20) ? "citizens" : "businesses", PICK(year, "", "1", "2"));
    for (uint32_t s = 0; s < SLOTS; s++) {
        struct slot *slot = &year->slots[unit][s];
        draw_slot(year, slot);
        slot->is_there = s < pages;
        slot->has_vendor_cookie = !roll(year, 4);
        for (uint32_t h = 0; h < UNCOVERED; h++)
            if (!roll(year, 4 + 3 * density))
                draw_look(year, &slot->looks[h]);
    }
    for (uint32_t h = 0; h < UNCOVERED; h++)
        if (!roll(year, 5))
            add_basis(year, unit, h);
    if (!roll(year, 10))
        add_row(&year->own_parties, "U%02u,*.op.com,operator,Drift\n", unit);
    if (!roll(year, 10))
        add_row(&year->own_parties, "U%02u,*.ed.net,infrastructure,\n", unit);
    if (!roll(year, 12))
        add_row(&year->decisions, "D%02u,U%02u,%s,2026,%s,r,e\n", unit, unit,
                world[roll(year, UNCOVERED)].entity,
                PICK(year, "compliant", "unresolved", "non_compliant", "not_third_party"));
}

static void draw_policy(struct random_year *year)
{
    struct table *policy = &year->policy;
    add_row(policy, "hearing_deadline.2026,%s\n", PICK(year, "2026-06-30", "2027-06-30"));
    add_row(policy, "min_grade,%s\n", PICK(year, "A", "B", "B", "C"));
    add_row(policy, "documentation,%s\n",
            PICK(year, "self_declaration", "document_reference", "reviewed_document"));
    add_row(policy, "no_answer,%s\n", PICK(year, "non_compliant", "unresolved"));
    add_row(policy, "public_partner,%s\n", PICK(year, "judge", "list_only"));
    add_row(policy, "infra_cname,%s\n", PICK(year, "judge", "list_only"));
    add_row(policy, "min_pages,%s\n", PICK(year, "0", "1", "2", "3"));
    add_row(policy, "max_failed_share,%s\n", PICK(year, "0.2", "0.5", "1"));
    add_row(policy, "min_coverage,%s\n", PICK(year, "0", "0.5", "0.9"));
    add_row(policy, "scope_unit,%s\n", PICK(year, "site", "site", "flow"));
    add_row(policy, "refetch_rule,%s\n", PICK(year, "yes", "no"));
}

static void random_year_draw(struct random_year *year, uint64_t seed)
{
    memset(year, 0, sizeof *year);
    year->dice = seed;
    year->units.head = units_head;
    year->bases.head = bases_head;
    year->own_parties.head = "unit_id,pattern,relation,service\n";
    year->services.head = "pattern,service,entity,category,own_use_possible,optout_exists,cookie_prefixes\n";
    year->decisions.head = "decision_id,unit_id,entity,year,verdict,reason,evidence_ids\n";
    year->policy.head = "key,value\n";
    draw_policy(year);
    const char *category = PICK(year, "ad", "font", "utility", "consent_provider", "hosting");
    const char *own_use = PICK(year, "", "no", "yes"), *optout = PICK(year, "", "no", "yes");
    for (uint32_t h = 0; h < HOSTS; h++)
        if (*world[h].service)
            add_row(&year->services, "%s,%s,%s,%s,%s,%s,%s\n", world[h].host, world[h].service,
                    world[h].entity, category, own_use, optout, h ? "" : "va_");
    for (uint32_t unit = 0; unit < UNITS; unit++)
        draw_unit(year, unit);
}

static void random_year_shuffle(struct random_year *year)
{
    struct table *tables[] = {&year->units,    &year->own_parties, &year->bases,
                              &year->services, &year->decisions,   &year->policy};
    char row[ROW_BYTES];
    for (size_t t = 0; t < COUNT(tables); t++)
        for (uint32_t i = tables[t]->count; i > 1; i--) {
            uint32_t other = roll(year, i);
            memcpy(row, tables[t]->rows[i - 1], ROW_BYTES);
            memcpy(tables[t]->rows[i - 1], tables[t]->rows[other], ROW_BYTES);
            memcpy(tables[t]->rows[other], row, ROW_BYTES);
        }
}

static const char *text_of(const struct table *table, struct arena *arena)
{
    char *text = arena_bytes(arena, strlen(table->head) + (size_t)table->count * ROW_BYTES + 1), *to = text;
    assert_non_null(text);
    to = stpcpy(to, table->head);
    for (uint32_t i = 0; i < table->count; i++)
        to = stpcpy(to, table->rows[i]);
    return text;
}

static void random_year_registers(const struct random_year *year, struct arena *arena, struct registers *out)
{
    const struct registers_text texts[] = {
        {"authorities.csv",     "authority_id,name_da,domains\nA,n,a.dk\nB,Andet,b.dk\n"},
        {"units.csv",           text_of(&year->units,                                     arena)},
        {"own_parties.csv",                     text_of(&year->own_parties,                                                             arena)},
        {"bases.csv",               text_of(&year->bases,           arena)},
        {"services.csv",text_of(&year->services,                           arena)},
        {"decisions.csv",        text_of(&year->decisions,                                                       arena)},
        {"policy.csv",                     text_of(&year->policy,                                                               arena)},
        {NULL,               NULL                },
    };
    registers_read(out, 2026, texts, arena);
}

/* Two slots, one page: https://u07.dk/1 is captured twice when both are there. */
static void random_year_index(const struct random_year *year, bool backwards, struct index *out)
{
    out->year = year;
    out->backwards = backwards;
    out->visit_count = 0;
    for (uint32_t unit = 0; unit < UNITS; unit++)
        for (uint32_t s = 0; s < SLOTS; s++) {
            if (!year->slots[unit][s].is_there)
                continue;
            out->visits[out->visit_count].unit = unit;
            out->visits[out->visit_count].slot = s;
            snprintf(out->urls[out->visit_count++], sizeof out->urls[0], "https://u%02u.dk/%u", unit % 100,
                     s / 2);
        }
}

unsigned index_year(const struct index *index)
{
    (void)index;
    return 2026;
}

static const struct slot *slot_of(const struct index *index, uint32_t visit)
{
    return &index->year->slots[index->visits[visit].unit][index->visits[visit].slot];
}

enum err index_visit_at(const struct index *index, uint32_t visit, struct index_visit *out)
{
    const struct slot *slot = slot_of(index, visit);
    struct span url = span_of_string(index->urls[visit]);
    *out = (struct index_visit){.id = visit,
                                .page_url = url,
                                .host = href_of(url).host,
                                .time_ns = slot->day * DAY_NS + visit,
                                .status = slot->status,
                                .has_text = !slot->is_empty,
                                .complete = true,
                                .producer = slot->is_static ? PRODUCER_WGET : PRODUCER_BROWSERTRIX};
    return ERR_OK;
}

enum err index_each_visit(const struct index *index, index_visit_fn *fn, void *context)
{
    struct index_visit row;
    for (uint32_t i = 0; i < index->visit_count; i++) {
        TRY(index_visit_at(index, i, &row));
        TRY(fn(context, &row));
    }
    return ERR_OK;
}

/* The page itself, as every page fetches it. */
static struct index_contact own_contact(const struct index *index, uint32_t visit)
{
    struct href url = href_of(span_of_string(index->urls[visit]));
    return (struct index_contact){.visit = visit,
                                  .host = url.host,
                                  .path = url.path,
                                  .site = url.host,
                                  .evidence = EVIDENCE_O1,
                                  .resource = RESOURCE_DOCUMENT,
                                  .count = 1,
                                  .first_time_ns = RECORD_NO_DATE,
                                  .first_url = span_of_string(index->urls[visit])};
}

enum err index_each_contact(const struct index *index, index_contact_fn *fn, void *context)
{
    for (uint32_t i = 0; i < index->visit_count; i++) {
        struct index_contact row = own_contact(index, i);
        TRY(fn(context, &row));
        for (uint32_t k = 0; k < HOSTS; k++) {
            uint32_t h = index->backwards ? HOSTS - 1 - k : k;
            const struct look *look = &slot_of(index, i)->looks[h];
            if (!look->is_there)
                continue;
            row.host = span_of_string(world[h].host);
            row.path = SPAN("/");
            row.site = span_of_string(world[h].site);
            row.evidence = look->evidence;
            row.resource = look->resource;
            row.third = true;
            row.first_url = SPAN("");
            TRY(fn(context, &row));
        }
    }
    return ERR_OK;
}

enum err index_each_cookie(const struct index *index, index_cookie_fn *fn, void *context)
{
    for (uint32_t i = 0; i < index->visit_count; i++) {
        const struct slot *slot = slot_of(index, i);
        struct index_cookie row = {
            .visit = i, .how = COOKIE_SET, .lifetime_s = 99, .storable = COOKIE_STORABLE};
        for (uint32_t h = 0; h < HOSTS; h++) {
            row.host = span_of_string(world[h].host);
            row.name = SPAN("id");
            row.third = true;
            if (slot->looks[h].is_there && slot->looks[h].sets_cookie)
                TRY(fn(context, &row));
        }
        row.host = href_of(span_of_string(index->urls[i])).host;
        row.name = SPAN("va_x");
        row.third = false;
        if (slot->has_vendor_cookie)
            TRY(fn(context, &row));
    }
    return ERR_OK;
}

enum err index_each_alias(const struct index *index, index_alias_fn *fn, void *context)
{
    (void)index;
    (void)fn;
    (void)context;
    return ERR_OK;
}

#endif
