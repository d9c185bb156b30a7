// SPDX-License-Identifier: MIT
#include "7_report/figure.h"

#include "7_report/number.h"
#include "7_report/svg.h"

#define NAME "f1"
enum { BAR_HEIGHT = 40, SWATCH = 14, LABEL_GAP = 22, VERDICTS = 5 };

static const enum verdict order[VERDICTS] = {VERDICT_COMPLIANT, VERDICT_UNRESOLVED, VERDICT_NON_COMPLIANT,
                                             VERDICT_LIMITED, VERDICT_NOT_MEASURED};

static struct span label_of(struct page *page, const struct year_figures *f, enum verdict verdict)
{
    struct span count = number_count(page->arena, f->by_verdict[verdict]);
    return arena_format(page->arena, "%s\u00A0%.*s", page_mark_of(verdict)->short_da, SPAN_ARG(count));
}

/* Labels run below their bar in its order and break where the next one would not fit; returns the lines used.
 */
static int write_labels(struct page *page, const struct year_figures *f, int y, bool draw)
{
    int x = 0, lines = 1;
    for (size_t v = 0; v < VERDICTS; v++) {
        if (!f->by_verdict[order[v]])
            continue;
        struct span label = label_of(page, f, order[v]);
        int width = SWATCH + 6 + svg_text_width(label);
        if (x && x + width > SVG_WIDTH) {
            x = 0;
            lines++;
        }
        int baseline = y + lines * SVG_LINE;
        if (draw) {
            svg_verdict_rect(page, NAME, order[v], x + 1, baseline - 12, SWATCH, SWATCH);
            svg_text(page, NULL, SVG_START, x + SWATCH + 6, baseline, label);
        }
        x += width + LABEL_GAP;
    }
    return lines;
}

/* The edges are rounded from the running sum, so that the segments always fill the bar. */
static void write_bar(struct page *page, const struct year_figures *f, int y)
{
    enum { INSET = 1, WIDTH = SVG_WIDTH - 2 * INSET };
    uint32_t before = 0;
    for (size_t v = 0; v < VERDICTS; v++) {
        uint32_t count = f->by_verdict[order[v]];
        if (!count)
            continue;
        int from = INSET + (int)((uint64_t)before * WIDTH / f->in_scope);
        before += count;
        int to = INSET + (int)((uint64_t)before * WIDTH / f->in_scope);
        svg_verdict_rect(page, NAME, order[v], from, y, to - from, BAR_HEIGHT);
        struct span text = number_count(page->arena, count);
        int plate = svg_text_width(text) + 12;
        if (plate + 6 > to - from)
            continue;
        int middle = (from + to) / 2;
        svg_rect(page, "plate", middle - plate / 2, y + 9, plate, BAR_HEIGHT - 18);
        svg_text(page, "strong", SVG_MIDDLE, middle, y + BAR_HEIGHT / 2 + 5, text);
    }
}

static int write_year(struct page *page, const struct year_figures *f, int y, bool draw)
{
    enum { HEADING = 24, BEFORE_LABELS = 4, AFTER = 22 };
    if (draw) {
        struct span count = number_count(page->arena, f->in_scope);
        svg_text(page, "strong", SVG_START, 0, y + 16,
                 arena_format(page->arena, "%u: %.*s omfattede", f->year, SPAN_ARG(count)));
        write_bar(page, f, y + HEADING);
    }
    int below = y + HEADING + BAR_HEIGHT + BEFORE_LABELS;
    return below + write_labels(page, f, below, draw) * SVG_LINE + AFTER;
}

static int write_years(struct page *page, bool draw)
{
    const struct statistics *s = page->data->statistics;
    int y = 0;
    for (size_t i = 0; i < (s->before && s->figures[1].in_scope ? 2 : 1); i++)
        y = write_year(page, &s->figures[i], y, draw);
    return y;
}

static struct span description(struct page *page)
{
    const struct statistics *s = page->data->statistics;
    struct span text = SPAN("");
    for (size_t i = 0; i < (s->before && s->figures[1].in_scope ? 2 : 1); i++) {
        const struct year_figures *f = &s->figures[i];
        text = arena_format(page->arena, "%.*s%sI %u, af %u omfattede:", SPAN_ARG(text), i ? " " : "",
                            f->year, f->in_scope);
        for (size_t v = 0; v < VERDICTS; v++)
            text = arena_format(page->arena, "%.*s %s %u%s", SPAN_ARG(text), page_mark_of(order[v])->short_da,
                                f->by_verdict[order[v]], v + 1 < VERDICTS ? "," : ".");
    }
    return text;
}

static void write_reading(struct page *page)
{
    const struct year_figures *f = &page->data->statistics->figures[0];
    struct html *h = &page->html;
    html_open(h, "p", "reading");
    html_element_string(h, "strong", NULL, "Læs figuren sådan:");
    HTML_FILL(h,
              " Hver bjælke er alle omfattede løsninger og portaler i ét år, og tallene er antal. I {} "
              "efterlever {} "
              "omfattede; det er bjælkens første del.",
              arena_format(page->arena, "%u", f->year),
              number_share(page->arena, f->by_verdict[VERDICT_COMPLIANT], f->in_scope));
    html_close(h);
}

static void write_data(struct page *page)
{
    static const struct page_column columns[] = {
        {"År",              false},
        {"Efterlever",       true },
        {"Uafklaret",        true },
        {"Efterlever ikke",  true },
        {"Begrænset målt", true },
        {"Ikke målt",       true },
        {"Omfattede i alt",  true }
    };
    const struct statistics *s = page->data->statistics;
    PAGE_TABLE(page, SPAN("Vurderinger pr. år, antal omfattede løsninger og portaler"), "middle", columns);
    for (size_t i = 0; i < (s->before ? 2 : 1); i++) {
        page_row_begin(page, arena_format(page->arena, "%u", s->figures[i].year), SPAN_NONE);
        for (size_t v = 0; v < VERDICTS; v++)
            page_cell_count(page, s->figures[i].by_verdict[order[v]]);
        page_cell_count(page, s->figures[i].in_scope);
        page_row_end(page);
    }
    page_table_end(page, NULL, s->before ? "Året før er genberegnet med dette års regler." : NULL);
}

void figure_years(struct page *page)
{
    struct html *h = &page->html;
    html_open(h, "figure", NULL);
    html_element_string(h, "figcaption", NULL, "Figur 1. Vurdering af de omfattede løsninger og portaler");
    svg_begin(page, NAME, write_years(page, false), SPAN("Vurderinger pr. år"), description(page));
    write_years(page, true);
    svg_end(page);
    write_reading(page);
    html_close(h);
    write_data(page);
}
