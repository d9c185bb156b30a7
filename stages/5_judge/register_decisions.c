// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"

#include <stdlib.h>

#define AT(field) offsetof(struct decision, field)

/* The verdicts of interface.md that a pair can have. */
static const struct word verdicts[] = {
    {"compliant",       0},
    {"unresolved",      0},
    {"non_compliant",   0},
    {"not_third_party", 0},
    {NULL,              0}
};

static const struct column columns[] = {
    {"decision_id",  NEED_VALUE,   COLUMN_TEXT,   AT(id),           NULL},
    {"unit_id",      NEED_VALUE,   COLUMN_TEXT,   AT(unit_id),      NULL},
    {"entity",       NEED_VALUE,   COLUMN_TEXT,   AT(entity),       NULL},
    {"year",         NEED_VALUE,   COLUMN_NUMBER, AT(year),         NULL},
    {"verdict",      NEED_VALUE,   COLUMN_TEXT,   AT(verdict),      NULL},
    {"reason",       NEED_VALUE,   COLUMN_TEXT,   AT(reason),       NULL},
    {"evidence_ids", NEED_VALUE,   COLUMN_TEXT,   AT(evidence_ids), NULL},
    {"decided_by",   NEED_NOTHING, COLUMN_TEXT,   AT(decided_by),   NULL},
    {"decided_on",   NEED_NOTHING, COLUMN_UNUSED, 0,                NULL},
    {"supersedes",   NEED_NOTHING, COLUMN_LIST,   AT(supersedes),   NULL},
};

static void *add(struct reader *reader)
{
    struct registers *r = reader->registers;
    return ARENA_PUSH(reader->arena, r->decisions, r->decision_count, r->decision_capacity);
}

static void check(struct reader *reader, void *row)
{
    struct decision *decision = row;
    const struct word *verdict = register_word(verdicts, decision->verdict);
    if (verdict)
        decision->verdict = span_of_string(verdict->text);
    else if (decision->verdict.bytes)
        register_say(reader, true, reader->line, "verdict",
                     "'%.*s' is not one of compliant, unresolved, non_compliant, not_third_party",
                     SPAN_ARG(register_shown(reader, decision->verdict)));
}

static struct decision *find(struct registers *r, struct span id)
{
    size_t low = 0, high = r->decision_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (span_compare(r->decisions[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->decision_count && span_equal(r->decisions[low].id, id) ? &r->decisions[low] : NULL;
}

static int compare_subjects(const void *a, const void *b)
{
    const struct decision *x = *(const struct decision *const *)a, *y = *(const struct decision *const *)b;
    int order = span_compare(x->unit_id, y->unit_id);
    if (!order)
        order = span_compare(x->entity, y->entity);
    if (!order)
        order = (x->year > y->year) - (x->year < y->year);
    return order ? order : span_compare(x->id, y->id);
}

/* Two decisions in force about the same would make the verdict depend on their order. */
static enum err find_conflicts(struct reader *reader)
{
    struct registers *r = reader->registers;
    const struct decision **in_force = arena_alloc(reader->arena, r->decision_count * sizeof *in_force);
    if (!in_force)
        return ERR_MEMORY;
    size_t count = 0;
    for (size_t i = 0; i < r->decision_count; i++)
        if (!r->decisions[i].superseded)
            in_force[count++] = &r->decisions[i];
    qsort(in_force, count, sizeof *in_force, compare_subjects);
    for (size_t i = 1; i < count; i++) {
        const struct decision *a = in_force[i - 1], *b = in_force[i];
        if (a->year == b->year && span_equal(a->unit_id, b->unit_id) && span_equal(a->entity, b->entity))
            register_say(reader, true, b->line, "supersedes",
                         "the decision on line %u is about the same unit, entity and year; let one supersede "
                         "the other",
                         a->line);
    }
    return ERR_OK;
}

static enum err finish(struct reader *reader)
{
    struct registers *r = reader->registers;
    if (!r->decision_count)
        return ERR_OK;
    register_sort_rows(reader, &(struct register_rows){r->decisions, r->decision_count, sizeof *r->decisions,
                                                       AT(id), AT(line), "decision_id"});
    for (size_t i = 0; i < r->decision_count; i++) {
        struct decision *decision = &r->decisions[i];
        for (size_t k = 0; k < decision->supersedes.count; k++) {
            struct decision *old = find(r, decision->supersedes.items[k]);
            if (old && old != decision)
                old->superseded = true;
            else
                register_say(reader, true, decision->line, "supersedes",
                             "'%.*s' is no decision_id of another row",
                             SPAN_ARG(register_shown(reader, decision->supersedes.items[k])));
        }
    }
    return find_conflicts(reader);
}

const struct schema register_decisions_schema = {
    .file = "decisions.csv",
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .line_at = AT(line),
    .add = add,
    .check = check,
    .finish = finish,
};
