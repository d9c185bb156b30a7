// SPDX-License-Identifier: MIT
#include "7_report/static_share.h"

#include <stdlib.h>

#define NO_PAIR UINT32_MAX

struct walk {
    const struct index *index;
    struct arena *arena;
    struct static_share *out;
    uint32_t visit; /* of the pair that is looked at */
    struct span host;
    enum producer producer;
    bool runs_scripts, seen;
    struct span elements[STATIC_ELEMENTS_MAX];
    size_t element_count;
};

static struct static_row *row_of(struct walk *w, struct span element)
{
    struct static_share *out = w->out;
    for (size_t i = 0; i < out->row_count; i++)
        if (out->rows[i].producer == w->producer && span_equal(out->rows[i].element, element))
            return &out->rows[i];
    struct static_row *row = ARENA_PUSH(w->arena, out->rows, out->row_count, out->row_capacity);
    if (row)
        *row = (struct static_row){.producer = w->producer, .element = element};
    return row;
}

static enum err finish_pair(struct walk *w)
{
    w->out->seen_count[w->producer] += w->seen;
    w->out->both_count[w->producer] += w->seen && w->element_count;
    for (size_t i = 0; i < w->element_count; i++) {
        struct static_row *row = row_of(w, w->elements[i]);
        if (!row)
            return ERR_MEMORY;
        row->declared_count++;
        row->seen_count += w->seen;
    }
    w->seen = false;
    w->element_count = 0;
    return ERR_OK;
}

static void add_element(struct walk *w, struct span element)
{
    for (size_t i = 0; i < w->element_count; i++)
        if (span_equal(w->elements[i], element))
            return;
    if (w->element_count < STATIC_ELEMENTS_MAX)
        w->elements[w->element_count++] = element;
}

/* Contacts come by visit, then by host. */
static enum err on_contact(void *context, const struct index_contact *row)
{
    static const uint32_t seen =
        1u << EVIDENCE_O1 | 1u << EVIDENCE_O2 | 1u << EVIDENCE_O3 | 1u << EVIDENCE_O4;
    static const uint32_t declared = 1u << EVIDENCE_D1 | 1u << EVIDENCE_D2;
    struct walk *w = context;
    if (row->visit != w->visit || !span_equal(row->host, w->host))
        TRY(finish_pair(w));
    if (row->visit != w->visit) {
        struct index_visit visit;
        TRY(index_visit_at(w->index, row->visit, &visit));
        w->producer = visit.producer;
        w->runs_scripts = producer_traits(visit.producer)->runs_scripts;
    }
    w->visit = row->visit;
    w->host = row->host;
    if (!w->runs_scripts || !row->third || row->origin != ORIGIN_PAGE)
        return ERR_OK;
    w->seen |= (row->evidence_mask & seen) != 0;
    if (row->evidence_mask & declared)
        add_element(w, row->declared_by);
    return ERR_OK;
}

static int by_producer(const void *left, const void *right)
{
    const struct static_row *a = left, *b = right;
    if (a->producer != b->producer)
        return a->producer < b->producer ? -1 : 1;
    if (a->seen_count != b->seen_count)
        return a->seen_count > b->seen_count ? -1 : 1;
    return span_compare(a->element, b->element);
}

enum err static_share_read(const struct index *index, struct arena *arena, struct static_share *out)
{
    struct walk walk = {.index = index, .arena = arena, .out = out, .visit = NO_PAIR};
    *out = (struct static_share){0};
    TRY(index_each_contact(index, on_contact, &walk));
    TRY(finish_pair(&walk));
    if (out->row_count)
        qsort(out->rows, out->row_count, sizeof *out->rows, by_producer);
    return ERR_OK;
}
