// SPDX-License-Identifier: MIT
#include "5_judge/party.h"
#include "5_judge/tally.h"

#include <assert.h>

enum err tally_observe_cookie(struct tally *tally, const struct tally_visit *visit,
                              const struct catalogue_service *service, struct span host,
                              const struct index_contact *proof)
{
    struct tally_place place = {
        .entry = {.party = PARTY_THIRD_COOKIE, .rule = PARTY_RULE_COOKIE, .row = party_cookie_row()}
    };
    directory_describe(service, &place.entry);
    place.host = intern_add(&tally->hosts, host);
    if (place.host == INTERN_NONE)
        return ERR_MEMORY;
    TRY(tally_find_pair(tally, visit->unit, &place.entry, proof->site, &place.pair));
    struct basis_subject subject = {service->entity, service->service, proof->site, host, SPAN("")};
    TRY(tally_find_bases(tally, visit->unit, &place, &subject));
    return tally_observe(tally, &place, visit, proof, GRADE_C);
}

/* What a deletion removes was set before, and is counted there. */
bool tally_is_kept(const struct index_cookie *cookie)
{
    return cookie->how != COOKIE_SET || (cookie_class(cookie->lifetime_s) != COOKIE_CLASS_DELETION &&
                                         cookie_stored(cookie->storable) != COOKIE_REFUSED);
}

enum err tally_count_cookie(struct tally *tally, const struct tally_visit *visit,
                            const struct index_cookie *cookie, uint32_t host, uint32_t name)
{
    enum { COUNTED = 1, PERSISTENT = 2 };
    assert(host <= UINT32_MAX >> 1);
    const uint32_t *behind = keymap_find(&tally->pair_behind, visit->unit, host << 1 | cookie->third);
    if (!behind || !*behind || !tally_is_kept(cookie))
        return ERR_OK;
    uint32_t number = *behind - 1, *id = keymap_add(&tally->cookie_ids, host, name);
    if (!id)
        return ERR_MEMORY;
    if (!*id)
        *id = (uint32_t)tally->cookie_ids.count;
    uint32_t *seen = keymap_add(&tally->cookies_seen, number, *id);
    if (!seen)
        return ERR_MEMORY;
    struct pair *pair = &tally->pairs[number].pair;
    bool persistent = cookie->how == COOKIE_SET && cookie->lifetime_s != COOKIE_SESSION;
    pair->cookie_count += !(*seen & COUNTED);
    pair->persistent_cookie_count += persistent && !(*seen & PERSISTENT);
    *seen |= COUNTED | (persistent ? PERSISTENT : 0);
    return ERR_OK;
}

static enum err add_declared(struct tally *tally, uint32_t unit, const struct basis *basis)
{
    struct span named = basis->entity.bytes    ? basis->entity
                        : basis->service.bytes ? basis->service
                                               : basis->pattern;
    struct directory_entry entry = {
        .party = PARTY_THIRD,
        .rule = "",
        .entity = named,
        .service = basis->service,
        .facts = {.own_use_possible = TRUTH_UNKNOWN, .optout_exists = TRUTH_UNKNOWN}
    };
    uint32_t number, ignored;
    TRY(tally_find_pair(tally, unit, &entry, SPAN(""), &number));
    if (tally->pairs[number].observation_count)
        return ERR_OK; /* observed, but the basis speaks of something else of the same name */
    return tally_attach(tally, &tally->pairs[number], basis, &ignored);
}

/* K8. Bases of a whole authority tell nothing of a single unit. */
enum err tally_add_declared(struct tally *tally, uint32_t unit)
{
    const struct tally_unit *declared = &tally->units[unit];
    for (size_t i = 0; i < declared->basis_count; i++) {
        const struct basis *basis = declared->bases[i];
        uint32_t number = (uint32_t)(basis - tally->registers->bases);
        if (basis->unit_id.bytes && !keymap_find(&tally->attached, unit, number))
            TRY(add_declared(tally, unit, basis));
    }
    return ERR_OK;
}
