// SPDX-License-Identifier: MIT
/*
 * css_name.h - the names in CSS that decide what is fetched; private to 3_extract.
 *
 * In:     a token with a name, perhaps with escapes
 * Out:    what it means for URLs
 * Owns:   nothing
 * Limits: none
 * Errors: none: any other name is an ordinary one
 * Source: evidence.md 5.3
 */
#ifndef EXTRACT_CSS_NAME_H
#define EXTRACT_CSS_NAME_H

#include "3_extract/css_token.h"

/* What an at-rule means for URLs in its prelude and in its block; STYLE: no at-rule. */
enum css_rule {
    CSS_NAME_STYLE,
    CSS_NAME_IMPORT,
    CSS_NAME_FONT_FACE,
    CSS_NAME_CONDITION,
    CSS_NAME_GROUP,
    CSS_NAME_LAYER,
    CSS_NAME_NO_FETCH
};
/* What the strings in a function are. */
enum css_function { CSS_NAME_OTHER, CSS_NAME_URL, CSS_NAME_IMAGE_SET };

enum css_rule css_name_rule(const struct css_token *keyword);
enum css_function css_name_function(const struct css_token *function);
/* Properties of old browsers only. */
bool css_name_is_legacy(const struct css_token *property);

#endif
