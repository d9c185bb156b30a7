// SPDX-License-Identifier: MIT
#include "7_report/chapter.h"

#include "7_report/number.h"
#include "7_report/words.h"

struct basis_counts {
    uint32_t units[MEASUREMENT_ADEQUATE + 1];
    uint64_t pages[MEASUREMENT_ADEQUATE + 1], failed[MEASUREMENT_ADEQUATE + 1];
};

static struct basis_counts count_basis(const struct judgement *now)
{
    struct basis_counts counts = {0};
    for (size_t u = 0; u < now->unit_count; u++) {
        const struct measurement_result *m = &now->units[u].measurement;
        if (now->units[u].scope.scope != SCOPE_IN)
            continue;
        counts.units[m->class]++;
        counts.pages[m->class] += m->page_count;
        counts.failed[m->class] += m->failed_count;
    }
    return counts;
}

static void write_classes(struct page *page, const struct basis_counts *counts)
{
    static const struct page_column columns[] = {
        {"Målegrundlag",         false},
        {"Løsninger",            true },
        {"Målte sider",          true },
        {"Mislykkede optagelser", true }
    };
    PAGE_TABLE(page, SPAN("Omfattede løsninger efter målegrundlag, antal"), "middle", columns);
    for (int class = MEASUREMENT_ADEQUATE; class >= MEASUREMENT_NONE; class --) {
        page_row_begin(page, span_of_string(words_measurement_da((enum measurement) class)), SPAN_NONE);
        page_cell_count(page, counts->units[class]);
        page_cell_count(page, counts->pages[class]);
        page_cell_count(page, counts->failed[class]);
        page_row_end(page);
    }
    page_table_end(page, NULL, NULL);
}

static uint32_t count_criterion(const struct judgement *now, struct span criterion)
{
    uint32_t count = 0;
    for (size_t u = 0; u < now->unit_count; u++) {
        struct span rest = now->units[u].measurement.failed_criteria;
        while (now->units[u].scope.scope == SCOPE_IN && rest.bytes)
            count += span_equal(span_cut(&rest, ';'), criterion);
    }
    return count;
}

static void write_criteria(struct page *page, const struct judgement *now)
{
    static const char *const criteria[] = {"app",          "entry",    "pages",  "flow",
                                           "failed_share", "coverage", "scripts"};
    struct html *h = &page->html;
    uint32_t counts[sizeof criteria / sizeof *criteria], sum = 0;
    for (size_t i = 0; i < sizeof criteria / sizeof *criteria; i++)
        sum += counts[i] = count_criterion(now, span_of_string(criteria[i]));
    if (!sum)
        return;
    page_paragraph(page, "Det mangler i målegrundlaget; en løsning kan have flere årsager:");
    html_open(h, "ul", NULL);
    for (size_t i = 0; i < sizeof criteria / sizeof *criteria; i++) {
        if (!counts[i])
            continue;
        html_open(h, "li", NULL);
        HTML_FILL(h, "{}: {}", span_of_string(words_criterion_da(span_of_string(criteria[i]))),
                  number_count(page->arena, counts[i]));
        html_close(h);
    }
    html_close(h);
}

/* Of every kind of evidence: for how many units it was seen, would have been seen, or cannot be known. */
static void write_knowledge(struct page *page, const struct judgement *now)
{
    static const struct page_column columns[] = {
        {"Bevisets art",                  false},
        {"Set",                           true },
        {"Ikke set, men ville være set", true },
        {"Ukendt",                        true }
    };
    PAGE_TABLE(page, SPAN("Hvad optagelserne kan vise, antal omfattede løsninger"), "middle", columns);
    for (int c = 0; c < CAPABILITY_COUNT; c++) {
        uint32_t counts[KNOWLEDGE_SEEN + 1] = {0};
        for (size_t u = 0; u < now->unit_count; u++)
            if (now->units[u].scope.scope == SCOPE_IN)
                counts[measurement_knowledge(&now->units[u].measurement, (enum capability)c)]++;
        page_row_begin(page, span_of_string(words_capability_da((enum capability)c)), SPAN_NONE);
        for (int k = KNOWLEDGE_SEEN; k >= KNOWLEDGE_UNKNOWABLE; k--)
            page_cell_count(page, counts[k]);
        page_row_end(page);
    }
    page_table_end(page, NULL, NULL);
    page_paragraph(page,
                   "Ukendt betyder, at optageprogrammet ikke gemmer det pålideligt for alle målte sider. At "
                   "noget ikke er set, siger kun noget, hvor det ville være set.");
}

static void write_producers(struct page *page, const struct judgement *now)
{
    static const struct page_column columns[] = {
        {"Løsning",                     false},
        {"Optaget med",                  false},
        {"Kan ikke ses af optagelserne", false}
    };
    PAGE_TABLE(page, SPAN("Optageprogrammer og hvad de ikke viser, efter løsning"), "wide", columns);
    for (size_t u = 0; u < now->unit_count; u++) {
        const struct measurement_result *m = &now->units[u].measurement;
        if (now->units[u].scope.scope != SCOPE_IN || !m->page_count)
            continue;
        page_row_begin(page, now->units[u].unit->name_da, SPAN_NONE);
        page_cell(page, words_producers(m, ", ", page->arena));
        page_cell(page, words_unknowable_da(m, page->arena));
        page_row_end(page);
    }
    page_table_end(page, NULL, NULL);
}

static void write_limits(struct page *page)
{
    static const char *const limits[] = {
        "Data, som myndigheden selv sender videre fra sin server, kan ikke ses udefra.",
        "Trin bag log-in og apps er for det meste ikke målt.",
        "Arkiverne indeholder det, indsamlingen hentede. Henter den ikke indlejret indhold fra andre værter, "
        "ses kun "
        "henvisninger til det; kører den ikke sidernes programmer, ses det, som programmerne henter, ikke.",
        "To besøg på samme side med en browser giver ikke altid det samme.",
        "Cookies er set i svar fra servere eller i optagerens egne noter. Cookies sat af programmer er "
        "udledt.",
        "Hvad en tredjepart faktisk bruger data til, kan ikke observeres; vurderingen hviler på "
        "indstillinger, aftaler "
        "og oplyste forhold.",
        "Blokeringer og robotprøver får en løsning til at se renere ud. Derfor har hver løsning et "
        "målegrundlag.",
    };
    struct html *h = &page->html;
    html_element_string(h, "h3", NULL, "Hvad målingen ikke kan vise");
    html_open(h, "ul", NULL);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        html_element_string(h, "li", NULL, limits[i]);
    html_close(h);
}

void chapter_measurement(struct page *page)
{
    const struct judgement *now = page->data->statistics->now;
    struct basis_counts counts = count_basis(now);
    int64_t from_ns, to_ns;
    page_paragraph(
        page,
        "Alle omfattede løsninger indgår, så tallene har ingen stikprøveusikkerhed. Usikkerheden ligger i, "
        "hvor meget af hver løsning der blev målt. Én sikker observation kan påvise et brud, mens ingen "
        "mængde rene sider beviser, at der intet er.");
    if (page_window(page->data, &from_ns, &to_ns))
        PAGE_FILL(page, NULL, "Siderne er optaget fra {} til {}.",
                  number_date(page->arena, number_day_of(from_ns)),
                  number_date(page->arena, number_day_of(to_ns)));
    write_classes(page, &counts);
    write_criteria(page, now);
    write_knowledge(page, now);
    write_producers(page, now);
    if (now->visits_outside)
        PAGE_FILL(page, NULL,
                  "{} optagne sidebesøg hører ikke under nogen registreret løsning og indgår ikke.",
                  number_count(page->arena, now->visits_outside));
    write_limits(page);
}
