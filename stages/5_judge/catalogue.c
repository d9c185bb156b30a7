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

bool catalogue_find(const struct catalogue *catalogue, struct span host, struct span path,
                    struct catalogue_service *out)
{
    struct pattern_cursor cursor = pattern_map_find(host, path);
    if (!catalogue || !pattern_map_next(&catalogue->patterns, &cursor))
        return false;
    *out = catalogue->services[cursor.entry->value];
    return true;
}

const struct catalogue_service *catalogue_find_cookie(const struct catalogue *catalogue, struct span name)
{
    if (!catalogue)
        return NULL;
    for (size_t bytes = span_first(name, catalogue->longest_prefix_bytes).bytes; bytes > 0; bytes--) {
        uint32_t id = intern_find(&catalogue->prefixes, span_first(name, bytes));
        if (id != INTERN_NONE)
            return &catalogue->services[catalogue->prefix_service[id]];
    }
    return NULL;
}

static const struct catalogue_service *find_entity(const struct catalogue *catalogue, struct span entity)
{
    for (size_t i = 0; i < catalogue->count; i++)
        if (span_equal_nocase(catalogue->services[i].entity, entity))
            return &catalogue->services[i];
    return NULL;
}

struct span catalogue_entity_renamed(const struct catalogue *now, const struct catalogue *before,
                                     struct span entity)
{
    const struct catalogue_service *then = entity.bytes ? find_entity(before, entity) : NULL;
    if (!then || find_entity(now, entity))
        return SPAN("");
    for (size_t i = 0; i < now->count; i++)
        if (span_equal(now->services[i].pattern, then->pattern))
            return now->services[i].entity;
    return SPAN("");
}
