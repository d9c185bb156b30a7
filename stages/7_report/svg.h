// SPDX-License-Identifier: MIT
/*
 * svg.h - drawings inside a page: shapes, texts and the patterns of the verdicts.
 *
 * In:     whole numbers in the units of the drawing (SVG_WIDTH of them are the full width)
 * Out:    inline SVG through html.h, so that all texts are escaped
 * Owns:   nothing
 * Limits: none of its own
 * Errors: stay in the buffer
 * Source: SVG 2; WCAG 2.1 AA (1.1.1, 1.4.1, 1.4.11); report.md 7.2
 *
 * A drawing fills a column of 528 px or, on a phone, 368 px: texts of 15 units then are 17 or 12 px high.
 */
#ifndef REPORT_SVG_H
#define REPORT_SVG_H

#include "7_report/page.h"

#define SVG_WIDTH 460
#define SVG_LINE  20

enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };

/* name: a prefix for ids, distinct in a page. title and description are the text alternative. */
void svg_begin(struct page *page, const char *name, int height, struct span title, struct span description);
void svg_end(struct page *page);
/* class_name or a verdict's pattern of svg_begin's name. */
void svg_rect(struct page *page, const char *class_name, int x, int y, int width, int height);
void svg_verdict_rect(struct page *page, const char *name, enum verdict verdict, int x, int y, int width,
                      int height);
/* The verdict's symbol as a shape of 12 x 12 units around x, y. */
void svg_symbol(struct page *page, enum verdict verdict, int x, int y);
void svg_line(struct page *page, const char *class_name, int x1, int y1, int x2, int y2);
void svg_text(struct page *page, const char *class_name, enum svg_anchor anchor, int x, int y,
              struct span text);

/* An upper estimate for any sans-serif face at 15 units. */
int svg_text_width(struct span text);
/* As much of the text as fits, with an ellipsis when cut. */
struct span svg_fit(struct arena *arena, struct span text, int width);

#endif
