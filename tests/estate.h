// SPDX-License-Identifier: MIT
/*
 * estate.h - judgements put together by hand, for tests of stages 6 and 7: no register, index or archive is
 * read.
 *
 * estate_add_unit and estate_add_pair make any small case; units come in ascending order of id, pairs in that
 * of their units. estate_finish gives units the verdict that compliance.md 5.7 draws from scope, measurement
 * and pairs.
 */
#ifndef TESTS_ESTATE_H
#define TESTS_ESTATE_H

#include <assert.h>
#include <math.h>
#include <stdio.h>

#include "7_report/sources.h"

#define ESTATE_YEARS 4u

struct estate {
    struct arena arena;
    struct registers registers;
    struct judgement years[ESTATE_YEARS]; /* [0] evaluated, [1] before, and so on */
    struct sources sources;
};

static inline void estate_init(struct estate *estate, unsigned year)
{
    memset(estate, 0, sizeof *estate);
    arena_init(&estate->arena, 256u << 20);
    for (unsigned y = 0; y < ESTATE_YEARS; y++) {
        int32_t day = 20453 - 365 * (int32_t)y; /* 31 December 2025, 2024, ... */
        estate->years[y] = (struct judgement){.year = year - y,
                                              .registers = &estate->registers,
                                              .reference_date = day,
                                              .as_of = day,
                                              .hearing_deadline = DATE_OPEN_TO};
    }
}

static inline void estate_free(struct estate *estate)
{
    arena_free(&estate->arena);
}

static inline struct authority *estate_authority(struct estate *estate, const char *name,
                                                 const char *ministry)
{
    struct authority *authority = arena_alloc(&estate->arena, sizeof *authority);
    *authority = (struct authority){.id = span_of_string(name),
                                    .name_da = span_of_string(name),
                                    .ministry = span_of_string(ministry),
                                    .level = SPAN("state")};
    return authority;
}

static inline struct unit *estate_unit(struct estate *estate, const char *id, const char *name,
                                       const struct authority *authority)
{
    struct unit *unit = arena_alloc(&estate->arena, sizeof *unit);
    *unit = (struct unit){.id = span_of_string(id),
                          .name_da = span_of_string(name),
                          .authority = authority,
                          .audience = AUDIENCE_CITIZENS,
                          .interaction = TRUTH_TRUE,
                          .provision = PROVISION_STATE,
                          .primary = PRIMARY_STATUTORY,
                          .valid_from = DATE_OPEN_FROM,
                          .valid_to = DATE_OPEN_TO};
    return unit;
}

static inline void estate_predecessor(struct estate *estate, struct unit *unit, const char *id)
{
    struct span_list *list = &unit->predecessor_ids;
    struct span *item = ARENA_PUSH(&estate->arena, list->items, list->count, list->capacity);
    *item = span_of_string(id);
}

static inline struct unit_verdict *estate_add_unit(struct estate *estate, unsigned y, const struct unit *unit,
                                                   enum scope scope, enum measurement measured,
                                                   uint32_t pages)
{
    static const struct scope_result scopes[] = {
        [SCOPE_OUT] = {SCOPE_OUT,          1u << 2,  "S-INFO",    "Kun information, ingen interaktion", {"S-INFO", 6}            },
        [SCOPE_UNDETERMINED] =
            {SCOPE_UNDETERMINED, 1u << 11, "S-UNKNOWN", "Omfang uafklaret",                   {"S-UNKNOWN:primary", 17}},
        [SCOPE_IN] = {SCOPE_IN,           1u << 6,  "S-STATE",   "Statslig løsning",                  {"S-STATE", 7}           },
    };
    struct judgement *j = &estate->years[y];
    struct unit_verdict *to = ARENA_PUSH(&estate->arena, j->units, j->unit_count, j->unit_capacity);
    int64_t from_ns = ((int64_t)j->reference_date - 40) * 86400 * 1000000000;
    *to = (struct unit_verdict){
        .unit = unit,
        .scope = scopes[scope],
        .measurement = {.class = measured,
                        .entry_ok = measured != MEASUREMENT_NONE,
                        .page_count = pages,
                        .known_page_count = pages,
                        .visit_count = pages,
                        .coverage = NAN,
                        .unseen_min = NAN,
                        .script_executing = true,
                        .archive_count = 1,
                        .window_from_ns = from_ns,
                        .window_to_ns = from_ns + INT64_C(1728000000000000),
                        .failed_criteria = measured == MEASUREMENT_LIMITED ? SPAN("pages;coverage")
                                           : measured == MEASUREMENT_NONE  ? SPAN("app")
                                                                           : SPAN("")},
    };
    return to;
}

struct estate_reason {
    enum verdict verdict;
    const char *code, *basis_code, *label_da;
};
static inline struct pair *estate_add_pair(struct estate *estate, unsigned y, const char *entity,
                                           const char *service, struct estate_reason reason, uint32_t pages)
{
    struct judgement *j = &estate->years[y];
    struct arena *a = &estate->arena;
    struct pair *pair = ARENA_PUSH(a, j->pairs, j->pair_count, j->pair_capacity);
    uint32_t unit = (uint32_t)j->unit_count - 1;
    int64_t seen_ns = j->units[unit].measurement.window_from_ns + INT64_C(123456000000000);
    *pair = (struct pair){
        .unit = unit,
        .entity = span_of_string(entity),
        .service = span_of_string(service),
        .party = PARTY_THIRD,
        .party_rule = "P7",
        .verdict = reason.verdict,
        .code = reason.code,
        .basis_code = reason.basis_code,
        .label_da = reason.label_da,
        .codes = span_of_string(reason.code),
        .page_count = pages,
        .capture_count = pages,
        .contact_count = pages * 2,
        .first_seen_ns = seen_ns,
        .last_seen_ns = seen_ns + INT64_C(864000000000000),
    };
    pair->hosts = arena_format(a, "cdn%u.example;tag%u.example", unit, unit);
    pair->best = (struct observation){
        .grade = GRADE_A,
        .contact = {.evidence = EVIDENCE_O1,
                    .host = pair->hosts,
                    .at = 4096 + 977 * j->pair_count,
                    .bytes = 1811,
                    .first_url = SPAN("https://user:pw@cdn.example/tag.js?cid=55555.77777#x"),
                    .declared_by = SPAN("script src")},
        .visit = {.page_url = arena_format(a, "https://unit%u.example/ansoegning/start?cpr=0101700000", unit),
                    .time_ns = seen_ns},
    };
    return pair;
}

static inline enum verdict estate_verdict(const struct unit_verdict *unit, const char **label, unsigned *row)
{
    static const struct {
        enum verdict verdict;
        const char *label;
    } rows[] = {
        {VERDICT_OUTSIDE,       "Ikke omfattet"                                           },
        {VERDICT_UNDETERMINED,  "Omfang uafklaret"                                        },
        {VERDICT_NOT_MEASURED,  "Ikke målt"                                              },
        {VERDICT_NON_COMPLIANT, "Efterlever ikke"                                         },
        {VERDICT_UNRESOLVED,    "Uafklaret"                                               },
        {VERDICT_LIMITED,       "Ingen overtrædelser fundet – begrænset målegrundlag"},
        {VERDICT_COMPLIANT,     "Efterlever – ingen tredjeparter observeret"            },
        {VERDICT_COMPLIANT,     "Efterlever"                                              },
    };
    enum measurement measured = unit->measurement.class;
    unsigned r = unit->scope.scope == SCOPE_OUT                               ? 0
                 : unit->scope.scope == SCOPE_UNDETERMINED                    ? 1
                 : measured == MEASUREMENT_NONE && !unit->non_compliant_count ? 2
                 : unit->non_compliant_count                                  ? 3
                 : unit->unresolved_count                                     ? 4
                 : measured == MEASUREMENT_LIMITED                            ? 5
                 : !unit->judged_count                                        ? 6
                                                                              : 7;
    *label = rows[r].label;
    *row = r + 1;
    return rows[r].verdict;
}

static inline void estate_finish(struct estate *estate)
{
    for (unsigned y = 0; y < ESTATE_YEARS; y++) {
        struct judgement *j = &estate->years[y];
        for (size_t p = 0; p < j->pair_count; p++) {
            struct unit_verdict *unit = &j->units[j->pairs[p].unit];
            enum verdict verdict = j->pairs[p].verdict;
            unit->first_pair = unit->pair_count++ ? unit->first_pair : (uint32_t)p;
            unit->judged_count += verdict == VERDICT_COMPLIANT || verdict == VERDICT_UNRESOLVED ||
                                  verdict == VERDICT_NON_COMPLIANT;
            unit->unresolved_count += verdict == VERDICT_UNRESOLVED;
            unit->non_compliant_count += verdict == VERDICT_NON_COMPLIANT;
        }
        for (size_t u = 0; u < j->unit_count; u++)
            j->units[u].verdict = estate_verdict(&j->units[u], &j->units[u].verdict_da, &j->units[u].row);
    }
    assert(!estate->arena.full);
}

#endif
