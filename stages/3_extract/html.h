// SPDX-License-Identifier: MIT
/*
 * html.h - what an HTML document makes a browser fetch on load.
 *
 * In:     decoded body bytes, the document's URL, the charset of the HTTP head (may be empty)
 * Out:    references (D1, D2, D3, C; N only for meta refresh), the meta referrer policy
 * Owns:   nothing
 * Limits: LIMIT_BODY_BYTES, LIMIT_REFERENCES, LIMIT_ATTRIBUTES, LIMIT_NESTING
 * Errors: ERR_MEMORY; nothing else: every byte string is HTML
 * Source: HTML standard, 13.2.5 tokenization (states), 13.2.3.2 prescan; evidence.md 5.2 (element table)
 */
#ifndef EXTRACT_HTML_H
#define EXTRACT_HTML_H

#include "3_extract/reference.h"
#include "3_extract/referrer_policy.h"

struct html_document {
    struct reference_list references;
    enum referrer_policy referrer_policy; /* of the last valid meta name=referrer */
    size_t tag_count;
};
struct loader_search; /* loader.h */
/* search: for the scripts of any number of documents; NULL: this one makes its own. */
enum err html_scan(struct span body, const struct url *document, struct span http_charset,
                   const struct loader_search *search, struct arena *arena,
                   struct html_document *out) MUST_CHECK;

#endif
