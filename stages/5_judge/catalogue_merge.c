// SPDX-License-Identifier: MIT
#include "5_judge/catalogue_merge.h"

#include "base/limits.h"
#include "ext/ext_crypto.h"

#include <stdlib.h>

bool catalogue_merge_is_withheld(const struct catalogue *catalogue, uint32_t layer)
{
    return layer != CATALOGUE_LOCAL && catalogue->layers[layer].non_commercial;
}

int catalogue_merge_order(const struct catalogue *catalogue, uint32_t a, uint32_t b)
{
    int order = catalogue_merge_is_withheld(catalogue, a) - (int)catalogue_merge_is_withheld(catalogue, b);
    return order ? order : (a < b) - (a > b);
}

void catalogue_merge_file(struct reader *reader, uint32_t layer, const char *file)
{
    if (layer == CATALOGUE_LOCAL)
        reader->file = register_services_schema.file;
    else
        reader->file = arena_format(reader->arena, "catalogue/%.*s/%s",
                                    SPAN_ARG(reader->catalogue->layers[layer].folder), file)
                           .at;
    if (!reader->file)
        reader->file = file; /* the arena remembers that it is full */
}

static int compare_names(const void *a, const void *b, void *catalogue)
{
    const struct catalogue_name *x = a, *y = b;
    int order = span_compare(x->name, y->name);
    if (!order)
        order = catalogue_merge_order(catalogue, y->layer, x->layer);
    return order ? order : (x->service > y->service) - (x->service < y->service);
}

static struct span lower_of(struct span text, struct arena *arena)
{
    char *lower = arena_bytes(arena, text.bytes);
    for (size_t i = 0; lower && i < text.bytes; i++)
        lower[i] = ascii_lower(text.at[i]);
    return span_of(lower, lower ? text.bytes : 0);
}

enum err catalogue_names_of(struct catalogue *catalogue, struct arena *arena, struct catalogue_names *out)
{
    *out = (struct catalogue_names){.catalogue = catalogue, .count = catalogue->service_count};
    out->items = arena_alloc(arena, out->count * sizeof *out->items);
    if (!out->items)
        return ERR_MEMORY;
    for (size_t i = 0; i < out->count; i++) {
        const struct catalogue_service *service = &catalogue->services[i];
        out->items[i] =
            (struct catalogue_name){lower_of(service->service, arena), service->layer, (uint32_t)i};
    }
    if (out->count)
        qsort_r(out->items, out->count, sizeof *out->items, compare_names, catalogue);
    return arena->full ? ERR_MEMORY : ERR_OK;
}

/* How many names come before a service of a layer that is called so. */
static size_t count_before(const struct catalogue_names *names, const struct catalogue_name *name)
{
    size_t lo = 0, hi = names->count;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (compare_names(&names->items[mid], name, names->catalogue) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Those that other layers may name are the last of a name. */
static uint32_t find_name(const struct catalogue_names *names, struct span name, uint32_t layer,
                          bool own_only)
{
    const struct catalogue_name *items = names->items;
    size_t own = count_before(names, &(struct catalogue_name){name, layer, 0});
    if (own < names->count && items[own].layer == layer && span_equal(items[own].name, name))
        return items[own].service;
    size_t end = count_before(names, &(struct catalogue_name){name, CATALOGUE_LOCAL, UINT32_MAX});
    return !own_only && end && span_equal(items[end - 1].name, name) &&
                   !catalogue_merge_is_withheld(names->catalogue, items[end - 1].layer)
               ? items[end - 1].service
               : UINT32_MAX;
}

uint32_t catalogue_names_find(const struct catalogue_names *names, struct reader *reader, struct span name,
                              uint32_t layer, unsigned line)
{
    struct arena_mark mark = arena_mark(reader->arena);
    struct span wanted = lower_of(name, reader->arena);
    bool own_only = catalogue_merge_is_withheld(names->catalogue, layer);
    uint32_t found = find_name(names, wanted, layer, own_only);
    arena_back_to(reader->arena, mark);
    if (found == UINT32_MAX && name.bytes)
        register_say(reader, true, line, "service",
                     "'%.*s' is in no services.csv that this layer may name; %s",
                     SPAN_ARG(register_shown(reader, name)),
                     own_only ? "what is not for commercial use names only its own services"
                              : "add it there or correct it here");
    return found;
}

/* Two services of one name in one layer. */
static enum err check_names(struct reader *reader)
{
    struct catalogue_names names;
    TRY(catalogue_names_of(reader->catalogue, reader->arena, &names));
    for (size_t i = 1; i < names.count; i++) {
        const struct catalogue_name *a = &names.items[i - 1], *b = &names.items[i];
        if (a->layer != b->layer || a->layer == CATALOGUE_LOCAL || !b->name.bytes ||
            !span_equal(a->name, b->name))
            continue;
        const struct catalogue_service *service = &reader->catalogue->services[b->service];
        catalogue_merge_file(reader, b->layer, register_services_schema.file);
        register_say_twice(reader, "service", service->service, service->line,
                           reader->catalogue->services[a->service].line);
    }
    return ERR_OK;
}

/* The owner at the top; an owner that no layer knows is at the top. A circle ends where it began. A name that is not for
 * commercial use leads on, but is not told. */
static struct span top_owner(struct reader *reader, const struct catalogue_entity *entity, unsigned *withheld)
{
    struct span name = entity->name;
    for (unsigned depth = 0; entity && entity->owner.bytes && depth < LIMIT_NESTING; depth++) {
        name = entity->owner;
        *withheld |= entity->withheld & WITHHELD_OWNER;
        entity = catalogue_entity_of(reader->catalogue, name, reader->arena);
        name = catalogue_entity_free(reader->catalogue, name, reader->arena) ? entity->name : name;
    }
    return name;
}

static void fill_service(struct reader *reader, struct catalogue_service *service)
{
    const struct catalogue *catalogue = reader->catalogue;
    const struct catalogue_entity *known = catalogue_entity_of(catalogue, service->entity, reader->arena);
    bool withheld = catalogue_merge_is_withheld(catalogue, service->layer);
    const struct catalogue_entity *entity =
        withheld ? known : catalogue_entity_free(catalogue, service->entity, reader->arena);
    service->withheld = withheld ? WITHHELD_IDENTITY : 0;
    if (!known && service->layer != CATALOGUE_LOCAL && service->entity.bytes) {
        catalogue_merge_file(reader, service->layer, register_services_schema.file);
        register_say(reader, true, service->line, "entity",
                     "'%.*s' is in no entities.csv of any layer; add it there or correct it here",
                     SPAN_ARG(register_shown(reader, service->entity)));
    }
    if (!entity)
        return;
    service->entity = entity->name;
    service->is_public = entity->is_public;
    service->owner = top_owner(reader, entity, &service->withheld);
    if (!service->country.bytes) {
        service->country = entity->country;
        service->withheld |= entity->withheld & WITHHELD_COUNTRY;
    }
}

enum err catalogue_merge_services(struct reader *reader)
{
    struct catalogue *catalogue = reader->catalogue;
    struct intern groups;
    intern_init(&groups, reader->arena);
    TRY(check_names(reader));
    for (size_t i = 0; i < catalogue->service_count; i++) {
        struct catalogue_service *service = &catalogue->services[i];
        fill_service(reader, service);
        struct span name = lower_of(service->service, reader->arena),
                    entity = lower_of(service->entity, reader->arena);
        service->group =
            intern_add(&groups, arena_format(reader->arena, "%.*s\n%.*s", SPAN_ARG(name), SPAN_ARG(entity)));
        if (service->group == INTERN_NONE)
            return ERR_MEMORY;
    }
    return ERR_OK;
}

/* What the entities of services are called, in small letters. */
struct called {
    struct intern free, withheld;
};

static enum err entities_of(struct reader *reader, struct called *out)
{
    const struct catalogue *catalogue = reader->catalogue;
    intern_init(&out->free, reader->arena);
    intern_init(&out->withheld, reader->arena);
    for (size_t i = 0; i < catalogue->service_count; i++) {
        const struct catalogue_service *service = &catalogue->services[i];
        bool withheld = service->withheld & WITHHELD_IDENTITY;
        if (intern_add(withheld ? &out->withheld : &out->free, lower_of(service->entity, reader->arena)) ==
            INTERN_NONE)
            return ERR_MEMORY;
    }
    return ERR_OK;
}

static bool is_called(struct reader *reader, const struct intern *entities, struct span name)
{
    return intern_find(entities, lower_of(name, reader->arena)) != INTERN_NONE;
}

/* A name that is not for commercial use is taken only where services of such layers bear it and no other service bears the
 * one given: a row must be about what fill_service made of the same name. */
static struct span name_of(struct reader *reader, const struct called *called, struct span name)
{
    const struct catalogue *catalogue = reader->catalogue;
    const struct catalogue_entity *entity = catalogue_entity_free(catalogue, name, reader->arena);
    if (entity)
        return entity->name;
    entity = catalogue_entity_of(catalogue, name, reader->arena);
    return entity && !is_called(reader, &called->free, name) &&
                   is_called(reader, &called->withheld, entity->name)
               ? entity->name
               : name;
}

/* Whoever writes a register may call an entity by any of its names. */
static enum err rename_rows(struct reader *reader)
{
    struct registers *r = reader->registers;
    struct called called;
    TRY(entities_of(reader, &called));
    for (size_t i = 0; i < r->basis_count + r->decision_count; i++) {
        struct span *name =
            i < r->basis_count ? &r->bases[i].entity : &r->decisions[i - r->basis_count].entity;
        if (name->bytes)
            *name = name_of(reader, &called, *name);
    }
    return reader->arena->full ? ERR_MEMORY : ERR_OK;
}

/* What was merged, in its order: digests of files. */
static enum err add_digest(struct reader *reader)
{
    const struct registers *r = reader->registers;
    struct span text = SPAN("");
    char digest[CRYPTO_SHA256_TEXT_BYTES];
    for (size_t i = 0; i < r->digest_count; i++) {
        const struct register_digest *file = &r->digests[i];
        if (span_starts(file->file, SPAN("catalogue/")) ||
            span_equal(file->file, span_of_string(register_services_schema.file)))
            text = arena_format(reader->arena, "%.*s%.*s %.*s\n", SPAN_ARG(text), SPAN_ARG(file->sha256),
                                SPAN_ARG(file->file));
    }
    TRY(crypto_sha256_text(text, digest));
    reader->catalogue->sha256 = arena_copy(reader->arena, span_of_string(digest));
    return reader->arena->full ? ERR_MEMORY : ERR_OK;
}

/* Of one host the last in force is found. */
static int compare_aliases(const void *a, const void *b, void *catalogue)
{
    const struct alias *x = a, *y = b;
    int order = span_compare(x->host, y->host);
    if (!order)
        order = catalogue_merge_order(catalogue, y->layer, x->layer);
    if (!order)
        order = (x->valid_from > y->valid_from) - (x->valid_from < y->valid_from);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static void sort_aliases(struct reader *reader)
{
    struct catalogue *catalogue = reader->catalogue;
    if (catalogue->alias_count)
        qsort_r(catalogue->aliases, catalogue->alias_count, sizeof *catalogue->aliases, compare_aliases,
                catalogue);
    for (size_t i = 0; i < catalogue->alias_count; i++)
        catalogue->aliases[i].withheld = catalogue_merge_is_withheld(catalogue, catalogue->aliases[i].layer);
    for (size_t i = 1; i < catalogue->alias_count; i++) {
        const struct alias *a = &catalogue->aliases[i - 1], *b = &catalogue->aliases[i];
        if (!b->host.bytes || a->layer != b->layer || !span_equal(a->host, b->host) ||
            !register_periods_meet(a->valid_from, a->valid_to, b->valid_from, b->valid_to))
            continue;
        catalogue_merge_file(reader, b->layer, register_aliases_schema.file);
        register_say_twice(reader, "host", b->host, b->line, a->line);
    }
}

enum err catalogue_merge(struct reader *reader)
{
    TRY(catalogue_merge_entities(reader));
    TRY(catalogue_merge_services(reader));
    TRY(catalogue_merge_facts(reader));
    TRY(catalogue_merge_patterns(reader));
    TRY(catalogue_merge_prefixes(reader));
    sort_aliases(reader);
    TRY(rename_rows(reader));
    reader->registers->catalogue = reader->catalogue;
    return add_digest(reader);
}
