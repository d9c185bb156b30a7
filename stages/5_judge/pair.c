// SPDX-License-Identifier: MIT
#include "5_judge/pair.h"

#include "5_judge/rules.h"

// clang-format off
#define SEEN (PAIR_JUDGED | PAIR_OBSERVED)
#define DUE  (PAIR_UNNAMED | PAIR_DEADLINE_PASSED)
static const struct pair_row rows[] = {
    { 1, PAIR_DECIDED,                         0,                                                     VERDICT_UNRESOLVED,      "V-MANUAL",     "Manuel vurdering"},
    { 2, 0,                                    PAIR_JUDGED,                                           VERDICT_NOT_THIRD_PARTY, "V-NA",         "Ikke tredjepart"},
    { 3, PAIR_JUDGED | PAIR_DECLARED,          PAIR_OBSERVED,                                         VERDICT_DECLARED_ONLY,   "V-DECLARED",   "Oplyst, ikke observeret"},
    { 4, SEEN,                                 PAIR_STRONG | PAIR_COVERED | PAIR_COVERED_LATE,        VERDICT_UNRESOLVED,      "V-WEAK",       "Uafklaret – svagt bevis"},
    { 5, SEEN | PAIR_COVERED | PAIR_BY_AGREEMENT, 0,                                                  VERDICT_COMPLIANT,       "V-OK-G",       "Efterlever – aftale"},
    { 5, SEEN | PAIR_COVERED | PAIR_BY_OPT_OUT,   PAIR_BY_AGREEMENT,                                  VERDICT_COMPLIANT,       "V-OK-O",       "Efterlever – fravalg"},
    { 5, SEEN | PAIR_COVERED | PAIR_BY_NECESSITY, PAIR_BY_AGREEMENT | PAIR_BY_OPT_OUT,                VERDICT_COMPLIANT,       "V-OK-N",       "Efterlever – teknisk nødvendig"},
    { 6, SEEN | PAIR_COVERED_LATE,             PAIR_COVERED,                                          VERDICT_COMPLIANT,       "V-OK-LATE",    "Efterlever – bragt i orden i perioden"},
    { 7, SEEN,                                 PAIR_IDENTIFIED | PAIR_DECLARED | PAIR_DEADLINE_PASSED, VERDICT_UNRESOLVED,     "V-UNKNOWN",    "Uafklaret – ukendt tredjepart"},
    { 8, SEEN | PAIR_UNPROVEN,                 PAIR_FAILING | PAIR_UNNAMED,                           VERDICT_UNRESOLVED,      "V-UNPROVEN",   "Uafklaret – dokumentation mangler"},
    { 9, SEEN | PAIR_FAILING,                  0,                                                     VERDICT_NON_COMPLIANT,   "V-FAIL-BASIS", "Efterlever ikke – grundlaget holder ikke"},
    {10, SEEN | PAIR_UNNAMED,                  PAIR_DEADLINE_PASSED,                                  VERDICT_UNRESOLVED,      "V-AWAIT",      "Uafklaret – afventer myndigheden"},
    {10, SEEN | DUE,                           PAIR_SILENCE_COUNTS,                                   VERDICT_UNRESOLVED,      "V-AWAIT",      "Uafklaret – afventer myndigheden"},
    {11, SEEN | DUE | PAIR_SILENCE_COUNTS,     0,                                                     VERDICT_NON_COMPLIANT,   "V-NOBASIS",    "Efterlever ikke – intet grundlag"},
};
// clang-format on

const struct pair_row *pair_row_next(unsigned facts, const struct pair_row *after)
{
    for (const struct pair_row *row = after ? after + 1 : rows; row < rows + sizeof rows / sizeof *rows;
         row++)
        if ((facts & row->with) == row->with && !(facts & row->without))
            return row;
    return NULL;
}

unsigned pair_row_number(const struct pair_row *row)
{
    return (unsigned)(row - rows) + 1;
}

enum err pair_each_rule(struct arena *arena, rule_line_fn *fn, void *context)
{
    static const char *const facts[] = {
        "decided by hand",
        "judged",
        "observed",
        "declared",
        "strong enough",
        "covered",
        "covered at the end",
        "by agreement",
        "by opt-out",
        "by necessity",
        "identified",
        "deadline passed",
        "silence counts",
        "some basis unproven",
        "some bases all fail",
        "some without basis",
    };
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct span number = arena_format(arena, "%u", rows[i].number);
        struct span text =
            rule_facts(rows[i].with, rows[i].without, facts, sizeof facts / sizeof *facts, arena);
        if (!number.at || !text.at)
            return ERR_MEMORY;
        const char *result = rows[i].with & PAIR_DECIDED ? "as decided" : verdict_name(rows[i].verdict);
        const struct rule_line line = {
            {RULES_PAIR, i + 1},
            number.at, rows[i].code, text, result, rows[i].label_da
        };
        TRY(fn(context, &line));
    }
    return ERR_OK;
}
