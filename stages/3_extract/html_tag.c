// SPDX-License-Identifier: MIT
#include "3_extract/html_tag.h"

#include "3_extract/html_class.h"
#include "3_extract/html_lazy.h"
#include "3_extract/html_program.h"

/* A tag on its way. */
struct reading {
    struct html_tokenizer *tokenizer;
    struct html_token *token;
    struct span text;
    uint32_t letters; /* of the attributes that are kept */
    bool is_told;     /* the tag, with these or without, may matter */
};

static bool is_class(struct span text, size_t at, unsigned classes)
{
    return at < text.bytes && html_class_is(text.at[at], classes);
}

static size_t skip(struct span text, size_t at, unsigned classes)
{
    while (is_class(text, at, classes))
        at++;
    return at;
}

/* text.bytes: there is none. */
static size_t find(const struct reading *r, enum html_mark kind, size_t at)
{
    size_t found = html_marks_next(&r->tokenizer->marks, r->text, kind, at);
    return found < r->text.bytes ? found : r->text.bytes;
}

/* at: behind "=". Returns where attributes go on, 0 at the end of input. */
static size_t read_value(const struct reading *r, size_t at, struct span *value)
{
    struct span text = r->text;
    at = skip(text, at, HTML_CLASS_SPACE);
    if (at == text.bytes)
        return 0;
    char c = text.at[at];
    if (c == '"' || c == '\'') {
        size_t close = find(r, c == '"' ? HTML_MARK_DOUBLE : HTML_MARK_SINGLE, at + 1);
        *value = span_of(text.at + at + 1, close - at - 1);
        return close < text.bytes ? close + 1 : 0;
    }
    size_t end = find(r, HTML_MARK_END, at);
    while (end < text.bytes && !html_class_is(text.at[end], HTML_CLASS_VALUE_END))
        end = find(r, HTML_MARK_END, end + 1);
    *value = span_of(text.at + at, end - at);
    return end;
}

/* A letter's bit in element->letters; other characters share bits with letters, which costs a comparison later. */
static uint32_t letter_of(char c)
{
    return 1u << (c & 31);
}

/* Style, and what html_lazy_rule and html_program_is_handler look for: seen by the name, and perhaps the value. */
static bool may_tell_anywhere(const struct html_attribute *attribute)
{
    struct span name = attribute->name;
    switch (letter_of(name.at[0])) {
    case 1u << ('s' & 31):
        return name.bytes == 5;
    case 1u << ('d' & 31):
        return html_lazy_may_tell(attribute);
    case 1u << ('o' & 31):
        return html_program_is_handler(name);
    default:
        return false;
    }
}

/*
 * All rules of an element ask for an attribute of their own before they look at others: a tag without any says nothing.
 * The names need not be compared to the end: a tag too many is no harm.
 */
static bool may_tell(const struct html_element *element, const struct html_attribute *attribute)
{
    if (may_tell_anywhere(attribute))
        return true;
    if (!element->rules)
        return element->letters != HTML_ELEMENT_LETTERS;
    for (const struct html_rule *rule = element->rules; rule->attribute.bytes; rule++)
        if (rule->attribute.bytes == attribute->name.bytes &&
            letter_of(rule->attribute.at[0]) == letter_of(attribute->name.at[0]))
            return true;
    return false;
}

static void keep(struct reading *r, const struct html_attribute *attribute)
{
    struct html_token *token = r->token;
    if (token->attribute_count == LIMIT_ATTRIBUTES)
        return;
    token->attributes[token->attribute_count++] = *attribute;
    r->is_told = r->is_told || may_tell(token->element, attribute);
}

/* at: behind the tag name. Returns what is behind the tag, 0 when the input ends inside. */
static size_t read_attributes(struct reading *r, size_t at)
{
    struct span text = r->text;
    r->token->attribute_count = 0;
    for (;;) {
        size_t gap = at;
        at = skip(text, at, HTML_CLASS_GAP);
        if (at == text.bytes)
            return 0;
        if (text.at[at] == '>') {
            r->token->self_closing = at > gap && text.at[at - 1] == '/';
            return at + 1;
        }
        size_t name = at;
        at = find(r, HTML_MARK_END, at + 1); /* a first '=' belongs to the name */
        struct html_attribute attribute = {span_of(text.at + name, at - name), span_of(text.at + at, 0)};
        at = skip(text, at, HTML_CLASS_SPACE);
        if (at < text.bytes && text.at[at] == '=' && !(at = read_value(r, at + 1, &attribute.value)))
            return 0;
        if (r->letters & letter_of(text.at[name]))
            keep(r, &attribute);
    }
}

static inline size_t name_end(const struct reading *r, size_t at)
{
    size_t end = find(r, HTML_MARK_END, at);
    while (end < r->text.bytes && r->text.at[end] == '=') /* which belongs to the name */
        end = find(r, HTML_MARK_END, end + 1);
    return end;
}

/*
 * A tag that matters whatever its attributes are: of an element that changes what its content means, or how it is read.
 * Start tags and end tags come in no order, hence no branches.
 */
static bool is_loud(const struct html_element *element, bool closing)
{
    unsigned of_start = (unsigned)element->model & ((unsigned)closing - 1u);
    return (unsigned)element->context | (unsigned)element->foreign_context | of_start;
}

static uint32_t letters_of(const struct html_tokenizer *t, const struct html_token *token)
{
    if (token->kind != HTML_TOKEN_START)
        return 0;
    uint32_t foreign = t->is_foreign ? HTML_ELEMENT_FOREIGN_LETTERS : 0;
    return t->wants_all_attributes ? UINT32_MAX : token->element->letters | foreign;
}

/* at, end: of the name. Returns what is behind the tag, 0: cut. */
static size_t read_rest(struct reading *r, size_t at, size_t end, bool closing)
{
    struct html_token *token = r->token;
    token->kind = closing ? HTML_TOKEN_END : HTML_TOKEN_START;
    token->text = span_of(r->text.at + at, end - at);
    r->letters = letters_of(r->tokenizer, token);
    return read_attributes(r, end);
}

bool html_tag_read(struct html_tokenizer *t, size_t at, bool closing, struct html_token *out)
{
    struct reading r = {.tokenizer = t, .token = out, .text = t->text, .is_told = true};
    size_t end = name_end(&r, at);
    out->element = html_element_find(span_of(t->text.at + at, end - at));
    size_t behind = read_rest(&r, at, end, closing);
    t->at = behind ? behind : t->text.bytes;
    if (!behind)
        return false;
    t->tag_count += !closing;
    if (!closing)
        t->last_start = out->text;
    return true;
}

/* open: a '<'. Returns what is behind its tag, which matters only if r->is_told; 0: it is no tag, or cut. */
static inline size_t pass_tag(struct reading *r, size_t open)
{
    struct span text = r->text;
    if (open + 2 >= text.bytes)
        return 0;
    bool closing = text.at[open + 1] == '/';
    size_t name = open + 1 + closing;
    if (!ascii_is_alpha(text.at[name]))
        return 0;
    size_t end = name_end(r, name);
    if (end == text.bytes)
        return 0;
    const struct html_element *element = html_element_find_in(text, name, end - name);
    r->is_told = is_loud(element, closing);
    if (!r->is_told && text.at[end] == '>')
        return end + 1;
    r->token->element = element;
    return read_rest(r, name, end, closing);
}

/*
 * Goes from one '<' of a block to the next, and not from the end of a tag to the '<' behind it: so the processor can begin with
 * a tag before it is done with the one before.
 */
bool html_tag_find(struct html_tokenizer *t, struct html_token *out)
{
    struct reading r = {.tokenizer = t, .token = out, .text = t->text};
    size_t at = t->at;
    while (at < r.text.bytes) {
        size_t block_at;
        uint64_t opens = html_marks_block(&t->marks, r.text, HTML_MARK_OPEN, at, &block_at);
        size_t window = t->marks.from, next = html_marks_block_end(&t->marks, block_at);
        for (; opens && window == t->marks.from; opens &= opens - 1) {
            size_t open = block_at + (size_t)__builtin_ctzll(opens);
            if (open < at) /* in the tag before */
                continue;
            size_t behind = pass_tag(&r, open);
            t->at = behind ? behind : at;
            if (!behind)
                return false;
            at = behind;
            t->tag_count += r.text.at[open + 1] != '/';
            if (!r.is_told)
                continue;
            if (out->kind == HTML_TOKEN_START)
                t->last_start = out->text;
            return true;
        }
        at = opens || at > next ? at : next;
    }
    t->at = r.text.bytes;
    return false;
}

void html_tag_read_attributes(struct html_tokenizer *t, struct span text, size_t at, struct html_token *out)
{
    struct reading r = {.tokenizer = t, .token = out, .text = text, .letters = UINT32_MAX, .is_told = true};
    read_attributes(&r, at);
}
