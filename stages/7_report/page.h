// SPDX-License-Identifier: MIT
/*
 * page.h - what all pages share: frame, chapters, tables, verdict marks.
 *
 * In:     the report's data; texts
 * Out:    HTML through html.h
 * Owns:   nothing
 * Limits: none of its own
 * Errors: stay in the buffer; ERR_MEMORY
 * Source: report.md 7.2; WCAG 2.1 AA
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "7_report/findings.h"
#include "7_report/html.h"

struct page {
    struct html html;
    const struct report_data *data;
    struct arena *arena;
    const char *root; /* from the page to the report's folder: "" or "../" */
    struct span policy;
};
struct page_title {
    const char *kicker; /* HTML_FILL pattern that takes the year */
    struct span heading;
    const char *name; /* of the document, behind the heading in <title> */
};

/* Opens <main>; `contents` writes what stands beside it (NULL: nothing). */
void page_begin(struct page *page, struct buf *out, const struct page_title *title,
                void (*lead)(struct page *, const void *), void (*contents)(struct page *),
                const void *context);
/* Closes all, with the footer. */
void page_end(struct page *page);

void page_section_begin(struct page *page, const char *id, const char *number, const char *title);
void page_section_end(struct page *page);
void page_paragraph(struct page *page, const char *text);
#define PAGE_FILL(page, class_name, pattern, ...)                                                            \
    do {                                                                                                     \
        html_open(&(page)->html, "p", (class_name));                                                         \
        HTML_FILL(&(page)->html, (pattern), __VA_ARGS__);                                                    \
        html_close(&(page)->html);                                                                           \
    } while (0)

/* Tables stand in a scroll region of their own, so that no page is wider than its window. The first cell of a
 * row is its heading. `width` is a class: "wide", "middle" or NULL. */
struct page_column {
    const char *title;
    bool is_number;
};
#define PAGE_TABLE(page, caption, width, columns)                                                            \
    page_table_begin((page), (caption), (width), (columns), sizeof(columns) / sizeof *(columns))
void page_table_begin(struct page *page, struct span caption, const char *width,
                      const struct page_column *columns, size_t count);
void page_row_begin(struct page *page, struct span heading, struct span small_print);
void page_row_end(struct page *page);
void page_cell(struct page *page, struct span text);
void page_cell_string(struct page *page, const char *text);
void page_cell_count(struct page *page, uint64_t count);
void page_cell_number(struct page *page, struct span number);
void page_cell_verdict(struct page *page, enum verdict verdict, const char *label);
/* table_name: of the CSV file beside it, or NULL; note NULL: none. */
void page_table_end(struct page *page, const char *table_name, const char *note);

/* Symbol, word and pattern of a verdict, the same in tables and figures. label NULL or "": the short word. */
struct page_mark {
    const char *table_class, *figure_class, *symbol, *short_da;
};
const struct page_mark *page_mark_of(enum verdict verdict);
void page_verdict(struct page *page, enum verdict verdict, const char *label);

/* The measuring period of the units in scope; false when nothing was measured. */
bool page_window(const struct report_data *data, int64_t *from_ns, int64_t *to_ns);
/* A text of the policy register, for what is not the program's to know: publisher, contact. Empty when not
 * set. */
struct span page_policy_text(const struct report_data *data, const char *key);

#endif
