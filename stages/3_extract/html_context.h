// SPDX-License-Identifier: MIT
/*
 * html_context.h - the few open elements that change what their content means; private to 3_extract.
 *
 *   <svg> <foreignObject> <picture> <source>         no tree: only these are kept, all others come and go unseen
 *     SVG    SVG_POINT     PICTURE (marked)
 *
 * In:     start and end tags in order
 * Out:    whether the next tag is HTML or foreign, live or inert, and what it stands in
 * Owns:   nothing
 * Limits: LIMIT_HTML_CONTEXT; deeper elements are counted, not kept
 * Errors: none
 * Source: HTML standard, 13.2.6.5 (foreign content), 13.2.6.4.4 (template), 13.2.6.4.7 (tags that are ignored)
 */
#ifndef EXTRACT_HTML_CONTEXT_H
#define EXTRACT_HTML_CONTEXT_H

#include "3_extract/html_token.h"

struct html_context_entry {
    const struct html_element *element;
    enum html_context_kind kind;
    bool marked; /* picture: a source came; media: has src; object: has data; template: inert */
};
struct html_context {
    struct html_context_entry entries[LIMIT_HTML_CONTEXT];
    size_t count, overflow_count, inert_count;
};

void html_context_init(struct html_context *context);
/* In steps, so that a tag is judged by what it stands in: first, leave foreign content if the tag breaks out ... */
void html_context_leave(struct html_context *context, const struct html_token *tag);
/* ... drop it if no element comes of it: cells and rows outside of tables ... */
bool html_context_drops(const struct html_context *context, const struct html_token *start);
/* ... then, behind its references, open what it opens. */
void html_context_open(struct html_context *context, const struct html_token *start);
void html_context_close(struct html_context *context, const struct html_token *end);

/* HTML_CONTEXT_SVG, _MATH or _SVG_STYLE when the next tag is foreign, else HTML_CONTEXT_NONE. */
enum html_context_kind html_context_foreign(const struct html_context *context);
/* The innermost entry of that kind, or NULL. */
const struct html_context_entry *html_context_find(const struct html_context *context,
                                                   enum html_context_kind kind);

#endif
