// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"

#include <stdlib.h>

#define AT(field) offsetof(struct own_party, field)

static const struct word relations[] = {
    {"authority",        RELATION_AUTHORITY       },
    {"operator",         RELATION_OPERATOR        },
    {"public_component", RELATION_PUBLIC_COMPONENT},
    {"infrastructure",   RELATION_INFRASTRUCTURE  },
    {NULL,               0                        },
};

static const struct column columns[] = {
    {"unit_id",      NEED_VALUE,   COLUMN_TEXT,    AT(unit_id),      NULL     },
    {"pattern",      NEED_VALUE,   COLUMN_PATTERN, AT(pattern),      NULL     },
    {"relation",     NEED_VALUE,   COLUMN_WORD,    AT(relation),     relations},
    {"service",      NEED_NOTHING, COLUMN_TEXT,    AT(service),      NULL     },
    {"valid_from",   NEED_NOTHING, COLUMN_FROM,    AT(valid_from),   NULL     },
    {"valid_to",     NEED_NOTHING, COLUMN_TO,      AT(valid_to),     NULL     },
    {"evidence_ref", NEED_NOTHING, COLUMN_TEXT,    AT(evidence_ref), NULL     },
};

static void *add(struct reader *reader)
{
    struct registers *r = reader->registers;
    return ARENA_PUSH(reader->arena, r->own_parties, r->own_party_count, r->own_party_capacity);
}

static void check(struct reader *reader, void *row)
{
    const struct own_party *party = row;
    register_check_validity(reader, party->valid_from, party->valid_to);
}

static int compare(const void *a, const void *b)
{
    const struct own_party *x = a, *y = b;
    int order = span_compare(x->unit_id, y->unit_id);
    if (!order)
        order = span_compare(x->pattern, y->pattern);
    if (!order)
        order = (x->valid_from > y->valid_from) - (x->valid_from < y->valid_from);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static enum err finish(struct reader *reader)
{
    struct registers *r = reader->registers;
    if (r->own_party_count)
        qsort(r->own_parties, r->own_party_count, sizeof *r->own_parties, compare);
    for (size_t i = 1; i < r->own_party_count; i++) {
        const struct own_party *a = &r->own_parties[i - 1], *b = &r->own_parties[i];
        if (b->pattern.bytes && span_equal(a->unit_id, b->unit_id) && span_equal(a->pattern, b->pattern) &&
            register_periods_meet(a->valid_from, a->valid_to, b->valid_from, b->valid_to))
            register_say_twice(reader, "pattern", b->pattern, b->line, a->line);
    }
    return ERR_OK;
}

const struct schema register_own_parties_schema = {
    .file = "own_parties.csv",
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .line_at = AT(line),
    .add = add,
    .check = check,
    .finish = finish,
};
