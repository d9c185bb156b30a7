// SPDX-License-Identifier: MIT
/*
 * html_refs.h - from one start tag to its references; private to html_scan.c and html_script.c.
 *
 * In:     a tag, what it stands in, the base of its document
 * Out:    references, and nested documents (srcdoc) for later: their base is known only when this one has been read
 * Owns:   nothing
 * Limits: LIMIT_ATTRIBUTE_BYTES, LIMIT_SRCDOC_BYTES, LIMIT_NESTING
 * Errors: ERR_MEMORY
 * Source: evidence.md 5.2, 5.3
 */
#ifndef EXTRACT_HTML_REFS_H
#define EXTRACT_HTML_REFS_H

#include "3_extract/html.h"
#include "3_extract/html_when.h"

/* A document: the body, or a srcdoc in it. */
struct html_part {
    struct span text;
    struct url base;
    enum html_charset charset;
    enum condition condition; /* of all its references; CONDITION_NONE: they stand for themselves */
    unsigned depth;
    size_t at; /* depth > 0: offset of the srcdoc in the body, which stands for all that is in it */
};

struct html_refs {
    struct arena *arena;
    struct reference_list *list;
    const struct url *document;
    struct html_part part; /* the one being read */
    bool in_noscript;
    struct html_context context;
    struct html_part *parts; /* found, to be read */
    size_t part_count, part_capacity, part_bytes;
    const struct loader_search *search; /* NULL: to be made at the first script */
};

/* All references of a start tag. */
enum err html_refs_add_tag(struct html_refs *refs, const struct html_token *tag) MUST_CHECK;
/* Of CSS in a style element, whose media and type make it conditional. */
enum err html_refs_add_style(struct html_refs *refs, struct span raw, enum html_model model,
                             enum condition condition) MUST_CHECK;
/* Of "<?xml-stylesheet href=...?>". */
enum err html_refs_add_instruction(struct html_refs *refs, const struct html_token *instruction) MUST_CHECK;

/* Where in the body a value of the part being read stands. */
size_t html_refs_offset(const struct html_refs *refs, struct span value);

#endif
