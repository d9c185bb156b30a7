// SPDX-License-Identifier: MIT
#include "5_judge/catalogue.h"
#include "5_judge/register_read.h"

#include <stdlib.h>

#define AT(field) offsetof(struct alias, field)

static const struct column columns[] = {
    {"host",       NEED_VALUE,   COLUMN_PATTERN, AT(host),       NULL},
    {"canonical",  NEED_VALUE,   COLUMN_PATTERN, AT(canonical),  NULL},
    {"valid_from", NEED_NOTHING, COLUMN_FROM,    AT(valid_from), NULL},
    {"valid_to",   NEED_NOTHING, COLUMN_TO,      AT(valid_to),   NULL},
    {"source",     NEED_NOTHING, COLUMN_UNUSED,  0,              NULL},
};

static void *add(struct reader *reader)
{
    struct registers *r = reader->registers;
    struct catalogue *c = reader->catalogue;
    struct alias *alias = reader->layer == CATALOGUE_LOCAL
                              ? ARENA_PUSH(reader->arena, r->aliases, r->alias_count, r->alias_capacity)
                              : ARENA_PUSH(reader->arena, c->aliases, c->alias_count, c->alias_capacity);
    if (alias)
        alias->layer = reader->layer;
    return alias;
}

static void check_name(struct reader *reader, const char *column, struct span name)
{
    if (span_starts(name, SPAN("*")) || span_find(name, '/', 0) < name.bytes)
        register_say(reader, true, reader->line, column, "'%.*s' is not one host name",
                     SPAN_ARG(register_shown(reader, name)));
}

static void check(struct reader *reader, void *row)
{
    const struct alias *alias = row;
    check_name(reader, "host", alias->host);
    check_name(reader, "canonical", alias->canonical);
    register_check_validity(reader, alias->valid_from, alias->valid_to);
}

static int compare(const void *a, const void *b)
{
    const struct alias *x = a, *y = b;
    int order = span_compare(x->host, y->host);
    if (!order)
        order = (x->valid_from > y->valid_from) - (x->valid_from < y->valid_from);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* A name has one canonical name at a time. Those of layers are sorted when all are read. */
static enum err finish(struct reader *reader)
{
    struct registers *r = reader->registers;
    if (reader->layer != CATALOGUE_LOCAL)
        return ERR_OK;
    if (r->alias_count)
        qsort(r->aliases, r->alias_count, sizeof *r->aliases, compare);
    for (size_t i = 1; i < r->alias_count; i++) {
        const struct alias *a = &r->aliases[i - 1], *b = &r->aliases[i];
        if (b->host.bytes && span_equal(a->host, b->host) &&
            register_periods_meet(a->valid_from, a->valid_to, b->valid_from, b->valid_to))
            register_say_twice(reader, "host", b->host, b->line, a->line);
    }
    return ERR_OK;
}

const struct schema register_aliases_schema = {
    .file = "aliases.csv",
    .silent = true,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .line_at = AT(line),
    .add = add,
    .check = check,
    .finish = finish,
};
