// SPDX-License-Identifier: MIT
#include "7_report/figure.h"

#include "7_report/number.h"
#include "7_report/svg.h"

#define NAME "f5"
/* Label, plot and count side by side; a row has a lane per verdict, so that equal shares do not cover each
 * other. */
enum {
    PLOT_LEFT = 180,
    PLOT_RIGHT = 372,
    PLOT_WIDTH = PLOT_RIGHT - PLOT_LEFT,
    TOP = 34,
    ROW = 40,
    LANE = 12,
    AXIS = 30
};

static const enum verdict lanes[] = {VERDICT_COMPLIANT, VERDICT_UNRESOLVED, VERDICT_NON_COMPLIANT};
#define LANES (sizeof lanes / sizeof *lanes)

static uint32_t count_in(const struct owner_row *row, enum verdict verdict)
{
    return verdict == VERDICT_COMPLIANT    ? row->compliant
           : verdict == VERDICT_UNRESOLVED ? row->unresolved
                                           : row->non_compliant;
}

static size_t row_count(const struct page *page)
{
    size_t count = page->data->statistics->owner_count;
    return count < FIGURE_OWNERS ? count : FIGURE_OWNERS;
}

/* The axis ends at the first of these percentages that holds the largest share; all divide by four. */
static int axis_end(const struct page *page)
{
    static const int ends[] = {20, 40, 60, 80, 100};
    double largest = page->data->statistics->owners[0].units_share * 100;
    size_t i = 0;
    while (i + 1 < sizeof ends / sizeof *ends && ends[i] < largest)
        i++;
    return ends[i];
}

static int x_of(const struct page *page, uint32_t units)
{
    uint64_t all = page->data->statistics->figures[0].in_scope;
    return PLOT_LEFT + (int)((uint64_t)units * 100 * PLOT_WIDTH / (all * (uint64_t)axis_end(page)));
}

static void write_key(struct page *page)
{
    int x = 0;
    for (size_t v = 0; v < LANES; v++) {
        struct span word = span_of_string(page_mark_of(lanes[v])->short_da);
        svg_symbol(page, lanes[v], x + 6, 11);
        svg_text(page, NULL, SVG_START, x + 18, 16, word);
        x += 18 + svg_text_width(word) + 14;
    }
    svg_line(page, "reach", x, 11, x + 20, 11);
    svg_line(page, "axis", x + 20, 5, x + 20, 17);
    svg_text(page, NULL, SVG_START, x + 28, 16, SPAN("I alt"));
}

static void write_axis(struct page *page, int bottom)
{
    enum { PARTS = 4 };
    int end = axis_end(page);
    for (int i = 0; i <= PARTS; i++) {
        int x = PLOT_LEFT + PLOT_WIDTH * i / PARTS;
        svg_line(page, i ? "grid" : "axis", x, TOP, x, bottom);
        struct span number = number_count(page->arena, (uint64_t)(end * i / PARTS));
        svg_text(page, "soft", SVG_MIDDLE, x, bottom + 18,
                 i < PARTS ? number : arena_format(page->arena, "%.*s\u00A0pct.", SPAN_ARG(number)));
    }
}

static void write_row(struct page *page, const struct owner_row *row, int y)
{
    int middle = y + ROW / 2, reach = x_of(page, row->units);
    svg_text(page, NULL, SVG_START, 0, middle + 5, svg_fit(page->arena, row->entity, PLOT_LEFT - 16));
    svg_line(page, "reach", PLOT_LEFT, middle, reach, middle);
    svg_line(page, "axis", reach, middle - 7, reach, middle + 7);
    for (size_t v = 0; v < LANES; v++)
        if (count_in(row, lanes[v]))
            svg_symbol(page, lanes[v], x_of(page, count_in(row, lanes[v])), middle + ((int)v - 1) * LANE);
    struct span units = number_count(page->arena, row->units);
    struct span all = number_count(page->arena, page->data->statistics->figures[0].in_scope);
    svg_text(page, "strong", SVG_END, SVG_WIDTH, middle + 5,
             arena_format(page->arena, "%.*s\u00A0af\u00A0%.*s", SPAN_ARG(units), SPAN_ARG(all)));
}

static struct span description(struct page *page)
{
    const struct statistics *s = page->data->statistics;
    struct span text = SPAN("De mest udbredte:");
    for (size_t i = 0; i < row_count(page) && i < 3; i++)
        text = arena_format(page->arena, "%.*s%s %.*s på %u af %u omfattede", SPAN_ARG(text), i ? "," : "",
                            SPAN_ARG(s->owners[i].entity), s->owners[i].units, s->figures[0].in_scope);
    return arena_format(page->arena, "%.*s. Alle tal står i tabellen efter figuren.", SPAN_ARG(text));
}

static void write_reading(struct page *page)
{
    const struct statistics *s = page->data->statistics;
    const struct owner_row *first = &s->owners[0];
    struct html *h = &page->html;
    html_open(h, "p", "reading");
    html_element_string(h, "strong", NULL, "Læs figuren sådan:");
    HTML_FILL(
        h,
        " Stregen viser, hvor stor en andel af de omfattede løsninger og portaler tredjeparten blev "
        "observeret "
        "på; mærkerne viser samme andel delt efter vurdering. {} blev observeret på {}: {} efterlever, {} er "
        "uafklaret, {} efterlever ikke.",
        first->entity, number_share(page->arena, first->units, s->figures[0].in_scope),
        number_count(page->arena, first->compliant), number_count(page->arena, first->unresolved),
        number_count(page->arena, first->non_compliant));
    html_close(h);
}

static void write_data(struct page *page)
{
    static const struct page_column columns[] = {
        {"Tredjepart",      false},
        {"Løsninger",      true },
        {"Andel (pct.)",    true },
        {"Efterlever",      true },
        {"Uafklaret",       true },
        {"Efterlever ikke", true }
    };
    const struct statistics *s = page->data->statistics;
    PAGE_TABLE(page, SPAN("De mest udbredte tredjeparter, antal omfattede løsninger og portaler"), "middle",
               columns);
    for (size_t i = 0; i < row_count(page); i++) {
        const struct owner_row *row = &s->owners[i];
        page_row_begin(page, row->entity, SPAN_NONE);
        page_cell_count(page, row->units);
        page_cell_number(page, number_percent_bare(page->arena, row->units_share, s->figures[0].in_scope));
        for (size_t v = 0; v < LANES; v++)
            page_cell_count(page, count_in(row, lanes[v]));
        page_row_end(page);
    }
    page_table_end(
        page, NULL,
        "Har en tredjepart flere tjenester på samme løsning, tæller løsningen én gang med den dårligste "
        "vurdering.");
}

void figure_owners(struct page *page)
{
    struct html *h = &page->html;
    int bottom = TOP + (int)row_count(page) * ROW;
    html_open(h, "figure", NULL);
    html_element_string(h, "figcaption", NULL, "Figur 2. De mest udbredte tredjeparter, andel af omfattede");
    svg_begin(page, NAME, bottom + AXIS, SPAN("De mest udbredte tredjeparter"), description(page));
    write_key(page);
    write_axis(page, bottom);
    for (size_t i = 0; i < row_count(page); i++)
        write_row(page, &page->data->statistics->owners[i], TOP + (int)i * ROW);
    svg_end(page);
    write_reading(page);
    html_close(h);
    write_data(page);
}
