// SPDX-License-Identifier: MIT
/* Names that lead to others are of no visit: they leave the events of their group before those are resolved. */
#include "4_index/build_state.h"

#include "4_index/key.h"

#include <stdlib.h>

static bool is_alias(struct span packed)
{
    struct unpack in = {.rest = packed};
    return unpack_u64(&in) == EVENT_ALIAS;
}

/* A time that is not known comes last. */
static bool is_earlier(const struct build_alias *a, const struct build_alias *b)
{
    if (a->row.time_ns != b->row.time_ns)
        return b->row.time_ns == RECORD_NO_DATE ||
               (a->row.time_ns != RECORD_NO_DATE && a->row.time_ns < b->row.time_ns);
    const struct row_proof *p = &a->row.proof, *q = &b->row.proof;
    const uint64_t pairs[][2] = {
        {p->archive, q->archive},
        {p->at,      q->at     },
        {p->inner,   q->inner  }
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] != pairs[i][1])
            return pairs[i][0] < pairs[i][1];
    return false;
}

/* Of equals the first one is kept. Both names as one text, between them what no name has: its order is that of the table. */
static enum err add_alias(struct build_state *b, const struct event_reference *names,
                          struct build_alias found)
{
    struct span text = arena_format(&b->group_arena, "%.*s %.*s", SPAN_ARG(names->by), SPAN_ARG(names->url));
    uint32_t known = (uint32_t)b->alias_names.count;
    uint32_t number = text.at ? intern_add(&b->alias_names, text) : INTERN_NONE;
    if (number == INTERN_NONE)
        return ERR_MEMORY;
    if (number < known) {
        if (is_earlier(&found, &b->aliases[number]))
            b->aliases[number].row = found.row;
        return ERR_OK;
    }
    struct build_alias *to = ARENA_PUSH(&b->arena, b->aliases, b->alias_count, b->alias_capacity);
    if (!to)
        return ERR_MEMORY;
    *to = found;
    to->names = intern_text(&b->alias_names, number);
    return ERR_OK;
}

static enum err take(struct build_state *b, const struct packed_event *from)
{
    struct event e;
    enum err err = event_unpack(from->packed, &b->group_arena, &e);
    if (err)
        return err == ERR_CORRUPT ? ERR_INDEX : err;
    struct proof proof = {from->archive, from->place};
    proof.place.bytes = e.place.bytes;
    struct build_alias found = {
        .row = {.time_ns = e.date_ns, .proof = build_rows_proof(b, proof)}
    };
    for (size_t i = 0; i < e.reference_count; i++)
        TRY(add_alias(b, &e.references[i], found));
    return ERR_OK;
}

enum err build_alias_take(struct build_state *b, struct packed_event *events, size_t *count)
{
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (is_alias(events[i].packed))
            TRY(take(b, &events[i]));
        else
            events[kept++] = events[i];
    *count = kept;
    return ERR_OK;
}

static int by_names(const void *left, const void *right)
{
    const struct build_alias *a = left, *b = right;
    return span_compare(a->names, b->names);
}

void build_alias_sort(struct build_state *b)
{
    if (b->alias_count)
        qsort(b->aliases, b->alias_count, sizeof *b->aliases, by_names);
}
