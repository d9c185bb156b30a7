// SPDX-License-Identifier: MIT
/* Where the events of a group lie. Who looks at them first brings them into memory: that is for the crew to do. */
#include "4_index/build_state.h"

#include "4_index/observe.h"
#include "4_index/segment.h"

static enum err on_events(void *context, uint32_t archive, size_t count, struct span events)
{
    struct build_list *list = context;
    struct build_commit *c =
        ARENA_PUSH(&list->build->group_arena, list->commits, list->commit_count, list->commit_capacity);
    if (!c)
        return ERR_MEMORY;
    *c = (struct build_commit){.archive = archive, .events = events, .first = list->count, .count = count};
    list->count += count;
    return ERR_OK;
}

enum err build_list_add(struct build_list *list, uint32_t archive)
{
    return work_each_events(list->build->work, archive, on_events, list);
}

static enum err list_commit(void *context, unsigned worker, uint32_t piece)
{
    const struct build_list *list = context;
    struct build_commit *c = &list->commits[piece];
    struct span rest = c->events, place, packed;
    size_t count = 0;
    (void)worker;
    for (; count < c->count && observe_take(&rest, &place, &packed); count++) {
        struct unpack in = {.rest = packed};
        uint64_t kind = unpack_u64(&in);
        c->has_parts |= kind == EVENT_SEGMENT;
        c->has_aliases |= kind == EVENT_ALIAS;
        list->items[c->first + count] = (struct packed_event){
            c->archive, {.at = unpack_be(place.at, 8), .inner = unpack_be(place.at + 8, 8)},
             packed
        };
    }
    return count == c->count && !rest.bytes ? ERR_OK : ERR_INDEX;
}

static enum err commit_nothing(void *context, uint32_t piece)
{
    (void)context, (void)piece;
    return ERR_OK;
}

enum err build_list_fill(struct build_list *list)
{
    struct build_state *b = list->build;
    const struct index_pieces pieces = {.context = list,
                                        .count = (uint32_t)list->commit_count,
                                        .work = list_commit,
                                        .commit = commit_nothing};
    bool has_parts = false, has_aliases = false;
    list->items = arena_raw(&b->list_arena, list->count * sizeof *list->items);
    if (!list->items)
        return ERR_MEMORY;
    TRY(b->build->crew->run(b->build->crew->context, &pieces));
    for (size_t i = 0; i < list->commit_count; i++) {
        has_parts |= list->commits[i].has_parts;
        has_aliases |= list->commits[i].has_aliases;
    }
    if (has_parts)
        TRY(segment_join(list->items, &list->count, b->producers, b->build->suffixes, &b->group_arena,
                         b->totals));
    return has_aliases || has_parts ? build_alias_take(b, list->items, &list->count) : ERR_OK;
}
