// SPDX-License-Identifier: MIT
/*
 * html.h - a page written element by element, so that nothing can be written unescaped or left open.
 *
 * In:     names of elements and attributes (constants of this program), texts and values (anybody's)
 * Out:    HTML appended to a buffer
 * Owns:   nothing
 * Limits: HTML_DEPTH open elements
 * Errors: stay in the buffer; wrong nesting is an assert
 * Source: HTML standard, sections 13.1 (writing) and 13.3 (escaping)
 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "base/buf.h"

#define HTML_DEPTH 32u

struct html {
    struct buf *out;
    const char *open[HTML_DEPTH];
    size_t depth;
    bool in_tag; /* attributes may follow */
};

/* Writes the doctype when `is_page`. */
void html_init(struct html *html, struct buf *out, bool is_page);
/* Every element must be closed. */
void html_finish(struct html *html);

/* class_name NULL: none. Void elements (meta, br) are closed by html_close too, which then writes nothing. */
void html_open(struct html *html, const char *element, const char *class_name);
/* Only between html_open and the first content. href must be relative or a fragment; another one is written
 * as "#". */
void html_attribute(struct html *html, const char *name, struct span value);
void html_set(struct html *html, const char *name, const char *value);
void html_close(struct html *html);

void html_text(struct html *html, struct span text);
void html_string(struct html *html, const char *text);
/* The template with each {} replaced by the next argument (struct span); all escaped. */
#define HTML_FILL(html, pattern, ...)                                                                        \
    html_fill((html), (pattern), (const struct span[]){__VA_ARGS__},                                         \
              sizeof((const struct span[]){__VA_ARGS__}) / sizeof(struct span))
void html_fill(struct html *html, const char *pattern, const struct span *arguments, size_t count);
/* <style>: text of this program, which must not hold "</". */
void html_style(struct html *html, const char *css);

/* html_open, text, html_close */
void html_element(struct html *html, const char *element, const char *class_name, struct span text);
void html_element_string(struct html *html, const char *element, const char *class_name, const char *text);
void html_link(struct html *html, struct span href, struct span text);

#endif
