// SPDX-License-Identifier: MIT
#include "5_judge/verdict.h"

#include "5_judge/rules.h"

#include <assert.h>

#define IS(value) (1u << (value))
#define ANY       (~0u)

enum some { SOME_NO, SOME_YES };

// clang-format off
static const struct {
    unsigned scopes, measurements, non_compliant, unresolved, judged; /* sets of values that fit */
    struct unit_row row;
} rows[] = {
    {IS(SCOPE_OUT),          ANY,                     ANY,          ANY,          ANY,         {1, VERDICT_OUTSIDE,       "Ikke omfattet"}},
    {IS(SCOPE_UNDETERMINED), ANY,                     ANY,          ANY,          ANY,         {2, VERDICT_UNDETERMINED,  "Omfang uafklaret"}},
    {IS(SCOPE_IN),           IS(MEASUREMENT_NONE),    IS(SOME_NO),  ANY,          ANY,         {3, VERDICT_NOT_MEASURED,  "Ikke målt"}},
    {IS(SCOPE_IN),           ANY,                     IS(SOME_YES), ANY,          ANY,         {4, VERDICT_NON_COMPLIANT, "Efterlever ikke"}},
    {IS(SCOPE_IN),           ANY,                     ANY,          IS(SOME_YES), ANY,         {5, VERDICT_UNRESOLVED,    "Uafklaret"}},
    {IS(SCOPE_IN),           IS(MEASUREMENT_LIMITED), ANY,          ANY,          ANY,         {6, VERDICT_LIMITED,       "Ingen overtrædelser fundet – begrænset målegrundlag"}},
    {IS(SCOPE_IN),           ANY,                     ANY,          ANY,          IS(SOME_NO), {7, VERDICT_COMPLIANT,     "Efterlever – ingen tredjeparter observeret"}},
    {ANY,                    ANY,                     ANY,          ANY,          ANY,         {8, VERDICT_COMPLIANT,     "Efterlever"}},
};

static const struct {
    const char *name, *label_da;
} words[] = {
    [VERDICT_NOT_THIRD_PARTY] = {"not_third_party", "Ikke tredjepart"},
    [VERDICT_DECLARED_ONLY]   = {"declared_only",   "Oplyst, ikke observeret"},
    [VERDICT_COMPLIANT]       = {"compliant",       "Efterlever"},
    [VERDICT_UNRESOLVED]      = {"unresolved",      "Uafklaret"},
    [VERDICT_NON_COMPLIANT]   = {"non_compliant",   "Efterlever ikke"},
    [VERDICT_LIMITED]         = {"limited",         "Ingen overtrædelser fundet – begrænset målegrundlag"},
    [VERDICT_NOT_MEASURED]    = {"not_measured",    "Ikke målt"},
    [VERDICT_OUTSIDE]         = {"outside",         "Ikke omfattet"},
    [VERDICT_UNDETERMINED]    = {"undetermined",    "Omfang uafklaret"},
};
// clang-format on

struct unit_row unit_row_of(const struct verdict_facts *facts)
{
    size_t i = 0;
    while (!(rows[i].scopes & IS(facts->scope)) || !(rows[i].measurements & IS(facts->measurement)) ||
           !(rows[i].non_compliant & IS(facts->non_compliant_count > 0)) ||
           !(rows[i].unresolved & IS(facts->unresolved_count > 0)) ||
           !(rows[i].judged & IS(facts->judged_count > 0)))
        i++; /* the last row fits everything */
    return rows[i].row;
}

const char *verdict_name(enum verdict verdict)
{
    assert(verdict < sizeof words / sizeof *words);
    return words[verdict].name;
}

const char *verdict_label_da(enum verdict verdict)
{
    assert(verdict < sizeof words / sizeof *words);
    return words[verdict].label_da;
}

enum verdict verdict_of_name(struct span name)
{
    enum verdict verdict = 0;
    while (verdict < VERDICT_UNDETERMINED && !span_equal(name, span_of_string(words[verdict].name)))
        verdict++;
    return verdict;
}

enum err verdict_each_rule(struct arena *arena, rule_line_fn *fn, void *context)
{
    static const char *const scopes[] = {
        [SCOPE_OUT] = "out", [SCOPE_UNDETERMINED] = "undetermined", [SCOPE_IN] = "in"};
    static const char *const measurements[] = {
        [MEASUREMENT_NONE] = "none", [MEASUREMENT_LIMITED] = "limited", [MEASUREMENT_ADEQUATE] = "adequate"};
    static const char *const some[] = {[SOME_NO] = "none", [SOME_YES] = "some"};
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct span text = rule_and(SPAN(""), "scope", rows[i].scopes, scopes, 3, arena);
        text = rule_and(text, "measurement", rows[i].measurements, measurements, 3, arena);
        text = rule_and(text, "non-compliant pairs", rows[i].non_compliant, some, 2, arena);
        text = rule_and(text, "unresolved pairs", rows[i].unresolved, some, 2, arena);
        text = rule_and(text, "judged pairs", rows[i].judged, some, 2, arena);
        struct span number = arena_format(arena, "%u", rows[i].row.number);
        if (!number.at || !text.at)
            return ERR_MEMORY;
        const struct rule_line line = {
            {RULES_UNIT, i + 1},
            number.at, "", text, verdict_name(rows[i].row.verdict),
            rows[i].row.verdict_da
        };
        TRY(fn(context, &line));
    }
    return ERR_OK;
}
