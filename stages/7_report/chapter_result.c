// SPDX-License-Identifier: MIT
#include "7_report/chapter.h"

#include "7_report/number.h"
#include "7_report/words.h"

static void write_population(struct page *page)
{
    static const struct page_column columns[] = {
        {"Trin",                     false},
        {"Årsag",                   false},
        {"Selvbetjeningsløsninger", true },
        {"Portaler",                 true },
        {"I alt",                    true }
    };
    const struct statistics *s = page->data->statistics;
    PAGE_TABLE(page,
               arena_format(page->arena, "Registrerede løsninger og portaler i %u efter omfang, antal",
                            s->now->year),
               "middle", columns);
    for (size_t i = 0; i < s->population_count; i++) {
        const struct population_row *row = &s->population[i];
        if (row->year != s->now->year)
            continue;
        page_row_begin(page, span_of_string(words_step_da(row->step)), row->reason_code);
        page_cell(page, row->reason_da);
        page_cell_count(page, row->solutions);
        page_cell_count(page, row->portals);
        page_cell_count(page, (uint64_t)row->solutions + row->portals);
        page_row_end(page);
    }
    page_table_end(page, "population",
                   "Er der flere årsager, tæller løsningen under den første; bilag A viser dem alle.");
}

void chapter_population(struct page *page)
{
    const struct statistics *s = page->data->statistics;
    const struct year_figures *f = &s->figures[0];
    struct arena *a = page->arena;
    PAGE_FILL(page, NULL,
              "Af {} registrerede løsninger er {} omfattet af vejledningen på opgørelsesdatoen {}. Kun de "
              "omfattede "
              "vurderes; de øvrige følger alene cookiebekendtgørelsen.",
              number_count(a, f->registered), number_count(a, f->in_scope),
              number_date(a, s->now->reference_date));
    if (s->before)
        PAGE_FILL(page, NULL, "{} omfattede i {} = {} i {} + {} i tilgang \u2212 {} i afgang.",
                  number_count(a, f->in_scope), arena_format(a, "%u", f->year),
                  number_count(a, s->figures[1].in_scope), arena_format(a, "%u", s->figures[1].year),
                  number_count(a, s->entered), number_count(a, s->left));
    write_population(page);
}

/* The rows of a group of type and provision follow each other, one per verdict. */
static size_t write_group(struct page *page, const struct statistics *s, size_t first)
{
    const struct verdict_row *row = &s->verdicts[first];
    page_row_begin(page, span_of_string(words_unit_type_da(row->type)),
                   span_of_string(words_provision_da(row->provision)));
    size_t i = first;
    for (; i < s->verdict_count && s->verdicts[i].year == row->year && s->verdicts[i].type == row->type &&
           s->verdicts[i].provision == row->provision;
         i++)
        page_cell_count(page, s->verdicts[i].count);
    page_cell_count(page, row->of);
    page_cell_number(page, number_percent_bare(page->arena, (double)row->count / row->of, row->of));
    page_cell_number(page, number_percent_bare(page->arena, (double)row->most / row->of, row->of));
    page_row_end(page);
    return i;
}

static void write_by_type(struct page *page)
{
    static const struct page_column columns[] = {
        {"Type",             false},
        {"Efterlever",       true },
        {"Uafklaret",        true },
        {"Efterlever ikke",  true },
        {"Begrænset målt", true },
        {"Ikke målt",       true },
        {"Omfattede",        true },
        {"Mindst (pct.)",    true },
        {"Højst (pct.)",    true },
    };
    const struct statistics *s = page->data->statistics;
    PAGE_TABLE(
        page, arena_format(page->arena, "Vurdering i %u efter type, antal omfattede løsninger", s->now->year),
        "wide", columns);
    for (size_t i = 0; i < s->verdict_count;)
        i = s->verdicts[i].year == s->now->year ? write_group(page, s, i) : i + 1;
    page_table_end(
        page, "verdict_by_type",
        "Mindst og højst: andelen, der efterlever, når alle uafklarede, begrænset målte og ikke målte regnes "
        "imod eller med.");
}

static void write_distribution(struct page *page, const struct year_figures *f)
{
    struct arena *a = page->arena;
    PAGE_FILL(page, NULL,
              "Antallet af vurderede tredjepartstjenester pr. løsning går fra {} til {}. En fjerdedel af "
              "løsningerne har "
              "{} eller færre, halvdelen {} eller færre og tre fjerdedele {} eller færre; gennemsnittet er "
              "{}. {} vurderede "
              "løsninger har ingen.",
              number_decimal(a, f->judged_min, 1), number_decimal(a, f->judged_max, 1),
              number_decimal(a, f->judged_q1, 2), number_decimal(a, f->judged_median, 1),
              number_decimal(a, f->judged_q3, 2), number_decimal(a, f->judged_mean, 1),
              number_share(a, f->units_without, f->assessed));
}

void chapter_compliance(struct page *page)
{
    const struct year_figures *f = &page->data->statistics->figures[0];
    page_paragraph(
        page, "Et påvist brud vejer tungere end et mangelfuldt målegrundlag, og et mangelfuldt målegrundlag "
              "vejer tungere end et rent resultat. En løsning efterlever derfor kun vejledningen, når den er "
              "målt tilstrækkeligt, og hver tredjepart er dækket af et grundlag.");
    write_by_type(page);
    if (f->assessed)
        write_distribution(page, f);
}

static const enum verdict assessed[] = {VERDICT_COMPLIANT, VERDICT_UNRESOLVED, VERDICT_NON_COMPLIANT,
                                        VERDICT_LIMITED};
#define ASSESSED_COUNT (sizeof assessed / sizeof *assessed)

static uint32_t transition_count(const struct statistics *s, enum verdict before, enum verdict now)
{
    for (size_t i = 0; i < s->transition_count; i++)
        if (s->transitions[i].before == before && s->transitions[i].now == now)
            return s->transitions[i].count;
    return 0;
}

static void write_transitions(struct page *page)
{
    static const struct page_column columns[] = {
        {"Vurdering året før",   false},
        {"Efterlever i år",       true },
        {"Uafklaret i år",        true },
        {"Efterlever ikke i år",  true },
        {"Begrænset målt i år", true }
    };
    const struct statistics *s = page->data->statistics;
    PAGE_TABLE(page,
               arena_format(page->arena, "Gengangere efter vurdering i %u og %u, antal", s->figures[1].year,
                            s->figures[0].year),
               "middle", columns);
    for (size_t b = 0; b < ASSESSED_COUNT; b++) {
        page_row_begin(page, span_of_string(page_mark_of(assessed[b])->short_da), SPAN_NONE);
        for (size_t n = 0; n < ASSESSED_COUNT; n++)
            page_cell_count(page, transition_count(s, assessed[b], assessed[n]));
        page_row_end(page);
    }
    page_table_end(page, "transition",
                   "Skift til eller fra begrænset målt siger noget om målingen og tæller hverken som bedre "
                   "eller dårligere.");
}

static void write_changed(struct page *page)
{
    static const struct page_column columns[] = {
        {"Løsning",   false},
        {"Året før", false},
        {"I år",      false}
    };
    const struct statistics *s = page->data->statistics;
    const uint32_t *order = chapter_unit_order(page);
    PAGE_TABLE(page, SPAN("Løsninger, hvis vurdering er en anden end året før"), "middle", columns);
    for (size_t i = 0; order && i < s->now->unit_count; i++) {
        const struct unit_verdict *unit = &s->now->units[order[i]], *previous = s->previous[order[i]];
        if (!previous || previous->verdict == unit->verdict)
            continue;
        page_row_begin(page, unit->unit->name_da, unit->unit->authority->name_da);
        page_cell_verdict(page, previous->verdict, NULL);
        page_cell_verdict(page, unit->verdict, NULL);
        page_row_end(page);
    }
    page_table_end(page, NULL, NULL);
}

static void write_lineage(struct page *page)
{
    static const struct page_column columns[] = {
        {"Året før", false},
        {"Hvad skete", false},
        {"I år",      false}
    };
    const struct statistics *s = page->data->statistics;
    if (!s->lineage_change_count)
        return;
    PAGE_TABLE(page, SPAN("Løsninger, der er delt eller lagt sammen siden året før"), NULL, columns);
    for (size_t i = 0; i < s->lineage_change_count; i++) {
        const struct lineage_change *change = &s->lineage_changes[i];
        page_row_begin(page, change->before_ids, SPAN_NONE);
        page_cell_string(page, change->is_merge ? "Lagt sammen" : "Delt");
        page_cell(page, change->now_ids);
        page_row_end(page);
    }
    page_table_end(page, "lineage", "De regnes som afgang og tilgang og indgår ikke blandt gengangerne.");
}

void chapter_change(struct page *page)
{
    const struct statistics *s = page->data->statistics;
    struct arena *a = page->arena;
    PAGE_FILL(page, NULL,
              "{} løsninger er vurderet i begge år og kan følges én til én. Vurderingen blev bedre for {} og "
              "dårligere for {} "
              "af dem. Løsninger, der er delt eller lagt sammen, indgår ikke her.",
              number_count(a, s->matched), number_count(a, s->matched_better),
              number_count(a, s->matched_worse));
    write_lineage(page);
    if (!s->matched)
        return;
    write_transitions(page);
    write_changed(page);
}
