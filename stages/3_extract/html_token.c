// SPDX-License-Identifier: MIT
#include "3_extract/html_token.h"

#include "3_extract/html_class.h"
#include "3_extract/html_content.h"

const uint8_t html_class_table[256] = {
    ['\t'] = HTML_CLASS_SPACE, ['\n'] = HTML_CLASS_SPACE, ['\f'] = HTML_CLASS_SPACE,
    ['\r'] = HTML_CLASS_SPACE, [' '] = HTML_CLASS_SPACE,  ['/'] = HTML_CLASS_SLASH,
    ['>'] = HTML_CLASS_CLOSE,  ['='] = HTML_CLASS_EQUALS,
};

void html_token_init(struct html_tokenizer *tokenizer, struct span text)
{
    *tokenizer = (struct html_tokenizer){.text = text};
}

void html_token_enter(struct html_tokenizer *tokenizer, enum html_model model)
{
    tokenizer->model = model;
}

const struct html_attribute *html_token_attribute(const struct html_token *token, struct span name)
{
    for (size_t i = 0; i < token->attribute_count; i++)
        if (span_equal_nocase(token->attributes[i].name, name))
            return &token->attributes[i];
    return NULL;
}

static const char *skip(const char *p, const char *end, unsigned classes)
{
    while (p < end && html_class_is(*p, classes))
        p++;
    return p;
}

static const char *skip_to(const char *p, const char *end, unsigned classes)
{
    while (p < end && !html_class_is(*p, classes))
        p++;
    return p;
}

/* p: behind "=". Returns where attributes go on, NULL at the end of input. */
static const char *read_value(const char *p, const char *end, struct span *value)
{
    p = skip(p, end, HTML_CLASS_SPACE);
    if (p == end)
        return NULL;
    if (*p == '"' || *p == '\'') {
        const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
        if (!close)
            return NULL;
        *value = span_of(p + 1, (size_t)(close - p - 1));
        return close + 1;
    }
    const char *close = skip_to(p, end, HTML_CLASS_VALUE_END);
    *value = span_of(p, (size_t)(close - p));
    return close;
}

/* A letter's bit in element->letters; other characters share bits with letters, which costs a comparison later. */
static uint32_t letter_of(char c)
{
    return 1u << (c & 31);
}

/* p: behind the tag name. Returns what is behind the tag, NULL when the input ends inside. */
static const char *read_attributes(const char *p, const char *end, uint32_t letters, struct html_token *token)
{
    token->attribute_count = 0;
    for (;;) {
        const char *gap = p;
        p = skip(p, end, HTML_CLASS_GAP);
        if (p == end)
            return NULL;
        if (*p == '>') {
            token->self_closing = p > gap && p[-1] == '/';
            return p + 1;
        }
        const char *name = p;
        p = skip_to(p + 1, end, HTML_CLASS_ATTRIBUTE_END); /* a first '=' belongs to the name */
        struct html_attribute attribute = {span_of(name, (size_t)(p - name)), span_of(p, 0)};
        p = skip(p, end, HTML_CLASS_SPACE);
        if (p < end && *p == '=' && !(p = read_value(p + 1, end, &attribute.value)))
            return NULL;
        if ((letters & letter_of(*name)) && token->attribute_count < LIMIT_ATTRIBUTES)
            token->attributes[token->attribute_count++] = attribute;
    }
}

/* at: the first letter of the name. A tag that the end of input cuts is none. */
static bool read_tag(struct html_tokenizer *t, size_t at, enum html_token_kind kind, struct html_token *out)
{
    const char *name = t->text.at + at, *end = t->text.at + t->text.bytes;
    const char *p = skip_to(name, end, HTML_CLASS_NAME_END);
    out->kind = kind;
    out->text = span_of(name, (size_t)(p - name));
    out->element = html_element_find(out->text);
    uint32_t letters = 0;
    if (kind == HTML_TOKEN_START) {
        letters = out->element->letters | (t->is_foreign ? HTML_ELEMENT_FOREIGN_LETTERS : 0);
        letters = t->wants_all_attributes ? UINT32_MAX : letters;
        t->last_start = out->text;
    }
    p = read_attributes(p, end, letters, out);
    t->at = p ? (size_t)(p - t->text.at) : t->text.bytes;
    return p;
}

static bool emit_text(struct html_token *out, struct span text, size_t from, size_t to, enum html_model model)
{
    out->kind = HTML_TOKEN_TEXT;
    out->text = span_of(text.at + from, to - from);
    out->model = model;
    out->attribute_count = 0;
    return to > from;
}

static size_t behind(struct span text, char c, size_t from)
{
    size_t at = span_find(text, c, from);
    return at + (at < text.bytes);
}

static size_t cdata_end(struct span text, size_t from)
{
    return span_find_span(text, SPAN("]]>"), from);
}

size_t html_token_content_end(const struct html_tokenizer *t)
{
    switch (t->model) {
    case HTML_RCDATA:
    case HTML_RAWTEXT:
        return html_content_end(t->text, t->at, t->last_start);
    case HTML_SCRIPT:
        return html_content_script_end(t->text, t->at);
    case HTML_CDATA:
        return cdata_end(t->text, t->at);
    case HTML_DATA:
    case HTML_PLAINTEXT:
        break;
    }
    return t->text.bytes;
}

/* false: there was no text; the end tag is read next. */
static bool read_content(struct html_tokenizer *t, struct html_token *out)
{
    enum html_model model = t->model;
    size_t from = t->at, to = html_token_content_end(t);
    bool brackets = model == HTML_CDATA && to < t->text.bytes;
    t->at = to + (brackets ? 3 : 0);
    t->model = HTML_DATA;
    return emit_text(out, t->text, from, to, model) && (model != HTML_CDATA || t->wants_text);
}

/* at: the '!' of "<!". 13.2.5.42; DOCTYPE and bogus comments both end at the first '>'. */
static void skip_declaration(struct html_tokenizer *t, size_t at)
{
    struct span rest = span_from(t->text, at + 1);
    if (span_starts(rest, SPAN("--"))) {
        t->at = html_content_comment_end(t->text, at + 3);
    } else if (t->is_foreign && span_starts(rest, SPAN("[CDATA["))) {
        t->at = at + 8;
        t->model = HTML_CDATA;
    } else {
        t->at = behind(t->text, '>', at + 1);
    }
}

/* lt: a '<' that begins something. false: what it began makes no token. */
static bool read_markup(struct html_tokenizer *t, size_t lt, struct html_token *out)
{
    const char *p = t->text.at + lt + 1;
    if (ascii_is_alpha(*p))
        return read_tag(t, lt + 1, HTML_TOKEN_START, out);
    if (*p == '/' && ascii_is_alpha(p[1]))
        return read_tag(t, lt + 2, HTML_TOKEN_END, out);
    if (*p == '!') {
        skip_declaration(t, lt + 1);
        return false;
    }
    t->at = behind(t->text, '>', lt + 2);
    if (*p != '?')
        return false;
    size_t close = t->at - (t->text.at[t->at - 1] == '>');
    out->kind = HTML_TOKEN_INSTRUCTION;
    out->text = span_of(p + 1, close - lt - 2);
    p = skip_to(p + 1, t->text.at + close, HTML_CLASS_NAME_END);
    read_attributes(p, t->text.at + t->at, UINT32_MAX, out);
    return true;
}

static bool begins_markup(struct span text, size_t lt)
{
    if (lt + 1 >= text.bytes)
        return false;
    char c = text.at[lt + 1];
    return ascii_is_alpha(c) || c == '!' || c == '?' || (c == '/' && lt + 2 < text.bytes);
}

/* 13.2.5.1, data state. false: nothing to tell yet, or the end. */
static bool read_data(struct html_tokenizer *t, struct html_token *out)
{
    size_t run = t->at, lt = span_find(t->text, '<', run);
    while (lt < t->text.bytes && !begins_markup(t->text, lt))
        lt = span_find(t->text, '<', lt + 1);
    if (t->wants_text && lt > run) {
        t->at = lt;
        return emit_text(out, t->text, run, lt, HTML_DATA);
    }
    if (lt < t->text.bytes)
        return read_markup(t, lt, out);
    t->at = lt;
    return false;
}

bool html_token_next(struct html_tokenizer *t, struct html_token *out)
{
    while (t->at < t->text.bytes)
        if (t->model == HTML_DATA ? read_data(t, out) : read_content(t, out))
            return true;
    return false;
}
