// SPDX-License-Identifier: MIT
/* followed.h - one third party on units over several years, put together by hand; include cmocka.h first. */
#ifndef TESTS_FOLLOWED_H
#define TESTS_FOLLOWED_H

#include "6_statistics/follow_up.h"
#include "estate.h"

static const struct estate_reason followed_holds = {VERDICT_COMPLIANT, "V-OK-G", NULL, "Efterlever – aftale"};
static const struct estate_reason followed_awaits = {VERDICT_UNRESOLVED, "V-AWAIT", NULL, "Uafklaret"};
static const struct estate_reason followed_breach = {VERDICT_NON_COMPLIANT, "V-NOBASIS", NULL,
                                                     "Efterlever ikke"};

/* A year of one unit: 'x' non-compliant, 'u' unresolved, 'c' compliant, all on page 1, which was captured; not seen:
 * 'g' page 1 was captured, 'l' the same with a limited measurement, 'p' another page was captured; '-' not in scope. */
static inline void followed_add_year(struct estate *e, unsigned y, const struct unit *unit, char kind)
{
    struct judgement *j = &e->years[y];
    enum measurement measured = kind == 'l' ? MEASUREMENT_LIMITED : MEASUREMENT_ADEQUATE;
    estate_add_unit(e, y, unit, kind == '-' ? SCOPE_OUT : SCOPE_IN, measured, 10);
    if (!j->pages)
        j->pages = arena_alloc(&e->arena, 16 * sizeof *j->pages);
    j->pages[j->page_count] = (struct judged_page){
        .key = kind == 'p' ? 2 : 1, .host_key = 1, .unit = (uint32_t)j->unit_count - 1, .is_captured = true};
    if (strchr("xuc", kind)) {
        struct pair *pair = estate_add_pair(e, y, "Acme", "Tal",
                                            kind == 'x'   ? followed_breach
                                            : kind == 'u' ? followed_awaits
                                                          : followed_holds,
                                            1);
        pair->pages = arena_alloc(&e->arena, sizeof *pair->pages);
        pair->pages[0] = (uint32_t)j->page_count;
    }
    j->page_count++;
}

static inline void followed_run(struct estate *e, size_t year_count, struct follow_up *out)
{
    const struct judgement *years[ESTATE_YEARS];
    estate_finish(e);
    for (size_t y = 0; y < year_count; y++)
        years[y] = &e->years[y];
    for (size_t y = 2; y < year_count; y++) { /* older years are kept ones */
        struct judgement *kept = arena_alloc(&e->arena, sizeof *kept);
        assert_int_equal(judge_keep(&e->years[y], &e->arena, kept), ERR_OK);
        years[y] = kept;
    }
    assert_int_equal(follow_up_of(years, year_count, &e->arena, out), ERR_OK);
}

#endif
