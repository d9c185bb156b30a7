// SPDX-License-Identifier: MIT
#include "7_report/report_page.h"

#include "7_report/chapter.h"
#include "7_report/number.h"
#include "io/outfile.h"

static bool always(const struct report_data *data)
{
    (void)data;
    return true;
}
static bool has_scope(const struct report_data *data)
{
    return data->statistics->figures[0].in_scope > 0;
}
static bool has_before(const struct report_data *data)
{
    return data->statistics->before != NULL;
}
static bool has_findings(const struct report_data *data)
{
    const struct follow_up *follow_up = data->statistics->follow_up;
    return data->statistics->owner_count > 0 || (follow_up && follow_up->finding_count);
}
static bool has_parties(const struct report_data *data)
{
    return data->statistics->owner_count > 0;
}

/* Numbers are those of the report's fixed structure, also when a chapter with nothing to say is left out. */
static const struct chapter {
    const char *id, *number, *title;
    bool (*applies)(const struct report_data *data);
    void (*write)(struct page *page);
} chapters[] = {
    {"sammenfatning", "1", "Sammenfatning",                   always,       chapter_summary      },
    {"baggrund",      "2", "Baggrund og krav",                always,       chapter_background   },
    {"population",    "3", "Hvem er omfattet",                always,       chapter_population   },
    {"efterlevelse",  "4", "Efterlevelse i år",              has_scope,    chapter_compliance   },
    {"udvikling",     "5", "Udvikling",                       has_before,   chapter_change       },
    {"tredjeparter",  "6", "Tredjeparter og formål",         has_parties,  chapter_parties      },
    {"dokumentation", "7", "Dokumentation fra myndighederne", has_parties,  chapter_documentation},
    {"opfoelgning",   "8", "Opfølgning",                     has_findings, chapter_follow_up    },
    {"maalegrundlag", "9", "Målegrundlag og usikkerhed",     has_scope,    chapter_measurement  },
    {"resultater",    "A", "Resultat pr. løsning",           always,       chapter_units        },
    {"metode",        "B", "Metode og fortolkningsvalg",      always,       chapter_method       },
    {"ordliste",      "D", "Ordliste",                        always,       chapter_glossary     },
    {"data",          "E", "Data og genberegning",            always,       chapter_data         },
};
#define CHAPTER_COUNT (sizeof chapters / sizeof *chapters)

static void write_contents(struct page *page)
{
    struct html *h = &page->html;
    html_open(h, "nav", "toc");
    html_set(h, "aria-labelledby", "toc-title");
    html_open(h, "h2", NULL);
    html_set(h, "id", "toc-title");
    html_string(h, "Indhold");
    html_close(h);
    html_open(h, "ul", NULL);
    for (size_t i = 0; i < CHAPTER_COUNT; i++) {
        if (!chapters[i].applies(page->data))
            continue;
        html_open(h, "li", NULL);
        html_open(h, "a", NULL);
        html_attribute(h, "href", arena_format(page->arena, "#%s", chapters[i].id));
        html_element_string(h, "span", "no", chapters[i].number);
        html_string(h, " ");
        html_string(h, chapters[i].title);
        html_close(h);
        html_close(h);
    }
    html_close(h);
    html_close(h);
}

static void write_lead(struct page *page, const void *context)
{
    (void)context;
    int64_t from_ns, to_ns;
    if (!page_window(page->data, &from_ns, &to_ns)) {
        html_element_string(
            &page->html, "p", "lead",
            "Hvilke tredjeparter blev observeret på de målte sider, og holder brugen sig inden for "
            "vejledningen?");
        return;
    }
    PAGE_FILL(page, "lead",
              "Hvilke tredjeparter blev observeret på de målte sider i måleperioden {} til {}, og holder "
              "brugen sig inden "
              "for vejledningen?",
              number_date(page->arena, number_day_of(from_ns)),
              number_date(page->arena, number_day_of(to_ns)));
}

static void write_page(struct page *page, struct buf *out)
{
    struct page_title title = {
        .kicker = "Evaluering {}",
        .heading = SPAN("Tredjeparter på statslige selvbetjeningsløsninger og nationale portaler"),
        .name = " – evaluering",
    };
    page_begin(page, out, &title, write_lead, write_contents, NULL);
    for (size_t i = 0; i < CHAPTER_COUNT; i++) {
        if (!chapters[i].applies(page->data))
            continue;
        page_section_begin(page, chapters[i].id, chapters[i].number, chapters[i].title);
        chapters[i].write(page);
        page_section_end(page);
    }
    page_end(page);
}

enum err report_page_write(const struct report_data *data, struct span policy, const char *folder,
                           struct buf *scratch)
{
    static const struct {
        const char *name, *root;
    } copies[] = {
        {"index.html",    ""   },
        {"da/index.html", "../"}
    };
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++) {
        struct arena_mark mark = arena_mark(data->arena);
        struct page page = {.data = data, .arena = data->arena, .root = copies[i].root, .policy = policy};
        buf_reset(scratch);
        write_page(&page, scratch);
        TRY(data->arena->full ? ERR_MEMORY : scratch->err);
        TRY(outfile_put(folder, copies[i].name, buf_span(scratch)));
        arena_back_to(data->arena, mark);
    }
    return ERR_OK;
}
