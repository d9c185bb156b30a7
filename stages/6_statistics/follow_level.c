// SPDX-License-Identifier: MIT
#include "6_statistics/follow_level.h"

#include <assert.h>

// clang-format off
#define WORSE (FOLLOW_PORTAL | FOLLOW_UNANSWERED)
/* In the order of the ladder; one row fits. */
static const struct follow_level rows[] = {
    {0, 0,                                      FOLLOW_UNRESOLVED | FOLLOW_BREACH,                                    "",              ""},
    {1, FOLLOW_UNRESOLVED,                      FOLLOW_BREACH | WORSE,                                                "unresolved",    "kun uafklarede fund"},
    {1, FOLLOW_PORTAL | FOLLOW_UNRESOLVED,      FOLLOW_BREACH,                                                        "portal",        "portal"},
    {1, FOLLOW_PORTAL | FOLLOW_BREACH,          0,                                                                    "portal",        "portal"},
    {2, FOLLOW_BREACH,                          WORSE | FOLLOW_REPEAT | FOLLOW_LONG,                                  "new_breach",    "nyt brud"},
    {3, FOLLOW_BREACH | FOLLOW_REPEAT,          FOLLOW_PORTAL | FOLLOW_LONG | FOLLOW_SEVERAL,                         "repeat",        "gentaget brud"},
    {3, FOLLOW_BREACH | FOLLOW_UNANSWERED,      FOLLOW_PORTAL | FOLLOW_REPEAT | FOLLOW_LONG | FOLLOW_SEVERAL,         "unanswered",    "ikke besvaret inden fristen"},
    {3, FOLLOW_UNRESOLVED | FOLLOW_UNANSWERED,  FOLLOW_PORTAL | FOLLOW_BREACH | FOLLOW_SEVERAL,                       "unanswered",    "ikke besvaret inden fristen"},
    {4, FOLLOW_BREACH | FOLLOW_LONG,            FOLLOW_PORTAL,                                                        "long_repeat",   "brud i tredje år eller mere"},
    {4, FOLLOW_SEVERAL,                         FOLLOW_PORTAL | FOLLOW_LONG,                                          "several_units", "flere af myndighedens løsninger"},
};
// clang-format on

const struct follow_level *follow_level_of(unsigned facts)
{
    size_t i = 0;
    while (i < sizeof rows / sizeof *rows &&
           ((facts & rows[i].with) != rows[i].with || (facts & rows[i].without)))
        i++;
    assert(i < sizeof rows / sizeof *rows);
    return &rows[i];
}

const char *follow_level_step_da(unsigned level)
{
    static const char *const steps[FOLLOW_LEVEL_COUNT] = {"Ingen", "Informationsbrev",
                                                          "Anmodning om redegørelse", "Dialogmøde",
                                                          "Forelæggelse for departementet"};
    assert(level < FOLLOW_LEVEL_COUNT);
    return steps[level];
}
