// SPDX-License-Identifier: MIT
#include "7_report/chapter.h"

#include "7_report/figure.h"
#include "7_report/number.h"
#include "7_report/words.h"

/* A page is for reading: the rest of a long list is in the CSV. */
#define ROWS_SHOWN 100u

static void write_third_parties(struct page *page)
{
    static const struct page_column columns[] = {
        {"Tredjepart",      false},
        {"Tjeneste",        false},
        {"Formål",         false},
        {"Løsninger",      true },
        {"Sider (pct.)",    true },
        {"Efterlever",      true },
        {"Uafklaret",       true },
        {"Efterlever ikke", true },
        {"Grundlag",        false},
    };
    const struct statistics *s = page->data->statistics;
    uint64_t pages = 0;
    for (size_t u = 0; u < s->now->unit_count; u++)
        pages += s->now->units[u].scope.scope == SCOPE_IN ? s->now->units[u].measurement.page_count : 0;
    size_t shown = s->third_party_count < ROWS_SHOWN ? s->third_party_count : ROWS_SHOWN;
    PAGE_TABLE(page,
               arena_format(page->arena,
                            "Tredjepartstjenester på de omfattede løsninger i %u, antal løsninger",
                            s->now->year),
               "wide", columns);
    for (size_t i = 0; i < shown; i++) {
        const struct third_party_row *row = &s->third_parties[i];
        page_row_begin(page, row->entity, row->country);
        page_cell(page, row->service);
        page_cell_string(page, words_category_da(row->category));
        page_cell_count(page, row->units);
        page_cell_number(page, number_percent_bare(page->arena, row->pages_share, pages));
        page_cell_count(page, row->compliant);
        page_cell_count(page, row->unresolved);
        page_cell_count(page, row->non_compliant);
        page_cell_string(page, words_basis_type_da(row->basis_most_used));
        page_row_end(page);
    }
    page_table_end(
        page, "third_parties",
        shown < s->third_party_count
            ? "De hundrede mest udbredte; alle står i filen. Grundlag: det mest brugte af dem, der holder."
            : "Grundlag: det mest brugte af dem, der holder.");
}

void chapter_parties(struct page *page)
{
    const struct year_figures *f = &page->data->statistics->figures[0];
    struct arena *a = page->arena;
    PAGE_FILL(page, NULL,
              "På de målte sider blev der observeret {} forskellige tredjeparter i {} par af løsning og "
              "tjeneste. {} par "
              "efterlever ikke vejledningen, og {} er uafklarede. En tredjepart, der ikke er identificeret, "
              "står med sit "
              "domænenavn.",
              number_count(a, f->third_parties), number_count(a, f->pairs),
              number_count(a, f->pairs_non_compliant), number_count(a, f->pairs_unresolved));
    figure_owners(page);
    write_third_parties(page);
}

static void write_reasons(struct page *page)
{
    static const struct page_column columns[] = {
        {"Begrundelse", false},
        {"Vurdering",   false},
        {"Par",         true },
        {"Løsninger",  true }
    };
    const struct statistics *s = page->data->statistics;
    PAGE_TABLE(page, arena_format(page->arena, "Vurderede par i %u efter begrundelse, antal", s->now->year),
               "middle", columns);
    for (size_t i = 0; i < s->reason_count; i++) {
        const struct reason_row *row = &s->reasons[i];
        bool has_basis = row->basis_code && row->basis_code[0];
        page_row_begin(page, span_of_string(row->label_da),
                       arena_format(page->arena, "%s%s%s", row->code, has_basis ? ", " : "",
                                    has_basis ? row->basis_code : ""));
        page_cell_verdict(page, row->verdict, NULL);
        page_cell_count(page, row->pairs);
        page_cell_count(page, row->units);
        page_row_end(page);
    }
    page_table_end(page, NULL, "Et par er en løsning og en tredjepartstjeneste, som blev observeret på den.");
}

void chapter_documentation(struct page *page)
{
    page_paragraph(
        page,
        "Om et grundlag holder, kan ikke ses på nettet; det afgøres af de indstillinger, aftaler og "
        "redegørelser, som myndigheden har oplyst. Tabellen viser, hvorfor parrene er vurderet, som de er.");
    write_reasons(page);
}
