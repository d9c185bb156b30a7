// SPDX-License-Identifier: MIT
#include "7_report/chapter.h"

#include "7_report/figure.h"
#include "7_report/number.h"

#include <math.h>

static void write_card(struct page *page, const char *term, struct span value, struct span detail)
{
    struct html *h = &page->html;
    html_open(h, "div", NULL);
    html_element_string(h, "dt", NULL, term);
    html_element(h, "dd", "value", value);
    html_element(h, "dd", NULL, detail);
    html_close(h);
}

static struct span joined(struct page *page, const char *before, struct span middle, const char *after)
{
    return arena_format(page->arena, "%s%.*s%s", before, SPAN_ARG(middle), after);
}

static struct span bounds(struct page *page, const struct year_figures *f)
{
    struct span lower = number_percent_bare(page->arena, f->rate.lower, f->in_scope);
    struct span upper = number_percent(page->arena, f->rate.upper, f->in_scope);
    return arena_format(page->arena, "mellem %.*s og\u00A0%.*s", SPAN_ARG(lower), SPAN_ARG(upper));
}

static void write_cards(struct page *page, const struct year_figures *f)
{
    struct arena *a = page->arena;
    const uint32_t *n = f->by_verdict;
    uint32_t open = n[VERDICT_LIMITED] + n[VERDICT_NOT_MEASURED];
    struct span limited = number_count(a, n[VERDICT_LIMITED]),
                none = number_count(a, n[VERDICT_NOT_MEASURED]);
    struct span share = number_share(a, f->rate.numerator, f->rate.denominator);
    struct span range = bounds(page, f), median = number_decimal(a, f->judged_median, 1);
    html_open(&page->html, "dl", "key");
    write_card(page, "Efterlever",
               isfinite(f->rate.value) ? number_percent(a, f->rate.value, f->rate.denominator) : SPAN("–"),
               arena_format(a, "%.*s vurderede; %.*s af alle omfattede", SPAN_ARG(share), SPAN_ARG(range)));
    write_card(page, "Efterlever ikke", number_count(a, n[VERDICT_NON_COMPLIANT]),
               joined(page, "", number_share(a, n[VERDICT_NON_COMPLIANT], f->assessed), " vurderede"));
    write_card(page, "Uafklaret", number_count(a, n[VERDICT_UNRESOLVED]),
               joined(page, "", number_share(a, n[VERDICT_UNRESOLVED], f->assessed), " vurderede"));
    write_card(
        page, "Svagt eller intet målegrundlag", number_count(a, open),
        arena_format(a, "%.*s målt begrænset uden fund, %.*s ikke målt", SPAN_ARG(limited), SPAN_ARG(none)));
    write_card(page, "Forskellige tredjeparter", number_count(a, f->third_parties),
               f->assessed ? joined(page, "halvdelen af løsningerne har ", median, " eller færre")
                           : SPAN(""));
    html_close(&page->html);
}

static void write_level(struct page *page, const struct year_figures *f)
{
    struct arena *a = page->arena;
    PAGE_FILL(page, NULL,
              "I {} efterlevede {} vurderede løsninger vejledningen. Regnes alle {} omfattede med, ligger "
              "andelen {}, alt "
              "efter hvordan de uafklarede, de begrænset målte og de ikke målte falder ud.",
              arena_format(a, "%u", f->year), number_share(a, f->rate.numerator, f->rate.denominator),
              number_count(a, f->in_scope), bounds(page, f));
}

static void write_change(struct page *page, const struct statistics *s)
{
    struct arena *a = page->arena;
    const struct rate *now = &s->figures[0].rate, *before = &s->figures[1].rate;
    uint32_t n = now->denominator < before->denominator ? now->denominator : before->denominator;
    if (n)
        PAGE_FILL(page, NULL,
                  "Året før var andelen {}, genberegnet med dette års regler; ændringen er {}. Af {} "
                  "gengangere, som er "
                  "vurderet i begge år, fik {} en bedre og {} en dårligere vurdering.",
                  number_percent(a, before->value, before->denominator),
                  number_points(a, now->value - before->value, n), number_count(a, s->matched),
                  number_count(a, s->matched_better), number_count(a, s->matched_worse));
}

void chapter_summary(struct page *page)
{
    const struct statistics *s = page->data->statistics;
    const struct year_figures *f = &s->figures[0];
    if (!f->in_scope) {
        page_paragraph(page, "Ingen registrerede løsninger er omfattet af vejledningen på opgørelsesdatoen.");
        return;
    }
    write_cards(page, f);
    if (f->assessed)
        write_level(page, f);
    if (s->before)
        write_change(page, s);
    if (s->owner_count)
        PAGE_FILL(page, NULL,
                  "Den mest udbredte tredjepart er {}, som blev observeret på {} omfattede løsninger.",
                  s->owners[0].entity, number_share(page->arena, s->owners[0].units, f->in_scope));
    figure_years(page);
}

void chapter_background(struct page *page)
{
    static const char *const ways[] = {
        "Fravalg: tjenesten har en indstilling, der fravælger, at data deles og bruges til tredjepartens "
        "egne formål, "
        "og den er slået til.",
        "Aftale: det er sikret, fx i en databehandleraftale, at data ikke bruges til tredjepartens egne "
        "formål.",
        "Teknisk nødvendig: tjenesten er en teknisk forudsætning eller tjener alene sikkerheden, og "
        "tredjeparten kan "
        "ikke bruge data til egne formål.",
    };
    struct html *h = &page->html;
    page_paragraph(
        page,
        "Borgere er som udgangspunkt nødt til at bruge statens obligatoriske selvbetjeningsløsninger og de "
        "nationale portaler, der fører til dem. Hentes en del af siden fra en ekstern udbyder, får "
        "udbyderen oplysninger om besøget, også uden cookies. Vejledningen af 2. februar 2022 om "
        "tredjepartscookies og lignende teknologier giver tre veje til at bruge en tredjepart:");
    html_open(h, "ul", NULL);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        html_element_string(h, "li", NULL, ways[i]);
    html_close(h);
    page_paragraph(
        page,
        "Borgerens samtykke er ikke en af de tre veje. Det hører under cookiebekendtgørelsen, som gælder ved "
        "siden af vejledningen, og indgår ikke i vurderingen her. Rapporten kalder både "
        "selvbetjeningsløsninger og portaler for løsninger, når der ikke er brug for at skelne.");
}
