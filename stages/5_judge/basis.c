// SPDX-License-Identifier: MIT
#include "5_judge/basis.h"

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
    struct basis_state state;
};

// clang-format off
static const struct row opt_out[] = {
    /* setting exists, activated, effective against all own use,              signal,                review */
    {{NO,  ANY, ANY,                                        ANY,                  ANY},       {BASIS_FAILS,    "O-NOSETTING"}},
    {{ANY, NO,  ANY,                                        ANY,                  ANY},       {BASIS_FAILS,    "O-NOTACTIVE"}},
    {{ANY, ANY, IS(EXTENT_NO),                              ANY,                  ANY},       {BASIS_FAILS,    "O-INEFFECTIVE"}},
    {{YES, YES, ANY,                                        IS(SIGNAL_DECISIVE),  ANY},       {BASIS_FAILS,    "O-CONTRADICTED"}},
    {{YES, YES, ANY,                                        IS(SIGNAL_INDICATIVE), ANY},      {BASIS_UNPROVEN, "O-DOUBT"}},
    {{YES, YES, IS(EXTENT_PARTLY) | IS(EXTENT_UNKNOWN),     QUIET,                ACCEPTED},  {BASIS_HOLDS,    "O-PARTIAL"}},
    {{YES, YES, IS(EXTENT_PARTLY) | IS(EXTENT_UNKNOWN),     QUIET,                ANY},       {BASIS_UNPROVEN, "O-PARTIAL"}},
    {{YES, YES, IS(EXTENT_YES),                             QUIET,                ANY},       {BASIS_HOLDS,    "O-OK"}},
    {{ANY, ANY, ANY,                                        ANY,                  ANY},       {BASIS_UNPROVEN, "O-UNKNOWN"}},
};
static const struct row agreement[] = {
    /* clause on own purposes, in writing (or need not be), anonymised data exempted (and that counts) */
    {{IS(CLAUSE_ALLOWS), ANY,          ANY, ANY, ANY},       {BASIS_FAILS,    "G-OWNUSE"}},
    {{IS(CLAUSE_BANS),   ANY,          YES, ANY, ANY},       {BASIS_FAILS,    "G-ANON"}},
    {{IS(CLAUSE_BANS),   NO | UNKNOWN, NO,  ANY, ANY},       {BASIS_UNPROVEN, "G-UNWRITTEN"}},
    {{IS(CLAUSE_BANS),   YES,          NO,  ANY, ANY},       {BASIS_HOLDS,    "G-OK"}},
    {{ANY,               ANY,          ANY, ANY, ANY},       {BASIS_UNPROVEN, "G-UNCLEAR"}},
};
static const struct row necessary[] = {
    /* own use possible, purpose, limited to the need, category on the review list, review */
    {{YES,     ANY,               ANY, ANY,       ANY},      {BASIS_FAILS,    "N-OWNUSE"}},
    {{ANY,     IS(PURPOSE_OTHER), ANY, ANY,       ANY},      {BASIS_FAILS,    "N-NOTNECESSARY"}},
    {{ANY,     ANY,               NO,  ANY,       ANY},      {BASIS_FAILS,    "N-EXCESS"}},
    {{UNKNOWN, FINE,              ANY, ANY,       ANY},      {BASIS_UNPROVEN, "N-UNKNOWN"}},
    {{NO,      FINE,              YES, IS(false), ANY},      {BASIS_HOLDS,    "N-OK"}},
    {{NO,      FINE,              YES, IS(true),  ACCEPTED}, {BASIS_HOLDS,    "N-REVIEW"}},
    {{NO,      FINE,              YES, IS(true),  ANY},      {BASIS_UNPROVEN, "N-REVIEW"}},
    {{ANY,     ANY,               ANY, ANY,       ANY},      {BASIS_UNPROVEN, "N-UNKNOWN"}}, /* purpose or limit not told */
};
// clang-format on

static struct basis_state first_match(const struct row *row, const unsigned values[COLUMNS])
{
    for (;; row++) { /* the last row fits everything */
        int column = 0;
        while (column < COLUMNS && row->sets[column] & IS(values[column]))
            column++;
        if (column == COLUMNS)
            return row->state;
    }
}

/* Either source may know; "yes" of one is not undone by the other. */
static enum truth either(enum truth a, enum truth b)
{
    if (a == TRUTH_TRUE || b == TRUTH_TRUE)
        return TRUTH_TRUE;
    return a == TRUTH_FALSE || b == TRUTH_FALSE ? TRUTH_FALSE : TRUTH_UNKNOWN;
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
        return first_match(opt_out, (unsigned[COLUMNS]){either(service->optout_exists, basis->setting_exists),
                                                        basis->activated, basis->effective, service->signal,
                                                        basis->review});
    case BASIS_AGREEMENT:
        return first_match(agreement,
                           (unsigned[COLUMNS]){
                               basis->own_use_clause, policy->agreement_written ? basis->written : TRUTH_TRUE,
                               policy->anonymised_counts ? basis->anonymised_exempt : TRUTH_FALSE});
    case BASIS_NECESSARY:
        break;
    }
    return first_match(necessary,
                       (unsigned[COLUMNS]){either(service->own_use_possible, basis->own_use_possible),
                                           basis->purpose, basis->limited_use,
                                           on_review_list(service->category), basis->review});
}

struct basis_state basis_judge(const struct basis *basis, const struct basis_service *service,
                               const struct policy *policy)
{
    if (basis->review == REVIEW_REJECTED)
        return (struct basis_state){BASIS_FAILS, "B-REJECTED"};
    if (policy->documents_required && !basis->evidence_ref.bytes)
        return (struct basis_state){BASIS_UNPROVEN, "B-NODOC"};
    if (policy->review_required && basis->review != REVIEW_ACCEPTED)
        return (struct basis_state){BASIS_UNPROVEN, "B-PENDING"};
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
    return (struct basis_state){BASIS_FAILS, after_count ? "B-EXPIRED" : "B-NOTYET"};
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
