// SPDX-License-Identifier: MIT
#include "6_statistics/follow_asked.h"

#include "6_statistics/figures.h"
#include "6_statistics/finding_id.h"

const struct follow_asked follow_asked_nothing = {
    .sent_on = DATE_OPEN_FROM, .deadline = DATE_OPEN_TO, .answered_on = DATE_OPEN_FROM};

enum err follow_asking_of(const struct judgement *const *years, size_t year_count, struct arena *arena,
                          struct follow_asking *out)
{
    *out = (struct follow_asking){.years = years, .year_count = year_count, .arena = arena};
    intern_init(&out->known, arena);
    for (size_t y = 0; y < year_count; y++) {
        TRY(finding_id_all(years[y], arena, &out->ids[y]));
        for (size_t p = 0; p < years[y]->pair_count; p++)
            if (out->ids[y][p].bytes && intern_add(&out->known, out->ids[y][p]) == INTERN_NONE)
                return ERR_MEMORY;
    }
    return ERR_OK;
}

static const struct registers *registers_of(const struct follow_asking *asking)
{
    return asking->years[0]->registers;
}

static bool has_happened(const struct follow_asking *asking, date_days day)
{
    return day <= asking->years[0]->as_of;
}

static const struct answer *answer_to(const struct follow_asking *asking, struct span id)
{
    const struct registers *r = registers_of(asking);
    size_t low = 0, high = r->answer_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (span_compare(r->answers[middle].finding_id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const struct answer *found = r->answers + low;
    return low < r->answer_count && span_equal(found->finding_id, id) &&
                   has_happened(asking, found->basis.declared_on)
               ? found
               : NULL;
}

/* The cases about a finding stand together, the last one sent last. */
static const struct case_entry *first_case(const struct follow_asking *asking, struct span id, size_t *count)
{
    const struct registers *r = registers_of(asking);
    size_t low = 0, high = r->case_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (span_compare(r->cases[middle].finding_id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (*count = 0; low + *count < r->case_count; ++*count) {
        const struct case_entry *entry = &r->cases[low + *count];
        if (!span_equal(entry->finding_id, id) || !has_happened(asking, entry->sent_on))
            break;
    }
    return r->cases + low;
}

/* When was a case answered? DATE_OPEN_TO: not; DATE_OPEN_FROM: some day. */
static date_days answered_on(const struct follow_asking *asking, const struct case_entry *entry)
{
    const struct answer *answer = answer_to(asking, entry->finding_id);
    if (entry->answered_on != DATE_OPEN_FROM && has_happened(asking, entry->answered_on))
        return entry->answered_on;
    if (answer &&
        (answer->basis.declared_on == DATE_OPEN_FROM || answer->basis.declared_on >= entry->sent_on))
        return answer->basis.declared_on;
    return DATE_OPEN_TO;
}

/* A manual decision on the third party, for the year of the finding or a later one, ends a dispute. */
static bool is_decided(const struct follow_asking *asking, const struct history *h,
                       const struct history_pair *contested)
{
    const struct registers *r = registers_of(asking);
    unsigned from = asking->years[contested->year]->year, to = asking->years[0]->year;
    for (size_t i = 0; i < r->decision_count; i++) {
        const struct decision *d = &r->decisions[i];
        bool same_party =
            span_equal_nocase(d->entity, h->entity) || span_equal_nocase(d->entity, contested->pair->site);
        bool same_unit =
            span_equal(d->unit_id, h->unit->unit->id) ||
            span_equal(d->unit_id, asking->years[contested->year]->units[contested->pair->unit].unit->id);
        if (!d->superseded && d->year >= from && d->year <= to && same_party && same_unit)
            return true;
    }
    return false;
}

static void add_id(const struct follow_asking *asking, const struct history *h,
                   const struct history_pair *pair, struct follow_asked *to)
{
    struct span id = asking->ids[pair->year][pair->number];
    size_t count;
    const struct case_entry *cases = first_case(asking, id, &count);
    const struct answer *answer = answer_to(asking, id);
    enum case_outcome outcome = count ? cases[count - 1].outcome : OUTCOME_NONE;
    bool contests =
        outcome == OUTCOME_DISPUTED || (outcome == OUTCOME_NONE && answer && answer->kind == ANSWER_DISPUTE);
    to->is_contested |= contests && !is_decided(asking, h, pair);
    for (size_t i = 0; i < count; i++) {
        date_days answered = answered_on(asking, &cases[i]);
        if (to->was_sent && cases[i].sent_on < to->sent_on)
            continue;
        to->was_sent = true;
        to->sent_on = cases[i].sent_on;
        to->deadline = cases[i].deadline;
        to->is_answered = answered != DATE_OPEN_TO;
        to->is_unanswered = !to->is_answered && cases[i].deadline < asking->years[0]->as_of;
        to->answered_on = to->is_answered ? answered : DATE_OPEN_FROM;
    }
}

struct follow_asked follow_asked_of(const struct follow_asking *asking, const struct history *history)
{
    struct follow_asked asked = follow_asked_nothing;
    for (size_t i = 0; i < history->pair_count; i++)
        add_id(asking, history, &history->pairs[i], &asked);
    return asked;
}

enum err follow_asked_count(const struct follow_asking *asking, struct follow_up *out)
{
    const struct registers *r = registers_of(asking);
    uint32_t *days = arena_alloc(asking->arena, r->case_count * sizeof *days);
    size_t timed = 0;
    if (!days)
        return ERR_MEMORY;
    for (size_t i = 0; i < r->case_count; i++) {
        const struct case_entry *entry = &r->cases[i];
        if (!has_happened(asking, entry->sent_on))
            continue;
        date_days answered = answered_on(asking, entry);
        out->case_count++;
        out->answered_count += answered != DATE_OPEN_TO;
        if (answered != DATE_OPEN_TO && answered != DATE_OPEN_FROM)
            days[timed++] = (uint32_t)(answered - entry->sent_on);
    }
    figures_sort(days, timed);
    out->answer_days_median = figures_quantile(days, timed, 0.5);
    return ERR_OK;
}

/* Ids of years that are not given cannot be checked. */
static enum err check_id(const struct follow_asking *asking, struct span file, unsigned line, struct span id,
                         struct follow_up *out)
{
    uint64_t year;
    bool is_given = false;
    if (!span_to_u64(span_first(id, 4), &year))
        return ERR_OK;
    for (size_t y = 0; y < asking->year_count; y++)
        is_given |= asking->years[y]->year == year;
    if (!is_given || intern_find(&asking->known, id) != INTERN_NONE)
        return ERR_OK;
    struct follow_unknown *unknown =
        ARENA_PUSH(asking->arena, out->unknown, out->unknown_count, out->unknown_capacity);
    if (!unknown)
        return ERR_MEMORY;
    *unknown = (struct follow_unknown){file, id, line};
    return ERR_OK;
}

enum err follow_asked_unknown(const struct follow_asking *asking, struct follow_up *out)
{
    const struct registers *r = registers_of(asking);
    for (size_t i = 0; i < r->case_count; i++)
        TRY(check_id(asking, SPAN("cases.csv"), r->cases[i].line, r->cases[i].finding_id, out));
    for (size_t i = 0; i < r->answer_count; i++)
        TRY(check_id(asking, r->answers[i].file, r->answers[i].line, r->answers[i].finding_id, out));
    return ERR_OK;
}
