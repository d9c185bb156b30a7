// SPDX-License-Identifier: MIT
/* layers_of.h - a catalogue from the texts of its layers in a test; include cmocka.h first. */
#ifndef TESTS_LAYERS_OF_H
#define TESTS_LAYERS_OF_H

#include "5_judge/layer.h"

#define FREE     "key,value\nlicence,MIT\nnon_commercial,no\n"
#define NC       "key,value\nname,Sporerlisten\nlicence,CC BY-NC-SA 4.0\nnon_commercial,yes\n"
#define ENTITIES "entity,owner,country,aliases,public_body\n"
#define SERVICES "service,entity,category\n"
#define PATTERNS "service,pattern,query_key,cookie_prefixes,valid_from,valid_to\n"
#define FACTS    "service,fact,value,strength,detail,valid_from,valid_to\n"
#define ONE_NAME ENTITIES "En A/S,,DK,,\n", SERVICES "S,En A/S,ad\n"
#define LAYERS   3
#define LOCAL    "pattern,service,entity,country\n"
#define LAYER(name, ...)                                                                                     \
    {                                                                                                        \
        name,                                                                                                \
        {                                                                                                    \
            __VA_ARGS__                                                                                      \
        }                                                                                                    \
    }

struct layer_row {
    const char *folder, *files[LAYER_FILE_COUNT];
};
struct layers_read {
    struct arena arena;
    struct registers registers;
    struct register_messages messages;
    enum err err;
};

static inline date_days layers_day(const char *text)
{
    date_days day = 0;
    assert_true(register_date_parse(span_of_string(text), &day));
    return day;
}

static inline void layers_of(const struct layer_row rows[LAYERS], const char *local, const char *more,
                             struct layers_read *out)
{
    struct register_text texts[REGISTER_FILE_COUNT] = {
        [REGISTER_AUTHORITIES] = {SPAN("authority_id,name_da,domains\nA,Styrelsen,a.dk\n"),                                     true },
        [REGISTER_UNITS] =
            {SPAN("unit_id,name_da,unit_type,authority_id,url_scope,audience,interaction,provision,"
                  "primary_channel\nU,n,self_service,A,u.dk,citizens,yes,state,statutory\n"),
                                  true                                                                                               },
        [REGISTER_POLICY] = {SPAN("key,value\nbase_catalogue,no\n"),                                                       true },
        [REGISTER_SERVICES] = {span_of_string(local),                                                                        local},
        [REGISTER_BASES] = {span_of_string(more),                                                                         more },
    };
    struct layer_text layers[LAYERS] = {0};
    size_t count = 0;
    for (; count < LAYERS && rows[count].folder; count++) {
        const char *const *files = rows[count].files;
        layers[count].folder = span_of_string(rows[count].folder);
        for (int i = 0; i < LAYER_FILE_COUNT; i++)
            layers[count].texts[i] = (struct register_text){span_of_string(files[i]), files[i]};
    }
    *out = (struct layers_read){0};
    arena_init(&out->arena, 64u << 20);
    out->err = register_read_all(texts, layers, count, 2026, &out->arena, &out->messages, &out->registers);
}

static inline void layers_of_valid(const struct layer_row rows[LAYERS], const char *local, const char *more,
                                   struct layers_read *out)
{
    layers_of(rows, local, more, out);
    for (size_t i = 0; out->err && i < out->messages.count; i++)
        print_error("  %.*s\n", SPAN_ARG(out->messages.items[i].text));
    assert_int_equal(out->err, ERR_OK);
}

#endif
