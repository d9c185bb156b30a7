// SPDX-License-Identifier: MIT
#include "5_judge/catalogue.h"
#include "5_judge/register_read.h"

#include <stdlib.h>

#define AT(field) offsetof(struct catalogue_service, field)

// clang-format off
const struct word register_services_categories[] = {
#define CATEGORY_WORD(name, text) {text, CATEGORY_##name},
    CATEGORY_LIST(CATEGORY_WORD)
#undef CATEGORY_WORD
    {NULL, 0},
};
// clang-format on

static const struct column columns[] = {
    {"pattern",          NEED_VALUE,   COLUMN_PATTERN, AT(pattern),                NULL                        },
    {"service",          NEED_COLUMN,  COLUMN_TEXT,    AT(service),                NULL                        },
    {"entity",           NEED_VALUE,   COLUMN_TEXT,    AT(entity),                 NULL                        },
    {"country",          NEED_NOTHING, COLUMN_TEXT,    AT(country),                NULL                        },
    {"category",         NEED_NOTHING, COLUMN_WORD,    AT(category),               register_services_categories},
    {"own_use_possible", NEED_NOTHING, COLUMN_WORD,    AT(facts.own_use_possible), register_truth_words        },
    {"optout_exists",    NEED_NOTHING, COLUMN_WORD,    AT(facts.optout_exists),    register_truth_words        },
    {"cookie_prefixes",  NEED_NOTHING, COLUMN_LIST,    AT(cookie_prefixes),        NULL                        },
    {"source",           NEED_NOTHING, COLUMN_UNUSED,  0,                          NULL                        },
};

static void *add(struct reader *reader)
{
    struct catalogue *catalogue = reader->catalogue;
    struct catalogue_service *service =
        ARENA_PUSH(reader->arena, catalogue->services, catalogue->service_count, catalogue->service_capacity);
    if (service)
        service->layer = CATALOGUE_LOCAL;
    return service;
}

static int compare_services(const void *a, const void *b)
{
    const struct catalogue_service *x = *(struct catalogue_service *const *)a,
                                   *y = *(struct catalogue_service *const *)b;
    int order = span_compare(x->entity, y->entity);
    if (!order)
        order = span_compare(x->service, y->service);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static bool is_same_service(const struct catalogue_service *a, const struct catalogue_service *b)
{
    return span_equal(a->entity, b->entity) && span_equal(a->service, b->service);
}

/* What one row tells of a service is told of it at every address; two rows may not tell different things. */
static enum truth agree(struct reader *reader, const char *column, enum truth told, enum truth one,
                        const struct catalogue_service *service)
{
    if (told == TRUTH_UNKNOWN || one == TRUTH_UNKNOWN || told == one)
        return told == TRUTH_UNKNOWN ? one : told;
    register_say(reader, true, service->line, column, "of '%.*s' another row says something else",
                 SPAN_ARG(register_shown(reader, service->service)));
    return told;
}

static void share_facts(struct reader *reader, struct catalogue_service **services, size_t count)
{
    enum truth own_use = TRUTH_UNKNOWN, optout = TRUTH_UNKNOWN;
    for (size_t i = 0; i < count; i++) {
        own_use =
            agree(reader, "own_use_possible", own_use, services[i]->facts.own_use_possible, services[i]);
        optout = agree(reader, "optout_exists", optout, services[i]->facts.optout_exists, services[i]);
    }
    for (size_t i = 0; i < count; i++) {
        services[i]->facts.own_use_possible = own_use;
        services[i]->facts.optout_exists = optout;
    }
}

static enum err finish(struct reader *reader)
{
    struct catalogue *catalogue = reader->catalogue;
    size_t count = 0;
    struct catalogue_service **named =
        arena_alloc(reader->arena, (catalogue->service_count + 1) * sizeof *named);
    if (!named)
        return ERR_MEMORY;
    for (size_t i = 0; i < catalogue->service_count; i++)
        if (catalogue->services[i].layer == CATALOGUE_LOCAL && catalogue->services[i].service.bytes)
            named[count++] = &catalogue->services[i];
    qsort(named, count, sizeof(struct catalogue_service *), compare_services);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && is_same_service(named[i], named[end]); end++) {
        }
        share_facts(reader, named + i, end - i);
    }
    return ERR_OK;
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
