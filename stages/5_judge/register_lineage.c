// SPDX-License-Identifier: MIT
#include "5_judge/register_read.h"

enum { SHOWN_BYTES = 300 }; /* of a cycle in its message */
enum colour { COLOUR_NEW, COLOUR_OPEN, COLOUR_DONE };

struct step {
    size_t unit, next; /* predecessor to follow next */
};
struct walk {
    struct reader *reader;
    unsigned char *colours;
    struct step *path; /* at most one step a unit: no recursion over the register's depth */
    size_t depth;
};

static void say_cycle(struct walk *walk, size_t unit)
{
    struct reader *reader = walk->reader;
    const struct unit *units = reader->registers->units;
    size_t start = walk->depth;
    while (walk->path[start - 1].unit != unit)
        start--;
    struct span shown = SPAN("");
    for (size_t i = start - 1; i < walk->depth && shown.bytes < SHOWN_BYTES; i++)
        shown = arena_format(reader->arena, "%.*s%.*s -> ", SPAN_ARG(shown),
                             SPAN_ARG(register_shown(reader, units[walk->path[i].unit].id)));
    register_say(reader, true, units[unit].line, "predecessor_ids",
                 "a unit cannot be its own predecessor: %.*s%s%.*s; take one of these links out",
                 SPAN_ARG(shown), shown.bytes < SHOWN_BYTES ? "" : "... -> ",
                 SPAN_ARG(register_shown(reader, units[unit].id)));
}

static void enter(struct walk *walk, size_t unit)
{
    walk->colours[unit] = COLOUR_OPEN;
    walk->path[walk->depth++] = (struct step){unit, 0};
}

static void follow(struct walk *walk)
{
    const struct registers *r = walk->reader->registers;
    struct step *step = &walk->path[walk->depth - 1];
    const struct span_list *ids = &r->units[step->unit].predecessor_ids;
    if (step->next == ids->count) {
        walk->colours[step->unit] = COLOUR_DONE;
        walk->depth--;
        return;
    }
    struct span id = ids->items[step->next++];
    const struct unit *found = register_unit(r, id);
    if (!found) {
        register_say(walk->reader, false, r->units[step->unit].line, "predecessor_ids",
                     "'%.*s' is not in units.csv; years before cannot be matched with it",
                     SPAN_ARG(register_shown(walk->reader, id)));
        return;
    }
    size_t unit = (size_t)(found - r->units);
    if (walk->colours[unit] == COLOUR_OPEN)
        say_cycle(walk, unit);
    else if (walk->colours[unit] == COLOUR_NEW)
        enter(walk, unit);
}

enum err register_check_lineage(struct reader *reader)
{
    const struct registers *r = reader->registers;
    struct walk walk = {.reader = reader};
    reader->file = register_units_schema.file;
    walk.colours = arena_alloc(reader->arena, r->unit_count);
    walk.path = arena_alloc(reader->arena, r->unit_count * sizeof *walk.path);
    if (!walk.colours || !walk.path)
        return ERR_MEMORY;
    for (size_t i = 0; i < r->unit_count; i++) {
        if (walk.colours[i] == COLOUR_NEW)
            enter(&walk, i);
        while (walk.depth)
            follow(&walk);
    }
    return reader->arena->full ? ERR_MEMORY : ERR_OK;
}
