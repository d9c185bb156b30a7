// SPDX-License-Identifier: MIT
#include "6_statistics/finding_state.h"

#include <assert.h>

// clang-format off
#define ABSENT (FINDING_WAS_BREACH | FINDING_IN_SCOPE)
/* In the order of the page; one row at most fits. What is contested waits for its decision before it counts as a breach. */
static const struct {
    enum finding_state state;
    unsigned with, without;
} rows[] = {
    {FINDING_STATE_NEW,            FINDING_BREACH,                                FINDING_EVER_BREACH | FINDING_CONTESTED},
    {FINDING_STATE_REPEAT,         FINDING_BREACH | FINDING_WAS_BREACH,           FINDING_CONTESTED},
    {FINDING_STATE_RELAPSED,       FINDING_BREACH | FINDING_EVER_BREACH,          FINDING_WAS_BREACH | FINDING_CONTESTED},
    {FINDING_STATE_DOCUMENTED,     FINDING_HOLDS | FINDING_WAS_BREACH,            0},
    {FINDING_STATE_DOCUMENTED,     FINDING_HOLDS | FINDING_WAS_OPEN,              0},
    {FINDING_STATE_REMOVED,        ABSENT | FINDING_ADEQUATE | FINDING_PAGE_AGAIN, FINDING_SEEN},
    {FINDING_STATE_NOT_REMEASURED, ABSENT,                                        FINDING_SEEN | FINDING_ADEQUATE},
    {FINDING_STATE_NOT_REMEASURED, ABSENT | FINDING_ADEQUATE,                     FINDING_SEEN | FINDING_PAGE_AGAIN},
    {FINDING_STATE_LEFT,           FINDING_WAS_BREACH,                            FINDING_IN_SCOPE},
    {FINDING_STATE_DISPUTED,       FINDING_BREACH | FINDING_CONTESTED,            0},
    {FINDING_STATE_DISPUTED,       FINDING_OPEN | FINDING_CONTESTED,              0},
};
static const struct {
    const char *name, *danish;
} words[FINDING_STATE_COUNT] = {
    [FINDING_STATE_NONE]           = {"",               ""},
    [FINDING_STATE_NEW]            = {"new",            "Ny"},
    [FINDING_STATE_REPEAT]         = {"repeat",         "Gentagen"},
    [FINDING_STATE_RELAPSED]       = {"relapsed",       "Genopstået"},
    [FINDING_STATE_DOCUMENTED]     = {"documented",     "Dokumenteret"},
    [FINDING_STATE_REMOVED]        = {"removed",        "Fjernet"},
    [FINDING_STATE_NOT_REMEASURED] = {"not_remeasured", "Ikke genmålt"},
    [FINDING_STATE_LEFT]           = {"left",           "Udgået"},
    [FINDING_STATE_DISPUTED]       = {"disputed",       "Bestridt"},
};
// clang-format on

enum finding_state finding_state_of(unsigned facts)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if ((facts & rows[i].with) == rows[i].with && !(facts & rows[i].without))
            return rows[i].state;
    return FINDING_STATE_NONE;
}

const char *finding_state_name(enum finding_state state)
{
    assert(state < FINDING_STATE_COUNT);
    return words[state].name;
}

struct span finding_state_da(enum finding_state state, unsigned years, struct arena *arena)
{
    assert(state < FINDING_STATE_COUNT);
    return state == FINDING_STATE_REPEAT ? arena_format(arena, "%s (%u. år)", words[state].danish, years)
                                         : span_of_string(words[state].danish);
}
