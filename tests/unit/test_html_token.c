// SPDX-License-Identifier: MIT
/*
 * test_html_token.c - the tokenizer, which looks at marked blocks of 64 bytes, against one that looks at each byte: the same tokens
 * of thousands of texts made of telling pieces, with tags across the ends of blocks and windows. And what skips_quiet
 * leaves out matters to nobody.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "3_extract/html_class.h"
#include "3_extract/html_content.h"
#include "3_extract/html_lazy.h"
#include "3_extract/html_program.h"
#include "base/arena.h"
#include "base/buf.h"

#define TEXT_COUNT 6000

struct token_list {
    struct html_token *items;
    size_t *ends; /* `at` behind each */
    size_t count, capacity, end_capacity;
};

static size_t skip_all(struct span s, size_t at, unsigned classes)
{
    while (at < s.bytes && html_class_is(s.at[at], classes))
        at++;
    return at;
}

static size_t skip_to(struct span s, size_t at, unsigned classes)
{
    while (at < s.bytes && !html_class_is(s.at[at], classes))
        at++;
    return at;
}

/* at: behind "=". 0: the text ends inside. */
static size_t plain_value(struct span s, size_t at, struct span *value)
{
    at = skip_all(s, at, HTML_CLASS_SPACE);
    if (at == s.bytes)
        return 0;
    if (s.at[at] == '"' || s.at[at] == '\'') {
        size_t close = span_find(s, s.at[at], at + 1);
        *value = span_of(s.at + at + 1, close - at - 1);
        return close < s.bytes ? close + 1 : 0;
    }
    size_t end = skip_to(s, at, HTML_CLASS_VALUE_END);
    *value = span_of(s.at + at, end - at);
    return end;
}

/* at: behind a name. Returns what is behind the tag, 0 when the text ends inside. */
static size_t plain_attributes(struct span s, size_t at, struct html_token *out)
{
    out->attribute_count = 0;
    for (;;) {
        size_t gap = at;
        at = skip_all(s, at, HTML_CLASS_GAP);
        if (at == s.bytes)
            return 0;
        if (s.at[at] == '>') {
            out->self_closing = at > gap && s.at[at - 1] == '/';
            return at + 1;
        }
        size_t name = at;
        at = skip_to(s, at + 1, HTML_CLASS_ATTRIBUTE_END);
        struct html_attribute attribute = {span_of(s.at + name, at - name), span_of(s.at + at, 0)};
        at = skip_all(s, at, HTML_CLASS_SPACE);
        if (at < s.bytes && s.at[at] == '=' && !(at = plain_value(s, at + 1, &attribute.value)))
            return 0;
        if (out->attribute_count < LIMIT_ATTRIBUTES)
            out->attributes[out->attribute_count++] = attribute;
    }
}

/* lt: a '<'. false: no token begins there; *at is where to go on. */
static bool plain_markup(struct span s, size_t lt, size_t *at, bool *cdata, struct html_token *out)
{
    char c = lt + 1 < s.bytes ? s.at[lt + 1] : ' ', d = lt + 2 < s.bytes ? s.at[lt + 2] : ' ';
    bool closing = c == '/' && lt + 2 < s.bytes;
    size_t name = lt + 1 + closing, behind = span_find(s, '>', lt + 2);
    behind += behind < s.bytes;
    bool may_be_cdata = *cdata;
    *at = lt + 1;
    *cdata = false;
    if (ascii_is_alpha(closing ? d : c)) {
        size_t end = skip_to(s, name, HTML_CLASS_NAME_END);
        out->kind = closing ? HTML_TOKEN_END : HTML_TOKEN_START;
        out->text = span_of(s.at + name, end - name);
        out->element = html_element_find(out->text);
        size_t rest = plain_attributes(s, end, out);
        *at = rest ? rest : s.bytes;
        out->attribute_count = closing ? 0 : out->attribute_count; /* nobody asks for those of end tags */
        return rest;
    }
    if (c == '!' && span_starts(span_from(s, lt + 2), SPAN("--")))
        *at = html_content_comment_end(s, lt + 4);
    else if (c == '!' && may_be_cdata && span_starts(span_from(s, lt + 2), SPAN("[CDATA[")))
        *at = lt + 9;
    else if (c == '!' || c == '?' || closing)
        *at = behind;
    *cdata = may_be_cdata && c == '!' && span_starts(span_from(s, lt + 2), SPAN("[CDATA["));
    if (c != '?')
        return false;
    size_t close = *at - (s.at[*at - 1] == '>');
    out->kind = HTML_TOKEN_INSTRUCTION;
    out->text = span_of(s.at + lt + 2, close - lt - 2);
    size_t end = skip_to(span_first(s, close), lt + 2, HTML_CLASS_NAME_END);
    plain_attributes(span_first(s, *at), end, out);
    return true;
}

/* Where the content of an element ends, from behind its start tag on; no text: from. */
static size_t plain_content_end(struct span s, size_t from, const struct html_token *start)
{
    enum html_model model = start->element->model;
    if (model == HTML_RCDATA || model == HTML_RAWTEXT)
        return html_content_end(s, from, start->text);
    return model == HTML_SCRIPT ? html_content_script_end(s, from) : model == HTML_PLAINTEXT ? s.bytes : from;
}

static void add(struct token_list *list, const struct html_token *token, size_t end, struct arena *arena)
{
    size_t count = list->count;
    size_t *room_end = ARENA_PUSH(arena, list->ends, count, list->end_capacity);
    struct html_token *room = ARENA_PUSH(arena, list->items, list->count, list->capacity);
    assert_true(room && room_end);
    *room = *token;
    *room_end = end;
}

static void tokens_plain(struct span s, bool foreign, struct token_list *out, struct arena *arena)
{
    static struct html_token token;
    for (size_t at = 0, lt; (lt = span_find(s, '<', at)) < s.bytes;) {
        bool cdata = foreign, found = plain_markup(s, lt, &at, &cdata, &token);
        if (cdata) {
            at = span_find_span(s, SPAN("]]>"), at);
            at += at < s.bytes ? 3 : 0;
        }
        if (!found)
            continue;
        add(out, &token, at, arena);
        if (token.kind == HTML_TOKEN_START)
            at = plain_content_end(s, at, &token);
    }
}

/* Without the texts, which are what is between. */
static void tokens_of(struct html_tokenizer tokenizer, struct token_list *out, struct arena *arena)
{
    static struct html_token token;
    while (html_token_next(&tokenizer, &token)) {
        if (token.kind != HTML_TOKEN_TEXT)
            add(out, &token, tokenizer.at, arena);
        if (token.kind == HTML_TOKEN_START)
            html_token_enter(&tokenizer, token.element->model);
    }
}

static bool is_same_span(struct span a, struct span b)
{
    return a.at == b.at && a.bytes == b.bytes;
}

static bool is_same(const struct html_token *a, const struct html_token *b)
{
    bool is_tag = a->kind != HTML_TOKEN_INSTRUCTION;
    if (a->kind != b->kind || !is_same_span(a->text, b->text) || a->attribute_count != b->attribute_count ||
        (is_tag && (a->element != b->element || a->self_closing != b->self_closing)))
        return false;
    for (size_t i = 0; i < a->attribute_count; i++)
        if (!is_same_span(a->attributes[i].name, b->attributes[i].name) ||
            !is_same_span(a->attributes[i].value, b->attributes[i].value))
            return false;
    return true;
}

/* A tag that html_scan.c does nothing for, in HTML. */
static bool is_of_no_matter(const struct html_token *token)
{
    const struct html_element *element = token->element;
    bool is_start = token->kind == HTML_TOKEN_START;
    struct html_rule rule;
    if (token->kind == HTML_TOKEN_INSTRUCTION || element->context || element->foreign_context ||
        (is_start && element->model != HTML_DATA))
        return false;
    for (size_t i = 0; is_start && i < token->attribute_count; i++) {
        const struct html_attribute *attribute = &token->attributes[i];
        if (span_equal_nocase(attribute->name, SPAN("style")) || html_program_is_handler(attribute->name) ||
            html_lazy_rule(element, attribute, &rule) ||
            (span_equal(element->name, SPAN("base")) && span_equal_nocase(attribute->name, SPAN("href"))))
            return false;
        for (const struct html_rule *own = element->rules; own && own->attribute.bytes; own++)
            if (span_equal_nocase(attribute->name, own->attribute))
                return false;
    }
    return true;
}

static const char *const pieces[] = {
    "<p>",
    "</p>",
    "<td nowrap>",
    "<TD>",
    "<a href=\"b\">",
    "</a>",
    "<div class='a>b'>",
    "</div x='>'>",
    "<img src=a>",
    "<img src = 'a' SRC=b/>",
    "<br/>",
    "<br / >",
    "<a b=c/d/e>",
    "<a b=\"c",
    "<a b='<p>'>",
    "<a <b>",
    "<a=b>",
    "<a =b>",
    "<a ==>",
    "<a b= >",
    "<a b=>",
    "<a b",
    "<a",
    "<",
    "</",
    "<>",
    "</>",
    "< p>",
    "<1>",
    "</ p>",
    "<!",
    "<!>",
    "<!-->",
    "<!--->",
    "<!-- <p> -->",
    "<!--x--!>",
    "<!--",
    "-->",
    "<!doctype html>",
    "<![CDATA[",
    "]]>",
    "<?xml a=b?>",
    "<?",
    "<?a b",
    "<script>",
    "</script>",
    "<script",
    "<!--<script>",
    "</script ",
    "<style>a{}",
    "</style>",
    "</STYLE/>",
    "<title>",
    "</title>",
    "<textarea><p></textarea>",
    "<svg>",
    "</svg>",
    "<table background=x>",
    "<tr bgcolor=x>",
    "<base href=x>",
    "<p style=a>",
    "<p data-src=/a>",
    "<p data-x=b>",
    "<p data-x='//a/b'>",
    "<p onload=f()>",
    "<p onclick=f()>",
    "<link>",
    "<link rel=icon href=x>",
    "<annotation-xml encoding=x>",
    "<annotation-xmk>",
    "<foreignobjec>",
    "<p",
    "<plaintex>",
    ">",
    "\"",
    "'",
    "=",
    "/",
    " ",
    "\t",
    "\r\n",
    "\f",
    "x",
    "xxxxxxx",
    "&amp;",
    "\x80\xff",
};

static void add_piece(struct buf *text, unsigned random)
{
    static const unsigned runs[] = {1, 30, 50, 60, 64, 900, 960, 1000, 1024};
    if (random % 16 == 0) {
        for (unsigned i = 0; i < runs[random / 16 % (sizeof runs / sizeof *runs)]; i++)
            buf_add(text, SPAN("y"));
    } else if (random % 16 == 1) {
        buf_add(text, span_of("\0<\0", 3));
    } else {
        buf_add(text, span_of_string(pieces[random / 16 % (sizeof pieces / sizeof *pieces)]));
    }
}

static void compare(struct span text, bool foreign, struct arena *arena)
{
    struct token_list plain = {0}, all = {0}, kept = {0}, loud = {0};
    struct html_tokenizer tokenizer;
    html_token_init(&tokenizer, text);
    tokenizer.is_foreign = foreign;
    tokens_of(tokenizer, &kept, arena);
    tokenizer.wants_all_attributes = true;
    tokens_of(tokenizer, &all, arena);
    tokens_plain(text, foreign, &plain, arena);
    assert_int_equal(all.count, plain.count);
    for (size_t i = 0; i < all.count; i++) {
        assert_true(is_same(&all.items[i], &plain.items[i]));
        assert_int_equal(all.ends[i], plain.ends[i]);
    }
    html_token_init(&tokenizer, text);
    tokenizer.is_foreign = foreign;
    tokenizer.skips_quiet = true;
    tokens_of(tokenizer, &loud, arena);
    size_t k = 0;
    for (size_t i = 0; i < kept.count; i++) {
        bool here = k < loud.count && is_same(&kept.items[i], &loud.items[k]);
        assert_true(here || (!foreign && is_of_no_matter(&all.items[i])));
        k += here;
    }
    assert_int_equal(k, loud.count);
}

static void test_pieces(void **state)
{
    struct arena arena;
    struct buf text;
    uint64_t random = 1;
    (void)state;
    arena_init(&arena, 256u << 20);
    for (int i = 0; i < TEXT_COUNT; i++) {
        arena_reset(&arena);
        buf_init(&text, 1u << 20);
        for (int n = 1 + i % 40; n > 0; n--) {
            random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            add_piece(&text, (unsigned)(random >> 33));
        }
        assert_int_equal(text.err, 0);
        /* in a block of its own, so that reading behind its end is seen */
        struct span whole = buf_span(&text);
        char *exact = malloc(whole.bytes);
        assert_non_null(exact);
        memcpy(exact, whole.at, whole.bytes);
        compare(span_of(exact, whole.bytes), i % 3 == 0, &arena);
        free(exact);
        buf_free(&text);
    }
    arena_free(&arena);
}

/* Every row of the table is found by its name, in any case, and by nothing that is longer or shorter. */
static void test_elements(void **state)
{
    (void)state;
    size_t row_count = 0;
    for (size_t i = 0; i < HTML_ELEMENT_PLACES; i++) {
        const struct html_element *row = &html_element_rows[i];
        char upper[32] = {0};
        if (!row->name.bytes)
            continue;
        row_count++;
        for (size_t n = 0; n < row->name.bytes; n++)
            upper[n] = ascii_is_alpha(row->name.at[n]) ? (char)(row->name.at[n] & ~0x20) : row->name.at[n];
        struct span whole = span_of(upper, sizeof upper);
        assert_ptr_equal(html_element_find(row->name), row);
        assert_ptr_equal(html_element_find_in(whole, 0, row->name.bytes), row);
        assert_string_equal(html_element_find_in(whole, 0, row->name.bytes + 1)->name.at, "*");
    }
    assert_true(row_count > 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pieces), cmocka_unit_test(test_elements)};
    return cmocka_run_group_tests_name("html_token", tests, NULL, NULL);
}
