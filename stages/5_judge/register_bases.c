// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"

#define AT(field) offsetof(struct basis, field)

static const struct word types[] = {
    {"opt_out",   BASIS_OPT_OUT  },
    {"agreement", BASIS_AGREEMENT},
    {"necessary", BASIS_NECESSARY},
    {NULL,        0              }
};
const struct word register_extent_words[] = {
    {"",        EXTENT_UNKNOWN},
    {"all",     EXTENT_YES    },
    {"partly",  EXTENT_PARTLY },
    {"no",      EXTENT_NO     },
    {"unknown", EXTENT_UNKNOWN},
    {NULL,      0             },
};
const struct word register_clause_words[] = {
    {"",        CLAUSE_UNCLEAR},
    {"bans",    CLAUSE_BANS   },
    {"allows",  CLAUSE_ALLOWS },
    {"unclear", CLAUSE_UNCLEAR},
    {NULL,      0             }
};
const struct word register_purpose_words[] = {
    {"",             PURPOSE_UNKNOWN     },
    {"precondition", PURPOSE_PRECONDITION},
    {"security",     PURPOSE_SECURITY    },
    {"other",        PURPOSE_OTHER       },
    {"unknown",      PURPOSE_UNKNOWN     },
    {NULL,           0                   },
};
static const struct word reviews[] = {
    {"",         REVIEW_NONE    },
    {"pending",  REVIEW_PENDING },
    {"accepted", REVIEW_ACCEPTED},
    {"rejected", REVIEW_REJECTED},
    {NULL,       0              },
};

static const struct column columns[] = {
    {"basis_id",          NEED_VALUE,   COLUMN_TEXT,    AT(id),                NULL                  },
    {"unit_id",           NEED_NOTHING, COLUMN_TEXT,    AT(unit_id),           NULL                  },
    {"authority_id",      NEED_NOTHING, COLUMN_TEXT,    AT(authority_id),      NULL                  },
    {"entity",            NEED_NOTHING, COLUMN_TEXT,    AT(entity),            NULL                  },
    {"service",           NEED_NOTHING, COLUMN_TEXT,    AT(service),           NULL                  },
    {"pattern",           NEED_NOTHING, COLUMN_PATTERN, AT(pattern),           NULL                  },
    {"basis_type",        NEED_VALUE,   COLUMN_WORD,    AT(type),              types                 },
    {"basis_form",        NEED_NOTHING, COLUMN_TEXT,    AT(form),              NULL                  },
    {"setting_name",      NEED_NOTHING, COLUMN_TEXT,    AT(setting_name),      NULL                  },
    {"setting_exists",    NEED_NOTHING, COLUMN_WORD,    AT(setting_exists),    register_truth_words  },
    {"activated",         NEED_NOTHING, COLUMN_WORD,    AT(activated),         register_truth_words  },
    {"effective",         NEED_NOTHING, COLUMN_WORD,    AT(effective),         register_extent_words },
    {"own_use_clause",    NEED_NOTHING, COLUMN_WORD,    AT(own_use_clause),    register_clause_words },
    {"written",           NEED_NOTHING, COLUMN_WORD,    AT(written),           register_truth_words  },
    {"anonymised_exempt", NEED_NOTHING, COLUMN_WORD,    AT(anonymised_exempt), register_truth_words  },
    {"own_use_possible",  NEED_NOTHING, COLUMN_WORD,    AT(own_use_possible),  register_truth_words  },
    {"purpose",           NEED_NOTHING, COLUMN_WORD,    AT(purpose),           register_purpose_words},
    {"limited_use",       NEED_NOTHING, COLUMN_WORD,    AT(limited_use),       register_truth_words  },
    {"evidence_ref",      NEED_NOTHING, COLUMN_TEXT,    AT(evidence_ref),      NULL                  },
    {"evidence_sha256",   NEED_NOTHING, COLUMN_SHA256,  AT(evidence_sha256),   NULL                  },
    {"valid_from",        NEED_NOTHING, COLUMN_FROM,    AT(valid_from),        NULL                  },
    {"valid_to",          NEED_NOTHING, COLUMN_TO,      AT(valid_to),          NULL                  },
    {"declared_on",       NEED_NOTHING, COLUMN_FROM,    AT(declared_on),       NULL                  },
    {"review_status",     NEED_NOTHING, COLUMN_WORD,    AT(review),            reviews               },
    {"reviewed_by",       NEED_NOTHING, COLUMN_UNUSED,  0,                     NULL                  },
    {"reviewed_on",       NEED_NOTHING, COLUMN_UNUSED,  0,                     NULL                  },
    {"note",              NEED_NOTHING, COLUMN_TEXT,    AT(note),              NULL                  },
};

static void *add(struct reader *reader)
{
    struct registers *r = reader->registers;
    return ARENA_PUSH(reader->arena, r->bases, r->basis_count, r->basis_capacity);
}

static void check(struct reader *reader, void *row)
{
    struct basis *basis = row;
    register_check_validity(reader, basis->valid_from, basis->valid_to);
    if (!basis->unit_id.bytes == !basis->authority_id.bytes)
        register_say(reader, true, reader->line, "unit_id",
                     "give either unit_id or authority_id, not both and not neither");
    if (!basis->entity.bytes && !basis->service.bytes && !basis->pattern.bytes)
        register_say(reader, true, reader->line, "entity",
                     "nothing says what the basis covers; give entity, service or pattern");
    if (basis->setting_exists == TRUTH_UNKNOWN && basis->setting_name.bytes)
        basis->setting_exists = TRUTH_TRUE;
}

static enum err finish(struct reader *reader)
{
    struct registers *r = reader->registers;
    register_sort_rows(reader, &(struct register_rows){r->bases, r->basis_count, sizeof *r->bases, AT(id),
                                                       AT(line), "basis_id"});
    return ERR_OK;
}

const struct schema register_bases_schema = {
    .file = "bases.csv",
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .line_at = AT(line),
    .add = add,
    .check = check,
    .finish = finish,
};
