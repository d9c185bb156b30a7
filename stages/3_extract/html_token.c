// SPDX-License-Identifier: MIT
#include "3_extract/html_token.h"

#include "3_extract/html_class.h"
#include "3_extract/html_content.h"
#include "3_extract/html_tag.h"

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
        if (token->attributes[i].name.bytes == name.bytes &&
            span_equal_nocase(token->attributes[i].name, name))
            return &token->attributes[i];
    return NULL;
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
        return html_tag_read(t, lt + 1, false, out);
    if (*p == '/' && ascii_is_alpha(p[1]))
        return html_tag_read(t, lt + 2, true, out);
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
    size_t end = lt + 2;
    while (end < close && !html_class_is(t->text.at[end], HTML_CLASS_NAME_END))
        end++;
    html_tag_read_attributes(t, span_first(t->text, t->at), end, out);
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
    if (t->skips_quiet && !t->is_foreign && html_tag_find(t, out))
        return true;
    size_t run = t->at, lt = html_marks_next(&t->marks, t->text, HTML_MARK_OPEN, run);
    while (lt < t->text.bytes && !begins_markup(t->text, lt))
        lt = html_marks_next(&t->marks, t->text, HTML_MARK_OPEN, lt + 1);
    lt = lt < t->text.bytes ? lt : t->text.bytes;
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
