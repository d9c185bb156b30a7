// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"

#define AT(field) offsetof(struct authority, field)

static const struct column columns[] = {
    {"authority_id", NEED_VALUE,   COLUMN_TEXT,    AT(id),       NULL},
    {"name_da",      NEED_VALUE,   COLUMN_TEXT,    AT(name_da),  NULL},
    {"ministry",     NEED_NOTHING, COLUMN_TEXT,    AT(ministry), NULL},
    {"cvr",          NEED_NOTHING, COLUMN_TEXT,    AT(cvr),      NULL},
    {"level",        NEED_NOTHING, COLUMN_TEXT,    AT(level),    NULL},
    {"domains",      NEED_NOTHING, COLUMN_DOMAINS, AT(domains),  NULL},
    {"contact_role", NEED_NOTHING, COLUMN_UNUSED,  0,            NULL},
};

static void *add(struct reader *reader)
{
    struct registers *r = reader->registers;
    return ARENA_PUSH(reader->arena, r->authorities, r->authority_count, r->authority_capacity);
}

static void check(struct reader *reader, void *row)
{
    static const struct word levels[] = {
        {"",             0},
        {"state",        0},
        {"region",       0},
        {"municipality", 0},
        {NULL,           0}
    };
    struct authority *authority = row;
    const struct word *level = register_word(levels, authority->level);
    if (level)
        authority->level = span_of_string(level->text);
    else
        register_say(reader, true, reader->line, "level", "'%.*s' is not one of state, region, municipality",
                     SPAN_ARG(register_shown(reader, authority->level)));
}

static enum err finish(struct reader *reader)
{
    struct registers *r = reader->registers;
    register_sort_rows(reader,
                       &(struct register_rows){r->authorities, r->authority_count, sizeof *r->authorities,
                                               AT(id), AT(line), "authority_id"});
    return ERR_OK;
}

const struct schema register_authorities_schema = {
    .file = "authorities.csv",
    .required = true,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .line_at = AT(line),
    .add = add,
    .check = check,
    .finish = finish,
};
