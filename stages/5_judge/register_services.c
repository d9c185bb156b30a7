// SPDX-License-Identifier: MIT
#include "5_judge/catalogue.h"
#include "5_judge/register_read.h"

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

const struct schema register_services_schema = {
    .file = "services.csv",
    .silent = true,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .line_at = AT(line),
    .add = add,
};
