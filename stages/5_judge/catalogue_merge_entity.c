// SPDX-License-Identifier: MIT
#include "5_judge/catalogue_merge.h"

#include "base/limits.h"

/* A layer gives a name to an entity unless it is another's; `known` is whose it was. */
static enum err add_name(struct reader *reader, uint32_t layer, struct span name, uint32_t entity,
                         uint32_t *known)
{
    struct catalogue *catalogue = reader->catalogue;
    char *lower = arena_bytes(reader->arena, name.bytes);
    if (!lower)
        return ERR_MEMORY;
    for (size_t i = 0; i < name.bytes; i++)
        lower[i] = ascii_lower(name.at[i]);
    size_t count = catalogue->names.count;
    uint32_t id = intern_add(&catalogue->names, span_of(lower, name.bytes));
    if (id == INTERN_NONE)
        return ERR_MEMORY;
    if (id == count) {
        struct catalogue_naming *to =
            ARENA_PUSH(reader->arena, catalogue->namings, count, catalogue->naming_capacity);
        if (!to)
            return ERR_MEMORY;
        *to = (struct catalogue_naming){entity, catalogue_merge_is_withheld(catalogue, layer)};
    }
    *known = catalogue->namings[id].entity;
    return ERR_OK;
}

/* What a later layer says of an entity that is known. */
static void amend(struct catalogue *catalogue, struct catalogue_entity *to,
                  const struct catalogue_entity *from)
{
    bool withheld = catalogue_merge_is_withheld(catalogue, from->layer);
    if (from->owner.bytes && !(withheld && to->owner.bytes)) {
        to->owner = from->owner;
        to->withheld = (to->withheld & ~(unsigned)WITHHELD_OWNER) | (withheld ? WITHHELD_OWNER : 0);
    }
    if (from->country.bytes && !(withheld && to->country.bytes)) {
        to->country = from->country;
        to->withheld = (to->withheld & ~(unsigned)WITHHELD_COUNTRY) | (withheld ? WITHHELD_COUNTRY : 0);
    }
    to->is_public |= from->is_public;
}

/* The entity that a row is about: itself, or the one that is known by its name. */
static enum err place_of(struct reader *reader, uint32_t row, uint32_t *out)
{
    struct catalogue *catalogue = reader->catalogue;
    struct catalogue_entity *entity = &catalogue->entities[row];
    TRY(add_name(reader, entity->layer, entity->name, row, out));
    if (*out == row) {
        if (catalogue_merge_is_withheld(catalogue, entity->layer))
            entity->withheld = WITHHELD_OWNER | WITHHELD_COUNTRY;
        return ERR_OK;
    }
    struct catalogue_entity *other = &catalogue->entities[*out];
    if (other->layer == entity->layer) {
        catalogue_merge_file(reader, entity->layer, "entities.csv");
        register_say_twice(reader, "entity", entity->name, entity->line, other->line);
    } else {
        amend(catalogue, other, entity);
    }
    return ERR_OK;
}

static enum err add_aliases(struct reader *reader, uint32_t row, uint32_t place)
{
    struct catalogue *catalogue = reader->catalogue;
    const struct catalogue_entity *entity = &catalogue->entities[row];
    for (size_t i = 0; i < entity->aliases.count; i++) {
        uint32_t known;
        TRY(add_name(reader, entity->layer, entity->aliases.items[i], place, &known));
        if (known == place || catalogue->entities[known].layer != entity->layer)
            continue; /* what an earlier layer says of a name stands */
        catalogue_merge_file(reader, entity->layer, "entities.csv");
        register_say_twice(reader, "aliases", entity->aliases.items[i], entity->line,
                           catalogue->entities[known].line);
    }
    return ERR_OK;
}

/* A circle is told once, where it is first entered. */
static void check_owner(struct reader *reader, const struct catalogue_entity *entity)
{
    const struct catalogue_entity *at = entity;
    for (unsigned depth = 0; at && at->owner.bytes && depth < LIMIT_NESTING; depth++) {
        at = catalogue_entity_of(reader->catalogue, at->owner, reader->arena);
        if (at && at < entity)
            return;
        if (at != entity)
            continue;
        catalogue_merge_file(reader, entity->layer, "entities.csv");
        register_say(reader, true, entity->line, "owner",
                     "an entity cannot own itself through others; take one of these owners out");
        return;
    }
}

/* Names before aliases: an alias of one entity is never taken for another's name. */
static enum err add_layers(struct reader *reader, bool withheld, uint32_t *places)
{
    struct catalogue *catalogue = reader->catalogue;
    for (uint32_t from = 0, to; from < catalogue->entity_count; from = to) {
        uint32_t layer = catalogue->entities[from].layer;
        bool now = catalogue_merge_is_withheld(catalogue, layer) == withheld;
        for (to = from; to < catalogue->entity_count && catalogue->entities[to].layer == layer; to++)
            if (now && catalogue->entities[to].name.bytes)
                TRY(place_of(reader, to, &places[to]));
        for (uint32_t i = from; i < to; i++)
            if (now && catalogue->entities[i].name.bytes)
                TRY(add_aliases(reader, i, places[i]));
    }
    return ERR_OK;
}

/* Layers that are not for commercial use last: they fill the gaps of all others. */
enum err catalogue_merge_entities(struct reader *reader)
{
    struct catalogue *catalogue = reader->catalogue;
    intern_init(&catalogue->names, reader->arena);
    uint32_t *places = arena_alloc(reader->arena, catalogue->entity_count * sizeof *places);
    if (!places)
        return ERR_MEMORY;
    TRY(add_layers(reader, false, places));
    TRY(add_layers(reader, true, places));
    for (uint32_t i = 0; i < catalogue->entity_count; i++)
        if (places[i] == i && catalogue->entities[i].name.bytes)
            check_owner(reader, &catalogue->entities[i]);
    return ERR_OK;
}
