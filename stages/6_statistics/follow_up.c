// SPDX-License-Identifier: MIT
#include "6_statistics/follow_up.h"

#include "6_statistics/cohort.h"
#include "6_statistics/follow_asked.h"

#include <stdlib.h>

/* Of this year's pairs the worst, else one of the last year it was seen in. */
static const struct history_pair *worst_of(const struct history *h)
{
    static const int ranks[VERDICT_UNDETERMINED + 1] = {
        [VERDICT_NON_COMPLIANT] = 3, [VERDICT_UNRESOLVED] = 2, [VERDICT_COMPLIANT] = 1};
    const struct history_pair *worst = NULL;
    for (size_t i = 0; i < h->pair_count; i++) {
        const struct history_pair *at = &h->pairs[i];
        bool counts = at->pair->verdict != VERDICT_DECLARED_ONLY && at->pair->contact_count;
        if (worst && at->year != worst->year)
            break;
        if (counts && (!worst || ranks[at->pair->verdict] > ranks[worst->pair->verdict]))
            worst = at;
    }
    return worst ? worst : h->pairs;
}

static void add_finding(struct follow_up *out, const struct follow_asking *asking, const struct history *h)
{
    const struct history_pair *worst = worst_of(h);
    struct follow_finding *f = &out->findings[out->finding_count++];
    *f = (struct follow_finding){.history = h,
                                 .years_non_compliant = h->years_non_compliant,
                                 .id = asking->ids[worst->year][worst->number],
                                 .pair = worst->pair,
                                 .last_seen = worst->year,
                                 .asked = follow_asked_of(asking, h)};
    f->state = finding_state_of(h->facts | (f->asked.is_contested ? FINDING_CONTESTED : 0));
    out->state_counts[f->state]++;
    out->repeat_long_count += f->state == FINDING_STATE_REPEAT && f->years_non_compliant > 2;
    for (size_t i = 0; i < h->pair_count && h->pairs[i].year == 0; i++)
        out->of_pair[h->pairs[i].number] = f;
}

static void widen_asked(struct follow_asked *to, const struct follow_asked *from)
{
    to->is_contested |= from->is_contested;
    if (!from->was_sent)
        return;
    bool later = !to->was_sent || from->sent_on > to->sent_on;
    bool unanswered = to->is_unanswered || from->is_unanswered;
    struct follow_asked both = later ? *from : *to;
    both.is_answered = from->is_answered && (!to->was_sent || to->is_answered);
    both.is_unanswered = unanswered;
    both.is_contested = to->is_contested;
    *to = both;
}

/* What presses most comes first. */
static enum finding_state more_pressing(enum finding_state a, enum finding_state b)
{
    static const int order[FINDING_STATE_COUNT] = {[FINDING_STATE_REPEAT] = 8,
                                                   [FINDING_STATE_RELAPSED] = 7,
                                                   [FINDING_STATE_NEW] = 6,
                                                   [FINDING_STATE_DISPUTED] = 5,
                                                   [FINDING_STATE_NOT_REMEASURED] = 4,
                                                   [FINDING_STATE_DOCUMENTED] = 3,
                                                   [FINDING_STATE_REMOVED] = 2,
                                                   [FINDING_STATE_LEFT] = 1};
    return order[b] > order[a] ? b : a;
}

static unsigned facts_of(const struct follow_finding *f)
{
    bool open = f->history->facts & FINDING_OPEN, breach = f->history->facts & FINDING_BREACH;
    bool waits = f->state == FINDING_STATE_DISPUTED, stands = breach && !waits;
    bool again = f->state == FINDING_STATE_REPEAT || f->state == FINDING_STATE_RELAPSED;
    return (open || (breach && waits) ? FOLLOW_UNRESOLVED : 0) | (stands ? FOLLOW_BREACH : 0) |
           (again ? FOLLOW_REPEAT : 0) |
           (f->state == FINDING_STATE_REPEAT && f->years_non_compliant > 2 ? FOLLOW_LONG : 0) |
           ((open || stands) && f->asked.is_unanswered ? FOLLOW_UNANSWERED : 0);
}

static void mark_left(struct follow_up *out, const struct judgement *now, struct span id)
{
    for (size_t u = 0; u < now->unit_count; u++)
        if (span_equal(now->units[u].unit->id, id))
            out->units[u].state = more_pressing(out->units[u].state, FINDING_STATE_LEFT);
}

/* Of a solution, no portal: what makes it level 3. */
static bool is_urgent(unsigned facts)
{
    return facts & (FOLLOW_REPEAT | FOLLOW_UNANSWERED) && !(facts & FOLLOW_PORTAL);
}

static bool has_several(const struct judgement *now, const unsigned *facts, size_t u)
{
    if (!is_urgent(facts[u]))
        return false;
    for (size_t v = 0; v < now->unit_count; v++)
        if (v != u && now->units[v].unit->authority == now->units[u].unit->authority && is_urgent(facts[v]))
            return true;
    return false;
}

static enum err sum_units(struct follow_up *out, const struct judgement *now, struct arena *arena)
{
    unsigned *facts = arena_alloc(arena, now->unit_count * sizeof *facts);
    if (!facts)
        return ERR_MEMORY;
    for (size_t i = 0; i < out->finding_count; i++) {
        const struct follow_finding *f = &out->findings[i];
        if (!(f->history->facts & FINDING_IN_SCOPE)) {
            mark_left(out, now, f->history->unit->unit->id);
            continue;
        }
        size_t u = (size_t)(f->history->unit - now->units);
        struct follow_unit *unit = &out->units[u];
        unit->state = more_pressing(unit->state, f->state);
        if (f->history->facts & FINDING_BREACH && f->years_non_compliant > unit->years_non_compliant)
            unit->years_non_compliant = f->years_non_compliant;
        widen_asked(&unit->asked, &f->asked);
        facts[u] |= facts_of(f);
    }
    for (size_t u = 0; u < now->unit_count; u++)
        facts[u] |= now->units[u].unit->type == UNIT_PORTAL ? FOLLOW_PORTAL : 0;
    for (size_t u = 0; u < now->unit_count; u++) {
        out->units[u].unit = &now->units[u];
        if (!cohort_in_scope(&now->units[u]))
            continue;
        bool several = has_several(now, facts, u);
        out->units[u].level = follow_level_of(facts[u] | (several ? FOLLOW_SEVERAL : 0));
        out->level_counts[out->units[u].level->level]++;
    }
    return ERR_OK;
}

enum err follow_up_of(const struct judgement *const *years, size_t year_count, struct arena *arena,
                      struct follow_up *out)
{
    const struct judgement *now = years[0];
    struct follow_asking asking;
    *out = (struct follow_up){0};
    TRY(history_all(years, year_count, arena, &out->histories));
    TRY(follow_asking_of(years, year_count, arena, &asking));
    out->findings = arena_alloc(arena, out->histories.count * sizeof *out->findings);
    out->units = arena_alloc(arena, now->unit_count * sizeof *out->units);
    out->of_pair = arena_alloc(arena, now->pair_count * sizeof *out->of_pair);
    if (!out->findings || !out->units || !out->of_pair)
        return ERR_MEMORY;
    for (size_t u = 0; u < now->unit_count; u++)
        out->units[u].asked = follow_asked_nothing;
    for (size_t i = 0; i < out->histories.count; i++)
        add_finding(out, &asking, &out->histories.items[i]);
    TRY(follow_asked_count(&asking, out));
    TRY(follow_asked_unknown(&asking, out));
    return sum_units(out, now, arena);
}

enum finding_state follow_up_state(const struct follow_up *follow_up, size_t pair)
{
    const struct follow_finding *f = follow_up->of_pair[pair];
    if (!f)
        return FINDING_STATE_NONE;
    const struct pair *now = NULL;
    for (size_t i = 0; i < f->history->pair_count && !now; i++)
        if (f->history->pairs[i].year == 0 && f->history->pairs[i].number == pair)
            now = f->history->pairs[i].pair;
    switch (f->state) {
    case FINDING_STATE_NEW:
    case FINDING_STATE_REPEAT:
    case FINDING_STATE_RELAPSED:
        return now->verdict == VERDICT_NON_COMPLIANT ? f->state : FINDING_STATE_NONE;
    case FINDING_STATE_DISPUTED:
        return now->verdict == VERDICT_NON_COMPLIANT || now->verdict == VERDICT_UNRESOLVED
                   ? f->state
                   : FINDING_STATE_NONE;
    case FINDING_STATE_DOCUMENTED:
        return now->verdict == VERDICT_COMPLIANT ? f->state : FINDING_STATE_NONE;
    default:
        return f->state;
    }
}
