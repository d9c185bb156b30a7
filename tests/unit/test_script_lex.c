// SPDX-License-Identifier: MIT
/* Scripts put together at random: tokens cover them without a gap, and what was passed by does not change where one ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "3_extract/script_lex.h"

#define COUNT(a)    (sizeof(a) / sizeof *(a))
#define ROUND_COUNT 20000
#define PIECES_MAX  40
#define TEXT_BYTES  4096

static const char *const pieces[] = {
    "\"",       "'",         "`",        "/",
    "<",        "\\",        "\n",       "\r",
    "//",       "/*",        "*/",       "/**/",
    "/* \" */", "<!--",      "-->",      "return ",
    "typeof",   "a",         "$1",       "(",
    ")",        "[",         "]",        "}",
    "=",        ",",         ";",        " ",
    "\\\"",     "\\\\",      "\\\n",     "'b//'",
    "\"/*\"",   "`\n${c}'`", "/[/\"]/g", "/d\\/e/",
    "f/",       "\xc3\xa6",  "'g\n",     "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
};

/* The same token, by a lexer that has seen nothing before it. */
static void check_token(const struct script_lexer *token)
{
    struct script_lexer fresh;
    script_lex_init(&fresh, token->text);
    fresh.end = token->start;
    assert_true(script_lex_next(&fresh));
    if (fresh.place != token->place || fresh.end != token->end || fresh.is_closed > token->is_closed)
        fail_msg("at %zu: to %zu, not %zu\n%.*s", token->start, token->end, fresh.end, SPAN_ARG(token->text));
    struct span literal = script_lex_literal(token->text, token->start);
    if (token->place == SCRIPT_STRING && token->is_closed)
        assert_true(literal.at == token->text.at + token->start + 1 &&
                    literal.bytes == token->end - token->start - 2);
    else
        assert_null(literal.at);
}

static void test_random(void **state)
{
    (void)state;
    uint32_t random = 1;
    size_t place_count[SCRIPT_PATTERN + 1] = {0};
    for (size_t i = 0; i < ROUND_COUNT; i++) {
        char room[TEXT_BYTES];
        size_t bytes = 0, end = 0;
        for (size_t k = 0; k < 1 + i % PIECES_MAX; k++) {
            random = random * 1664525u + 1013904223u;
            struct span piece = span_of_string(pieces[(random >> 16) % COUNT(pieces)]);
            memcpy(room + bytes, piece.at, piece.bytes);
            bytes += piece.bytes;
        }
        char *text = malloc(bytes); /* of its size, so that a byte read behind the end is seen */
        assert_non_null(text);
        memcpy(text, room, bytes);
        struct script_lexer lexer;
        script_lex_init(&lexer, span_of(text, bytes));
        while (script_lex_next(&lexer)) {
            assert_true(lexer.start == end && lexer.end > end && lexer.end <= bytes);
            check_token(&lexer);
            place_count[lexer.place]++;
            end = lexer.end;
        }
        assert_int_equal(end, bytes);
        free(text);
    }
    for (size_t i = 0; i < COUNT(place_count); i++)
        assert_true(place_count[i] > ROUND_COUNT / 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random)};
    return cmocka_run_group_tests_name("script_lex", tests, NULL, NULL);
}
