// SPDX-License-Identifier: MIT
#include "7_report/html.h"

#include "7_report/text.h"

#include <assert.h>

static bool is_name(const char *name)
{
    if (!ascii_is_alpha(name[0]))
        return false;
    for (; *name; name++)
        if (!ascii_is_alpha(*name) && !ascii_is_digit(*name) && *name != '-')
            return false;
    return true;
}

static bool is_void(const char *element)
{
    static const char *const names[] = {"meta", "br"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(element, names[i]))
            return true;
    return false;
}

/* These make a browser run or fetch something: no page of ours has them. */
static bool is_active(const char *element)
{
    static const char *const names[] = {"script", "iframe", "object", "embed", "img", "link", "base", "form"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(element, names[i]))
            return true;
    return false;
}

void html_init(struct html *html, struct buf *out, bool is_page)
{
    *html = (struct html){.out = out};
    if (is_page)
        buf_add_string(out, "<!DOCTYPE html>\n");
}

void html_finish(struct html *html)
{
    assert(html->depth == 0);
    buf_add_char(html->out, '\n');
}

static void end_tag_head(struct html *html)
{
    if (html->in_tag)
        buf_add_char(html->out, '>');
    html->in_tag = false;
}

/* A line break where white space is not seen keeps the files readable and their differences small. */
static bool starts_line(const char *element)
{
    static const char *const names[] = {
        "html", "head",  "meta",  "title", "style", "body",   "header", "main",    "nav", "footer",
        "h1",   "h2",    "h3",    "p",     "ul",    "ol",     "li",     "dl",      "dt",  "dd",
        "div",  "table", "thead", "tbody", "tr",    "figure", "svg",    "section", "g"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(element, names[i]))
            return true;
    return false;
}

void html_open(struct html *html, const char *element, const char *class_name)
{
    assert(is_name(element) && !is_active(element) && html->depth < HTML_DEPTH);
    assert(!html->depth || !is_void(html->open[html->depth - 1]));
    end_tag_head(html);
    if (starts_line(element) && html->depth)
        buf_add_char(html->out, '\n');
    buf_add_char(html->out, '<');
    buf_add_string(html->out, element);
    html->open[html->depth++] = element;
    html->in_tag = true;
    if (class_name)
        html_set(html, "class", class_name);
}

static void add_escaped(struct buf *out, uint32_t c)
{
    switch (c) {
    case '&':
        buf_add_string(out, "&amp;");
        break;
    case '<':
        buf_add_string(out, "&lt;");
        break;
    case '>':
        buf_add_string(out, "&gt;");
        break;
    case '"':
        buf_add_string(out, "&quot;");
        break;
    case '\'':
        buf_add_string(out, "&#39;");
        break;
    default:
        text_add(out, c);
    }
}

static void escape(struct html *html, struct span text)
{
    while (text.bytes)
        add_escaped(html->out, text_next(&text));
}

/* A first segment with a colon is a scheme; two slashes or a backslash lead to another host. */
static bool is_relative(struct span href)
{
    for (size_t i = 0; i < href.bytes; i++) {
        char c = href.at[i];
        if (c == ':' || c == '\\' || (unsigned char)c <= ' ')
            return false;
        if (c == '/' || c == '#' || c == '?')
            return c != '/' || i > 0;
    }
    return true;
}

void html_attribute(struct html *html, const char *name, struct span value)
{
    assert(html->in_tag && is_name(name));
    assert(!span_starts(span_of_string(name), SPAN("on")) && strcmp(name, "src") && strcmp(name, "style"));
    if (!strcmp(name, "href") && !is_relative(value))
        value = SPAN("#");
    buf_add_char(html->out, ' ');
    buf_add_string(html->out, name);
    buf_add_string(html->out, "=\"");
    escape(html, value);
    buf_add_char(html->out, '"');
}

void html_set(struct html *html, const char *name, const char *value)
{
    html_attribute(html, name, span_of_string(value));
}

void html_close(struct html *html)
{
    assert(html->depth > 0);
    end_tag_head(html);
    const char *element = html->open[--html->depth];
    if (is_void(element))
        return;
    buf_add_string(html->out, "</");
    buf_add_string(html->out, element);
    buf_add_char(html->out, '>');
}

void html_text(struct html *html, struct span text)
{
    assert(html->depth && !is_void(html->open[html->depth - 1]));
    end_tag_head(html);
    escape(html, text);
}

void html_string(struct html *html, const char *text)
{
    html_text(html, span_of_string(text));
}

void html_fill(struct html *html, const char *pattern, const struct span *arguments, size_t count)
{
    struct span rest = span_of_string(pattern);
    size_t used = 0;
    for (size_t at; (at = span_find_span(rest, SPAN("{}"), 0)) < rest.bytes; rest = span_from(rest, at + 2)) {
        html_text(html, span_first(rest, at));
        assert(used < count);
        html_text(html, arguments[used++]);
    }
    html_text(html, rest);
    assert(used == count);
}

void html_style(struct html *html, const char *css)
{
    assert(!strstr(css, "</"));
    html_open(html, "style", NULL);
    end_tag_head(html);
    buf_add_string(html->out, css);
    html_close(html);
}

void html_element(struct html *html, const char *element, const char *class_name, struct span text)
{
    html_open(html, element, class_name);
    html_text(html, text);
    html_close(html);
}

void html_element_string(struct html *html, const char *element, const char *class_name, const char *text)
{
    html_element(html, element, class_name, span_of_string(text));
}

void html_link(struct html *html, struct span href, struct span text)
{
    html_open(html, "a", NULL);
    html_attribute(html, "href", href);
    html_text(html, text);
    html_close(html);
}
