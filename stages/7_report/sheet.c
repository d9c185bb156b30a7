// SPDX-License-Identifier: MIT
#include "7_report/sheet.h"

#include <stdio.h>

#include "1_read/record.h"
#include "7_report/hearing.h"
#include "7_report/number.h"
#include "7_report/page.h"
#include "7_report/words.h"
#include "io/outfile.h"

static bool is_plain(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || (c && strchr("-_./", c));
}

struct span sheet_command(const struct report_data *data, const struct index_contact *contact)
{
    struct span name = sources_archive_name(data->sources, contact->archive);
    if (!name.bytes)
        return name;
    char *quoted = arena_bytes(data->arena, name.bytes * 4 + 2);
    if (!quoted)
        return SPAN_NONE;
    bool plain = name.at[0] != '-';
    for (size_t i = 0; i < name.bytes; i++)
        plain = plain && is_plain(name.at[i]);
    size_t n = 0;
    for (size_t i = 0; i < name.bytes; i++) {
        if (name.at[i] == '\'') {
            memcpy(quoted + n, "'\\''", 4);
            n += 4;
        } else {
            quoted[n++] = name.at[i];
        }
    }
    const char *quote = plain ? "" : "'";
    char inner[24] = "";
    if (contact->inner)
        snprintf(inner, sizeof inner, "+%llu", (unsigned long long)contact->inner);
    return arena_format(data->arena, "tredjepart record %s%.*s%s %llu%s --proof %.*s", quote,
                        SPAN_ARG(span_of(quoted, n)), quote, (unsigned long long)contact->at, inner,
                        SPAN_ARG(contact->host));
}

static void fact_begin(struct page *page, const char *term)
{
    html_element_string(&page->html, "dt", NULL, term);
    html_open(&page->html, "dd", NULL);
}

static void fact_end(struct page *page)
{
    html_close(&page->html);
}

static void fact(struct page *page, const char *term, struct span text)
{
    if (!text.bytes)
        return;
    fact_begin(page, term);
    html_text(&page->html, text);
    fact_end(page);
}

static void write_measurement(struct page *page, const struct measurement_result *m)
{
    fact_begin(page, "Målegrundlag");
    HTML_FILL(&page->html, "{}: {} målte sider i {} sidebesøg",
              span_of_string(words_measurement_da(m->class)), number_count(page->arena, m->page_count),
              number_count(page->arena, m->visit_count));
    const char *between = "; mangler: ";
    for (struct span rest = m->failed_criteria; rest.bytes; between = ", ") {
        html_string(&page->html, between);
        html_string(&page->html, words_criterion_da(span_cut(&rest, ';')));
    }
    fact_end(page);
    if (!m->page_count)
        return;
    fact(page, "Optaget med", words_producers(m, ", ", page->arena));
    struct span unknowable = words_unknowable_da(m, page->arena);
    if (unknowable.bytes)
        fact(page, "Kan ikke ses af optagelserne",
             arena_format(page->arena,
                          "%.*s. At noget heraf ikke er nævnt, betyder ikke, at det ikke er sket.",
                          SPAN_ARG(unknowable)));
}

static void write_header(struct page *page, const void *context)
{
    const struct unit_verdict *unit = context;
    const struct measurement_result *m = &unit->measurement;
    struct html *h = &page->html;
    html_open(h, "dl", "facts lead");
    fact_begin(page, "Vurdering");
    page_verdict(page, unit->verdict, unit->verdict_da);
    fact_end(page);
    fact(page, "Myndighed", unit->unit->authority->name_da);
    fact(page, "Ministerområde", unit->unit->authority->ministry);
    fact(page, "Type", span_of_string(words_unit_type_da(unit->unit->type)));
    fact(page, "Løsnings-id", unit->unit->id);
    fact(page, "Omfang", span_of_string(unit->scope.reason_da));
    if (m->visit_count && m->window_from_ns != RECORD_NO_DATE && m->window_to_ns != RECORD_NO_DATE) {
        struct span from = number_date(page->arena, number_day_of(m->window_from_ns));
        struct span to = number_date(page->arena, number_day_of(m->window_to_ns));
        fact(page, "Måleperiode", arena_format(page->arena, "%.*s til %.*s", SPAN_ARG(from), SPAN_ARG(to)));
    }
    write_measurement(page, m);
    html_close(h);
}

static struct span finding_name(struct page *page, const struct pair *pair)
{
    return pair->service.bytes
               ? arena_format(page->arena, "%.*s: %.*s", SPAN_ARG(pair->entity), SPAN_ARG(pair->service))
               : pair->entity;
}

static void write_bases(struct page *page, const struct pair *pair)
{
    static const char *const types[] = {
        [BASIS_OPT_OUT] = "Fravalg", [BASIS_AGREEMENT] = "Aftale", [BASIS_NECESSARY] = "Teknisk nødvendig"};
    fact_begin(page, "Grundlag oplyst");
    if (!pair->basis_count)
        html_string(&page->html, "Intet");
    for (size_t b = 0; b < pair->basis_count; b++) {
        const struct basis_finding *basis = &pair->bases[b];
        HTML_FILL(&page->html, "{}{} ({}) {} ({})", b ? SPAN("; ") : SPAN(""),
                  span_of_string(types[basis->basis->type]), basis->basis->id,
                  span_of_string(words_basis_result_da(basis->result)), span_of_string(basis->code));
    }
    fact_end(page);
}

static void write_seen(struct page *page, const struct pair *pair,
                       const struct measurement_result *measurement)
{
    const struct observation *best = &pair->best;
    struct arena *a = page->arena;
    fact(page, "Værter", pair->hosts);
    fact(page, "Eksempelside", findings_address(a, best->visit.page_url));
    if (best->visit.time_ns != RECORD_NO_DATE)
        fact(page, "Tidspunkt", number_time(a, best->visit.time_ns));
    fact(page, "Hentet eller nævnt", findings_address(a, best->contact.first_url));
    fact_begin(page, "Bevis");
    HTML_FILL(&page->html, "{} Klasse {}, grad {} ({}).",
              span_of_string(words_evidence_da(best->contact.evidence)),
              span_of_string(evidence_name(best->contact.evidence)), span_of_string(words_grade(best->grade)),
              span_of_string(words_grade_da(best->grade)));
    fact_end(page);
    fact_begin(page, "Udbredelse");
    HTML_FILL(&page->html, "{} sider, {} sidebesøg", number_count(a, pair->page_count),
              number_count(a, pair->capture_count));
    if (pair->cookie_count)
        HTML_FILL(&page->html, "; {} cookies, heraf {} vedvarende", number_count(a, pair->cookie_count),
                  number_count(a, pair->persistent_cookie_count));
    else
        HTML_FILL(&page->html, "; {}", span_of_string(words_no_cookie_da(measurement)));
    fact_end(page);
    struct span command = sheet_command(page->data, &best->contact);
    if (!command.bytes)
        return;
    fact_begin(page, "Arkivposition");
    HTML_FILL(&page->html, "{}, offset {}, længde {}. Vis posten: ",
              sources_archive_name(page->data->sources, best->contact.archive),
              arena_format(a, "%llu", (unsigned long long)best->contact.at),
              arena_format(a, "%llu", (unsigned long long)best->contact.bytes));
    html_element(&page->html, "code", NULL, command);
    fact_end(page);
}

static const char *article_class(enum verdict verdict)
{
    return verdict == VERDICT_COMPLIANT       ? "finding f-ok"
           : verdict == VERDICT_UNRESOLVED    ? "finding f-open"
           : verdict == VERDICT_NON_COMPLIANT ? "finding f-bad"
                                              : "finding";
}

static void write_finding(struct page *page, const struct finding *finding)
{
    const struct pair *pair = finding->pair;
    const struct words_answer *answer = words_answer_of(pair);
    struct html *h = &page->html;
    html_open(h, "article", article_class(pair->verdict));
    html_attribute(h, "id", finding->id);
    html_element(h, "h3", NULL, finding_name(page, pair));
    html_open(h, "dl", "facts");
    fact_begin(page, "Resultat");
    page_verdict(page, pair->verdict, pair->label_da);
    fact_end(page);
    fact(page, "Tilstand", findings_state_da(page->data, finding, page->arena));
    fact(page, "Hvad mangler", span_of_string(answer->missing));
    fact(page, "Hvad kan afklare det", span_of_string(answer->settles));
    fact(page, "Part", span_of_string(words_party_da(pair->party)));
    fact(page, "Formål", span_of_string(words_category_da(pair->category)));
    if (pair->contact_count)
        write_seen(page, pair, &finding->unit->measurement);
    write_bases(page, pair);
    fact(page, "Fund-id", finding->id);
    html_close(h);
    html_close(h);
}

static void write_overview(struct page *page, const struct finding *findings, size_t count)
{
    static const struct page_column columns[] = {
        {"Tredjepart",   false},
        {"Resultat",     false},
        {"Sider",        true },
        {"Hvad mangler", false}
    };
    struct html *h = &page->html;
    PAGE_TABLE(page, SPAN("Observerede parter på løsningen, antal målte sider"), "middle", columns);
    for (size_t i = 0; i < count; i++) {
        const struct pair *pair = findings[i].pair;
        html_open(h, "tr", NULL);
        html_open(h, "th", NULL);
        html_set(h, "scope", "row");
        html_link(h, arena_format(page->arena, "#%.*s", SPAN_ARG(findings[i].id)), finding_name(page, pair));
        html_close(h);
        page_cell_verdict(page, pair->verdict, pair->label_da);
        page_cell_count(page, pair->page_count);
        page_cell_string(page, words_answer_of(pair)->missing);
        page_row_end(page);
    }
    page_table_end(page, NULL, NULL);
}

static void write_answering(struct page *page)
{
    static const char *const steps[] = {
        "Fravalg: send en dateret udskrift af tjenestens indstillinger, der viser, at deling og brug til "
        "egne formål er "
        "fravalgt, og fra hvornår.",
        "Aftale: send aftalen eller databehandleraftalen, og peg på det vilkår, der udelukker brug til "
        "tredjepartens egne "
        "formål.",
        "Teknisk nødvendig: redegør for, hvorfor siden ikke kan fungere eller være sikker uden tjenesten, og "
        "vis, at "
        "tredjeparten ikke kan bruge data til egne formål.",
        "Er tjenesten fjernet, så oplys fra hvornår. Er den en del af myndighedens egen drift, så oplys hvem "
        "der driver "
        "den, og for hvem.",
        "Er I uenige i det observerede, så henvis til fund-id; arkivposten kan vises og efterprøves.",
    };
    struct html *h = &page->html;
    date_days deadline = page->data->statistics->now->hearing_deadline;
    struct span contact = page_policy_text(page->data, "contact_da");
    html_open(h, "ul", NULL);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        html_element_string(h, "li", NULL, steps[i]);
    html_close(h);
    if (!page->data->is_public && hearing_is_open(page->data->statistics->now))
        page_paragraph(
            page, "Svaret kan skrives i myndighedens høringsfil: en linje pr. fund, hvor de tomme kolonner "
                  "udfyldes og filen sendes tilbage.");
    if (deadline != DATE_OPEN_TO)
        PAGE_FILL(page, NULL, "Frist for svar: {}.", number_date(page->arena, deadline));
    if (contact.bytes)
        PAGE_FILL(page, NULL, "Svar sendes til: {}.", contact);
}

static void write_body(struct page *page, const struct unit_verdict *unit, const struct finding *findings,
                       size_t count)
{
    page_section_begin(page, "fund", "", "Hvad blev observeret");
    if (!count)
        page_paragraph(page, "Der blev ikke observeret andre parter på de målte sider i måleperioden.");
    else
        write_overview(page, findings, count);
    for (size_t i = 0; i < count; i++)
        write_finding(page, &findings[i]);
    page_section_end(page);
    sheet_write_earlier(page, unit);
    page_section_begin(page, "svar", "", "Sådan svarer I");
    write_answering(page);
    page_section_end(page);
    page_section_begin(page, "metode", "", "Metode");
    page_paragraph(
        page,
        "Løsningens sider er optaget i arkiver. For hvert sidebesøg er det noteret, hvilke værter siden fik "
        "en browser til at kontakte, og hvor i arkivet beviset ligger. Hver ekstern part er derefter holdt "
        "op mod de grundlag, myndigheden har oplyst. En part uden grundlag er uafklaret, til fristen for "
        "svar er udløbet.");
    page_paragraph(
        page,
        "Målingen viser kun, hvad der skete på de målte sider i måleperioden. Trin bag log-in er som regel "
        "ikke målt. Hvad en tredjepart faktisk bruger data til, kan ikke observeres.");
    html_open(&page->html, "p", NULL);
    html_link(&page->html, SPAN("../index.html#metode"), SPAN("Hele metoden i rapporten"));
    html_close(&page->html);
    page_section_end(page);
}

enum err sheet_write_html(const struct sheet *sheet, const char *folder, struct buf *scratch)
{
    const struct report_data *data = sheet->data;
    const struct unit_verdict *unit = &data->statistics->now->units[sheet->unit];
    const struct unit_sheet *slice = &data->sheets[sheet->unit];
    struct arena_mark mark = arena_mark(data->arena);
    struct page page = {.data = data, .arena = data->arena, .root = "../", .policy = sheet->policy};
    struct page_title title = {
        .kicker = "Fundark, evaluering {}", .heading = unit->unit->name_da, .name = " – fundark"};
    buf_reset(scratch);
    page_begin(&page, scratch, &title, write_header, NULL, unit);
    write_body(&page, unit, data->findings + slice->first_finding, slice->finding_count);
    page_end(&page);
    struct span name = arena_format(data->arena, "finding-sheets/%.*s.html", SPAN_ARG(slice->name));
    TRY(data->arena->full ? ERR_MEMORY : scratch->err);
    TRY(outfile_put(folder, name.at, buf_span(scratch)));
    arena_back_to(data->arena, mark);
    return ERR_OK;
}
