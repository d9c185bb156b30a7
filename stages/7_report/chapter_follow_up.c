// SPDX-License-Identifier: MIT
#include "7_report/chapter.h"

#include "7_report/hearing.h"
#include "7_report/number.h"
#include "7_report/words.h"

static bool needs_answer(const struct unit_verdict *unit)
{
    return unit->scope.scope == SCOPE_IN && unit->unresolved_count + unit->non_compliant_count > 0;
}

static void write_waiting(struct page *page)
{
    static const struct page_column columns[] = {
        {"Løsning",        false},
        {"Uafklarede",      true },
        {"Efterlever ikke", true },
        {"Fundark",         false}
    };
    const struct report_data *data = page->data;
    const struct judgement *now = data->statistics->now;
    const uint32_t *order = chapter_unit_order(page);
    PAGE_TABLE(page, SPAN("Løsninger med tredjeparter, der kræver svar, antal tredjepartstjenester"),
               "middle", columns);
    for (size_t i = 0; order && i < now->unit_count; i++) {
        const struct unit_verdict *unit = &now->units[order[i]];
        if (!needs_answer(unit))
            continue;
        struct span name = data->sheets[order[i]].name;
        page_row_begin(page, unit->unit->name_da, unit->unit->authority->name_da);
        page_cell_count(page, unit->unresolved_count);
        page_cell_count(page, unit->non_compliant_count);
        html_open(&page->html, "td", NULL);
        html_link(&page->html,
                  arena_format(page->arena, "%sfinding-sheets/%.*s.html", page->root, SPAN_ARG(name)),
                  arena_format(page->arena, "Fundark for %.*s", SPAN_ARG(unit->unit->name_da)));
        html_close(&page->html);
        page_row_end(page);
    }
    page_table_end(page, NULL, NULL);
}

/* What a row of the states counts: repeated ones by their years. */
static const struct state_row {
    enum finding_state state;
    unsigned years; /* of a repeated one: 2, or 3 and more; else 0 */
    const char *label, *meaning;
} states[] = {
    {FINDING_STATE_NEW,            0, "Ny",                           "Efterlever ikke i år og har ikke været et brud før"},
    {FINDING_STATE_REPEAT,         2, "Gentagen (2. år)",            "Efterlever ikke for andet år i træk"                },
    {FINDING_STATE_REPEAT,         3, "Gentagen (3. år eller mere)", "Efterlever ikke for mindst tredje år i træk"        },
    {FINDING_STATE_RELAPSED,       0, "Genopstået",
     "Efterlever ikke i år, men var bragt i orden eller væk imellem"                                                       },
    {FINDING_STATE_DOCUMENTED,     0, "Dokumenteret",                 "Var et brud eller uafklaret; et grundlag holder nu"   },
    {FINDING_STATE_REMOVED,        0, "Fjernet",
     "Var et brud og ses ikke mere, selv om siden er målt igen og målegrundlaget er tilstrækkeligt"                       },
    {FINDING_STATE_NOT_REMEASURED, 0, "Ikke genmålt",
     "Var et brud og ses ikke i år, men målingen rækker ikke til at sige, at det er væk"                                 },
    {FINDING_STATE_LEFT,           0, "Udgået",
     "Var et brud; løsningen er ikke længere omfattet eller er lagt sammen eller delt"                                     },
    {FINDING_STATE_DISPUTED,       0, "Bestridt",                     "Myndigheden er uenig, og det er ikke afgjort endnu"   },
};

static uint32_t count_state(const struct follow_up *f, const struct state_row *row)
{
    uint32_t count = f->state_counts[row->state];
    return !row->years ? count : row->years == 2 ? count - f->repeat_long_count : f->repeat_long_count;
}

static void write_states(struct page *page, const struct follow_up *f)
{
    static const struct page_column columns[] = {
        {"Tilstand", false},
        {"Fund",     true },
        {"Betyder",  false}
    };
    PAGE_TABLE(page,
               arena_format(page->arena, "Fund efter tilstand i %u, antal par af løsning og tredjepart",
                            page->data->statistics->now->year),
               "middle", columns);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        page_row_begin(page, span_of_string(states[i].label), SPAN_NONE);
        page_cell_count(page, count_state(f, &states[i]));
        page_cell_string(page, states[i].meaning);
        page_row_end(page);
    }
    page_table_end(
        page, "finding_states",
        f->histories.year_count > 1
            ? "Et år, hvor fundet var uafklaret eller ikke kunne genmåles, tæller hverken med i rækken af år "
              "eller afbryder den. En løsning følges gennem navneskift og flytning."
            : "Rapporten bygger på ét år; derfor står alle brud som nye.");
}

static void write_levels(struct page *page, const struct follow_up *f)
{
    static const struct page_column columns[] = {
        {"Foreslået skridt", false},
        {"Niveau",            true },
        {"Løsninger",        true }
    };
    PAGE_TABLE(page, SPAN("Foreslået opfølgning, antal omfattede løsninger og portaler"), NULL, columns);
    for (unsigned level = 0; level < FOLLOW_LEVEL_COUNT; level++) {
        page_row_begin(page, span_of_string(follow_level_step_da(level)), SPAN_NONE);
        page_cell_count(page, level);
        page_cell_count(page, f->level_counts[level]);
        page_row_end(page);
    }
    page_table_end(
        page, "follow_up",
        "Trappen er et forslag. Vejledningen nævner dialog med myndigheder, hvis løsninger ikke lever op til "
        "den; den nævner ikke portaler, som derfor står på niveau 1.");
}

static struct span day_or_dash(struct page *page, date_days day)
{
    bool open = day == DATE_OPEN_FROM || day == DATE_OPEN_TO;
    return open ? SPAN("–") : number_date(page->arena, day);
}

/* Internal: who is to be contacted next, the highest level first. */
static void write_queue(struct page *page, const struct follow_up *f)
{
    static const struct page_column columns[] = {
        {"Løsning",           false},
        {"Niveau",             true },
        {"Begrundelse",        false},
        {"År med brud",       true },
        {"Sidste henvendelse", false},
        {"Frist",              false},
        {"Svar",               false}
    };
    const uint32_t *order = chapter_unit_order(page);
    PAGE_TABLE(page, SPAN("Løsninger, der foreslås fulgt op (internt)"), "wide", columns);
    for (unsigned level = FOLLOW_LEVEL_COUNT; order && level-- > 1;)
        for (size_t i = 0; i < page->data->statistics->now->unit_count; i++) {
            const struct follow_unit *unit = &f->units[order[i]];
            if (!unit->level || unit->level->level != level)
                continue;
            page_row_begin(page, unit->unit->unit->name_da, unit->unit->unit->authority->name_da);
            page_cell_count(page, level);
            page_cell_string(page, unit->level->reason_da);
            page_cell_count(page, unit->years_non_compliant);
            page_cell(page, day_or_dash(page, unit->asked.sent_on));
            page_cell(page, day_or_dash(page, unit->asked.deadline));
            page_cell_string(page, unit->asked.was_sent ? words_asked_da(&unit->asked) : "–");
            page_row_end(page);
        }
    page_table_end(page, NULL, "Står ikke i den offentlige udgave.");
}

static void write_answers(struct page *page, const struct follow_up *f)
{
    if (!f->case_count)
        return;
    PAGE_FILL(page, NULL, "{} henvendelser til myndigheder er besvaret.",
              number_share(page->arena, f->answered_count, f->case_count));
    if (f->answer_days_median >= 0)
        PAGE_FILL(page, NULL, "Halvdelen af svarene kom inden for {} dage.",
                  number_decimal(page->arena, f->answer_days_median, 1));
}

static void write_follow_up(struct page *page, const struct follow_up *f)
{
    uint32_t followed = 0;
    for (unsigned level = 1; level < FOLLOW_LEVEL_COUNT; level++)
        followed += f->level_counts[level];
    write_states(page, f);
    write_levels(page, f);
    write_answers(page, f);
    if (!page->data->is_public && followed)
        write_queue(page, f);
}

void chapter_follow_up(struct page *page)
{
    const struct judgement *now = page->data->statistics->now;
    date_days deadline = now->hearing_deadline;
    uint64_t waiting = 0;
    for (size_t u = 0; u < now->unit_count; u++)
        waiting += needs_answer(&now->units[u]);
    PAGE_FILL(page, NULL,
              "{} har mindst én tredjepart, der er uafklaret eller ikke efterlever vejledningen. Hver har et "
              "fundark, som "
              "viser, hvad der blev observeret hvor og hvornår, hvad der mangler, og hvilket dokument der "
              "kan afklare det.",
              number_share(page->arena, waiting, page->data->statistics->figures[0].in_scope));
    if (deadline != DATE_OPEN_TO)
        PAGE_FILL(page, NULL, hearing_is_open(now) ? "Fristen for svar er {}." : "Fristen for svar var {}.",
                  number_date(page->arena, deadline));
    if (waiting)
        write_waiting(page);
    if (page->data->statistics->follow_up)
        write_follow_up(page, page->data->statistics->follow_up);
}
