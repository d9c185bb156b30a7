// SPDX-License-Identifier: MIT
#include "7_report/chapter.h"

#include "7_report/number.h"
#include "7_report/text.h"
#include "7_report/words.h"

#include <stdlib.h>

static int compare_units(const void *left, const void *right)
{
    const struct unit_verdict *x = *(const struct unit_verdict *const *)left;
    const struct unit_verdict *y = *(const struct unit_verdict *const *)right;
    const struct unit *a = x->unit, *b = y->unit;
    int order = text_compare_danish(a->authority->ministry, b->authority->ministry);
    if (!order)
        order = text_compare_danish(a->authority->name_da, b->authority->name_da);
    if (!order)
        order = text_compare_danish(a->name_da, b->name_da);
    return order ? order : (x > y) - (x < y);
}

const uint32_t *chapter_unit_order(struct page *page)
{
    const struct judgement *now = page->data->statistics->now;
    const struct unit_verdict **units = arena_alloc(page->arena, now->unit_count * sizeof *units);
    uint32_t *order = arena_alloc(page->arena, now->unit_count * sizeof *order);
    if (!units || !order)
        return NULL;
    for (size_t u = 0; u < now->unit_count; u++)
        units[u] = &now->units[u];
    if (now->unit_count)
        qsort(units, now->unit_count, sizeof *units, compare_units);
    for (size_t u = 0; u < now->unit_count; u++)
        order[u] = (uint32_t)(units[u] - now->units);
    return order;
}

static void write_unit_row(struct page *page, uint32_t u)
{
    const struct report_data *data = page->data;
    const struct unit_verdict *unit = &data->statistics->now->units[u],
                              *previous = data->statistics->previous[u];
    struct html *h = &page->html;
    html_open(h, "tr", NULL);
    html_open(h, "th", NULL);
    html_set(h, "scope", "row");
    html_link(
        h,
        arena_format(page->arena, "%sfinding-sheets/%.*s.html", page->root, SPAN_ARG(data->sheets[u].name)),
        unit->unit->name_da);
    html_element_string(h, "span", "id", words_unit_type_da(unit->unit->type));
    html_close(h);
    html_open(h, "td", NULL);
    html_text(h, unit->unit->authority->name_da);
    html_element(h, "span", "id", unit->unit->authority->ministry);
    html_close(h);
    page_cell_verdict(page, unit->verdict, unit->verdict_da);
    if (data->statistics->before && previous)
        page_cell_verdict(page, previous->verdict, NULL);
    else if (data->statistics->before)
        page_cell_string(page, "Ny blandt de omfattede");
    page_cell_count(page, unit->judged_count);
    page_cell_count(page, unit->unresolved_count);
    page_cell_count(page, unit->non_compliant_count);
    page_cell_string(page, words_measurement_da(unit->measurement.class));
    page_row_end(page);
}

static void write_in_scope(struct page *page, const uint32_t *order)
{
    static const struct page_column columns[] = {
        {"Løsning",        false},
        {"Myndighed",       false},
        {"Vurdering",       false},
        {"Året før",      false},
        {"Tredjeparter",    true },
        {"Uafklarede",      true },
        {"Efterlever ikke", true },
        {"Målegrundlag",   false},
    };
    struct page_column without_before[sizeof columns / sizeof *columns - 1];
    const struct statistics *s = page->data->statistics;
    memcpy(without_before, columns, 3 * sizeof *columns);
    memcpy(without_before + 3, columns + 4, 4 * sizeof *columns);
    struct span caption =
        arena_format(page->arena, "Resultat pr. løsning i %u, antal tredjepartstjenester", s->now->year);
    page_table_begin(page, caption, "wide", s->before ? columns : without_before,
                     sizeof columns / sizeof *columns - (s->before ? 0 : 1));
    for (size_t i = 0; i < s->now->unit_count; i++)
        if (page->data->sheets[order[i]].name.bytes)
            write_unit_row(page, order[i]);
    page_table_end(page, "units",
                   "Sorteret efter ministerområde, myndighed og navn i dansk alfabetisk orden; aa sorteres "
                   "som å. Navnet "
                   "fører til løsningens fundark.");
}

static void write_outside(struct page *page, const uint32_t *order)
{
    static const struct page_column columns[] = {
        {"Løsning",  false},
        {"Myndighed", false},
        {"Omfang",    false},
        {"Årsag",    false}
    };
    const struct judgement *now = page->data->statistics->now;
    PAGE_TABLE(page, SPAN("Registrerede løsninger, der ikke er omfattet, eller hvis omfang er uafklaret"),
               "middle", columns);
    for (size_t i = 0; i < now->unit_count; i++) {
        const struct unit_verdict *unit = &now->units[order[i]];
        if (unit->scope.scope == SCOPE_IN)
            continue;
        page_row_begin(page, unit->unit->name_da, span_of_string(words_unit_type_da(unit->unit->type)));
        page_cell(page, unit->unit->authority->name_da);
        page_cell_verdict(page, unit->verdict, NULL);
        html_open(&page->html, "td", NULL);
        html_string(&page->html, unit->scope.reason_da);
        html_element(&page->html, "span", "id", unit->scope.codes);
        html_close(&page->html);
        page_row_end(page);
    }
    page_table_end(page, NULL, NULL);
}

void chapter_units(struct page *page)
{
    const struct year_figures *f = &page->data->statistics->figures[0];
    const uint32_t *order = chapter_unit_order(page);
    if (!order)
        return;
    if (f->in_scope)
        write_in_scope(page, order);
    if (f->in_scope < f->registered)
        write_outside(page, order);
}
