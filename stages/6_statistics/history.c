// SPDX-License-Identifier: MIT
#include "6_statistics/history.h"

#include "6_statistics/cohort.h"
#include "6_statistics/history_pages.h"
#include "6_statistics/lineage.h"

#include <assert.h>
#include <stdlib.h>

struct build {
    struct histories *out;
    struct arena *arena;
    /* [later][earlier]: the unit each unit of the later year continues; NULL until asked for */
    const struct unit_verdict **links[HISTORY_YEARS][HISTORY_YEARS];
    struct history_pages pages[HISTORY_YEARS];
    const struct unit_verdict *chain[HISTORY_YEARS]; /* the unit at hand, per year; NULL: not in scope */
};

static const struct judgement *year_of(const struct build *b, size_t year)
{
    return b->out->years[year];
}

static enum err link_of(struct build *b, size_t later, size_t earlier, const struct unit_verdict *unit,
                        const struct unit_verdict **out)
{
    if (!b->links[later][earlier]) {
        struct lineage lineage;
        TRY(lineage_link(year_of(b, later), year_of(b, earlier), b->arena, &lineage));
        b->links[later][earlier] = lineage.previous;
    }
    *out = b->links[later][earlier][unit - year_of(b, later)->units];
    return ERR_OK;
}

/* From chain[from] back; a year without the unit is stepped over. */
static enum err follow_back(struct build *b, size_t from)
{
    size_t last = from;
    for (size_t y = from + 1; y < b->out->year_count; y++) {
        TRY(link_of(b, last, y, b->chain[last], &b->chain[y]));
        if (b->chain[y])
            last = y;
    }
    return ERR_OK;
}

static int compare_pairs(const void *left, const void *right)
{
    const struct history_pair *a = left, *b = right;
    int order = span_compare(a->pair->entity, b->pair->entity);
    if (!order)
        order = (a->year > b->year) - (a->year < b->year);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static enum err collect_pairs(struct build *b, struct history_pair **out, size_t *count)
{
    size_t capacity = 0;
    *out = NULL;
    *count = 0;
    for (uint32_t y = 0; y < b->out->year_count; y++) {
        if (!b->chain[y])
            continue;
        for (uint32_t p = b->chain[y]->first_pair; p < b->chain[y]->first_pair + b->chain[y]->pair_count;
             p++) {
            if (year_of(b, y)->pairs[p].party == PARTY_FIRST)
                continue;
            struct history_pair *to = ARENA_PUSH(b->arena, *out, *count, capacity);
            if (!to)
                return ERR_MEMORY;
            *to = (struct history_pair){&year_of(b, y)->pairs[p], y, p};
        }
    }
    if (*count)
        qsort(*out, *count, sizeof **out, compare_pairs);
    return ERR_OK;
}

/* What a year says of a third party. */
struct saying {
    bool seen, breach, open, holds;
};
static struct saying saying_of(const struct history *h, size_t year)
{
    struct saying all = {0};
    for (size_t i = 0; i < h->pair_count; i++) {
        const struct pair *pair = h->pairs[i].pair;
        if (h->pairs[i].year != year || pair->verdict == VERDICT_DECLARED_ONLY || !pair->contact_count)
            continue;
        all.seen = true;
        all.breach |= pair->verdict == VERDICT_NON_COMPLIANT;
        all.open |= pair->verdict == VERDICT_UNRESOLVED;
        all.holds |= pair->verdict == VERDICT_COMPLIANT;
    }
    all.open &= !all.breach;
    all.holds &= !all.breach && !all.open;
    return all;
}

/* Was a page where it was last seen before `year` captured again in that year? */
static bool is_page_again(const struct build *b, const struct history *h, size_t year)
{
    size_t last = 0;
    for (size_t i = 0; i < h->pair_count; i++) {
        const struct history_pair *seen = &h->pairs[i];
        if (seen->year <= year || !seen->pair->page_count || (last && seen->year != last))
            continue;
        last = seen->year;
        for (uint32_t k = 0; k < seen->pair->page_count; k++) {
            assert(seen->pair->pages[k] < year_of(b, last)->page_count);
            if (history_pages_again(&b->pages[year], b->chain[year],
                                    &year_of(b, last)->pages[seen->pair->pages[k]]))
                return true;
        }
    }
    return false;
}

struct standing { /* after the years told so far, the oldest first */
    bool was_breach, was_open, ever_breach;
    unsigned run;
};

static void settle(struct standing *s)
{
    s->was_breach = s->was_open = false;
    s->run = 0;
}

static void tell_year(const struct build *b, const struct history *h, size_t year, struct standing *s)
{
    if (!b->chain[year]) {
        settle(s); /* it left the scope, and was told so then */
        return;
    }
    struct saying said = saying_of(h, year);
    if (said.breach) {
        s->run++;
        s->was_breach = s->ever_breach = true;
        s->was_open = false;
    } else if (said.open) {
        s->was_open = !s->was_breach;
    } else if (said.seen ||
               (b->chain[year]->measurement.class == MEASUREMENT_ADEQUATE && is_page_again(b, h, year))) {
        settle(s);
    }
}

static unsigned facts_of(const struct build *b, const struct history *h, const struct standing *s)
{
    struct saying said = saying_of(h, 0);
    bool in_scope = b->chain[0];
    bool adequate = in_scope && b->chain[0]->measurement.class == MEASUREMENT_ADEQUATE;
    bool again = in_scope && !said.seen && s->was_breach && is_page_again(b, h, 0);
    return (said.breach ? FINDING_BREACH : 0) | (said.open ? FINDING_OPEN : 0) |
           (said.holds ? FINDING_HOLDS : 0) | (said.seen ? FINDING_SEEN : 0) |
           (s->was_breach ? FINDING_WAS_BREACH : 0) | (s->was_open ? FINDING_WAS_OPEN : 0) |
           (s->ever_breach ? FINDING_EVER_BREACH : 0) | (in_scope ? FINDING_IN_SCOPE : 0) |
           (adequate ? FINDING_ADEQUATE : 0) | (again ? FINDING_PAGE_AGAIN : 0);
}

/* `last`: the latest year of the chain. */
static enum err add_history(struct build *b, size_t last, const struct history_pair *pairs, size_t count)
{
    struct history h = {
        .unit = b->chain[last], .entity = pairs->pair->entity, .pairs = pairs, .pair_count = count};
    struct standing standing = {0};
    for (size_t y = b->out->year_count; y-- > 1;)
        tell_year(b, &h, y, &standing);
    h.facts = facts_of(b, &h, &standing);
    h.state = finding_state_of(h.facts);
    h.years_non_compliant = standing.run + (h.facts & FINDING_BREACH ? 1 : 0);
    bool is_now = h.facts & (FINDING_BREACH | FINDING_OPEN | FINDING_HOLDS);
    if (!is_now && h.state == FINDING_STATE_NONE)
        return ERR_OK;
    struct history *to = ARENA_PUSH(b->arena, b->out->items, b->out->count, b->out->capacity);
    if (!to)
        return ERR_MEMORY;
    *to = h;
    return ERR_OK;
}

static enum err add_chain(struct build *b, size_t last)
{
    struct history_pair *pairs;
    size_t count;
    TRY(collect_pairs(b, &pairs, &count));
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && span_equal(pairs[end].pair->entity, pairs[i].pair->entity); end++) {
        }
        TRY(add_history(b, last, pairs + i, end - i));
    }
    return ERR_OK;
}

static enum err add_units(struct build *b, size_t year, const bool *skip)
{
    const struct judgement *j = year_of(b, year);
    for (size_t u = 0; u < j->unit_count; u++) {
        if (!cohort_in_scope(&j->units[u]) || (skip && skip[u]))
            continue;
        memset(b->chain, 0, sizeof b->chain);
        b->chain[year] = &j->units[u];
        TRY(follow_back(b, year));
        TRY(add_chain(b, year));
    }
    return ERR_OK;
}

enum err history_all(const struct judgement *const *years, size_t year_count, struct arena *arena,
                     struct histories *out)
{
    assert(year_count && year_count <= HISTORY_YEARS);
    const struct judgement **own = arena_alloc(arena, year_count * sizeof *own);
    struct build *b = arena_alloc(arena, sizeof *b);
    if (!own || !b)
        return ERR_MEMORY;
    memcpy(own, years, year_count * sizeof *own);
    *out = (struct histories){.years = own, .year_count = year_count};
    b->out = out;
    b->arena = arena;
    for (size_t y = 0; y < year_count; y++)
        TRY(history_pages_of(years[y], arena, &b->pages[y]));
    TRY(add_units(b, 0, NULL));
    if (year_count == 1)
        return ERR_OK;
    struct lineage lineage;
    TRY(lineage_link(years[0], years[1], arena, &lineage));
    return add_units(b, 1, lineage.continued);
}
