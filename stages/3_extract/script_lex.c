// SPDX-License-Identifier: MIT
#include "3_extract/script_lex.h"

static const struct scan_set telling = SCAN_SET(0, '"', '\'', '`', '/', '<', '\\', '\n', '\r');

static bool is_quote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Behind the quote that ends the string at `at`. One that does not end on its line was none. */
static size_t end_of_string(struct scan_walk *walk, size_t at, bool *is_closed)
{
    struct span s = walk->text;
    char quote = s.at[at];
    *is_closed = false;
    scan_walk_to(walk, at + 1);
    while ((at = scan_walk_next(walk)) < s.bytes) {
        if (s.at[at] == '\\') {
            scan_walk_to(walk, at + 2);
        } else if (s.at[at] == quote) {
            *is_closed = true;
            return at + 1;
        } else if (quote != '`' && is_line_end(s.at[at])) {
            return at;
        }
    }
    return s.bytes;
}

static size_t end_of_line(struct scan_walk *walk, size_t at)
{
    scan_walk_to(walk, at);
    do
        at = scan_walk_next(walk);
    while (at < walk->text.bytes && !is_line_end(walk->text.at[at]));
    return at;
}

static size_t end_of_comment(struct span s, size_t at)
{
    size_t close = span_find_span(s, SPAN("*/"), at + 2);
    return close < s.bytes ? close + 2 : s.bytes;
}

static size_t end_of_pattern(struct span s, size_t at)
{
    bool in_class = false;
    for (at++; at < s.bytes && !is_line_end(s.at[at]); at++) {
        if (s.at[at] == '\\')
            at++;
        else if (s.at[at] == '[')
            in_class = true;
        else if (s.at[at] == ']')
            in_class = false;
        else if (s.at[at] == '/' && !in_class)
            return at + 1;
    }
    return at < s.bytes ? at : s.bytes;
}

/* A value before a slash makes it divide; an operator or a word that wants a value does not. */
static bool may_begin_pattern(struct span s, size_t at)
{
    static const char *const words[] = {"return", "typeof", "case",       "in",   "of",
                                        "delete", "void",   "instanceof", "else", "do"};
    while (at && (s.at[at - 1] == ' ' || s.at[at - 1] == '\t' || is_line_end(s.at[at - 1])))
        at--;
    if (!at)
        return true;
    char c = s.at[at - 1];
    if (!script_lex_is_name(c))
        return c != ')' && c != ']' && c != '}' && c != '/' && !is_quote(c);
    size_t first = at;
    while (first && script_lex_is_name(s.at[first - 1]) && at - first < 16)
        first--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (span_equal(span_of(s.at + first, at - first), span_of_string(words[i])))
            return true;
    return false;
}

static bool begins(struct span s, size_t at, struct span what)
{
    return span_starts(span_from(s, at), what);
}

/* What begins at `at`, if not more code. */
static enum script_place place_at(struct span s, size_t at)
{
    char c = s.at[at];
    if (is_quote(c))
        return SCRIPT_STRING;
    if (c == '/' && (begins(s, at, SPAN("//")) || begins(s, at, SPAN("/*"))))
        return SCRIPT_COMMENT;
    if (c == '<' && begins(s, at, SPAN("<!--")))
        return SCRIPT_COMMENT;
    return c == '/' && may_begin_pattern(s, at) ? SCRIPT_PATTERN : SCRIPT_CODE;
}

/* Code goes on to what begins a token of another kind. */
static size_t end_of_code(struct scan_walk *walk, size_t at)
{
    struct span s = walk->text;
    scan_walk_to(walk, at + 1);
    do
        at = scan_walk_next(walk);
    while (at < s.bytes && (s.at[at] == '\\' || is_line_end(s.at[at]) || place_at(s, at) == SCRIPT_CODE));
    return at;
}

void script_lex_init(struct script_lexer *lexer, struct span text)
{
    *lexer = (struct script_lexer){.text = text, .walk = scan_walk_of(scan_way_at(0), text, &telling, 0)};
}

bool script_lex_next(struct script_lexer *lexer)
{
    struct span s = lexer->text;
    size_t at = lexer->end;
    lexer->start = at;
    if (at == s.bytes)
        return false;
    lexer->place = place_at(s, at);
    switch (lexer->place) {
    case SCRIPT_STRING:
        lexer->end = end_of_string(&lexer->walk, at, &lexer->is_closed);
        break;
    case SCRIPT_COMMENT:
        lexer->end = begins(s, at, SPAN("/*")) ? end_of_comment(s, at) : end_of_line(&lexer->walk, at);
        break;
    case SCRIPT_PATTERN:
        lexer->end = end_of_pattern(s, at);
        break;
    case SCRIPT_CODE:
        lexer->end = end_of_code(&lexer->walk, at);
        break;
    }
    return true;
}

void script_lex_to(struct script_lexer *lexer, size_t at)
{
    while (lexer->end <= at && script_lex_next(lexer))
        ;
}

struct span script_lex_literal(struct span text, size_t at)
{
    bool is_closed = false;
    if (at >= text.bytes || !is_quote(text.at[at]))
        return SPAN_NONE;
    struct scan_walk walk = scan_walk_of(scan_way_at(0), text, &telling, at + 1);
    size_t end = end_of_string(&walk, at, &is_closed);
    return is_closed ? span_of(text.at + at + 1, end - at - 2) : SPAN_NONE;
}
