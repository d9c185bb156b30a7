// SPDX-License-Identifier: MIT
#include "5_judge/register_compare.h"

#include "5_judge/catalogue.h"
#include "5_judge/register_read.h"

static enum err finish(const struct reader *reader)
{
    return reader->arena->full ? ERR_MEMORY : ERR_OK;
}

/* --- what was observed --- */

static void check_captures(struct reader *reader, const struct judgement *j)
{
    reader->file = register_units_schema.file;
    for (size_t i = 0; i < j->unit_count; i++) {
        const struct unit_verdict *u = &j->units[i];
        if (u->scope.scope == SCOPE_IN && !u->measurement.visit_count)
            register_say(
                reader, false, u->unit->line, "unit_id",
                "'%.*s' is in scope, and no capture of %u belongs to it; check its url_scope, or crawl it",
                SPAN_ARG(register_shown(reader, u->unit->id)), j->year);
    }
    for (size_t i = 0; i < j->outside_count; i++)
        register_say(reader, false, 0, "url_scope", "%u visits of %.*s in %u belong to no unit",
                     j->outside[i].count, SPAN_ARG(register_shown(reader, j->outside[i].host)), j->year);
}

static bool is_used(const struct judgement *j, const struct basis *basis)
{
    for (size_t i = 0; i < j->pair_count; i++)
        for (size_t k = 0; j->pairs[i].contact_count && k < j->pairs[i].basis_count; k++)
            if (j->pairs[i].bases[k].basis == basis)
                return true;
    return false;
}

static void check_bases(struct reader *reader, const struct judgement *j)
{
    reader->file = register_bases_schema.file;
    for (size_t i = 0; i < j->registers->basis_count; i++) {
        const struct basis *basis = &j->registers->bases[i];
        if (!is_used(j, basis))
            register_say(reader, false, basis->line, "basis_id",
                         "'%.*s' names nothing that was observed in %u",
                         SPAN_ARG(register_shown(reader, basis->id)), j->year);
    }
}

enum err register_compare_seen(const struct judgement *judgement, struct arena *arena,
                               struct register_messages *messages)
{
    struct reader reader = {.arena = arena, .messages = messages};
    check_captures(&reader, judgement);
    check_bases(&reader, judgement);
    return finish(&reader);
}

/* --- the year before --- */

static const struct basis *find_basis(const struct registers *r, struct span id)
{
    for (size_t i = 0; i < r->basis_count; i++)
        if (span_equal(r->bases[i].id, id))
            return &r->bases[i];
    return NULL;
}

static void compare_documents(struct reader *reader, const struct registers *now,
                              const struct registers *before)
{
    reader->file = register_bases_schema.file;
    for (size_t i = 0; i < now->basis_count; i++) {
        const struct basis *a = &now->bases[i], *b = find_basis(before, a->id);
        if (b && a->evidence_sha256.bytes && b->evidence_sha256.bytes &&
            !span_equal_nocase(a->evidence_sha256, b->evidence_sha256))
            register_say(
                reader, false, a->line, "evidence_sha256",
                "of '%.*s' is another than before (line %u there); see whether the document says the same",
                SPAN_ARG(register_shown(reader, a->id)), b->line);
    }
}

static bool has_successor(const struct registers *now, struct span id)
{
    for (size_t i = 0; i < now->unit_count; i++)
        for (size_t k = 0; k < now->units[i].predecessor_ids.count; k++)
            if (span_equal(now->units[i].predecessor_ids.items[k], id))
                return true;
    return false;
}

static void compare_units(struct reader *reader, const struct registers *now, const struct registers *before)
{
    reader->file = register_units_schema.file;
    for (size_t i = 0; i < before->unit_count; i++) {
        struct span id = before->units[i].id;
        if (!register_unit(now, id) && !has_successor(now, id))
            register_say(
                reader, false, 0, "unit_id",
                "'%.*s' of the registers before is gone; keep its row with a valid_to, or name it among "
                "the predecessor_ids of what it became",
                SPAN_ARG(register_shown(reader, id)));
    }
}

/* Who stands behind the first pattern of a company now; empty: its name is still there, or nobody knows it. */
static struct span renamed_to(const struct catalogue *now, const struct catalogue *before, struct span name,
                              struct arena *arena)
{
    const struct catalogue_entity *then = name.bytes ? catalogue_entity_of(before, name, arena) : NULL;
    if (!then || catalogue_entity_of(now, name, arena))
        return SPAN("");
    for (size_t i = 0; i < before->pattern_count; i++)
        for (size_t k = 0; k < now->pattern_count; k++)
            if (span_equal(before->services[before->patterns[i].service].entity, then->name) &&
                span_equal(now->patterns[k].pattern, before->patterns[i].pattern))
                return now->services[now->patterns[k].service].entity;
    return SPAN("");
}

/* Bases name companies: one under another name is none of theirs any more. */
static void compare_entities(struct reader *reader, const struct registers *now,
                             const struct registers *before)
{
    reader->file = register_bases_schema.file;
    for (size_t i = 0; i < now->basis_count; i++) {
        const struct basis *basis = &now->bases[i];
        struct span renamed = renamed_to(now->catalogue, before->catalogue, basis->entity, reader->arena);
        if (renamed.bytes)
            register_say(
                reader, false, basis->line, "entity",
                "'%.*s' is called '%.*s' in the catalogue now; correct it here, or nothing is covered",
                SPAN_ARG(register_shown(reader, basis->entity)), SPAN_ARG(register_shown(reader, renamed)));
    }
}

enum err register_compare_before(const struct registers *now, const struct registers *before,
                                 struct arena *arena, struct register_messages *messages)
{
    struct reader reader = {.arena = arena, .messages = messages};
    compare_units(&reader, now, before);
    compare_documents(&reader, now, before);
    compare_entities(&reader, now, before);
    return finish(&reader);
}
