// SPDX-License-Identifier: MIT
#include "5_judge/basis.h"

#include "5_judge/rules.h"

#include <assert.h>

#define IS(value) (1u << (value))
#define ANY       (~0u)
#define YES       IS(TRUTH_TRUE)
#define NO        IS(TRUTH_FALSE)
#define UNKNOWN   IS(TRUTH_UNKNOWN)
#define FINE      (IS(PURPOSE_PRECONDITION) | IS(PURPOSE_SECURITY))
#define QUIET     (IS(SIGNAL_NONE) | IS(SIGNAL_CONSISTENT))
#define ACCEPTED  IS(REVIEW_ACCEPTED)

enum { COLUMNS = 5 };
struct row {
    unsigned sets[COLUMNS]; /* of values that fit */
    enum basis_result result;
    const char *code;
};
struct table {
    enum rule_table name;
    const struct row *rows;
    size_t count;
    struct column {
        const char *name;
        const char *const *values;
        size_t count;
    } columns[COLUMNS];
};

// clang-format off
static const struct row opt_out[] = {
    /* setting exists, activated, effective against all own use,              signal,                review */
    {{NO,  ANY, ANY,                                        ANY,                  ANY},       BASIS_FAILS,    "O-NOSETTING"},
    {{ANY, NO,  ANY,                                        ANY,                  ANY},       BASIS_FAILS,    "O-NOTACTIVE"},
    {{ANY, ANY, IS(EXTENT_NO),                              ANY,                  ANY},       BASIS_FAILS,    "O-INEFFECTIVE"},
    {{YES, YES, ANY,                                        IS(SIGNAL_DECISIVE),  ANY},       BASIS_FAILS,    "O-CONTRADICTED"},
    {{YES, YES, ANY,                                        IS(SIGNAL_INDICATIVE), ANY},      BASIS_UNPROVEN, "O-DOUBT"},
    {{YES, YES, IS(EXTENT_PARTLY) | IS(EXTENT_UNKNOWN),     QUIET,                ACCEPTED},  BASIS_HOLDS,    "O-PARTIAL"},
    {{YES, YES, IS(EXTENT_PARTLY) | IS(EXTENT_UNKNOWN),     QUIET,                ANY},       BASIS_UNPROVEN, "O-PARTIAL"},
    {{YES, YES, IS(EXTENT_YES),                             QUIET,                ANY},       BASIS_HOLDS,    "O-OK"},
    {{ANY, ANY, ANY,                                        ANY,                  ANY},       BASIS_UNPROVEN, "O-UNKNOWN"},
};
static const struct row agreement[] = {
    /* clause on own purposes, in writing (or need not be), anonymised data exempted (and that counts) */
    {{IS(CLAUSE_ALLOWS), ANY,          ANY, ANY, ANY},       BASIS_FAILS,    "G-OWNUSE"},
    {{IS(CLAUSE_BANS),   ANY,          YES, ANY, ANY},       BASIS_FAILS,    "G-ANON"},
    {{IS(CLAUSE_BANS),   NO | UNKNOWN, NO,  ANY, ANY},       BASIS_UNPROVEN, "G-UNWRITTEN"},
    {{IS(CLAUSE_BANS),   YES,          NO,  ANY, ANY},       BASIS_HOLDS,    "G-OK"},
    {{ANY,               ANY,          ANY, ANY, ANY},       BASIS_UNPROVEN, "G-UNCLEAR"},
};
static const struct row necessary[] = {
    /* own use possible, purpose, limited to the need, category on the review list, review */
    {{YES,     ANY,               ANY, ANY,       ANY},      BASIS_FAILS,    "N-OWNUSE"},
    {{ANY,     IS(PURPOSE_OTHER), ANY, ANY,       ANY},      BASIS_FAILS,    "N-NOTNECESSARY"},
    {{ANY,     ANY,               NO,  ANY,       ANY},      BASIS_FAILS,    "N-EXCESS"},
    {{UNKNOWN, FINE,              ANY, ANY,       ANY},      BASIS_UNPROVEN, "N-UNKNOWN"},
    {{NO,      FINE,              YES, IS(false), ANY},      BASIS_HOLDS,    "N-OK"},
    {{NO,      FINE,              YES, IS(true),  ACCEPTED}, BASIS_HOLDS,    "N-REVIEW"},
    {{NO,      FINE,              YES, IS(true),  ANY},      BASIS_UNPROVEN, "N-REVIEW"},
    {{ANY,     ANY,               ANY, ANY,       ANY},      BASIS_UNPROVEN, "N-UNKNOWN"}, /* purpose or limit not told */
};
// clang-format on

#define ROWS(rows)     rows, sizeof(rows) / sizeof *(rows)
#define VALUES(values) values, sizeof(values) / sizeof *(values)
static const char *const truths[] = {[TRUTH_FALSE] = "no", [TRUTH_UNKNOWN] = "unknown", [TRUTH_TRUE] = "yes"};
static const char *const extents[] = {
    [EXTENT_UNKNOWN] = "unknown", [EXTENT_NO] = "no", [EXTENT_PARTLY] = "partly", [EXTENT_YES] = "all"};
static const char *const signals[] = {[SIGNAL_NONE] = "none",
                                      [SIGNAL_CONSISTENT] = "consistent",
                                      [SIGNAL_INDICATIVE] = "contradicts, indicative",
                                      [SIGNAL_DECISIVE] = "contradicts, decisive"};
static const char *const reviews[] = {[REVIEW_NONE] = "none",
                                      [REVIEW_PENDING] = "pending",
                                      [REVIEW_ACCEPTED] = "accepted",
                                      [REVIEW_REJECTED] = "rejected"};
static const char *const clauses[] = {
    [CLAUSE_UNCLEAR] = "unclear", [CLAUSE_ALLOWS] = "allows own use", [CLAUSE_BANS] = "bans own use"};
static const char *const purposes[] = {[PURPOSE_UNKNOWN] = "unknown",
                                       [PURPOSE_PRECONDITION] = "precondition",
                                       [PURPOSE_SECURITY] = "security",
                                       [PURPOSE_OTHER] = "other"};
static const char *const flags[] = {"no", "yes"};
static const struct table tables[] = {
    [BASIS_OPT_OUT] = {RULES_OPT_OUT,
                       ROWS(opt_out),
                       {{"setting exists", VALUES(truths)},
                        {"activated", VALUES(truths)},
                        {"effective against own use", VALUES(extents)},
                        {"observed signal", VALUES(signals)},
                        {"review", VALUES(reviews)}}                   },
    [BASIS_AGREEMENT] = {RULES_AGREEMENT,
                       ROWS(agreement),
                       {{"clause", VALUES(clauses)},
                          {"in writing", VALUES(truths)},
                          {"anonymised data exempted", VALUES(truths)}}},
    [BASIS_NECESSARY] = {RULES_NECESSARY,
                       ROWS(necessary),
                       {{"own use possible", VALUES(truths)},
                          {"purpose", VALUES(purposes)},
                          {"limited to the need", VALUES(truths)},
                          {"category on the review list", VALUES(flags)},
                          {"review", VALUES(reviews)}}                 },
};

static struct basis_state first_match(enum basis_type type, const unsigned values[COLUMNS])
{
    const struct table *table = &tables[type];
    for (const struct row *row = table->rows;; row++) { /* the last row fits everything */
        int column = 0;
        while (column < COLUMNS && row->sets[column] & IS(values[column]))
            column++;
        if (column == COLUMNS)
            return (struct basis_state){
                row->result, row->code, {table->name, (unsigned)(row - table->rows) + 1}
            };
    }
}

/* What comes before the type, in the order of the page. */
enum check { CHECK_REJECTED, CHECK_EXPIRED, CHECK_NOT_YET, CHECK_DOCUMENT, CHECK_REVIEW, CHECK_COUNT };
static const struct {
    enum basis_result result;
    const char *code, *condition;
} checks[CHECK_COUNT] = {
    [CHECK_REJECTED] = {BASIS_FAILS,    "B-REJECTED", "review=rejected"                                      },
    [CHECK_EXPIRED] = {BASIS_FAILS,    "B-EXPIRED",  "observed after valid_to"                              },
    [CHECK_NOT_YET] = {BASIS_FAILS,    "B-NOTYET",   "observed before valid_from"                           },
    [CHECK_DOCUMENT] = {BASIS_UNPROVEN, "B-NODOC",    "no document named, policy documentation asks for one" },
    [CHECK_REVIEW] = {BASIS_UNPROVEN, "B-PENDING",  "review not accepted, policy documentation asks for it"},
};

static struct basis_state state_of(enum check check)
{
    return (struct basis_state){
        checks[check].result, checks[check].code, {RULES_BASIS, (unsigned)check + 1}
    };
}

/* Either source may know; "yes" of one is not undone by the other. */
static enum truth either(enum truth a, enum truth b)
{
    if (a == TRUTH_TRUE || b == TRUTH_TRUE)
        return TRUTH_TRUE;
    return a == TRUTH_FALSE || b == TRUTH_FALSE ? TRUTH_FALSE : TRUTH_UNKNOWN;
}

/* Of two that know, the one that promises less. */
static enum extent least(enum extent a, enum extent b)
{
    if (a == EXTENT_UNKNOWN || b == EXTENT_UNKNOWN)
        return a == EXTENT_UNKNOWN ? b : a;
    return a < b ? a : b;
}

static bool on_review_list(enum category category)
{
    const unsigned list = IS(CATEGORY_AD) | IS(CATEGORY_MARKETING) | IS(CATEGORY_SOCIAL) |
                          IS(CATEGORY_ANALYTICS) | IS(CATEGORY_VIDEO) | IS(CATEGORY_FONT) |
                          IS(CATEGORY_TAG_MANAGER);
    return list & IS(category);
}

static struct basis_state judge_type(const struct basis *basis, const struct basis_service *service,
                                     const struct policy *policy)
{
    switch (basis->type) {
    case BASIS_OPT_OUT:
        return first_match(basis->type,
                           (unsigned[COLUMNS]){either(service->optout_exists, basis->setting_exists),
                                               basis->activated,
                                               least(service->optout_effective, basis->effective),
                                               service->signal, basis->review});
    case BASIS_AGREEMENT:
        return first_match(basis->type,
                           (unsigned[COLUMNS]){
                               basis->own_use_clause, policy->agreement_written ? basis->written : TRUTH_TRUE,
                               policy->anonymised_counts ? basis->anonymised_exempt : TRUTH_FALSE});
    case BASIS_NECESSARY:
        break;
    }
    return first_match(basis->type,
                       (unsigned[COLUMNS]){either(service->own_use_possible, basis->own_use_possible),
                                           basis->purpose, basis->limited_use,
                                           on_review_list(service->category), basis->review});
}

struct basis_state basis_judge(const struct basis *basis, const struct basis_service *service,
                               const struct policy *policy)
{
    if (basis->review == REVIEW_REJECTED)
        return state_of(CHECK_REJECTED);
    if (policy->documents_required && !basis->evidence_ref.bytes)
        return state_of(CHECK_DOCUMENT);
    if (policy->review_required && basis->review != REVIEW_ACCEPTED)
        return state_of(CHECK_REVIEW);
    return judge_type(basis, service, policy);
}

enum basis_time basis_time_of(const struct basis *basis, date_days day)
{
    if (day < basis->valid_from)
        return BASIS_BEFORE;
    return day > basis->valid_to ? BASIS_AFTER : BASIS_WITHIN;
}

struct basis_state basis_over(const struct basis *basis, struct basis_state timeless, uint32_t before_count,
                              uint32_t after_count, bool within_at_end)
{
    if (basis->review == REVIEW_REJECTED || within_at_end || before_count + after_count == 0)
        return timeless;
    return state_of(after_count ? CHECK_EXPIRED : CHECK_NOT_YET);
}

bool basis_names(const struct basis *basis, const struct basis_subject *subject)
{
    if (basis->pattern.bytes)
        return register_pattern_covers(basis->pattern, subject->host, subject->path);
    bool same_service = span_equal_nocase(basis->service, subject->service);
    if (!basis->entity.bytes)
        return same_service;
    bool same_entity =
        span_equal_nocase(basis->entity, subject->entity) || span_equal_nocase(basis->entity, subject->site);
    return same_entity && (same_service || !basis->service.bytes || !subject->service.bytes);
}

static const char *const results[] = {
    [BASIS_HOLDS] = "holds", [BASIS_UNPROVEN] = "unproven", [BASIS_FAILS] = "fails"};

static enum err each_check(struct arena *arena, rule_line_fn *fn, void *context)
{
    for (unsigned i = 0; i < CHECK_COUNT; i++) {
        struct span number = arena_format(arena, "%u", i + 1);
        const struct rule_line line = {
            {RULES_BASIS, i + 1},
            number.at, checks[i].code, span_of_string(checks[i].condition),
            results[checks[i].result], ""
        };
        TRY(number.at ? fn(context, &line) : ERR_MEMORY);
    }
    return ERR_OK;
}

enum err basis_each_rule(enum rule_table name, struct arena *arena, rule_line_fn *fn, void *context)
{
    const struct table *table = tables;
    if (name == RULES_BASIS)
        return each_check(arena, fn, context);
    while (table->name != name)
        table++;
    for (unsigned i = 0; i < table->count; i++) {
        const struct row *row = &table->rows[i];
        struct span text = SPAN(""), number = arena_format(arena, "%u", i + 1);
        for (size_t c = 0; c < COLUMNS && table->columns[c].name; c++)
            text = rule_and(text, table->columns[c].name, row->sets[c], table->columns[c].values,
                            table->columns[c].count, arena);
        if (!text.at || !number.at)
            return ERR_MEMORY;
        const struct rule_line line = {
            {name, i + 1},
            number.at, row->code, text, results[row->result], ""
        };
        TRY(fn(context, &line));
    }
    return ERR_OK;
}
