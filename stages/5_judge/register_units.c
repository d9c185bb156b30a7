// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"

#define AT(field) offsetof(struct unit, field)

const struct word register_truth_words[] = {
    {"",        TRUTH_UNKNOWN},
    {"yes",     TRUTH_TRUE   },
    {"no",      TRUTH_FALSE  },
    {"unknown", TRUTH_UNKNOWN},
    {NULL,      0            }
};

static const struct word types[] = {
    {"self_service", UNIT_SELF_SERVICE},
    {"portal",       UNIT_PORTAL      },
    {NULL,           0                }
};
static const struct word channels[] = {
    {"",    CHANNEL_WEB},
    {"web", CHANNEL_WEB},
    {"app", CHANNEL_APP},
    {NULL,  0          }
};
static const struct word audiences[] = {
    {"",           AUDIENCE_UNKNOWN   },
    {"citizens",   AUDIENCE_CITIZENS  },
    {"businesses", AUDIENCE_BUSINESSES},
    {"both",       AUDIENCE_BOTH      },
    {"unknown",    AUDIENCE_UNKNOWN   },
    {NULL,         0                  },
};
static const struct word provisions[] = {
    {"",                    PROVISION_UNKNOWN       },
    {"state",               PROVISION_STATE         },
    {"shared",              PROVISION_SHARED        },
    {"outsourced_by_state", PROVISION_OUTSOURCED    },
    {"municipal_only",      PROVISION_MUNICIPAL_ONLY},
    {"regional_only",       PROVISION_REGIONAL_ONLY },
    {"private_only",        PROVISION_PRIVATE_ONLY  },
    {"unknown",             PROVISION_UNKNOWN       },
    {NULL,                  0                       },
};
static const struct word primaries[] = {
    {"",                 PRIMARY_UNKNOWN  },
    {"statutory",        PRIMARY_STATUTORY},
    {"assessed_primary", PRIMARY_ASSESSED },
    {"not_primary",      PRIMARY_NOT      },
    {"unknown",          PRIMARY_UNKNOWN  },
    {NULL,               0                },
};

static const struct column columns[] = {
    {"unit_id",          NEED_VALUE,   COLUMN_TEXT,     AT(id),               NULL                },
    {"name_da",          NEED_VALUE,   COLUMN_TEXT,     AT(name_da),          NULL                },
    {"unit_type",        NEED_VALUE,   COLUMN_WORD,     AT(type),             types               },
    {"authority_id",     NEED_VALUE,   COLUMN_TEXT,     AT(authority_id),     NULL                },
    {"channel",          NEED_NOTHING, COLUMN_WORD,     AT(channel),          channels            },
    {"url_scope",        NEED_COLUMN,  COLUMN_PATTERNS, AT(url_scope),        NULL                },
    {"entry_urls",       NEED_NOTHING, COLUMN_URLS,     AT(entry_urls),       NULL                },
    {"flow_scope",       NEED_NOTHING, COLUMN_PATTERNS, AT(flow_scope),       NULL                },
    {"page_type_rules",  NEED_NOTHING, COLUMN_UNUSED,   0,                    NULL                },
    {"audience",         NEED_COLUMN,  COLUMN_WORD,     AT(audience),         audiences           },
    {"interaction",      NEED_COLUMN,  COLUMN_WORD,     AT(interaction),      register_truth_words},
    {"provision",        NEED_COLUMN,  COLUMN_WORD,     AT(provision),        provisions          },
    {"primary_channel",  NEED_COLUMN,  COLUMN_WORD,     AT(primary),          primaries           },
    {"law_ref",          NEED_NOTHING, COLUMN_TEXT,     AT(law_ref),          NULL                },
    {"national",         NEED_NOTHING, COLUMN_WORD,     AT(national),         register_truth_words},
    {"exemptions_exist", NEED_NOTHING, COLUMN_UNUSED,   0,                    NULL                },
    {"login",            NEED_NOTHING, COLUMN_UNUSED,   0,                    NULL                },
    {"known_pages",      NEED_NOTHING, COLUMN_NUMBER,   AT(known_page_count), NULL                },
    {"valid_from",       NEED_NOTHING, COLUMN_FROM,     AT(valid_from),       NULL                },
    {"valid_to",         NEED_NOTHING, COLUMN_TO,       AT(valid_to),         NULL                },
    {"predecessor_ids",  NEED_NOTHING, COLUMN_LIST,     AT(predecessor_ids),  NULL                },
    {"decided_by",       NEED_NOTHING, COLUMN_TEXT,     AT(decided_by),       NULL                },
    {"decided_on",       NEED_NOTHING, COLUMN_UNUSED,   0,                    NULL                },
    {"evidence_ref",     NEED_NOTHING, COLUMN_TEXT,     AT(evidence_ref),     NULL                },
};

static void *add(struct reader *reader)
{
    struct registers *r = reader->registers;
    return ARENA_PUSH(reader->arena, r->units, r->unit_count, r->unit_capacity);
}

static void check(struct reader *reader, void *row)
{
    const struct unit *unit = row;
    register_check_validity(reader, unit->valid_from, unit->valid_to);
    if (unit->channel == CHANNEL_WEB && !unit->url_scope.count)
        register_say(reader, true, reader->line, "url_scope",
                     "is empty; a unit on the web needs a host, *.host or host/path/prefix");
}

static enum err finish(struct reader *reader)
{
    struct registers *r = reader->registers;
    register_sort_rows(reader, &(struct register_rows){r->units, r->unit_count, sizeof *r->units, AT(id),
                                                       AT(line), "unit_id"});
    return ERR_OK;
}

const struct unit *register_unit(const struct registers *registers, struct span id)
{
    size_t low = 0, high = registers->unit_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (span_compare(registers->units[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < registers->unit_count && span_equal(registers->units[low].id, id) ? &registers->units[low]
                                                                                   : NULL;
}

const struct schema register_units_schema = {
    .file = "units.csv",
    .required = true,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .line_at = AT(line),
    .add = add,
    .check = check,
    .finish = finish,
};
