// SPDX-License-Identifier: MIT
#include "5_judge/layer.h"

#define LAYER_AT(field)   offsetof(struct catalogue_layer, field)
#define ENTITY_AT(field)  offsetof(struct catalogue_entity, field)
#define SERVICE_AT(field) offsetof(struct catalogue_service, field)
#define PATTERN_AT(field) offsetof(struct catalogue_pattern, field)
#define COLUMNS(list)     .columns = (list), .column_count = sizeof(list) / sizeof *(list)

static const struct word yes_no[] = {
    {"",    false},
    {"yes", true },
    {"no",  false},
    {NULL,  0    }
};
static const struct word roles[] = {
    {"",           ROLE_UNKNOWN   },
    {"processor",  ROLE_PROCESSOR },
    {"controller", ROLE_CONTROLLER},
    {"both",       ROLE_BOTH      },
    {"unknown",    ROLE_UNKNOWN   },
    {NULL,         0              }
};

struct about { /* a row of layer.csv */
    struct span key, value;
    unsigned line;
};
static const struct column about_columns[] = {
    {"key",   NEED_VALUE,  COLUMN_TEXT, offsetof(struct about, key),   NULL},
    {"value", NEED_COLUMN, COLUMN_TEXT, offsetof(struct about, value), NULL},
};
static const struct {
    const char *key;
    size_t at; /* in struct catalogue_layer */
} about_keys[] = {
    {"name",    LAYER_AT(name)   },
    {"licence", LAYER_AT(licence)},
    {"version", LAYER_AT(version)},
    {"date",    LAYER_AT(date)   },
    {"source",  LAYER_AT(source) },
    {"sha256",  LAYER_AT(sha256) },
};

static void *add_about(struct reader *reader)
{
    return arena_alloc(reader->arena, sizeof(struct about));
}

static void check_about(struct reader *reader, void *row)
{
    const struct about *about = row;
    struct catalogue_layer *layer = &reader->catalogue->layers[reader->layer];
    if (span_equal(about->key, SPAN("non_commercial"))) {
        layer->non_commercial = !span_equal_nocase(about->value, SPAN("no"));
        layer->is_marked = true;
        if (layer->non_commercial && !span_equal_nocase(about->value, SPAN("yes")))
            register_say(reader, true, reader->line, "value",
                         "'%.*s' is not one of yes, no, as non_commercial needs",
                         SPAN_ARG(register_shown(reader, about->value)));
        return;
    }
    for (size_t i = 0; i < sizeof about_keys / sizeof *about_keys; i++) {
        struct span *to = (struct span *)((char *)layer + about_keys[i].at);
        if (!span_equal(about->key, span_of_string(about_keys[i].key)))
            continue;
        if (to->bytes)
            register_say(reader, true, reader->line, "key", "'%s' stands twice; give it once",
                         about_keys[i].key);
        *to = about->value;
        return;
    }
    if (about->key.bytes)
        register_say(reader, true, reader->line, "key",
                     "'%.*s' is not one of name, licence, non_commercial, version, date, source, sha256",
                     SPAN_ARG(register_shown(reader, about->key)));
}

/* Whoever passes the data on must know what may be passed on. */
static enum err finish_about(struct reader *reader)
{
    const struct catalogue_layer *layer = &reader->catalogue->layers[reader->layer];
    if (!layer->is_present)
        return ERR_OK;
    if (!layer->licence.bytes)
        register_say(reader, true, 0, NULL, "says no licence; add a row licence,NAME OF THE LICENCE");
    if (!layer->is_marked)
        register_say(reader, true, 0, NULL,
                     "does not say non_commercial; add a row non_commercial,yes or no");
    return ERR_OK;
}

static const struct column entity_columns[] = {
    {"entity",      NEED_VALUE,   COLUMN_TEXT,   ENTITY_AT(name),      NULL  },
    {"owner",       NEED_NOTHING, COLUMN_TEXT,   ENTITY_AT(owner),     NULL  },
    {"country",     NEED_NOTHING, COLUMN_TEXT,   ENTITY_AT(country),   NULL  },
    {"homepage",    NEED_NOTHING, COLUMN_UNUSED, 0,                    NULL  },
    {"aliases",     NEED_NOTHING, COLUMN_LIST,   ENTITY_AT(aliases),   NULL  },
    {"public_body", NEED_NOTHING, COLUMN_WORD,   ENTITY_AT(is_public), yes_no},
};

static void *add_entity(struct reader *reader)
{
    struct catalogue *c = reader->catalogue;
    struct catalogue_entity *entity =
        ARENA_PUSH(reader->arena, c->entities, c->entity_count, c->entity_capacity);
    if (entity)
        entity->layer = reader->layer;
    return entity;
}

static void check_entity(struct reader *reader, void *row)
{
    struct span country = ((const struct catalogue_entity *)row)->country;
    bool is_code = country.bytes == 2;
    for (size_t i = 0; i < country.bytes; i++)
        is_code &= country.at[i] >= 'A' && country.at[i] <= 'Z';
    if (country.bytes && !is_code)
        register_say(reader, true, reader->line, "country",
                     "'%.*s' is not a country code of two capitals, such as DK",
                     SPAN_ARG(register_shown(reader, country)));
}

static const struct column service_columns[] = {
    {"service",          NEED_VALUE,   COLUMN_TEXT,   SERVICE_AT(service),                NULL                        },
    {"entity",           NEED_VALUE,   COLUMN_TEXT,   SERVICE_AT(entity),                 NULL                        },
    {"category",         NEED_NOTHING, COLUMN_WORD,   SERVICE_AT(category),               register_services_categories},
    {"role",             NEED_NOTHING, COLUMN_WORD,   SERVICE_AT(role),                   roles                       },
    {"own_use_possible", NEED_NOTHING, COLUMN_WORD,   SERVICE_AT(facts.own_use_possible), register_truth_words        },
    {"optout_exists",    NEED_NOTHING, COLUMN_WORD,   SERVICE_AT(facts.optout_exists),    register_truth_words        },
    {"source",           NEED_NOTHING, COLUMN_UNUSED, 0,                                  NULL                        },
};

static void *add_service(struct reader *reader)
{
    struct catalogue *c = reader->catalogue;
    struct catalogue_service *service =
        ARENA_PUSH(reader->arena, c->services, c->service_count, c->service_capacity);
    if (service)
        service->layer = reader->layer;
    return service;
}

static const struct column pattern_columns[] = {
    {"service",         NEED_VALUE,   COLUMN_TEXT,    PATTERN_AT(service_name),    NULL},
    {"pattern",         NEED_NOTHING, COLUMN_PATTERN, PATTERN_AT(pattern),         NULL},
    {"query_key",       NEED_NOTHING, COLUMN_TEXT,    PATTERN_AT(query_text),      NULL},
    {"cookie_prefixes", NEED_NOTHING, COLUMN_LIST,    PATTERN_AT(cookie_prefixes), NULL},
    {"valid_from",      NEED_NOTHING, COLUMN_FROM,    PATTERN_AT(valid_from),      NULL},
    {"valid_to",        NEED_NOTHING, COLUMN_TO,      PATTERN_AT(valid_to),        NULL},
    {"source",          NEED_NOTHING, COLUMN_UNUSED,  0,                           NULL},
};

static void *add_pattern(struct reader *reader)
{
    struct catalogue *c = reader->catalogue;
    struct catalogue_pattern *pattern =
        ARENA_PUSH(reader->arena, c->patterns, c->pattern_count, c->pattern_capacity);
    if (pattern)
        pattern->layer = reader->layer;
    return pattern;
}

static void check_pattern(struct reader *reader, void *row)
{
    const struct catalogue_pattern *pattern = row;
    struct span query = pattern->query_text;
    if (query.bytes && (query.at[0] == '=' || span_find(query, '&', 0) < query.bytes))
        register_say(reader, true, reader->line, "query_key", "'%.*s' is not KEY or KEY=VALUE",
                     SPAN_ARG(register_shown(reader, query)));
    if (query.bytes && !pattern->pattern.bytes)
        register_say(reader, true, reader->line, "query_key",
                     "needs a pattern beside it: a key alone tells nobody");
    register_check_validity(reader, pattern->valid_from, pattern->valid_to);
}

static const struct schema *const schemas[LAYER_FILE_COUNT] = {
    [LAYER_ABOUT] = &(const struct schema){.required = true,
                                           COLUMNS(about_columns),
                                           .line_at = offsetof(struct about,        line),
                                           .add = add_about,
                                           .check = check_about,
                                           .finish = finish_about},
    [LAYER_ENTITIES] = &(const struct schema){.silent = true,
                                           COLUMNS(entity_columns),
                                           .line_at = ENTITY_AT(line),
                                           .add = add_entity,
                                           .check = check_entity                                             },
    [LAYER_SERVICES] =
        &(const struct schema){
                                           .silent = true,  COLUMNS(service_columns),  .line_at = SERVICE_AT(line),                          .add = add_service     },
    [LAYER_PATTERNS] = &(const struct schema){.silent = true,
                                           COLUMNS(pattern_columns),
                                           .line_at = PATTERN_AT(line),
                                           .add = add_pattern,
                                           .check = check_pattern},
    [LAYER_FACTS] = &layer_fact_schema,
    [LAYER_ALIASES] = &register_aliases_schema,
};
const char *const layer_files[LAYER_FILE_COUNT] = {
    [LAYER_ABOUT] = "layer.csv",       [LAYER_ENTITIES] = "entities.csv", [LAYER_SERVICES] = "services.csv",
    [LAYER_PATTERNS] = "patterns.csv", [LAYER_FACTS] = "facts.csv",       [LAYER_ALIASES] = "aliases.csv",
};

enum err layer_read(struct reader *reader, const struct layer_text *text)
{
    struct catalogue *c = reader->catalogue;
    struct catalogue_layer *layer = ARENA_PUSH(reader->arena, c->layers, c->layer_count, c->layer_capacity);
    if (!layer)
        return ERR_MEMORY;
    layer->folder = arena_copy(reader->arena, text->folder);
    layer->is_present = text->texts[LAYER_ABOUT].present;
    reader->layer = (uint32_t)c->layer_count - 1;
    for (int i = 0; i < LAYER_FILE_COUNT; i++) {
        struct span file =
            arena_format(reader->arena, "catalogue/%.*s/%s", SPAN_ARG(text->folder), layer_files[i]);
        struct schema schema = *schemas[i];
        if (!file.at)
            return ERR_MEMORY;
        schema.file = file.at;
        TRY(register_read_file(reader, &schema, &text->texts[i]));
        if (text->texts[i].present)
            TRY(register_add_digest(reader, file.at, text->texts[i].bytes));
    }
    layer = &c->layers[reader->layer];
    if (!layer->name.bytes)
        layer->name = layer->folder;
    return ERR_OK;
}
