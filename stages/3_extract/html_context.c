// SPDX-License-Identifier: MIT
#include "3_extract/html_context.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

void html_context_init(struct html_context *context)
{
    context->count = context->overflow_count = context->inert_count = 0;
}

static const struct html_context_entry *top(const struct html_context *context)
{
    return context->count ? &context->entries[context->count - 1] : NULL;
}

enum html_context_kind html_context_foreign(const struct html_context *context)
{
    const struct html_context_entry *entry = top(context);
    enum html_context_kind kind = entry ? entry->kind : HTML_CONTEXT_NONE;
    bool foreign = kind == HTML_CONTEXT_SVG || kind == HTML_CONTEXT_MATH || kind == HTML_CONTEXT_SVG_STYLE;
    return foreign ? kind : HTML_CONTEXT_NONE;
}

const struct html_context_entry *html_context_find(const struct html_context *context,
                                                   enum html_context_kind kind)
{
    for (size_t i = context->count; i-- > 0;)
        if (context->entries[i].kind == kind)
            return &context->entries[i];
    return NULL;
}

static void pop(struct html_context *context)
{
    const struct html_context_entry *entry = &context->entries[--context->count];
    context->inert_count -= entry->kind == HTML_CONTEXT_TEMPLATE && entry->marked;
}

/*
 * Start tags that cannot stand in svg or math, 13.2.6.5. So their end tags close what is outside, and with it the svg that was
 * left open; those of table cells and rows are taken to do so, too.
 */
static bool breaks_out(const struct html_token *tag)
{
    static const char *const closed[] = {
        "b",    "big",    "blockquote", "center", "code", "dd",    "div",  "dl", "dt",   "em",
        "h1",   "h2",     "h3",         "h4",     "h5",   "h6",    "i",    "li", "menu", "listing",
        "nobr", "ol",     "pre",        "ruby",   "s",    "small", "span", "tt", "sub",  "strong",
        "sup",  "strike", "u",          "ul",     "var",  "table", "br",   "p",
    };
    static const char *const started[] = {"body", "embed", "head", "hr", "img", "meta"};
    static const char *const ended[] = {"td", "th", "tr", "tbody", "thead", "tfoot", "caption"};
    if (span_is_one_of(tag->text, closed, COUNT(closed)))
        return true;
    if (tag->kind == HTML_TOKEN_END)
        return span_is_one_of(tag->text, ended, COUNT(ended));
    return span_is_one_of(tag->text, started, COUNT(started)) ||
           (span_equal_nocase(tag->text, SPAN("font")) &&
            (html_token_attribute(tag, SPAN("color")) || html_token_attribute(tag, SPAN("face")) ||
             html_token_attribute(tag, SPAN("size"))));
}

void html_context_leave(struct html_context *context, const struct html_token *tag)
{
    if (html_context_foreign(context) != HTML_CONTEXT_NONE && breaks_out(tag))
        while (html_context_foreign(context) != HTML_CONTEXT_NONE)
            pop(context);
}

/* 13.2.6.4.7, "in body": parse error, ignore the token. In a template they are no errors. */
bool html_context_drops(const struct html_context *context, const struct html_token *tag)
{
    return tag->element->needs_table && html_context_foreign(context) == HTML_CONTEXT_NONE &&
           !html_context_find(context, HTML_CONTEXT_TABLE) &&
           !html_context_find(context, HTML_CONTEXT_TEMPLATE);
}

static bool has(const struct html_token *tag, struct span name)
{
    return html_token_attribute(tag, name) != NULL;
}

/* 13.2.6.4.4: such a template becomes a shadow root, whose content is shown. */
static bool is_inert(const struct html_token *tag)
{
    const struct html_attribute *mode = html_token_attribute(tag, SPAN("shadowrootmode"));
    return !mode ||
           !(span_equal_nocase(mode->value, SPAN("open")) || span_equal_nocase(mode->value, SPAN("closed")));
}

static bool is_html_annotation(const struct html_token *tag)
{
    const struct html_attribute *encoding = html_token_attribute(tag, SPAN("encoding"));
    return encoding && (span_equal_nocase(encoding->value, SPAN("text/html")) ||
                        span_equal_nocase(encoding->value, SPAN("application/xhtml+xml")));
}

static enum html_context_kind kind_opened(const struct html_context *context, const struct html_token *tag)
{
    static const enum html_context_kind parents[HTML_CONTEXT_COUNT] = {
        [HTML_CONTEXT_SVG] = HTML_CONTEXT_SVG,         [HTML_CONTEXT_SVG_STYLE] = HTML_CONTEXT_SVG,
        [HTML_CONTEXT_SVG_POINT] = HTML_CONTEXT_SVG,   [HTML_CONTEXT_MATH] = HTML_CONTEXT_MATH,
        [HTML_CONTEXT_MATH_POINT] = HTML_CONTEXT_MATH,
    };
    const struct html_element *element = tag->element;
    enum html_context_kind foreign = html_context_foreign(context), kind = element->foreign_context;
    if (foreign == HTML_CONTEXT_NONE) {
        bool empty = tag->self_closing &&
                     (element->context == HTML_CONTEXT_SVG || element->context == HTML_CONTEXT_MATH);
        return empty ? HTML_CONTEXT_NONE : element->context;
    }
    if (tag->self_closing || parents[kind] != foreign)
        return HTML_CONTEXT_NONE;
    bool is_annotation = span_equal(element->name, SPAN("annotation-xml"));
    return is_annotation && !is_html_annotation(tag) ? HTML_CONTEXT_NONE : kind;
}

static bool is_marked(enum html_context_kind kind, const struct html_token *tag)
{
    switch (kind) {
    case HTML_CONTEXT_MEDIA:
        return has(tag, SPAN("src"));
    case HTML_CONTEXT_OBJECT:
        return has(tag, SPAN("data"));
    case HTML_CONTEXT_TEMPLATE:
        return is_inert(tag);
    default:
        return false;
    }
}

void html_context_open(struct html_context *context, const struct html_token *tag)
{
    struct html_context_entry *last = context->count ? &context->entries[context->count - 1] : NULL;
    if (last && last->kind == HTML_CONTEXT_PICTURE && span_equal(tag->element->name, SPAN("source")))
        last->marked |= has(tag, SPAN("srcset"));
    if (tag->element->context == HTML_CONTEXT_NONE && tag->element->foreign_context == HTML_CONTEXT_NONE)
        return;
    enum html_context_kind kind = kind_opened(context, tag);
    if (kind == HTML_CONTEXT_NONE)
        return;
    if (context->count == LIMIT_HTML_CONTEXT) {
        context->overflow_count++;
        return;
    }
    struct html_context_entry entry = {tag->element, kind, is_marked(kind, tag)};
    context->inert_count += kind == HTML_CONTEXT_TEMPLATE && entry.marked;
    context->entries[context->count++] = entry;
}

/* An end tag inside does not reach what is outside of these. */
static bool is_boundary(enum html_context_kind kind)
{
    return kind == HTML_CONTEXT_TEMPLATE || kind == HTML_CONTEXT_SVG_POINT || kind == HTML_CONTEXT_MATH_POINT;
}

void html_context_close(struct html_context *context, const struct html_token *tag)
{
    if (tag->element->context == HTML_CONTEXT_NONE && tag->element->foreign_context == HTML_CONTEXT_NONE)
        return;
    if (context->overflow_count) {
        context->overflow_count--;
        return;
    }
    for (size_t i = context->count; i-- > 0;) {
        const struct html_context_entry *entry = &context->entries[i];
        if (entry->element == tag->element) {
            while (context->count > i)
                pop(context);
            return;
        }
        if (is_boundary(entry->kind))
            return;
    }
}
