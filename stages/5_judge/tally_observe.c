// SPDX-License-Identifier: MIT
#include "5_judge/party.h"
#include "5_judge/tally.h"

static enum err add_host(struct tally *tally, struct tally_place *place)
{
    struct span_list *hosts = &tally->pairs[place->pair].hosts;
    if (place->is_listed)
        return ERR_OK;
    uint32_t *seen = keymap_add(&tally->hosts_seen, place->pair, place->host);
    if (!seen)
        return ERR_MEMORY;
    place->is_listed = true;
    if (*seen)
        return ERR_OK;
    *seen = 1;
    struct span *host = ARENA_PUSH(tally->arena, hosts->items, hosts->count, hosts->capacity);
    if (!host)
        return ERR_MEMORY;
    *host = intern_text(&tally->hosts, place->host);
    return ERR_OK;
}

static enum err add_site(struct tally *tally, struct tally_pair *to, struct span site)
{
    struct span_list *sites = &to->sites;
    for (size_t i = sites->count; i-- > 0;)
        if (span_equal(sites->items[i], site))
            return ERR_OK;
    struct span *place = ARENA_PUSH(tally->arena, sites->items, sites->count, sites->capacity);
    if (!place)
        return ERR_MEMORY;
    *place = site;
    return ERR_OK;
}

/* Visits come in order, so a new number is a new visit, and a new page number a new page. */
static enum err count_pages(struct tally *tally, struct tally_pair *to, const struct tally_visit *visit,
                            uint32_t visit_number)
{
    struct pair *pair = &to->pair;
    pair->capture_count += to->last_visit != visit_number + 1;
    if (to->last_page != visit->page + 1) {
        size_t count = pair->page_count;
        uint32_t *page = ARENA_PUSH(tally->arena, pair->pages, count, pair->page_capacity);
        if (!page)
            return ERR_MEMORY;
        *page = visit->page;
        pair->page_count++;
    }
    to->usable_page_count += visit->usable && to->last_usable_page != visit->page + 1;
    to->last_visit = visit_number + 1;
    to->last_page = visit->page + 1;
    if (visit->usable)
        to->last_usable_page = visit->page + 1;
    return ERR_OK;
}

/* Of equals the first in the order of the visits. */
static void keep_best(struct pair *pair, const struct index_contact *contact, enum grade grade)
{
    const struct observation *best = &pair->best;
    if (grade > best->grade || (grade == best->grade && contact->evidence >= best->contact.evidence))
        return;
    pair->best.contact = *contact;
    pair->best.grade = grade;
    pair->site = contact->site;
}

static void widen(struct pair *pair, int64_t time_ns)
{
    if (time_ns == RECORD_NO_DATE)
        return;
    if (pair->first_seen_ns == RECORD_NO_DATE || time_ns < pair->first_seen_ns)
        pair->first_seen_ns = time_ns;
    if (pair->last_seen_ns == RECORD_NO_DATE || time_ns > pair->last_seen_ns)
        pair->last_seen_ns = time_ns;
}

static void weigh(struct tally_weight *to, const struct tally_visit *visit, uint32_t visit_number,
                  enum grade grade)
{
    to->grade_counts[grade]++;
    to->capture_count += to->last_visit != visit_number + 1;
    to->page_count += to->last_page != visit->page + 1;
    to->last_visit = visit_number + 1;
    to->last_page = visit->page + 1;
}

void tally_hear(struct tally *tally, const struct tally_place *place, const struct tally_visit *visit,
                const struct index_contact *contact)
{
    struct tally_pair *to = &tally->pairs[place->pair];
    enum signal signal = catalogue_signal_of(&place->entry.facts, contact->host, contact->path,
                                             contact->first_url, visit->day);
    for (size_t i = 0; i < place->basis_count; i++) {
        struct basis_tally *basis = &to->tallies[place->bases[i]];
        if (signal > basis->signal &&
            basis_time_of(to->pair.bases[place->bases[i]].basis, visit->day) == BASIS_WITHIN)
            basis->signal = signal;
    }
}

static struct basis_state judge_by(const struct tally *tally, const struct tally_pair *to, uint32_t basis,
                                   struct basis_service service)
{
    service.signal = to->tallies[basis].signal;
    return basis_judge(to->pair.bases[basis].basis, &service, &tally->registers->policy);
}

void tally_rejudge(struct tally *tally)
{
    for (size_t p = 0; p < tally->pair_count; p++) {
        struct tally_pair *pair = &tally->pairs[p];
        for (uint32_t i = 0; i < pair->pair.basis_count; i++)
            pair->tallies[i].timeless = judge_by(tally, pair, i, pair->service);
    }
}

/* By what is known of the service on the day of an observation. */
static struct basis_state state_on(const struct tally *tally, const struct tally_pair *to,
                                   const struct directory_entry *entry, uint32_t basis, date_days day)
{
    if (!entry->facts.has_dates)
        return to->tallies[basis].timeless;
    return judge_by(tally, to, basis, tally_service_on(entry, day));
}

/* One basis and one observation on a day of its validity. */
static bool holds_then(struct basis_tally *tally, struct basis_state then)
{
    bool holds = then.result == BASIS_HOLDS;
    if (!tally->within_count++ || then.result > tally->worst.result)
        tally->worst = then;
    tally->held_count += holds;
    return holds;
}

/* How the bases that name an observation cover it: on its day by what was known then, at the window's end by what is known
 * there. What then speaks against the pair; NULL: nothing, it is settled. */
static struct tally_weight *cover(const struct tally *all, struct tally_pair *to,
                                  const struct tally_place *place, date_days day)
{
    const uint32_t *bases = place->bases;
    size_t basis_count = place->basis_count;
    bool covered = false, late = false, unproven = false;
    for (size_t i = 0; i < basis_count; i++) {
        struct basis_tally *tally = &to->tallies[bases[i]];
        bool within = basis_time_of(to->pair.bases[bases[i]].basis, day) == BASIS_WITHIN;
        if (within) {
            struct basis_state then = state_on(all, to, &place->entry, bases[i], day);
            covered |= holds_then(tally, then);
            unproven |= then.result == BASIS_UNPROVEN;
        }
        late |= tally->within_at_end && tally->timeless.result == BASIS_HOLDS;
        unproven |= tally->within_at_end && tally->timeless.result == BASIS_UNPROVEN;
    }
    late |= covered;
    for (size_t i = 0; i < basis_count && !covered; i++) {
        enum basis_time time = basis_time_of(to->pair.bases[bases[i]].basis, day);
        to->tallies[bases[i]].before_count += time == BASIS_BEFORE;
        to->tallies[bases[i]].after_count += time == BASIS_AFTER;
    }
    to->all_covered &= covered;
    to->all_covered_late &= late;
    to->some_unproven |= !late && unproven;
    to->some_failing |= !late && !unproven && basis_count;
    to->some_unnamed |= !basis_count;
    return late ? NULL : unproven ? &to->doubtful : &to->accusing;
}

enum err tally_tell(const struct tally *tally, const struct tally_place *place, uint32_t unit,
                    const struct index_contact *contact, enum grade grade)
{
    const struct judge_observation observation = {
        .unit = unit,
        .entity = place->entry.entity,
        .service = place->entry.service,
        .party = place->entry.party,
        .is_judged = party_is_judged(place->entry.party, &tally->registers->policy),
        .party_rule = place->entry.rule,
        .party_row = {RULES_PARTY, place->entry.row},
        .contact = contact,
        .grade = grade
    };
    return tally->watch ? tally->watch->observe(tally->watch->context, &observation) : ERR_OK;
}

enum err tally_observe(struct tally *tally, struct tally_place *place, const struct tally_visit *visit,
                       const struct index_contact *contact, enum grade grade)
{
    struct tally_pair *to = &tally->pairs[place->pair];
    TRY(add_host(tally, place));
    TRY(add_site(tally, to, contact->site));
    TRY(tally_tell(tally, place, visit->unit, contact, grade));
    keep_best(&to->pair, contact, grade);
    to->pair.contact_count += contact->count;
    to->pair.grade_counts[grade]++;
    if (grade == GRADE_D)
        return ERR_OK;
    to->observation_count++;
    TRY(count_pages(tally, to, visit, contact->visit));
    widen(&to->pair, contact->first_time_ns);
    struct tally_weight *against = cover(tally, to, place, visit->day);
    if (against)
        weigh(against, visit, contact->visit, grade);
    return ERR_OK;
}
