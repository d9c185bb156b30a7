// SPDX-License-Identifier: MIT
/*
 * css_token.h - CSS as tokens.
 *
 * In:     the bytes of a style sheet, a <style> element or a style attribute
 * Out:    one token after the other; names and values still with their escapes
 * Owns:   nothing: spans point into the text
 * Limits: none: every token takes at least one byte
 * Errors: none: every byte string is CSS
 * Source: CSS Syntax Module Level 3, section 4 (numbers and units are one token; only what holds a URL is
 * told apart)
 */
#ifndef EXTRACT_CSS_TOKEN_H
#define EXTRACT_CSS_TOKEN_H

#include "base/arena.h"

enum css_token_type {
    CSS_END,
    CSS_BLANK,
    CSS_IDENT,
    CSS_FUNCTION,   /* name without "(" */
    CSS_AT_KEYWORD, /* name without "@" */
    CSS_STRING,     /* without quotes */
    CSS_URL,        /* unquoted url( ): what stands between, trimmed */
    CSS_BAD,        /* bad string or bad url */
    CSS_OTHER,      /* number, hash, CDO, CDC, any other character: `mark` tells it */
};
struct css_token {
    enum css_token_type type;
    struct span text;
    char mark;    /* CSS_OTHER: the character, such as { } ( ) [ ] ; : , */
    bool escaped; /* text holds backslashes */
    size_t at;
};

/* The token at *at, which moves behind it. */
struct css_token css_token_next(struct span text, size_t *at);
/* Is its name, escapes decoded, that one? ASCII case-insensitive; `name` is lower case. */
bool css_token_is(const struct css_token *token, struct span name);
/* The text with its escapes decoded (in the arena); .at NULL when the arena is full. */
struct span css_token_value(const struct css_token *token, struct arena *arena);

#endif
