// SPDX-License-Identifier: MIT
/*
 * css.h - what a style sheet makes a browser fetch.
 *
 * In:     CSS text, the URL it is resolved against
 * Out:    references: @import D1 (D2 with conditions), url() D2 rule, @font-face src D2 font, image-set() D2 candidate;
 *         CSS_INLINE (a style attribute): url() D1
 * Owns:   nothing
 * Limits: LIMIT_REFERENCES, LIMIT_NESTING
 * Errors: ERR_MEMORY
 * Source: CSS Syntax Module 3, section 4 (tokenizer); evidence.md 5.3
 */
#ifndef EXTRACT_CSS_H
#define EXTRACT_CSS_H

#include "3_extract/reference.h"

enum css_place { CSS_SHEET, CSS_INLINE };

/* `at` is added to each reference's offset; `element` names where the text stood ("style", "css", "link"). */
enum err css_scan(struct span text, const struct url *base, enum css_place place, const char *element,
                  size_t at, struct arena *arena, struct reference_list *out) MUST_CHECK;

#endif
