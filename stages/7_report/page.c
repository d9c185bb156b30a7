// SPDX-License-Identifier: MIT
#include "7_report/page.h"

#include "1_read/record.h"
#include "7_report/number.h"
#include "7_report/style.h"

static void write_head(struct page *page, const struct page_title *title)
{
    struct html *h = &page->html;
    html_open(h, "head", NULL);
    html_open(h, "meta", NULL);
    html_set(h, "charset", "utf-8");
    html_close(h);
    html_open(h, "meta", NULL);
    html_set(h, "http-equiv", "Content-Security-Policy");
    html_attribute(h, "content", page->policy);
    html_close(h);
    html_open(h, "meta", NULL);
    html_set(h, "name", "viewport");
    html_set(h, "content", "width=device-width, initial-scale=1");
    html_close(h);
    html_open(h, "title", NULL);
    html_text(h, title->heading);
    html_string(h, title->name);
    html_close(h);
    html_style(h, style_text());
    html_close(h);
}

static struct span year_text(const struct page *page)
{
    return arena_format(page->arena, "%u", page->data->statistics->now->year);
}

void page_begin(struct page *page, struct buf *out, const struct page_title *title,
                void (*lead)(struct page *, const void *), void (*contents)(struct page *),
                const void *context)
{
    struct html *h = &page->html;
    html_init(h, out, true);
    html_open(h, "html", NULL);
    html_set(h, "lang", "da");
    write_head(page, title);
    html_open(h, "body", NULL);
    html_open(h, "a", "skip");
    html_set(h, "href", "#indhold");
    html_string(h, "Spring til indholdet");
    html_close(h);
    html_open(h, "header", "top");
    html_open(h, "div", "wrap");
    PAGE_FILL(page, "kicker", title->kicker, year_text(page));
    html_element(h, "h1", NULL, title->heading);
    if (lead)
        lead(page, context);
    html_close(h);
    html_close(h);
    html_open(h, "div", contents ? "wrap columns" : "wrap");
    if (contents)
        contents(page);
    html_open(h, "main", NULL);
    html_set(h, "id", "indhold");
}

/* Who publishes, whom to write to, where the accessibility statement is: the policy register knows, or
 * nobody. */
static void write_footer(struct page *page)
{
    static const struct {
        const char *key, *label;
    } rows[] = {
        {"publisher_da",     "Udgiver"                   },
        {"contact_da",       "Kontakt og rettelser"      },
        {"accessibility_da", "Tilgængelighedserklæring"},
    };
    struct html *h = &page->html;
    html_open(h, "footer", NULL);
    html_open(h, "div", "wrap");
    PAGE_FILL(
        page, NULL,
        "Evaluering {}, version {}.1. Udsagnene gælder det, der blev observeret i måleperioden på de målte "
        "sider. Siden henter intet udefra og kører ingen programmer.",
        year_text(page), year_text(page));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct span text = page_policy_text(page->data, rows[i].key);
        if (text.bytes)
            PAGE_FILL(page, NULL, "{}: {}", span_of_string(rows[i].label), text);
    }
    html_close(h);
    html_close(h);
}

void page_end(struct page *page)
{
    struct html *h = &page->html;
    html_close(h);
    html_close(h);
    write_footer(page);
    html_close(h);
    html_close(h);
    html_finish(h);
}

void page_section_begin(struct page *page, const char *id, const char *number, const char *title)
{
    struct html *h = &page->html;
    html_open(h, "section", "chapter");
    html_set(h, "id", id);
    html_open(h, "h2", NULL);
    if (number[0]) {
        html_string(h, number);
        html_string(h, " ");
    }
    html_string(h, title);
    html_close(h);
}

void page_section_end(struct page *page)
{
    html_close(&page->html);
}

void page_paragraph(struct page *page, const char *text)
{
    html_element_string(&page->html, "p", NULL, text);
}

const struct page_mark *page_mark_of(enum verdict verdict)
{
    static const struct page_mark marks[VERDICT_UNDETERMINED + 1] = {
        [VERDICT_NOT_THIRD_PARTY] = {"v v-none", "s-none", "–", "Ikke tredjepart"        },
        [VERDICT_DECLARED_ONLY] = {"v v-none", "s-none", "–", "Oplyst, ikke observeret"},
        [VERDICT_COMPLIANT] = {"v v-ok",   "s-ok",   "✓", "Efterlever"             },
        [VERDICT_UNRESOLVED] = {"v v-open", "s-open", "●", "Uafklaret"              },
        [VERDICT_NON_COMPLIANT] = {"v v-bad",  "s-bad",  "✕", "Efterlever ikke"        },
        [VERDICT_LIMITED] = {"v v-few",  "s-few",  "○", "Begrænset målt"       },
        [VERDICT_NOT_MEASURED] = {"v v-none", "s-none", "–", "Ikke målt"             },
        [VERDICT_OUTSIDE] = {"v v-none", "s-none", "–", "Ikke omfattet"          },
        [VERDICT_UNDETERMINED] = {"v v-none", "s-none", "–", "Omfang uafklaret"       },
    };
    return &marks[verdict];
}

void page_verdict(struct page *page, enum verdict verdict, const char *label)
{
    struct html *h = &page->html;
    const struct page_mark *mark = page_mark_of(verdict);
    html_open(h, "span", mark->table_class);
    html_open(h, "b", NULL);
    html_set(h, "aria-hidden", "true");
    html_string(h, mark->symbol);
    html_close(h);
    html_string(h, " ");
    html_string(h, label && label[0] ? label : mark->short_da);
    html_close(h);
}

bool page_window(const struct report_data *data, int64_t *from_ns, int64_t *to_ns)
{
    const struct judgement *now = data->statistics->now;
    *from_ns = INT64_MAX;
    *to_ns = INT64_MIN;
    for (size_t u = 0; u < now->unit_count; u++) {
        const struct measurement_result *m = &now->units[u].measurement;
        if (now->units[u].scope.scope != SCOPE_IN || !m->visit_count || m->window_from_ns == RECORD_NO_DATE ||
            m->window_to_ns == RECORD_NO_DATE)
            continue;
        *from_ns = m->window_from_ns < *from_ns ? m->window_from_ns : *from_ns;
        *to_ns = m->window_to_ns > *to_ns ? m->window_to_ns : *to_ns;
    }
    return *from_ns <= *to_ns;
}

struct span page_policy_text(const struct report_data *data, const char *key)
{
    const struct registers *registers = data->statistics->now->registers;
    for (size_t i = 0; i < registers->policy.row_count; i++)
        if (span_equal(registers->policy.rows[i].key, span_of_string(key)))
            return registers->policy.rows[i].value;
    return SPAN_NONE;
}
