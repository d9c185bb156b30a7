// SPDX-License-Identifier: MIT
#include "5_judge/grade.h"

#include "5_judge/rules.h"

#include <assert.h>

/* What was blocked or failed (A) discloses nothing for certain, so it is worth no more than a declaration. */
// clang-format off
static const struct {
    bool is_use;
    enum grade plain, with_cookie;
    const char *kind; /* of the page */
} rows[EVIDENCE_COUNT] = {
    [EVIDENCE_O1] = {true,  GRADE_A, GRADE_A, "K2"}, /* K2, K1 */
    [EVIDENCE_O2] = {true,  GRADE_A, GRADE_A, "K2"},
    [EVIDENCE_O3] = {true,  GRADE_B, GRADE_A, "K2b"}, /* K2b, K1 */
    [EVIDENCE_O4] = {true,  GRADE_B, GRADE_A, "K2b"},
    [EVIDENCE_O5] = {true,  GRADE_B, GRADE_A, "K2b"},
    [EVIDENCE_A]  = {true,  GRADE_C, GRADE_C, "K3"},
    [EVIDENCE_D1] = {true,  GRADE_C, GRADE_C, "K3"}, /* K3 */
    [EVIDENCE_D2] = {true,  GRADE_C, GRADE_C, "K3"},
    [EVIDENCE_D3] = {true,  GRADE_D, GRADE_D, "K3s"}, /* K3s */
    [EVIDENCE_C]  = {true,  GRADE_C, GRADE_C, "K3"}, /* preconnect; anything else is K9 */
    [EVIDENCE_N]  = {false, GRADE_D, GRADE_D, "K9"}, /* K9 */
};
// clang-format on

bool grade_of(const struct index_contact *contact, bool sets_cookie, const struct policy *policy,
              enum grade *out)
{
    enum evidence evidence = contact->evidence;
    assert(evidence < EVIDENCE_COUNT);
    if (!rows[evidence].is_use ||
        (evidence == EVIDENCE_C && (contact->resource != RESOURCE_CONNECT || !policy->preconnect_is_load)))
        return false;
    *out = sets_cookie ? rows[evidence].with_cookie : rows[evidence].plain;
    if (evidence == EVIDENCE_D2 && !condition_is_ordinary(contact->condition))
        *out = GRADE_D; /* K3 is what loads by itself: this waits for a script, a consent, an old browser */
    return true;
}

struct rule grade_rule_of(enum evidence evidence)
{
    return (struct rule){RULES_GRADE, (unsigned)evidence + 1};
}

const char *grade_name(enum grade grade)
{
    static const char *const names[] = {"A", "B", "C", "D"};
    assert(grade < sizeof names / sizeof *names);
    return names[grade];
}

bool grade_is_strong(const uint32_t grade_counts[4], uint32_t page_count, uint32_t capture_count,
                     const struct policy *policy)
{
    bool repeats = page_count >= 2 || capture_count >= 2;
    switch (policy->min_grade) {
    case GRADE_A:
        return grade_counts[GRADE_A];
    case GRADE_B:
        return grade_counts[GRADE_A] || grade_counts[GRADE_B] || (grade_counts[GRADE_C] && repeats);
    case GRADE_C:
    case GRADE_D:
        break;
    }
    return grade_counts[GRADE_A] || grade_counts[GRADE_B] || grade_counts[GRADE_C];
}

enum err grade_each_rule(struct arena *arena, rule_line_fn *fn, void *context)
{
    for (unsigned e = 0; e < EVIDENCE_N; e++) { /* links are no contacts: no index has them as such */
        struct span text =
            arena_format(arena, "evidence=%s%s", evidence_name((enum evidence)e),
                         e == EVIDENCE_D2  ? " that an ordinary visit meets, else D"
                         : e == EVIDENCE_C ? ", preconnect, policy refetch_rule; else no use (K9)"
                                           : "");
        bool same = rows[e].with_cookie == rows[e].plain;
        struct span result =
            arena_format(arena, "%s%s%s", rows[e].is_use ? grade_name(rows[e].plain) : "no use",
                         same ? "" : ", with Set-Cookie ", same ? "" : grade_name(rows[e].with_cookie));
        const struct rule_line line = {
            {RULES_GRADE, e + 1},
            rows[e].kind, "", text, result.at, ""
        };
        TRY(text.at && result.at ? fn(context, &line) : ERR_MEMORY);
    }
    return ERR_OK;
}
