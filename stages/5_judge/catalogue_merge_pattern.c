// SPDX-License-Identifier: MIT
#include "5_judge/catalogue_merge.h"

#include <stdlib.h>

/* Rows of services.csv are patterns too. */
static enum err add_local(struct reader *reader)
{
    struct catalogue *catalogue = reader->catalogue;
    for (size_t i = 0; i < catalogue->service_count; i++) {
        const struct catalogue_service *service = &catalogue->services[i];
        if (service->layer != CATALOGUE_LOCAL)
            continue;
        struct catalogue_pattern *pattern = ARENA_PUSH(reader->arena, catalogue->patterns,
                                                       catalogue->pattern_count, catalogue->pattern_capacity);
        if (!pattern)
            return ERR_MEMORY;
        *pattern = (struct catalogue_pattern){.pattern = service->pattern,
                                              .cookie_prefixes = service->cookie_prefixes,
                                              .valid_from = DATE_OPEN_FROM,
                                              .valid_to = DATE_OPEN_TO,
                                              .service = (uint32_t)i,
                                              .layer = CATALOGUE_LOCAL,
                                              .line = service->line};
    }
    return ERR_OK;
}

static int weight(const struct catalogue_query *query)
{
    return query->has_value ? 2 : query->key.bytes > 0;
}

/* Of equal patterns the most specific first, then that of the layer that counts: the map keeps their order. */
static int compare(const void *a, const void *b, void *catalogue)
{
    const struct catalogue_pattern *x = a, *y = b;
    int order = span_compare(x->pattern, y->pattern);
    if (!order)
        order = weight(&y->query) - weight(&x->query);
    if (!order)
        order = span_compare(x->query_text, y->query_text);
    if (!order)
        order = catalogue_merge_order(catalogue, x->layer, y->layer);
    if (!order)
        order = (x->valid_from > y->valid_from) - (x->valid_from < y->valid_from);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static void check_tie(struct reader *reader, const struct catalogue_pattern *a,
                      const struct catalogue_pattern *b)
{
    if (a->layer != b->layer || !span_equal(a->pattern, b->pattern) ||
        !span_equal(a->query_text, b->query_text) ||
        !register_periods_meet(a->valid_from, a->valid_to, b->valid_from, b->valid_to))
        return;
    catalogue_merge_file(reader, b->layer, "patterns.csv");
    register_say_twice(reader, "pattern", b->pattern, b->line, a->line);
}

/* Hosts for which a lookup needs more than the host. */
static enum err add_unsettled(struct catalogue *catalogue, const struct catalogue_pattern *pattern,
                              uint32_t number)
{
    struct span host = span_first(pattern->pattern, span_find(pattern->pattern, '/', 0));
    bool settled = host.bytes == pattern->pattern.bytes && !pattern->query.key.bytes &&
                   pattern->valid_from == DATE_OPEN_FROM && pattern->valid_to == DATE_OPEN_TO &&
                   !catalogue->services[pattern->service].facts.has_dates;
    return settled ? ERR_OK : pattern_map_add(&catalogue->unsettled, host, number);
}

static enum err find_services(struct reader *reader)
{
    struct catalogue *catalogue = reader->catalogue;
    struct catalogue_names names;
    TRY(catalogue_names_of(catalogue, reader->arena, &names));
    for (size_t i = 0; i < catalogue->pattern_count; i++) {
        struct catalogue_pattern *pattern = &catalogue->patterns[i];
        pattern->query = catalogue_query_of(pattern->query_text);
        catalogue_merge_file(reader, pattern->layer, "patterns.csv");
        pattern->service =
            catalogue_names_find(&names, reader, pattern->service_name, pattern->layer, pattern->line);
    }
    return ERR_OK;
}

enum err catalogue_merge_patterns(struct reader *reader)
{
    struct catalogue *catalogue = reader->catalogue;
    pattern_map_init(&catalogue->map, reader->arena);
    pattern_map_init(&catalogue->unsettled, reader->arena);
    TRY(find_services(reader));
    TRY(add_local(reader));
    if (catalogue->pattern_count)
        qsort_r(catalogue->patterns, catalogue->pattern_count, sizeof *catalogue->patterns, compare,
                catalogue);
    for (size_t i = 0; i < catalogue->pattern_count; i++) {
        const struct catalogue_pattern *pattern = &catalogue->patterns[i];
        if (!pattern->pattern.bytes || pattern->service == UINT32_MAX)
            continue; /* told where it was read, or cookies only */
        if (i)
            check_tie(reader, &catalogue->patterns[i - 1], pattern);
        TRY(pattern_map_add(&catalogue->map, pattern->pattern, (uint32_t)i));
        TRY(add_unsettled(catalogue, pattern, (uint32_t)i));
    }
    TRY(pattern_map_sort(&catalogue->map));
    return pattern_map_sort(&catalogue->unsettled);
}

static enum err add_prefixes(struct catalogue *catalogue, uint32_t number)
{
    const struct span_list *prefixes = &catalogue->patterns[number].cookie_prefixes;
    for (size_t i = 0; i < prefixes->count; i++) {
        struct span prefix = prefixes->items[i];
        uint32_t id = intern_add(&catalogue->prefixes, prefix);
        if (id == INTERN_NONE)
            return ERR_MEMORY;
        if (prefix.bytes > catalogue->longest_prefix_bytes)
            catalogue->longest_prefix_bytes = prefix.bytes;
        catalogue->prefix_patterns[catalogue->prefix_pattern_count++] = (struct catalogue_prefix){id, number};
    }
    return ERR_OK;
}

static int compare_prefixes(const void *a, const void *b, void *context)
{
    const struct catalogue *catalogue = context;
    const struct catalogue_prefix *x = a, *y = b;
    const struct catalogue_pattern *p = &catalogue->patterns[x->pattern],
                                   *q = &catalogue->patterns[y->pattern];
    if (x->prefix != y->prefix)
        return x->prefix < y->prefix ? -1 : 1;
    int order = catalogue_merge_order(catalogue, p->layer, q->layer);
    if (!order)
        order = (p->valid_from > q->valid_from) - (p->valid_from < q->valid_from);
    return order ? order : (p->line > q->line) - (p->line < q->line);
}

static void check_prefix_tie(struct reader *reader, const struct catalogue_prefix *a,
                             const struct catalogue_prefix *b)
{
    const struct catalogue *catalogue = reader->catalogue;
    const struct catalogue_pattern *x = &catalogue->patterns[a->pattern],
                                   *y = &catalogue->patterns[b->pattern];
    if (a->prefix != b->prefix || x->layer != y->layer ||
        catalogue->services[x->service].group == catalogue->services[y->service].group ||
        !register_periods_meet(x->valid_from, x->valid_to, y->valid_from, y->valid_to))
        return;
    catalogue_merge_file(reader, y->layer, "patterns.csv");
    register_say_twice(reader, "cookie_prefixes", intern_text(&catalogue->prefixes, b->prefix), y->line,
                       x->line);
}

enum err catalogue_merge_prefixes(struct reader *reader)
{
    struct catalogue *catalogue = reader->catalogue;
    size_t count = 0;
    intern_init(&catalogue->prefixes, reader->arena);
    for (size_t i = 0; i < catalogue->pattern_count; i++)
        count += catalogue->patterns[i].cookie_prefixes.count;
    catalogue->prefix_patterns = arena_alloc(reader->arena, count * sizeof *catalogue->prefix_patterns);
    if (!catalogue->prefix_patterns)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < catalogue->pattern_count; i++)
        if (catalogue->patterns[i].service != UINT32_MAX)
            TRY(add_prefixes(catalogue, i));
    qsort_r(catalogue->prefix_patterns, catalogue->prefix_pattern_count, sizeof *catalogue->prefix_patterns,
            compare_prefixes, catalogue);
    for (size_t i = 1; i < catalogue->prefix_pattern_count; i++)
        check_prefix_tie(reader, &catalogue->prefix_patterns[i - 1], &catalogue->prefix_patterns[i]);
    return ERR_OK;
}
