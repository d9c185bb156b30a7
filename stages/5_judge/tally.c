// SPDX-License-Identifier: MIT
#include "5_judge/tally.h"

#include <assert.h>

static enum err add_basis_to(struct tally *tally, size_t unit, const struct basis *basis)
{
    struct tally_unit *to = &tally->units[unit];
    const struct basis **place = ARENA_PUSH(tally->arena, to->bases, to->basis_count, to->basis_capacity);
    if (!place)
        return ERR_MEMORY;
    *place = basis;
    return ERR_OK;
}

static enum err add_basis(struct tally *tally, const struct basis *basis)
{
    const struct registers *r = tally->registers;
    if (basis->unit_id.bytes)
        return add_basis_to(tally, (size_t)(register_unit(r, basis->unit_id) - r->units), basis);
    for (size_t i = 0; i < r->unit_count; i++)
        if (span_equal(r->units[i].authority_id, basis->authority_id))
            TRY(add_basis_to(tally, i, basis));
    return ERR_OK;
}

enum err tally_init(struct tally *tally, const struct registers *registers, struct arena *arena)
{
    *tally = (struct tally){.arena = arena, .registers = registers};
    tally->units = arena_alloc(arena, registers->unit_count * sizeof *tally->units);
    if (!tally->units)
        return ERR_MEMORY;
    intern_init(&tally->hosts, arena);
    intern_init(&tally->names, arena);
    struct keymap *maps[] = {&tally->place_of, &tally->pair_of,    &tally->pair_behind,  &tally->attached,
                             &tally->name_ids, &tally->hosts_seen, &tally->cookies_seen, &tally->cookie_ids};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        keymap_init(maps[i], arena);
    for (size_t i = 0; i < registers->basis_count; i++)
        TRY(add_basis(tally, &registers->bases[i]));
    return directory_init(&tally->directory, registers, arena);
}

/* Judged parties of one entity and service are one pair, however each host was told; listed ones stand apart.
 */
static enum err name_id(struct tally *tally, const struct directory_entry *entry, uint32_t *out)
{
    bool judged = party_is_judged(entry->party, &tally->registers->policy);
    uint32_t class = judged ? 0 : 1 + (uint32_t)entry->party;
    uint32_t entity = intern_add(&tally->names, entry->entity),
             service = intern_add(&tally->names, entry->service);
    if (entity == INTERN_NONE || service == INTERN_NONE)
        return ERR_MEMORY;
    assert(service < UINT32_MAX >> 4);
    uint32_t *id = keymap_add(&tally->name_ids, entity, service << 4 | class);
    if (!id)
        return ERR_MEMORY;
    if (!*id)
        *id = ++tally->name_id_count;
    *out = *id;
    return ERR_OK;
}

struct basis_service tally_service_on(const struct directory_entry *entry, date_days day)
{
    struct catalogue_known known = catalogue_known_on(&entry->facts, day);
    return (struct basis_service){.category = entry->category,
                                  .own_use_possible = known.own_use_possible,
                                  .optout_exists = known.optout_exists,
                                  .optout_effective = known.optout_effective};
}

enum err tally_find_pair(struct tally *tally, uint32_t unit, const struct directory_entry *entry,
                         struct span site, uint32_t *out)
{
    uint32_t name;
    TRY(name_id(tally, entry, &name));
    uint32_t *number = keymap_add(&tally->pair_of, unit, name);
    if (!number)
        return ERR_MEMORY;
    if (!*number) {
        struct tally_pair *fresh =
            ARENA_PUSH(tally->arena, tally->pairs, tally->pair_count, tally->pair_capacity);
        if (!fresh)
            return ERR_MEMORY;
        *fresh = (struct tally_pair){
            .pair = {.best = {.grade = GRADE_D, .contact = {.evidence = EVIDENCE_COUNT}},
                     .first_seen_ns = RECORD_NO_DATE,
                     .last_seen_ns = RECORD_NO_DATE,
                     .unit = unit,
                     .entity = entry->entity,
                     .service = entry->service,
                     .owner = entry->owner,
                     .country = entry->country,
                     .category = span_of_string(category_name(entry->category)),
                     .site = site,
                     .party = entry->party,
                     .party_rule = entry->rule,
                     .withheld = entry->withheld},
            .service = tally_service_on(entry, tally->window_end),
            .all_covered = true,
            .all_covered_late = true,
        };
        *number = (uint32_t)tally->pair_count;
    }
    *out = *number - 1;
    return ERR_OK;
}

enum err tally_attach(struct tally *tally, struct tally_pair *to, const struct basis *basis, uint32_t *out)
{
    struct pair *pair = &to->pair;
    for (*out = 0; *out < pair->basis_count; ++*out)
        if (pair->bases[*out].basis == basis)
            return ERR_OK;
    size_t count = pair->basis_count;
    struct basis_finding *finding =
        ARENA_PUSH(tally->arena, pair->bases, pair->basis_count, pair->basis_capacity);
    struct basis_tally *fresh = ARENA_PUSH(tally->arena, to->tallies, count, to->tally_capacity);
    if (!finding || !fresh)
        return ERR_MEMORY;
    finding->basis = basis;
    if (!keymap_add(&tally->attached, pair->unit, (uint32_t)(basis - tally->registers->bases)))
        return ERR_MEMORY;
    fresh->timeless = basis_judge(basis, &to->service, &tally->registers->policy);
    fresh->within_at_end = basis_time_of(basis, tally->window_end) == BASIS_WITHIN;
    return ERR_OK;
}

enum err tally_find_bases(struct tally *tally, uint32_t unit, struct tally_place *place,
                          const struct basis_subject *subject)
{
    const struct tally_unit *declared = &tally->units[unit];
    for (size_t i = 0; i < declared->basis_count; i++) {
        const struct basis *basis = declared->bases[i];
        struct pattern pattern = pattern_of(basis->pattern);
        place->settled &= !pattern.path.bytes || !span_equal(pattern.host, pattern_host(subject->host));
        if (!basis_names(basis, subject))
            continue;
        uint32_t *number = ARENA_PUSH(tally->arena, place->bases, place->basis_count, place->basis_capacity);
        if (!number)
            return ERR_MEMORY;
        TRY(tally_attach(tally, &tally->pairs[place->pair], basis, number));
    }
    return ERR_OK;
}

static enum err fill_place(struct tally *tally, const struct tally_visit *visit,
                           const struct index_contact *contact, struct tally_place *place)
{
    struct directory_query query = {.unit = &tally->registers->units[visit->unit],
                                    .host = contact->host,
                                    .path = contact->path,
                                    .url = contact->first_url,
                                    .site = contact->site,
                                    .third = contact->third,
                                    .day = visit->day};
    place->entry = directory_find(&tally->directory, &query);
    place->settled = place->entry.settled;
    place->pair = TALLY_NO_PAIR;
    if (place->entry.party == PARTY_FIRST)
        return ERR_OK;
    TRY(tally_find_pair(tally, visit->unit, &place->entry, contact->site, &place->pair));
    struct basis_subject subject = {place->entry.entity, place->entry.service, contact->site, contact->host,
                                    contact->path};
    return tally_find_bases(tally, visit->unit, place, &subject);
}

enum err tally_locate(struct tally *tally, const struct tally_visit *visit,
                      const struct index_contact *contact, struct tally_place **out)
{
    uint32_t host = intern_add(&tally->hosts, contact->host);
    if (host == INTERN_NONE)
        return ERR_MEMORY;
    assert(host <= UINT32_MAX >> 1);
    uint32_t *known = keymap_add(&tally->place_of, visit->unit, host << 1 | contact->third);
    if (!known)
        return ERR_MEMORY;
    if (*known) {
        *out = &tally->places[*known - 1];
        return ERR_OK;
    }
    struct tally_place *scratch = &tally->scratch;
    scratch->host = host;
    scratch->basis_count = 0;
    scratch->is_listed = false;
    TRY(fill_place(tally, visit, contact, scratch));
    *out = scratch;
    uint32_t *behind = keymap_add(&tally->pair_behind, visit->unit, host << 1 | contact->third);
    if (!behind)
        return ERR_MEMORY;
    if (!*behind && scratch->pair != TALLY_NO_PAIR)
        *behind = scratch->pair + 1;
    if (!scratch->settled)
        return ERR_OK;
    struct tally_place *kept =
        ARENA_PUSH(tally->arena, tally->places, tally->place_count, tally->place_capacity);
    if (!kept)
        return ERR_MEMORY;
    *kept = *scratch;
    scratch->bases = NULL; /* now the kept one's */
    scratch->basis_capacity = 0;
    *known = (uint32_t)tally->place_count;
    *out = kept;
    return ERR_OK;
}
