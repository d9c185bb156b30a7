// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"

#include <stdlib.h>

void register_check_validity(struct reader *reader, date_days from, date_days to)
{
    if (from > to)
        register_say(reader, true, reader->line, "valid_from",
                     "is later than valid_to; exchange or correct the dates");
}

bool register_periods_meet(date_days a_from, date_days a_to, date_days b_from, date_days b_to)
{
    return a_from <= b_to && b_from <= a_to;
}

static const struct authority *find_authority(const struct registers *r, struct span id)
{
    size_t low = 0, high = r->authority_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (span_compare(r->authorities[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->authority_count && span_equal(r->authorities[low].id, id) ? &r->authorities[low] : NULL;
}

static void say_unknown(struct reader *reader, unsigned line, const char *column, struct span id,
                        const char *file)
{
    register_say(reader, true, line, column, "'%.*s' is not in %s; add it there or correct it here",
                 SPAN_ARG(register_shown(reader, id)), file);
}

/* Empty ids were told where they were read. A register that could not be read is told once, not with every
 * row that points to it. */
static void check_unit(struct reader *reader, unsigned line, const char *column, struct span id)
{
    bool unread = !reader->registers->unit_count && reader->messages->error_count;
    if (id.bytes && !unread && !register_unit(reader->registers, id))
        say_unknown(reader, line, column, id, register_units_schema.file);
}

static const struct authority *check_authority(struct reader *reader, unsigned line, struct span id)
{
    const struct authority *authority = find_authority(reader->registers, id);
    bool unread = !reader->registers->authority_count && reader->messages->error_count;
    if (id.bytes && !unread && !authority)
        say_unknown(reader, line, "authority_id", id, register_authorities_schema.file);
    return authority;
}

static void check_portal(struct reader *reader, const struct portal_link *link)
{
    check_unit(reader, link->line, "portal_id", link->portal_id);
    check_unit(reader, link->line, "target_id", link->target_id);
    const struct unit *portal = register_unit(reader->registers, link->portal_id);
    if (portal && portal->type != UNIT_PORTAL)
        register_say(reader, true, link->line, "portal_id",
                     "'%.*s' is no portal in units.csv; set its unit_type to portal",
                     SPAN_ARG(register_shown(reader, link->portal_id)));
}

/* Pages tell their unit by their address; only what an app did has none. */
static void check_capture(struct reader *reader, const struct capture_entry *capture)
{
    const struct unit *unit = register_unit(reader->registers, capture->unit_id);
    check_unit(reader, capture->line, "unit_id", capture->unit_id);
    if (unit && unit->channel != CHANNEL_APP)
        register_say(
            reader, true, capture->line, "unit_id",
            "'%.*s' is no app in units.csv; leave the cell empty for an archive of pages, or set the "
            "unit's channel to app",
            SPAN_ARG(register_shown(reader, capture->unit_id)));
}

enum err register_check_references(struct reader *reader)
{
    struct registers *r = reader->registers;
    reader->file = register_units_schema.file;
    for (size_t i = 0; i < r->unit_count; i++) {
        struct unit *unit = &r->units[i];
        unit->authority = check_authority(reader, unit->line, unit->authority_id);
    }
    reader->file = register_own_parties_schema.file;
    for (size_t i = 0; i < r->own_party_count; i++)
        if (!span_equal(r->own_parties[i].unit_id, SPAN("*")))
            check_unit(reader, r->own_parties[i].line, "unit_id", r->own_parties[i].unit_id);
    reader->file = register_bases_schema.file;
    for (size_t i = 0; i < r->basis_count; i++) {
        const struct basis *basis = &r->bases[i];
        check_unit(reader, basis->line, "unit_id", basis->unit_id);
        check_authority(reader, basis->line, basis->authority_id);
    }
    reader->file = register_decisions_schema.file;
    for (size_t i = 0; i < r->decision_count; i++)
        check_unit(reader, r->decisions[i].line, "unit_id", r->decisions[i].unit_id);
    reader->file = register_portal_links_schema.file;
    for (size_t i = 0; i < r->portal_link_count; i++)
        check_portal(reader, &r->portal_links[i]);
    reader->file = register_captures_schema.file;
    for (size_t i = 0; i < r->capture_count; i++)
        check_capture(reader, &r->captures[i]);
    return reader->arena->full ? ERR_MEMORY : ERR_OK;
}

struct claim {
    struct span pattern;
    const struct unit *unit;
};

static int compare_claims(const void *a, const void *b)
{
    const struct claim *x = a, *y = b;
    int order = span_compare(x->pattern, y->pattern);
    if (!order)
        order = (x->unit->valid_from > y->unit->valid_from) - (x->unit->valid_from < y->unit->valid_from);
    return order ? order : (x->unit->line > y->unit->line) - (x->unit->line < y->unit->line);
}

/* Two patterns that overlap are either nested, and then the more specific wins, or equal. */
enum err register_check_scopes(struct reader *reader)
{
    const struct registers *r = reader->registers;
    struct claim *claims = NULL;
    size_t count = 0, capacity = 0;
    reader->file = register_units_schema.file;
    for (size_t i = 0; i < r->unit_count; i++)
        for (size_t k = 0; k < r->units[i].url_scope.count; k++) {
            struct claim *claim = ARENA_PUSH(reader->arena, claims, count, capacity);
            if (!claim)
                return ERR_MEMORY;
            *claim = (struct claim){r->units[i].url_scope.items[k], &r->units[i]};
        }
    if (count)
        qsort(claims, count, sizeof *claims, compare_claims);
    const struct unit *holder = NULL; /* of the present pattern: the one that keeps it longest */
    for (size_t i = 0; i < count; i++) {
        const struct claim *claim = &claims[i];
        if (i == 0 || !span_equal(claims[i - 1].pattern, claim->pattern))
            holder = NULL;
        if (holder && holder != claim->unit && claim->unit->valid_from <= holder->valid_to)
            register_say(reader, true, claim->unit->line, "url_scope",
                         "'%.*s' belongs to unit '%.*s' of line %u at the same time; make one of the two "
                         "more specific",
                         SPAN_ARG(register_shown(reader, claim->pattern)),
                         SPAN_ARG(register_shown(reader, holder->id)), holder->line);
        if (!holder || claim->unit->valid_to > holder->valid_to)
            holder = claim->unit;
    }
    return ERR_OK;
}
