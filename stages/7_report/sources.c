// SPDX-License-Identifier: MIT
#include "7_report/sources.h"

struct walk {
    struct source_year *year;
    struct arena *arena;
};

static enum err add_archive(void *context, const struct index_archive *row)
{
    struct walk *w = context;
    struct index_archive *to =
        ARENA_PUSH(w->arena, w->year->archives, w->year->archive_count, w->year->archive_capacity);
    if (!to)
        return ERR_MEMORY;
    *to = *row;
    return ERR_OK;
}

static enum err add_fault(void *context, const struct index_fault *row)
{
    struct walk *w = context;
    struct index_fault *to =
        ARENA_PUSH(w->arena, w->year->faults, w->year->fault_count, w->year->fault_capacity);
    if (!to)
        return ERR_MEMORY;
    *to = *row;
    return ERR_OK;
}

static enum err add_counter(void *context, const struct index_counter *row)
{
    struct walk *w = context;
    struct index_counter *to =
        ARENA_PUSH(w->arena, w->year->counters, w->year->counter_count, w->year->counter_capacity);
    if (!to)
        return ERR_MEMORY;
    *to = *row;
    return ERR_OK;
}

/* The table is sorted by name, the facts refer to numbers. */
static enum err order_by_number(struct source_year *year, struct arena *arena)
{
    struct index_archive *ordered = arena_alloc(arena, year->archive_count * sizeof *ordered);
    if (!ordered)
        return ERR_MEMORY;
    for (size_t i = 0; i < year->archive_count; i++) {
        if (year->archives[i].number >= year->archive_count)
            return ERR_INDEX;
        ordered[year->archives[i].number] = year->archives[i];
    }
    year->archives = ordered;
    return ERR_OK;
}

enum err sources_read(const struct report_options *options, struct arena *arena, struct sources *out)
{
    *out = (struct sources){.years = arena_alloc(arena, options->index_count * sizeof *out->years)};
    if (!out->years)
        return ERR_MEMORY;
    for (; out->year_count < options->index_count; out->year_count++) {
        const struct report_index *from = &options->indexes[out->year_count];
        struct source_year *year = &out->years[out->year_count];
        *year = (struct source_year){
            .year = index_year(from->index),
            .path = span_of_string(from->path),
            .digest = index_digest(from->index),
            .program = index_program(from->index),
            .suffixes = index_suffixes(from->index),
            .suffixes_sha256 = index_suffixes_sha256(from->index),
            .visit_count = index_visit_count(from->index),
        };
        struct walk walk = {year, arena};
        TRY(index_each_archive(from->index, add_archive, &walk));
        TRY(index_each_fault(from->index, add_fault, &walk));
        TRY(index_each_counter(from->index, add_counter, &walk));
        TRY(order_by_number(year, arena));
    }
    return options->index_count ? static_share_read(options->indexes[0].index, arena, &out->static_share)
                                : ERR_OK;
}

struct span sources_archive_name(const struct sources *sources, uint32_t number)
{
    if (!sources->year_count || number >= sources->years[0].archive_count)
        return SPAN_NONE;
    return sources->years[0].archives[number].name;
}
