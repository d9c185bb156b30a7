// SPDX-License-Identifier: MIT
#include "5_judge/catalogue.h"
#include "5_judge/register_read.h"

#include <stdlib.h>

#define AT(field) offsetof(struct catalogue_service, field)

// clang-format off
static const struct word categories[] = {
#define CATEGORY_WORD(name, text) {text, CATEGORY_##name},
    CATEGORY_LIST(CATEGORY_WORD)
#undef CATEGORY_WORD
    {NULL, 0},
};
// clang-format on

static const struct column columns[] = {
    {"pattern",          NEED_VALUE,   COLUMN_PATTERN, AT(pattern),          NULL                },
    {"service",          NEED_COLUMN,  COLUMN_TEXT,    AT(service),          NULL                },
    {"entity",           NEED_VALUE,   COLUMN_TEXT,    AT(entity),           NULL                },
    {"country",          NEED_NOTHING, COLUMN_TEXT,    AT(country),          NULL                },
    {"category",         NEED_NOTHING, COLUMN_WORD,    AT(category),         categories          },
    {"own_use_possible", NEED_NOTHING, COLUMN_WORD,    AT(own_use_possible), register_truth_words},
    {"optout_exists",    NEED_NOTHING, COLUMN_WORD,    AT(optout_exists),    register_truth_words},
    {"cookie_prefixes",  NEED_NOTHING, COLUMN_LIST,    AT(cookie_prefixes),  NULL                },
    {"source",           NEED_NOTHING, COLUMN_TEXT,    AT(source),           NULL                },
};

static void *add(struct reader *reader)
{
    if (!reader->catalogue)
        reader->catalogue = arena_alloc(reader->arena, sizeof *reader->catalogue);
    struct catalogue *catalogue = reader->catalogue;
    return catalogue ? ARENA_PUSH(reader->arena, catalogue->services, catalogue->count, catalogue->capacity)
                     : NULL;
}

static int compare(const void *a, const void *b)
{
    const struct catalogue_service *x = a, *y = b;
    int order = span_compare(x->pattern, y->pattern);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static enum err add_prefixes(struct reader *reader, struct catalogue *catalogue, uint32_t number)
{
    const struct catalogue_service *service = &catalogue->services[number];
    for (size_t i = 0; i < service->cookie_prefixes.count; i++) {
        struct span prefix = service->cookie_prefixes.items[i];
        size_t known = catalogue->prefixes.count;
        uint32_t id = intern_add(&catalogue->prefixes, prefix);
        if (id == INTERN_NONE)
            return ERR_MEMORY;
        const struct catalogue_service *other =
            id < known ? &catalogue->services[catalogue->prefix_service[id]] : service;
        if (prefix.bytes > catalogue->longest_prefix_bytes)
            catalogue->longest_prefix_bytes = prefix.bytes;
        if (other == service)
            catalogue->prefix_service[id] = number;
        else if (!span_equal(other->entity, service->entity) || !span_equal(other->service, service->service))
            register_say_twice(reader, "cookie_prefixes", prefix, service->line, other->line);
    }
    return ERR_OK;
}

static enum err finish(struct reader *reader)
{
    struct catalogue *catalogue = reader->catalogue;
    size_t prefix_count = 0;
    if (!catalogue)
        return ERR_OK;
    qsort(catalogue->services, catalogue->count, sizeof *catalogue->services, compare);
    pattern_map_init(&catalogue->patterns, reader->arena);
    intern_init(&catalogue->prefixes, reader->arena);
    for (size_t i = 0; i < catalogue->count; i++)
        prefix_count += catalogue->services[i].cookie_prefixes.count;
    catalogue->prefix_service = arena_alloc(reader->arena, prefix_count * sizeof *catalogue->prefix_service);
    if (!catalogue->prefix_service)
        return ERR_MEMORY;
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct catalogue_service *service = &catalogue->services[i];
        if (!service->pattern.bytes)
            continue; /* told where it was read */
        if (i && span_equal(service[-1].pattern, service->pattern))
            register_say_twice(reader, "pattern", service->pattern, service->line, service[-1].line);
        TRY(pattern_map_add(&catalogue->patterns, service->pattern, (uint32_t)i));
        TRY(add_prefixes(reader, catalogue, (uint32_t)i));
    }
    reader->registers->catalogue = catalogue;
    return pattern_map_sort(&catalogue->patterns);
}

const struct schema register_services_schema = {
    .file = "services.csv",
    .silent = true,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .line_at = AT(line),
    .add = add,
    .finish = finish,
};
