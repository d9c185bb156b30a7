// SPDX-License-Identifier: MIT
#include "5_judge/catalogue.h"

#include <assert.h>

const char *category_name(enum category category)
{
    static const char *const names[CATEGORY_COUNT] = {
#define CATEGORY_NAME(name, text) [CATEGORY_##name] = text,
        CATEGORY_LIST(CATEGORY_NAME)
#undef CATEGORY_NAME
    };
    assert(category < CATEGORY_COUNT);
    return names[category];
}

struct catalogue_query catalogue_query_of(struct span text)
{
    size_t at = span_find(text, '=', 0);
    return (struct catalogue_query){span_first(text, at), span_from(text, at + 1), at < text.bytes};
}

bool catalogue_query_fits(const struct catalogue_query *query, struct span url)
{
    struct span rest = span_first(url, span_find(url, '#', 0));
    if (!query->key.bytes)
        return true;
    rest = span_from(rest, span_find(rest, '?', 0) + 1);
    while (rest.bytes) {
        struct catalogue_query found = catalogue_query_of(span_cut(&rest, '&'));
        if (span_equal(found.key, query->key) && (!query->has_value || span_equal(found.value, query->value)))
            return true;
    }
    return false;
}

bool catalogue_is_infrastructure(enum category category)
{
    return category == CATEGORY_HOSTING || category == CATEGORY_CDN;
}

/* The wildcard of a platform names whoever keeps it, not the tenants below it: each has a registrable domain of its own. */
static bool is_tenant(const struct catalogue_pattern *pattern, const struct catalogue_service *service,
                      struct span site)
{
    struct pattern p = pattern_of(pattern->pattern);
    return p.wildcard && catalogue_is_infrastructure(service->category) && site.bytes > p.host.bytes;
}

static bool in_force(const struct catalogue_pattern *pattern, date_days day)
{
    return day >= pattern->valid_from && day <= pattern->valid_to;
}

static const struct catalogue_service *find(const struct catalogue *catalogue,
                                            const struct catalogue_place *place, bool free_only)
{
    struct pattern_cursor cursor = pattern_map_find(place->host, place->path);
    while (catalogue && pattern_map_next(&catalogue->map, &cursor)) {
        const struct catalogue_pattern *pattern = &catalogue->patterns[cursor.entry->value];
        const struct catalogue_service *service = &catalogue->services[pattern->service];
        if (in_force(pattern, place->day) && catalogue_query_fits(&pattern->query, place->url) &&
            !is_tenant(pattern, service, place->site) &&
            !(free_only && service->withheld & WITHHELD_IDENTITY))
            return service;
    }
    return NULL;
}

const struct catalogue_service *catalogue_find(const struct catalogue *catalogue,
                                               const struct catalogue_place *place)
{
    return find(catalogue, place, false);
}

const struct catalogue_service *catalogue_find_free(const struct catalogue *catalogue,
                                                    const struct catalogue_place *place)
{
    return find(catalogue, place, true);
}

bool catalogue_is_settled(const struct catalogue *catalogue, struct span host)
{
    struct pattern_cursor cursor = pattern_map_find(host, SPAN(""));
    return !catalogue || !pattern_map_next(&catalogue->unsettled, &cursor);
}

static const struct catalogue_service *find_prefix(const struct catalogue *catalogue, uint32_t prefix,
                                                   date_days day)
{
    size_t lo = 0, hi = catalogue->prefix_pattern_count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (catalogue->prefix_patterns[mid].prefix < prefix)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < catalogue->prefix_pattern_count && catalogue->prefix_patterns[lo].prefix == prefix; lo++) {
        const struct catalogue_pattern *pattern =
            &catalogue->patterns[catalogue->prefix_patterns[lo].pattern];
        if (in_force(pattern, day))
            return &catalogue->services[pattern->service];
    }
    return NULL;
}

const struct catalogue_service *catalogue_find_cookie(const struct catalogue *catalogue, struct span name,
                                                      date_days day)
{
    if (!catalogue)
        return NULL;
    for (size_t bytes = span_first(name, catalogue->longest_prefix_bytes).bytes; bytes > 0; bytes--) {
        uint32_t id = intern_find(&catalogue->prefixes, span_first(name, bytes));
        const struct catalogue_service *found = id == INTERN_NONE ? NULL : find_prefix(catalogue, id, day);
        if (found)
            return found;
    }
    return NULL;
}

static const struct catalogue_entity *entity_of(const struct catalogue *catalogue, struct span name,
                                                bool free_only, struct arena *arena)
{
    struct arena_mark mark = arena_mark(arena);
    char *lower = arena_bytes(arena, name.bytes);
    if (!lower)
        return NULL;
    for (size_t i = 0; i < name.bytes; i++)
        lower[i] = ascii_lower(name.at[i]);
    uint32_t id = intern_find(&catalogue->names, span_of(lower, name.bytes));
    arena_back_to(arena, mark);
    return id == INTERN_NONE || (free_only && catalogue->namings[id].withheld)
               ? NULL
               : &catalogue->entities[catalogue->namings[id].entity];
}

const struct catalogue_entity *catalogue_entity_of(const struct catalogue *catalogue, struct span name,
                                                   struct arena *arena)
{
    return entity_of(catalogue, name, false, arena);
}

const struct catalogue_entity *catalogue_entity_free(const struct catalogue *catalogue, struct span name,
                                                     struct arena *arena)
{
    return entity_of(catalogue, name, true, arena);
}
