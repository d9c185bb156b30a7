// SPDX-License-Identifier: MIT
#include "4_index/sighting.h"

#include <stdlib.h>

#define LOADING_NS UINT64_C(5000000000) /* what comes later is not of loading */

static int by_row(const void *left, const void *right)
{
    const struct sighting *a = left, *b = right;
    int order = span_compare(a->host, b->host);
    if (!order)
        order = span_compare(a->path, b->path);
    if (!order)
        order = (int)a->origin - (int)b->origin;
    if (!order)
        order = (int)a->evidence - (int)b->evidence;
    if (!order)
        order = condition_is_ordinary(b->condition) - condition_is_ordinary(a->condition);
    if (!order)
        order = (int)a->condition - (int)b->condition;
    if (order)
        return order;
    if (a->date_ns != b->date_ns)
        return a->date_ns < b->date_ns ? -1 : 1;
    if (a->proof.archive != b->proof.archive)
        return a->proof.archive < b->proof.archive ? -1 : 1;
    if (a->proof.place.at != b->proof.place.at)
        return a->proof.place.at < b->proof.place.at ? -1 : 1;
    order = span_compare(a->url, b->url);
    if (!order)
        order = (int)a->resource - (int)b->resource;
    return order ? order : span_compare(a->by, b->by);
}

static bool better_proof(const struct sighting *s, const struct resolved_contact *row)
{
    /* a record of its own proves more than a line in the page's list */
    return row->evidence == EVIDENCE_O1 && s->evidence == EVIDENCE_O2;
}

/* The nearest place; what has no request of its own tells none. */
static void merge_place(struct resolved_contact *row, const struct sighting *s)
{
    if (s->place.depth && (!row->depth || s->place.depth < row->depth)) {
        row->depth = s->place.depth;
        row->frame_site = s->place.frame_site;
    }
    if (!row->redirect_from.bytes && s->hops.count) {
        row->redirect_from = s->hops.from;
        row->hop = s->hops.count;
    }
}

static void merge(struct resolved_contact *row, const struct sighting *s, bool *proven)
{
    row->evidence_mask |= 1u << s->evidence | (s->refers ? 1u << EVIDENCE_O3 : 0);
    row->count += s->counts;
    row->signals = signal_merge(row->signals, s->signals);
    if (s->date_ns < row->first_time_ns)
        row->first_time_ns = s->date_ns;
    if (!row->declared_by.bytes)
        row->declared_by = s->by;
    merge_place(row, s);
    if (row->resource == RESOURCE_OTHER)
        row->resource = s->resource;
    if (!*proven && better_proof(s, row)) {
        row->proof = s->proof;
        row->url = s->url;
        *proven = true;
    }
}

/* Of records where there are any, else of the page's list, which tells none, else of declarations: what all of them have. */
static uint32_t qualifiers_of(const struct sighting *s, size_t count)
{
    uint32_t all = SIGNAL_QUALIFIERS;
    int best = 0;
    for (size_t i = 0; i < count; i++) {
        int rank = s[i].is_recorded ? 2 : s[i].evidence <= EVIDENCE_A;
        if (rank < best)
            continue;
        all = rank > best ? s[i].signals : all & s[i].signals;
        best = rank;
    }
    return all & SIGNAL_QUALIFIERS;
}

/* Dates may be further from one another than an int64_t holds. */
static bool is_late(int64_t date_ns, int64_t visit_ns)
{
    return date_ns > visit_ns && (uint64_t)date_ns - (uint64_t)visit_ns > LOADING_NS;
}

/* An element that waits to be scrolled to, a film that begins by itself, or was begun: a visitor may have to do something. */
static bool may_need_interaction(const struct group *g, const struct sighting_list *list,
                                 const struct sighting *s, size_t count)
{
    const struct group_visit *v = &g->visits[list->visit];
    bool lazy = false, late = false;
    if (s->evidence > EVIDENCE_A)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (s[i].evidence == EVIDENCE_D1)
            return false;
        lazy |= s[i].evidence == EVIDENCE_D2 && s[i].condition == CONDITION_LAZY;
        late |= s[i].resource == RESOURCE_MEDIA && s[i].evidence <= EVIDENCE_O5 &&
                is_late(s[i].date_ns, v->time_ns);
    }
    return lazy || late;
}

/* A run of sightings of one row. */
static void make_row(struct group *g, const struct sighting_list *list, size_t from, size_t to,
                     struct resolved_visit *out, struct resolved_contact *rows)
{
    const struct sighting *first = &list->items[from];
    struct resolved_contact *row = &rows[out->contact_count++];
    *row = (struct resolved_contact){.url = first->url,
                                     .evidence = first->evidence,
                                     .condition = first->condition,
                                     .resource = first->resource,
                                     .first_time_ns = first->date_ns,
                                     .proof = first->proof,
                                     .origin = first->origin,
                                     .signals = first->signals};
    out->page_contact_count += origin_is_page(row->origin);
    row->site = group_site_of(g, first->host);
    row->third = !span_equal(row->site, list->page_site);
    bool proven = false;
    for (size_t i = from; i < to; i++)
        merge(row, &list->items[i], &proven);
    row->signals = (row->signals & ~SIGNAL_QUALIFIERS) | qualifiers_of(first, to - from);
    const uint32_t recorded = 1u << EVIDENCE_O2 | 1u << EVIDENCE_O3 | 1u << EVIDENCE_O4 | 1u << EVIDENCE_O5;
    row->signals |= may_need_interaction(g, list, first, to - from) ? SIGNAL_INTERACTION : 0;
    row->depth += !row->depth; /* only listed: by the page, as far as is known */
    if (origin_is_page(row->origin) && row->evidence == EVIDENCE_O1 && !(row->evidence_mask & recorded))
        g->counters->listed_only++;
    if (!row->count) /* listed or declared only */
        row->count = (uint32_t)(to - from);
}

/* What the page did and what others did with the same URL are rows of their own. */
static bool is_same_row(const struct sighting *a, const struct sighting *b)
{
    bool same_doer = a->origin == b->origin || (origin_is_page(a->origin) && origin_is_page(b->origin));
    return same_doer && span_equal(a->host, b->host) && span_equal(a->path, b->path);
}

enum err sighting_merge(struct group *g, const struct sighting_list *list, struct resolved_visit *out)
{
    struct resolved_contact *rows = arena_alloc(g->arena, (list->count + 1) * sizeof *rows);
    if (!rows)
        return ERR_MEMORY;
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_row);
    for (size_t from = 0, to; from < list->count; from = to) {
        to = from + 1;
        while (to < list->count && is_same_row(&list->items[from], &list->items[to]))
            to++;
        make_row(g, list, from, to, out, rows);
    }
    out->contacts = rows;
    return ERR_OK;
}
