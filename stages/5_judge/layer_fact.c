// SPDX-License-Identifier: MIT
#include "5_judge/layer.h"

#define AT(field) offsetof(struct catalogue_fact, field)

static const struct word kinds[] = {
    {"optout_exists",    FACT_OPTOUT_EXISTS   },
    {"optout_effective", FACT_OPTOUT_EFFECTIVE},
    {"own_use_default",  FACT_OWN_USE_DEFAULT },
    {"own_use_possible", FACT_OWN_USE_POSSIBLE},
    {"standard_terms",   FACT_STANDARD_TERMS  },
    {"signal",           FACT_SIGNAL          },
    {NULL,               0                    }
};
static const struct word strengths[] = {
    {"",           SIGNAL_NONE      },
    {"decisive",   SIGNAL_DECISIVE  },
    {"indicative", SIGNAL_INDICATIVE},
    {NULL,         0                }
};
static const struct word truths[] = {
    {"yes",     TRUTH_TRUE   },
    {"no",      TRUTH_FALSE  },
    {"unknown", TRUTH_UNKNOWN},
    {NULL,      0            }
};
static const struct word extents[] = {
    {"all",     EXTENT_YES    },
    {"partly",  EXTENT_PARTLY },
    {"no",      EXTENT_NO     },
    {"unknown", EXTENT_UNKNOWN},
    {NULL,      0             }
};
static const struct word musts[] = {
    {"must",     true },
    {"must_not", false},
    {NULL,       0    }
};

static const struct column columns[] = {
    {"service",    NEED_VALUE,   COLUMN_TEXT,   AT(service_name), NULL     },
    {"fact",       NEED_VALUE,   COLUMN_WORD,   AT(kind),         kinds    },
    {"value",      NEED_VALUE,   COLUMN_TEXT,   AT(value),        NULL     },
    {"strength",   NEED_NOTHING, COLUMN_WORD,   AT(strength),     strengths},
    {"detail",     NEED_NOTHING, COLUMN_TEXT,   AT(detail),       NULL     },
    {"source",     NEED_NOTHING, COLUMN_UNUSED, 0,                NULL     },
    {"checked_on", NEED_NOTHING, COLUMN_UNUSED, 0,                NULL     },
    {"checked_by", NEED_NOTHING, COLUMN_UNUSED, 0,                NULL     },
    {"valid_from", NEED_NOTHING, COLUMN_FROM,   AT(valid_from),   NULL     },
    {"valid_to",   NEED_NOTHING, COLUMN_TO,     AT(valid_to),     NULL     },
};

static void *add(struct reader *reader)
{
    struct catalogue *c = reader->catalogue;
    struct catalogue_fact *fact = ARENA_PUSH(reader->arena, c->facts, c->fact_count, c->fact_capacity);
    if (fact)
        fact->layer = reader->layer;
    return fact;
}

/* "player.example/video?dnt=1" */
static void check_signal(struct reader *reader, struct catalogue_fact *fact)
{
    size_t at = span_find(fact->detail, '?', 0);
    fact->query = catalogue_query_of(span_from(fact->detail, at + 1));
    fact->must = fact->known;
    bool is_pattern =
        register_pattern_normal(span_first(fact->detail, at), reader->arena, &fact->pattern) == ERR_OK;
    bool has_key = at < fact->detail.bytes;
    if (!is_pattern ||
        (has_key && (!fact->query.key.bytes || span_find(fact->detail, '&', 0) < fact->detail.bytes)))
        register_say(reader, true, reader->line, "detail",
                     "'%.*s' is not host/path or host/path?KEY or host/path?KEY=VALUE",
                     SPAN_ARG(register_shown(reader, fact->detail)));
    else if (fact->must && !has_key)
        register_say(reader, true, reader->line, "detail",
                     "'%.*s' has no ?KEY: what must be seen is seen in the addresses of a service",
                     SPAN_ARG(register_shown(reader, fact->detail)));
    if (fact->strength == SIGNAL_NONE)
        register_say(reader, true, reader->line, "strength", "is empty; a signal is decisive or indicative");
}

static void check(struct reader *reader, void *row)
{
    static const struct word *const words[] = {
        [FACT_OPTOUT_EXISTS] = truths,    [FACT_OPTOUT_EFFECTIVE] = extents, [FACT_OWN_USE_DEFAULT] = truths,
        [FACT_OWN_USE_POSSIBLE] = truths, [FACT_STANDARD_TERMS] = NULL,      [FACT_SIGNAL] = musts,
    };
    static const char *const rights[] = {
        [FACT_OPTOUT_EXISTS] = "yes, no, unknown",
        [FACT_OPTOUT_EFFECTIVE] = "all, partly, no, unknown",
        [FACT_OWN_USE_DEFAULT] = "yes, no, unknown",
        [FACT_OWN_USE_POSSIBLE] = "yes, no, unknown",
        [FACT_STANDARD_TERMS] = "",
        [FACT_SIGNAL] = "must, must_not",
    };
    struct catalogue_fact *fact = row;
    const struct word *known = words[fact->kind] ? register_word(words[fact->kind], fact->value) : NULL;
    if (known)
        fact->known = known->value;
    else if (words[fact->kind] && fact->value.bytes)
        register_say(reader, true, reader->line, "value", "'%.*s' is not one of %s",
                     SPAN_ARG(register_shown(reader, fact->value)), rights[fact->kind]);
    if (fact->kind == FACT_SIGNAL)
        check_signal(reader, fact);
    register_check_validity(reader, fact->valid_from, fact->valid_to);
}

const struct schema layer_fact_schema = {
    .silent = true,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .line_at = AT(line),
    .add = add,
    .check = check,
};
