// SPDX-License-Identifier: MIT
/*
 * html_when.h - the conditions of the element table, one function each; private to 3_extract.
 *
 * In:     a start tag and what it stands in, the draft of the reference its attribute makes
 * Out:    whether there is a reference at all; its evidence, condition and resource corrected
 * Owns:   nothing
 * Limits: -
 * Errors: none; when the arena is full values read as absent, and arena->full tells
 * Source: evidence.md 5.2, column "notes"; HTML standard, 4.2.4 (link), 4.12.1 (script)
 */
#ifndef EXTRACT_HTML_WHEN_H
#define EXTRACT_HTML_WHEN_H

#include "3_extract/html_charset.h"
#include "3_extract/html_context.h"

struct html_place {
    const struct html_context *context;
    const struct html_token *tag;
    enum html_charset charset;
    struct arena *arena;
};

/* Value of an attribute: UTF-8, references resolved. .at NULL when absent. */
struct span html_place_value(const struct html_place *place, struct span attribute);
struct span html_place_decode(const struct html_place *place, struct span raw);

html_when html_when_image, html_when_image_button, html_when_image_preload, html_when_media,
    html_when_in_media, html_when_in_picture, html_when_track, html_when_frame, html_when_in_frameset,
    html_when_lazy, html_when_object, html_when_control, html_when_param, html_when_script,
    html_when_svg_script, html_when_no_href, html_when_other_document, html_when_refresh, html_when_policy;

/* false: a type that is not CSS, which no browser applies. */
bool html_when_is_css(struct span type);

/* What rel token number `row` of the table makes of a link's href; false when it is not in rel, the link's. */
bool html_when_link(const struct html_place *place, struct span rel, size_t row, struct reference *draft);
size_t html_when_link_rows(void);

/* Only under that condition: D2. True, so that a row's function can end with it. */
bool html_when_weaken(struct reference *draft, enum condition condition);

#endif
