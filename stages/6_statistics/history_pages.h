// SPDX-License-Identifier: MIT
/*
 * history_pages.h - was a page of an earlier year captured again?
 *
 * In:     the pages of a judgement
 * Out:    the captured ones, sorted by unit and key
 * Owns:   nothing: lives in the caller's arena
 * Limits: none of its own
 * Errors: ERR_MEMORY
 * Source: compliance.md 6.2, 6.5 (1)
 *
 * A page is known again by its key. Where addresses changed, that is where nothing of the host of an entry page was
 * captured any more, an entry page stands for it: the one page type that every unit has.
 */
#ifndef STATISTICS_HISTORY_PAGES_H
#define STATISTICS_HISTORY_PAGES_H

#include "5_judge/judge.h"

struct history_pages {
    const struct judgement *judgement;
    struct judged_page *items; /* by unit, key */
    size_t count;
};
enum err history_pages_of(const struct judgement *judgement, struct arena *arena,
                          struct history_pages *out) MUST_CHECK;
/* unit: of the judgement. before: a page of the same unit in an earlier year. */
bool history_pages_again(const struct history_pages *pages, const struct unit_verdict *unit,
                         const struct judged_page *before);

#endif
