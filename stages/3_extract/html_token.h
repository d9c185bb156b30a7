// SPDX-License-Identifier: MIT
/*
 * html_token.h - tags, and the text between them where it is asked for; private to 3_extract and its tests.
 *
 *   <p class=a>  text &amp; text  <!-- .. -->  </p>      START  (TEXT)          END
 *   <style>      a { } <b>        </style>               START   TEXT           END     after html_token_enter
 *
 * In:     bytes in an ASCII-compatible encoding
 * Out:    tokens whose spans point into the input, as written: names in any case, values with their references.
 *         Comments and DOCTYPE make no token; of several attributes of one name html_token_attribute
 *         finds the first
 * Owns:   nothing
 * Limits: LIMIT_ATTRIBUTES (later ones are left out)
 * Errors: none: every byte string is HTML
 * Source: HTML standard, 13.2.5.1 to 13.2.5.71
 */
#ifndef EXTRACT_HTML_TOKEN_H
#define EXTRACT_HTML_TOKEN_H

#include "3_extract/html_element.h"
#include "3_extract/html_marks.h"
#include "base/limits.h"

enum html_token_kind {
    HTML_TOKEN_START,
    HTML_TOKEN_END,
    HTML_TOKEN_TEXT, /* raw; with wants_text also the runs between tags */
    HTML_TOKEN_INSTRUCTION, /* what is between "<?" and ">": a comment in HTML, but XML is sent here too: with its attributes */
};

struct html_attribute {
    struct span name, value;
};

struct html_token {
    enum html_token_kind kind;
    struct span text;                   /* name of a tag; text; instruction */
    const struct html_element *element; /* of a tag; never NULL */
    enum html_model model;              /* of a text: what it stood in */
    bool self_closing;
    size_t attribute_count;
    struct html_attribute attributes[LIMIT_ATTRIBUTES];
};

struct html_tokenizer {
    struct span text;
    size_t at;
    enum html_model model;
    struct span last_start;    /* name of the last start tag: what ends RCDATA, RAWTEXT and script data */
    bool is_foreign;           /* set by the caller inside svg and math: CDATA sections exist */
    bool wants_text;           /* set by the caller: text between tags, too */
    bool wants_all_attributes; /* set by the caller: also those that element->letters leaves out */
    bool
        skips_quiet; /* set by the caller: outside of svg and math, no tags that neither open anything nor have attributes to read */
    size_t tag_count; /* start tags, also those that were skipped */
    struct html_marks marks;
};

void html_token_init(struct html_tokenizer *tokenizer, struct span text);
/* The switch a tree builder makes behind a start tag. */
void html_token_enter(struct html_tokenizer *tokenizer, enum html_model model);
/* false: end of input. Otherwise `at` has moved by at least one byte. */
bool html_token_next(struct html_tokenizer *tokenizer, struct html_token *out);
/* The first attribute of that name (lower case), or NULL. */
const struct html_attribute *html_token_attribute(const struct html_token *token, struct span name);
/* Offset of the end tag of the current content, text.bytes when it has none. */
size_t html_token_content_end(const struct html_tokenizer *tokenizer);

#endif
