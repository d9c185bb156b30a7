// SPDX-License-Identifier: MIT
#include "7_report/number.h"
#include "7_report/page.h"

void page_table_begin(struct page *page, struct span caption, const char *width,
                      const struct page_column *columns, size_t count)
{
    struct html *h = &page->html;
    html_open(h, "div", "scroll");
    html_set(h, "role", "region");
    html_attribute(h, "aria-label", caption);
    html_set(h, "tabindex", "0");
    html_open(h, "table", width);
    html_open(h, "caption", NULL);
    html_element(h, "span", NULL, caption);
    html_close(h);
    html_open(h, "thead", NULL);
    html_open(h, "tr", NULL);
    for (size_t c = 0; c < count; c++) {
        html_open(h, "th", columns[c].is_number ? "n" : NULL);
        html_set(h, "scope", "col");
        html_string(h, columns[c].title);
        html_close(h);
    }
    html_close(h);
    html_close(h);
    html_open(h, "tbody", NULL);
}

void page_row_begin(struct page *page, struct span heading, struct span small_print)
{
    struct html *h = &page->html;
    html_open(h, "tr", NULL);
    html_open(h, "th", NULL);
    html_set(h, "scope", "row");
    html_text(h, heading);
    if (small_print.bytes)
        html_element(h, "span", "id", small_print);
    html_close(h);
}

void page_row_end(struct page *page)
{
    html_close(&page->html);
}

void page_cell(struct page *page, struct span text)
{
    html_element(&page->html, "td", NULL, text);
}

void page_cell_string(struct page *page, const char *text)
{
    page_cell(page, span_of_string(text));
}

void page_cell_number(struct page *page, struct span number)
{
    html_element(&page->html, "td", "n", number.bytes ? number : SPAN("–"));
}

void page_cell_count(struct page *page, uint64_t count)
{
    page_cell_number(page, number_count(page->arena, count));
}

void page_cell_verdict(struct page *page, enum verdict verdict, const char *label)
{
    html_open(&page->html, "td", NULL);
    page_verdict(page, verdict, label);
    html_close(&page->html);
}

void page_table_end(struct page *page, const char *table_name, const char *note)
{
    struct html *h = &page->html;
    html_close(h);
    html_close(h);
    html_close(h);
    if (!table_name && !note)
        return;
    html_open(h, "p", "note");
    if (note)
        html_string(h, note);
    if (note && table_name)
        html_string(h, " ");
    if (table_name) {
        struct span href = arena_format(page->arena, "%sdata/%s.csv", page->root, table_name);
        html_link(h, href, arena_format(page->arena, "Hent %s som CSV", table_name));
        html_string(h, " eller ");
        href = arena_format(page->arena, "%sdata/dk/%s.csv", page->root, table_name);
        html_link(h, href, arena_format(page->arena, "%s til dansk regneark", table_name));
        html_string(h, ".");
    }
    html_close(h);
}
