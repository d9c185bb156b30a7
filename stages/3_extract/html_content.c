// SPDX-License-Identifier: MIT
#include "3_extract/html_content.h"

#include "3_extract/html_class.h"

/* "</script>", "</script " or "</script/" - with a slash or, for "<script", without */
static bool is_tag(struct span text, size_t at, struct span name)
{
    return text.bytes - at > name.bytes && html_class_is(text.at[at + name.bytes], HTML_CLASS_NAME_END) &&
           span_equal_nocase(span_of(text.at + at, name.bytes), name);
}

size_t html_content_end(struct span text, size_t from, struct span name)
{
    for (size_t lt = span_find(text, '<', from); lt + 1 < text.bytes; lt = span_find(text, '<', lt + 1))
        if (text.at[lt + 1] == '/' && is_tag(text, lt + 2, name))
            return lt;
    return text.bytes;
}

static bool is_comment_start(struct span text, size_t at)
{
    return span_starts(span_from(text, at), SPAN("<!--"));
}

/*
 * The states "script data escaped" and "script data double escaped": from behind "<!--" to behind "-->", or to the end
 * tag that is met outside of a "<script>" inside. *ended tells which.
 */
static size_t escaped_end(struct span text, size_t at, bool *ended)
{
    struct span script = SPAN("script");
    size_t dash_count = 2; /* those of "<!--" count: "<!-->" is complete */
    bool twice = false;
    *ended = false;
    for (; at < text.bytes; at++) {
        char c = text.at[at];
        if (c == '-') {
            dash_count++;
            continue;
        }
        if (c == '>' && dash_count >= 2)
            return at + 1;
        dash_count = 0;
        if (c != '<')
            continue;
        bool closing = at + 1 < text.bytes && text.at[at + 1] == '/';
        if (!is_tag(text, at + 1 + closing, script))
            continue;
        if (closing && !twice) {
            *ended = true;
            return at;
        }
        twice = !closing;
    }
    return text.bytes;
}

size_t html_content_script_end(struct span text, size_t from)
{
    bool ended;
    for (size_t lt = span_find(text, '<', from); lt < text.bytes; lt = span_find(text, '<', lt)) {
        if (is_comment_start(text, lt)) {
            lt = escaped_end(text, lt + 4, &ended);
            if (ended)
                return lt;
        } else if (lt + 1 < text.bytes && text.at[lt + 1] == '/' && is_tag(text, lt + 2, SPAN("script"))) {
            return lt;
        } else {
            lt++;
        }
    }
    return text.bytes;
}

size_t html_content_comment_end(struct span text, size_t from)
{
    const char *s = text.at;
    for (size_t gt = span_find(text, '>', from); gt < text.bytes; gt = span_find(text, '>', gt + 1)) {
        size_t n = gt - from;
        bool abrupt = n == 0 || (n == 1 && s[gt - 1] == '-');
        bool plain = n >= 2 && s[gt - 1] == '-' && s[gt - 2] == '-';
        bool bang = n >= 3 && s[gt - 1] == '!' && s[gt - 2] == '-' && s[gt - 3] == '-';
        if (abrupt || plain || bang)
            return gt + 1;
    }
    return text.bytes;
}
