// SPDX-License-Identifier: MIT
#include "7_report/chapter.h"

#include "5_judge/catalogue.h"
#include "7_report/number.h"
#include "7_report/sources.h"
#include "7_report/tables.h"

static void write_paragraphs(struct page *page, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        page_paragraph(page, texts[i]);
}

static void write_policy(struct page *page)
{
    static const struct page_column columns[] = {
        {"Nøgle",      false},
        {"Værdi",      false},
        {"Kilde",       false},
        {"Gælder fra", false}
    };
    const struct policy *policy = &page->data->statistics->now->registers->policy;
    PAGE_TABLE(page, SPAN("Fortolkningsvalg og parametre"), "middle", columns);
    for (size_t i = 0; i < policy->row_count; i++) {
        const struct policy_row *row = &policy->rows[i];
        page_row_begin(page, row->key, SPAN_NONE);
        page_cell(page, row->value);
        page_cell(page, row->is_default ? SPAN("forvalgt") : row->source);
        page_cell(page, row->valid_from);
        page_row_end(page);
    }
    page_table_end(page, NULL, NULL);
}

/* Per producer that runs scripts, what its pages' markup tells of what they contact. */
static void write_static_share(struct page *page)
{
    static const struct page_column columns[] = {
        {"Sted i koden",             false},
        {"Erklærede par",           true },
        {"Heraf kontaktede",         true },
        {"Andel af alle kontaktede", true }
    };
    const struct static_share *share = &page->data->sources->static_share;
    for (int p = 0; p < PRODUCER_COUNT; p++) {
        if (!share->seen_count[p])
            continue;
        PAGE_TABLE(page,
                   arena_format(page->arena, "Hvad sidernes kode røber af deres tredjeparter: %s",
                                producer_name((enum producer)p)),
                   "middle", columns);
        for (size_t i = 0; i < share->row_count; i++) {
            const struct static_row *row = &share->rows[i];
            if (row->producer != (enum producer)p)
                continue;
            page_row_begin(page, row->element, SPAN_NONE);
            page_cell_count(page, row->declared_count);
            page_cell_count(page, row->seen_count);
            page_cell_number(page, number_share(page->arena, row->seen_count, share->seen_count[p]));
            page_row_end(page);
        }
        page_row_begin(page, SPAN("Mindst ét sted"), SPAN_NONE);
        page_cell_number(page, SPAN_NONE);
        page_cell_count(page, share->both_count[p]);
        page_cell_number(page, number_share(page->arena, share->both_count[p], share->seen_count[p]));
        page_row_end(page);
        struct span note = arena_format(
            page->arena,
            "Et par er et sidebesøg og en vært på et andet registrérbart domæne; %u par blev set "
            "kontaktet af en browser. Samme vært kan være "
            "erklæret flere steder. Resten står ikke i koden, fx fordi scripts "
            "henter dem: en indsamling uden browser kan "
            "ikke se dem.",
            share->seen_count[p]);
        page_table_end(page, NULL, note.at);
    }
}

void chapter_method(struct page *page)
{
    static const char *const texts[] = {
        "Arkiver fra indsamlingen læses post for post. For hvert sidebesøg noteres hver vært, som siden fik "
        "en browser til "
        "at kontakte, hvordan det blev set, og hvor i arkivet beviset ligger. Det er kendsgerninger uden "
        "vurdering.",
        "Vurderingen sker bagefter, ud fra registrene: hvem der er omfattet, hvem der står bag værten, om "
        "beviset er "
        "stærkt nok, og om et oplyst grundlag holder. Hver regel prøves i en fast rækkefølge, og den første, "
        "der passer, "
        "gælder. Derfor kan en rettelse i et register regnes igennem uden at læse arkiverne igen.",
        "Beviser graderes: A er et optaget kald med sikker forbindelse til siden, B et optaget kald med "
        "forbindelse gennem "
        "henvisende side, C en henvisning i sidens kode, D et spor. Et spor fører aldrig alene til et brud.",
        "Andelen, der efterlever, regnes af de vurderede løsninger. Grænserne regnes af alle omfattede: den "
        "nedre regner de "
        "uafklarede, begrænset målte og ikke målte imod, den øvre regner dem med.",
        "Kvartiler er fundet ved lineær interpolation mellem de to nærmeste observationer: position (n "
        "\u2212 1) · p i den "
        "stigende række, talt fra 0.",
        "Andele vises uden decimaler, når de er af under 50, med én decimal under 1.000 og ellers med to. De "
        "er afrundet "
        "hver for sig, så summen kan afvige fra 100.",
        "I CSV-filerne betyder en tom celle, at værdien mangler. En tekst, der begynder med et af tegnene = "
        "+ - @ eller et "
        "linjeskift, som et regneark ville køre som formel, har fået en apostrof foran; det samme har en "
        "tekst, der selv "
        "begynder med apostrof.",
    };
    write_paragraphs(page, texts, sizeof texts / sizeof *texts);
    if (page->data->statistics->now->registers->policy.row_count)
        write_policy(page);
    write_static_share(page);
}

void chapter_glossary(struct page *page)
{
    static const struct {
        const char *term, *meaning;
    } words[] = {
        {"Aftale",                 "Grundlag: det er aftalt med tredjeparten, at data ikke bruges til dens egne formål."  },
        {"Fravalg",                "Grundlag: en indstilling i tjenesten, der slår deling og brug til egne formål fra."  },
        {"Fund",                   "Et par af en løsning og en part, der blev observeret på den, med bevis og vurdering."},
        {"Førstepart",            "Myndigheden selv og de domæner, der er registreret som dens egne."                    },
        {"Gengangere",             "Løsninger, der er vurderet i begge år og kan følges én til én."                   },
        {"Genopstået",
         "Et brud, der var bragt i orden, fjernet eller udgået i et tidligere år, og er der igen."                       },
        {"Gentagen",               "Et brud, der også var et brud ved den seneste vurdering, som afgjorde noget."         },
        {"Grundlag",               "En af vejledningens tre veje: fravalg, aftale eller teknisk nødvendig."               },
        {"Ikke genmålt",          "Et tidligere brud, der ikke ses i år, uden at målingen kan vise, at det er væk."    },
        {"Løsning",               "En digital selvbetjeningsløsning eller en national portal."                           },
        {"Målegrundlag",          "Hvor meget af løsningen der blev målt: tilstrækkeligt, begrænset eller ikke målt."},
        {"Måleperiode",           "Tiden fra den første til den sidste optagelse, der indgår."                          },
        {"Observeret",             "Set i de optagne arkiver på de målte sider i måleperioden."                         },
        {"Omfattet",               "Falder under vejledningens anvendelsesområde på opgørelsesdatoen."                  },
        {"Opgørelsesdato",        "Den dag, for hvilken omfang og grundlag gøres op."                                    },
        {"Registrérbart domæne", "Den del af et værtsnavn, som man kan købe, fx example.dk."                           },
        {"Skjult tredjepart",      "En tredjepart, der nås gennem et navn under myndighedens eget domæne."               },
        {"Teknisk nødvendig",
         "Grundlag: en teknisk forudsætning eller sikkerhed, uden brug til egne formål."                                 },
        {"Tilgang og afgang",
         "Løsninger, der er kommet til eller er gået ud af de omfattede siden året før."                               },
        {"Tredjepart",             "En ekstern udbyder, som noget på siden hentes fra."                                   },
        {"Uafklaret",
         "Der er observeret en tredjepart, men bevis eller dokumentation rækker ikke til en vurdering."                   },
        {"Vurdering",              "Resultatet efter reglerne; det er ikke en afgørelse."                                 },
    };
    struct html *h = &page->html;
    html_open(h, "dl", "words");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        html_element_string(h, "dt", NULL, words[i].term);
        html_element_string(h, "dd", NULL, words[i].meaning);
    }
    html_close(h);
}

static void write_file(struct page *page, struct span name, const char *what)
{
    struct html *h = &page->html;
    html_open(h, "li", NULL);
    html_link(h, arena_format(page->arena, "%s%.*s", page->root, SPAN_ARG(name)), name);
    html_string(h, ": ");
    html_string(h, what);
    html_close(h);
}

static void write_files(struct page *page)
{
    struct html *h = &page->html;
    html_open(h, "ul", NULL);
    for (size_t i = 0; i < tables_count; i++)
        write_file(page, arena_format(page->arena, "data/%s.csv", tables_of(page->data, i)->name),
                   tables_of(page->data, i)->title_da);
    write_file(page, SPAN("data/findings.jsonl"), "fundene, et objekt pr. linje");
    write_file(page, SPAN("summary.json"), "hovedtal til programmer");
    write_file(page, SPAN("provenance.json"), "program, inddata, fingeraftryk, tællere og læsefejl");
    html_close(h);
}

static void write_provenance(struct page *page)
{
    static const struct page_column columns[] = {
        {"Kilde",        false},
        {"Version",      false},
        {"Fingeraftryk", false}
    };
    const struct sources *sources = page->data->sources;
    const struct registers *registers = page->data->statistics->now->registers;
    PAGE_TABLE(page, SPAN("Kilder og fingeraftryk"), "middle", columns);
    for (size_t y = 0; y < sources->year_count; y++) {
        const struct source_year *year = &sources->years[y];
        page_row_begin(
            page, arena_format(page->arena, "Observationer %u", year->year),
            arena_format(page->arena, "%zu arkiver, %u sidebesøg", year->archive_count, year->visit_count));
        page_cell(page, year->program);
        page_cell(page, year->digest);
        page_row_end(page);
        page_row_begin(page, arena_format(page->arena, "Domæneliste %u", year->year), SPAN_NONE);
        page_cell(page, year->suffixes);
        page_cell(page, year->suffixes_sha256);
        page_row_end(page);
    }
    for (size_t i = 0; i < registers->digest_count; i++) {
        page_row_begin(page, registers->digests[i].file, SPAN_NONE);
        page_cell(page, SPAN(""));
        page_cell(page, registers->digests[i].sha256);
        page_row_end(page);
    }
    page_table_end(page, NULL,
                   "Registre har SHA-256; observationer har et fingeraftryk over alt, der blev observeret.");
}

/* The layers of the catalogue with their licences, and the digest of them all. */
static void write_catalogue(struct page *page)
{
    static const struct page_column columns[] = {
        {"Lag",          false},
        {"Licens",       false},
        {"Udgave",       false},
        {"Fingeraftryk", false}
    };
    const struct judgement *now = page->data->statistics->now;
    const struct catalogue *catalogue = now->registers->catalogue;
    if (!catalogue)
        return;
    PAGE_TABLE(page, SPAN("Katalog over tjenester"), "middle", columns);
    for (size_t i = 0; i < catalogue->layer_count; i++) {
        const struct catalogue_layer *layer = &catalogue->layers[i];
        page_row_begin(page, layer->name, layer->source);
        page_cell(page, arena_format(page->arena, "%.*s%s", SPAN_ARG(layer->licence),
                                     layer->non_commercial ? " (ikke til kommerciel brug)" : ""));
        page_cell(page,
                  arena_format(page->arena, "%.*s%s%.*s", SPAN_ARG(layer->version),
                               layer->version.bytes && layer->date.bytes ? ", " : "", SPAN_ARG(layer->date)));
        page_cell(page, layer->sha256);
        page_row_end(page);
    }
    page_row_begin(page, SPAN("Det samlede katalog"), SPAN_NONE);
    page_cell(page, SPAN(""));
    page_cell(page, SPAN(""));
    page_cell(page, catalogue->sha256);
    page_row_end(page);
    page_table_end(
        page, NULL,
        now->withheld_count
            ? "Hvad kun lag fortæller, der ikke er til kommerciel brug, er ikke med i denne udgave: de par "
              "står, som de øvrige "
              "lag kender dem, og ellers med deres domænenavn."
            : "Senere lag gælder frem for tidligere; services.csv blandt registrene gælder frem for dem "
              "alle.");
}

void chapter_data(struct page *page)
{
    struct html *h = &page->html;
    page_paragraph(
        page,
        "Alle tal i rapporten står i disse filer. CSV-filerne bruger komma og decimalpunkt; i mappen data/dk "
        "ligger en kopi til danske regneark med semikolon og decimalkomma.");
    write_files(page);
    html_open(h, "p", NULL);
    html_string(h, "Hvert fund peger på den post i arkivet, der beviser det. Posten vises med ");
    html_element_string(h, "code", NULL, "tredjepart record ARKIV OFFSET --proof VÆRT");
    html_string(h, ". Samme arkiver, registre og program giver de samme filer, byte for byte; kun "
                   "provenance.json nævner tid "
                   "og sted for kørslen.");
    html_close(h);
    if (page->data->sources->year_count || page->data->statistics->now->registers->digest_count)
        write_provenance(page);
    write_catalogue(page);
}
