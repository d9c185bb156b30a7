// SPDX-License-Identifier: MIT
#include "7_report/page.h"
#include "7_report/sheet.h"

const struct follow_finding *sheet_next_earlier(const struct report_data *data,
                                                const struct unit_verdict *unit,
                                                const struct follow_finding *after)
{
    const struct follow_up *f = data->statistics->follow_up;
    if (!f)
        return NULL;
    for (const struct follow_finding *at = after ? after + 1 : f->findings;
         at < f->findings + f->finding_count; at++)
        if (at->history->unit == unit && at->last_seen && at->state != FINDING_STATE_NONE)
            return at;
    return NULL;
}

void sheet_write_earlier(struct page *page, const struct unit_verdict *unit)
{
    static const struct page_column columns[] = {
        {"Tredjepart",       false},
        {"Tilstand",         false},
        {"Sidst observeret", true }
    };
    const struct follow_up *f = page->data->statistics->follow_up;
    const struct follow_finding *at = sheet_next_earlier(page->data, unit, NULL);
    if (!at)
        return;
    page_section_begin(page, "tidligere", "", "Fund fra tidligere år");
    page_paragraph(
        page,
        "Disse tredjeparter var et brud og er ikke observeret i år. Fjernet er et fund først, når en side, "
        "hvor det sås, er målt igen og målegrundlaget er tilstrækkeligt; ellers er det ikke genmålt.");
    PAGE_TABLE(page, SPAN("Fund fra tidligere år, der ikke er observeret i år"), "middle", columns);
    for (; at; at = sheet_next_earlier(page->data, unit, at)) {
        page_row_begin(page, at->history->entity, at->id);
        page_cell(page, finding_state_da(at->state, at->years_non_compliant, page->arena));
        page_cell_number(page, arena_format(page->arena, "%u", f->histories.years[at->last_seen]->year));
        page_row_end(page);
    }
    page_table_end(page, NULL, NULL);
    page_section_end(page);
}
