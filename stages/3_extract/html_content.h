// SPDX-License-Identifier: MIT
/*
 * html_content.h - where the parts of a document end that are not made of tags; private to html_token.c.
 *
 * In:     the whole text, an offset in it
 * Out:    an offset; text.bytes when the part has no end
 * Owns:   nothing
 * Limits: -
 * Errors: none
 * Source: HTML standard, 13.2.5.9 to 13.2.5.31 (content and script data), 13.2.5.43 to 13.2.5.52 (comments)
 */
#ifndef EXTRACT_HTML_CONTENT_H
#define EXTRACT_HTML_CONTENT_H

#include "base/span.h"

/* RCDATA and RAWTEXT: the '<' of "</name". */
size_t html_content_end(struct span text, size_t from, struct span name);
/* Script data: the '<' of the "</script" that ends it. */
size_t html_content_script_end(struct span text, size_t from);
/* from: behind "<!--". Behind the '>' that ends the comment. */
size_t html_content_comment_end(struct span text, size_t from);

#endif
