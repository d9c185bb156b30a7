// SPDX-License-Identifier: MIT
#include "5_judge/directory.h"

#include "base/limits.h"

static enum err add_authority(struct directory *directory, uint32_t number, struct arena *arena)
{
    const struct authority *authority = &directory->registers->authorities[number];
    for (size_t i = 0; i < authority->domains.count; i++) {
        struct span below = arena_format(arena, "*.%.*s", SPAN_ARG(authority->domains.items[i]));
        if (!below.at)
            return ERR_MEMORY;
        TRY(pattern_map_add(&directory->owners, below, number));
    }
    return ERR_OK;
}

/* Who shares a host by path shares the host: what a page loads from it comes from its own server. */
static enum err add_unit(struct directory *directory, const struct unit *unit)
{
    uint32_t number = (uint32_t)(unit->authority - directory->registers->authorities);
    for (size_t i = 0; i < unit->url_scope.count; i++) {
        struct span scope = unit->url_scope.items[i];
        TRY(pattern_map_add(&directory->owners, span_first(scope, span_find(scope, '/', 0)), number));
    }
    return ERR_OK;
}

enum err directory_init(struct directory *directory, const struct registers *registers, struct arena *arena)
{
    *directory = (struct directory){.registers = registers};
    pattern_map_init(&directory->declared, arena);
    pattern_map_init(&directory->owners, arena);
    for (size_t i = 0; i < registers->own_party_count; i++)
        TRY(pattern_map_add(&directory->declared, registers->own_parties[i].pattern, (uint32_t)i));
    for (size_t i = 0; i < registers->authority_count; i++)
        TRY(add_authority(directory, (uint32_t)i, arena));
    for (size_t i = 0; i < registers->unit_count; i++)
        TRY(add_unit(directory, &registers->units[i]));
    TRY(pattern_map_sort(&directory->declared));
    return pattern_map_sort(&directory->owners);
}

/* The most specific row in force for this unit; of equals the one that names the unit, not "*". */
static const struct own_party *find_declared(const struct directory *directory,
                                             const struct directory_query *query, bool *settled)
{
    struct pattern_cursor cursor = pattern_map_find(query->host, query->path);
    const struct pattern_entry *found_at = NULL;
    const struct own_party *found = NULL;
    while (pattern_map_next(&directory->declared, &cursor)) {
        if (found && !pattern_entry_ties(found_at, cursor.entry))
            break;
        const struct own_party *party = &directory->registers->own_parties[cursor.entry->value];
        bool for_all = span_equal(party->unit_id, SPAN("*"));
        if (!for_all && !span_equal(party->unit_id, query->unit->id))
            continue;
        *settled &= party->valid_from == DATE_OPEN_FROM && party->valid_to == DATE_OPEN_TO;
        if (query->day < party->valid_from || query->day > party->valid_to || (found && for_all))
            continue;
        found = party;
        found_at = cursor.entry;
    }
    return found;
}

/* The authority with the most specific claim; the unit's own when it is among equals. NULL: nobody's. */
static const struct authority *find_owner(const struct directory *directory,
                                          const struct directory_query *query)
{
    struct pattern_cursor cursor = pattern_map_find(query->host, SPAN(""));
    const struct pattern_entry *found_at = NULL;
    const struct authority *found = NULL;
    while (pattern_map_next(&directory->owners, &cursor)) {
        if (found && !pattern_entry_ties(found_at, cursor.entry))
            break;
        const struct authority *owner = &directory->registers->authorities[cursor.entry->value];
        if (!found || owner == query->unit->authority)
            found = owner;
        found_at = cursor.entry;
    }
    return found;
}

/* P1 comes before P6: what the unit's scope names is its own, though another unit has a part of that host. */
static bool is_in_scope(const struct unit *unit, struct span host)
{
    for (size_t i = 0; i < unit->url_scope.count; i++) {
        struct span scope = unit->url_scope.items[i];
        if (register_pattern_covers(span_first(scope, span_find(scope, '/', 0)), host, SPAN("")))
            return true;
    }
    return false;
}

/* The alias of a name that is in force that day, or NULL. */
static const struct alias *find_in(const struct alias *aliases, size_t count, struct span host, date_days day,
                                   bool *settled)
{
    const struct alias *found = NULL;
    size_t lo = 0, hi = count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (span_compare(aliases[mid].host, host) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < count && span_equal(aliases[lo].host, host); lo++) {
        const struct alias *alias = &aliases[lo];
        *settled &= alias->valid_from == DATE_OPEN_FROM && alias->valid_to == DATE_OPEN_TO;
        if (day >= alias->valid_from && day <= alias->valid_to)
            found = alias;
    }
    return found;
}

/* What was seen counts where the registers say nothing; what lists say, where nothing was seen. */
static const struct alias *find_alias(const struct directory *directory, struct span host, date_days day,
                                      bool *settled)
{
    const struct registers *r = directory->registers;
    const struct catalogue *c = r->catalogue;
    const struct alias *found = find_in(r->aliases, r->alias_count, host, day, settled);
    if (!found)
        found = find_in(directory->seen_aliases, directory->seen_alias_count, host, day, settled);
    return found || !c ? found : find_in(c->aliases, c->alias_count, host, day, settled);
}

static const struct catalogue_service *find_service(const struct catalogue *catalogue,
                                                    const struct directory_query *query)
{
    const struct catalogue_place place = {query->host, query->path, query->url, query->day, query->site};
    return catalogue_find(catalogue, &place);
}

void directory_describe(const struct catalogue_service *service, struct directory_entry *out)
{
    out->entity = service->entity;
    out->service = service->service;
    out->owner = service->owner;
    out->country = service->country;
    out->category = service->category;
    out->facts = service->facts;
    out->withheld = service->withheld;
    out->catalogued = true;
}

/* Where an operator runs its service is no other service, unless the registers themselves say so. */
static bool is_other_service(const struct own_party *declared, const struct catalogue_service *service)
{
    if (!declared || !service || !service->service.bytes ||
        span_equal_nocase(service->service, declared->service))
        return false;
    return service->layer == CATALOGUE_LOCAL || !catalogue_is_infrastructure(service->category);
}

enum behind { BEHIND_NOBODY, BEHIND_HOST, BEHIND_SERVICE };

/* What one of the names does for the unit: those of public bodies and of what the registers call the unit's own do it as itself. */
static enum behind behind_of(const struct directory *directory, const struct directory_query *step,
                             const struct catalogue_service *found, bool *settled)
{
    const struct own_party *declared = find_declared(directory, step, settled);
    *settled &= !pattern_map_has_paths(&directory->declared, step->host);
    if (!found || found->is_public || find_owner(directory, step))
        return BEHIND_NOBODY;
    if (declared && declared->relation == RELATION_INFRASTRUCTURE)
        return BEHIND_HOST;
    if (declared && (declared->relation != RELATION_OPERATOR || !is_other_service(declared, found)))
        return BEHIND_NOBODY;
    return catalogue_is_infrastructure(found->category) ? BEHIND_HOST : BEHIND_SERVICE;
}

/*
 * Whom a name of the first party leads to. On the way there may be a vendor that is itself hosted by another: the first
 * service that does more than to host or deliver is the one.
 */
static unsigned alias_fact(const struct directory *directory, const struct directory_query *query,
                           struct directory_entry *behind, bool *settled)
{
    const struct catalogue *catalogue = directory->registers->catalogue;
    struct directory_query step = *query;
    unsigned fact = 0, withheld = 0;
    step.host = pattern_host(query->host);
    step.site = SPAN_NONE;
    for (unsigned depth = 0; depth < LIMIT_NESTING; depth++) {
        const struct alias *alias = find_alias(directory, step.host, query->day, settled);
        if (!alias)
            break;
        step.host = alias->canonical;
        withheld |= alias->withheld ? WITHHELD_IDENTITY : 0;
        *settled &= catalogue_is_settled(catalogue, step.host);
        const struct catalogue_service *found = find_service(catalogue, &step);
        enum behind does = behind_of(directory, &step, found, settled);
        if (does == BEHIND_NOBODY || (fact && does == BEHIND_HOST))
            continue;
        directory_describe(found, behind);
        behind->withheld |= withheld;
        fact = does == BEHIND_HOST ? PARTY_ALIAS_INFRA : PARTY_ALIAS_SERVICE;
        if (does == BEHIND_SERVICE)
            break;
    }
    return fact;
}

static unsigned relation_fact(const struct own_party *declared)
{
    static const unsigned facts[] = {
        [RELATION_AUTHORITY] = PARTY_RELATION_AUTHORITY,
        [RELATION_OPERATOR] = PARTY_RELATION_OPERATOR,
        [RELATION_PUBLIC_COMPONENT] = PARTY_RELATION_PUBLIC,
        [RELATION_INFRASTRUCTURE] = PARTY_RELATION_INFRA,
    };
    return declared ? facts[declared->relation] : 0;
}

/* A public body that no register names is one all the same; but for its own pages. */
static bool is_public_body(const struct directory_query *query, const struct authority *owner,
                           const struct catalogue_service *service)
{
    if (owner)
        return owner != query->unit->authority;
    return service && service->is_public && query->third;
}

struct directory_entry directory_find(const struct directory *directory, const struct directory_query *query)
{
    const struct catalogue *catalogue = directory->registers->catalogue;
    struct directory_entry entry = {
        .settled = true, .facts = {.own_use_possible = TRUTH_UNKNOWN, .optout_exists = TRUTH_UNKNOWN}
    };
    const struct own_party *declared = find_declared(directory, query, &entry.settled);
    const struct authority *owner =
        is_in_scope(query->unit, query->host) ? query->unit->authority : find_owner(directory, query);
    const struct catalogue_service *service = find_service(catalogue, query);
    entry.settled &= !pattern_map_has_paths(&directory->declared, query->host) &&
                     catalogue_is_settled(catalogue, query->host);

    bool other_service = is_other_service(declared, service);
    unsigned facts = relation_fact(declared) | (owner && owner == query->unit->authority ? PARTY_OWN : 0) |
                     (is_public_body(query, owner, service) ? PARTY_PUBLIC_BODY : 0) |
                     (query->third ? 0 : PARTY_SAME_SITE) | (other_service ? PARTY_OTHER_SERVICE : 0) |
                     (service ? PARTY_CATALOGUED : 0);
    struct directory_entry behind = {0};
    if (facts & (PARTY_OWN | PARTY_SAME_SITE))
        facts |= alias_fact(directory, query, &behind, &entry.settled);
    const struct party_rule *rule = party_rule_of(facts);
    behind.settled = entry.settled;
    if (rule->with & (PARTY_ALIAS_SERVICE | PARTY_ALIAS_INFRA))
        entry = behind;
    else if (service)
        directory_describe(service, &entry);
    else
        entry.entity = query->site;
    entry.party = rule->party;
    entry.rule = rule->rule;
    entry.row = party_rule_row(rule);
    if (entry.party == PARTY_PUBLIC && owner)
        entry.entity = owner->name_da;
    if (declared && declared->service.bytes && !other_service)
        entry.service = declared->service;
    return entry;
}
