// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"

#include <stdlib.h>

#define AT(field) offsetof(struct portal_link, field)

static const struct column columns[] = {
    {"portal_id",    NEED_VALUE,   COLUMN_TEXT,   AT(portal_id),  NULL},
    {"target_id",    NEED_VALUE,   COLUMN_TEXT,   AT(target_id),  NULL},
    {"valid_from",   NEED_NOTHING, COLUMN_FROM,   AT(valid_from), NULL},
    {"valid_to",     NEED_NOTHING, COLUMN_TO,     AT(valid_to),   NULL},
    {"evidence_ref", NEED_NOTHING, COLUMN_UNUSED, 0,              NULL},
};

static void *add(struct reader *reader)
{
    struct registers *r = reader->registers;
    return ARENA_PUSH(reader->arena, r->portal_links, r->portal_link_count, r->portal_link_capacity);
}

static void check(struct reader *reader, void *row)
{
    const struct portal_link *link = row;
    register_check_validity(reader, link->valid_from, link->valid_to);
}

static int compare(const void *a, const void *b)
{
    const struct portal_link *x = a, *y = b;
    int order = span_compare(x->portal_id, y->portal_id);
    if (!order)
        order = span_compare(x->target_id, y->target_id);
    if (!order)
        order = (x->valid_from > y->valid_from) - (x->valid_from < y->valid_from);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static enum err finish(struct reader *reader)
{
    struct registers *r = reader->registers;
    if (r->portal_link_count)
        qsort(r->portal_links, r->portal_link_count, sizeof *r->portal_links, compare);
    for (size_t i = 1; i < r->portal_link_count; i++) {
        const struct portal_link *a = &r->portal_links[i - 1], *b = &r->portal_links[i];
        if (b->target_id.bytes && span_equal(a->portal_id, b->portal_id) &&
            span_equal(a->target_id, b->target_id) &&
            register_periods_meet(a->valid_from, a->valid_to, b->valid_from, b->valid_to))
            register_say_twice(reader, "target_id", b->target_id, b->line, a->line);
    }
    return ERR_OK;
}

const struct schema register_portal_links_schema = {
    .file = "portal_links.csv",
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .line_at = AT(line),
    .add = add,
    .check = check,
    .finish = finish,
};
