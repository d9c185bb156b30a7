// SPDX-License-Identifier: MIT
/*
 * script_lex.h - what a byte of a script stands in: code, a string, a comment; private to 3_extract and its tests.
 *
 *   f("a//b"); // "c"      f( "a//b" ); // "c"      code, string, code, comment
 *
 * In:     the text of a script; offsets that do not fall
 * Out:    the token around an offset
 * Owns:   nothing
 * Limits: none; time grows with the text, not with the number of offsets
 * Errors: none. Where a slash may divide or begin a regular expression, what is before it decides; a template is a string
 *         to its next backtick
 * Source: ECMAScript, 12 and B.1.1 (HTML-like comments)
 */
#ifndef EXTRACT_SCRIPT_LEX_H
#define EXTRACT_SCRIPT_LEX_H

#include "base/scan.h"

enum script_place { SCRIPT_CODE, SCRIPT_STRING, SCRIPT_COMMENT, SCRIPT_PATTERN };
struct script_lexer {
    struct span text;
    enum script_place place;
    size_t start, end;     /* of the token; strings with their quotes */
    bool is_closed;        /* a string: its last byte is its quote */
    struct scan_walk walk; /* over the bytes that begin or end something */
};

void script_lex_init(struct script_lexer *lexer, struct span text);
/* Moves to the token around `at`, which is in the text and not before the token. */
void script_lex_to(struct script_lexer *lexer, size_t at);
/* The token behind this one; false at the end. */
bool script_lex_next(struct script_lexer *lexer);
/* What is between the quotes of the string at `at`, which may be of any kind; .at NULL when none begins there or ends. */
struct span script_lex_literal(struct span text, size_t at);

static inline bool script_lex_is_name(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '_' || c == '$' || c & 0x80;
}

#endif
