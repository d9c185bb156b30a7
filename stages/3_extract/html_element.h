// SPDX-License-Identifier: MIT
/*
 * html_element.h - the table of evidence.md 5.2: which attribute of which element makes a browser fetch what; private to 3_extract.
 *
 *   element -> rules, one per attribute:  attribute, evidence, resource, condition, how to read the value, when it holds
 *
 * In:     a tag name as written
 * Out:    its row; elements without one share the row "*"
 * Owns:   nothing
 * Limits: -
 * Errors: none
 * Source: evidence.md 5.2; HTML standard, 13.2.6 (which start tags switch the tokenizer)
 */
#ifndef EXTRACT_HTML_ELEMENT_H
#define EXTRACT_HTML_ELEMENT_H

#include "3_extract/reference.h"

/* The tokenizer state behind a start tag. */
enum html_model { HTML_DATA, HTML_RCDATA, HTML_RAWTEXT, HTML_SCRIPT, HTML_PLAINTEXT, HTML_CDATA };

/* What an element is to those inside it. */
enum html_context_kind {
    HTML_CONTEXT_NONE,
    HTML_CONTEXT_PICTURE,
    HTML_CONTEXT_MEDIA,
    HTML_CONTEXT_OBJECT,
    HTML_CONTEXT_TEMPLATE,
    HTML_CONTEXT_FRAMESET,
    HTML_CONTEXT_TABLE,
    HTML_CONTEXT_SVG,
    HTML_CONTEXT_MATH,
    HTML_CONTEXT_SVG_STYLE,
    HTML_CONTEXT_SVG_POINT,  /* foreignObject, desc, title: HTML again */
    HTML_CONTEXT_MATH_POINT, /* mi, mtext ..., annotation-xml: HTML again */
    HTML_CONTEXT_COUNT
};

enum html_read {
    HTML_READ_URL,
    HTML_READ_OWN, /* a URL that is fetched of the document's own origin only */
    HTML_READ_SRCSET,
    HTML_READ_SPACES,  /* URLs between white space */
    HTML_READ_COMMAS,  /* URLs between commas */
    HTML_READ_STYLE,   /* CSS */
    HTML_READ_REFRESH, /* meta refresh */
    HTML_READ_POLICY,  /* report-uri of a content security policy */
    HTML_READ_LINK,    /* as the rel tokens say */
    HTML_READ_SRCDOC,  /* a document */
    HTML_READ_COUNT
};

struct html_place; /* html_when.h */
/* false: no reference. May change evidence, condition and resource of the draft. */
typedef bool html_when(const struct html_place *place, struct reference *draft);

struct html_rule {
    struct span attribute; /* lower case */
    enum evidence evidence;
    enum resource resource;
    enum condition condition;
    enum html_read read;
    html_when *when; /* NULL: always */
};

struct html_element {
    struct span name;
    uint64_t key;                                    /* the first eight bytes of the name, first lowest */
    enum html_model model;                           /* of its content in HTML */
    enum html_context_kind context, foreign_context; /* opened in HTML; opened inside svg or math */
    bool needs_table;                                /* its start tag means nothing outside of a table */
    /* Bit (c & 31) for each first letter of an attribute that somebody looks at; all others are left out. */
    uint32_t letters;
    const struct html_rule *rules, *svg_rules; /* end with an empty attribute; may be NULL */
};

/* The letters of style, data-* and handlers, which any element may have. */
#define HTML_ELEMENT_LETTERS (1u << ('s' & 31) | 1u << ('d' & 31) | 1u << ('o' & 31))
/* Those of what any element of svg and math may have: see html_element_svg_rules, and font, annotation-xml. */
#define HTML_ELEMENT_FOREIGN_LETTERS                                                                         \
    (HTML_ELEMENT_LETTERS | 1u << ('c' & 31) | 1u << ('e' & 31) | 1u << ('f' & 31) | 1u << ('m' & 31))

/* Never NULL. name.bytes > 0. */
const struct html_element *html_element_find(struct span name);
/*
 * The table: each row where the key of its name says. The factor is such that no two rows meet; when a new one does,
 * another is to be found, by trying.
 */
#define HTML_ELEMENT_PLACES     256u
#define HTML_ELEMENT_PLACE(key) ((key)*UINT64_C(0xcf28e54f3e50e77b) >> 56)
extern const struct html_element html_element_rows[HTML_ELEMENT_PLACES + 1]; /* the last one is "*" */

/* Names come in no order, with a row and without: a branch for either would often be guessed wrong. */
static inline const struct html_element *html_element_of_key(struct span name, uint64_t key)
{
    size_t place = HTML_ELEMENT_PLACE(key);
    const struct html_element *row = &html_element_rows[place];
    size_t same = (row->key == key) & (row->name.bytes == name.bytes);
    if (name.bytes > sizeof key && same)
        same = span_equal_nocase(row->name, name);
    return &html_element_rows[same ? place : HTML_ELEMENT_PLACES];
}

/* html_element_find, quicker: the name is a part of a text. */
static inline const struct html_element *html_element_find_in(struct span text, size_t at, size_t bytes)
{
    struct span name = span_of(text.at + at, bytes);
    uint64_t key;
    if (text.bytes - at < sizeof key || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__)
        return html_element_find(name);
    memcpy(&key, name.at, sizeof key);
    key |=
        UINT64_C(0x2020202020202020); /* no other bytes become the lower-case letters that rows are made of */
    unsigned unused = bytes < sizeof key ? 8 * (unsigned)(sizeof key - bytes) : 0;
    return html_element_of_key(name, key << unused >> unused);
}

/* Attributes of any svg element that may hold url(): presentation attributes. */
const struct html_rule *html_element_svg_rules(void);

#endif
