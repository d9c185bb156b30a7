// SPDX-License-Identifier: MIT
#include "3_extract/url_internal.h"

size_t url_path_next_end(const struct url_parser *p, size_t at)
{
    while (at < p->in.bytes && p->in.at[at] != '?' && p->in.at[at] != '#' && !url_is_slash(p, at))
        at++;
    return at;
}

bool url_path_is_drive(struct span segment)
{
    return segment.bytes == 2 && ascii_is_alpha(segment.at[0]) &&
           (segment.at[1] == ':' || segment.at[1] == '|');
}

bool url_path_starts_with_drive(struct span text)
{
    return url_path_is_drive(span_first(text, 2)) && (text.bytes == 2 || memchr("/\\?#", text.at[2], 4));
}

void url_path_shorten(struct url_parser *p, size_t start)
{
    struct span path = span_of(p->out.at + start, p->out.bytes - start);
    bool keeps_drive = p->file && path.bytes == 3 && ascii_is_alpha(path.at[1]) && path.at[2] == ':';
    if (path.bytes && !keeps_drive)
        p->out.bytes = start + span_find_last(path, '/');
}

/* 1 for ".", 2 for "..", each dot possibly written %2e; 0 for all else. */
static int count_dots(struct span segment)
{
    int dots = 0;
    while (segment.bytes && dots < 3) {
        bool plain = segment.at[0] == '.';
        if (!plain && !span_starts_nocase(segment, SPAN("%2e")))
            return 0;
        segment = span_from(segment, plain ? 1 : 3);
        dots++;
    }
    return dots < 3 ? dots : 0;
}

static void add_segment(struct url_parser *p, size_t start, struct span segment)
{
    bool drive = p->file && p->out.bytes == start && url_path_is_drive(segment);
    url_encode_plain(&p->out, SPAN("/"));
    url_encode_add(&p->out, segment, URL_SET_PATH);
    if (drive && !p->out.full)
        p->out.at[p->out.bytes - 1] = ':';
}

/* A path that begins with an empty segment would read as an authority: the serialisation puts "/." before it.
 */
static size_t guard_path(struct url_parser *p, size_t start)
{
    bool guard = !p->url->host.at && p->out.bytes > start + 1 && p->out.at[start + 1] == '/';
    if (!guard)
        return start;
    size_t bytes = p->out.bytes - start;
    url_encode_plain(&p->out, SPAN("/."));
    if (p->out.full)
        return start;
    memmove(p->out.at + start + 2, p->out.at + start, bytes);
    memcpy(p->out.at + start, "/.", 2);
    return start + 2;
}

void url_path_parse(struct url_parser *p, size_t start)
{
    bool more = p->url->special || (p->at < p->in.bytes && p->in.at[p->at] != '?' && p->in.at[p->at] != '#');
    if (more && url_is_slash(p, p->at))
        p->at++;
    while (more) {
        size_t end = url_path_next_end(p, p->at);
        struct span segment = span_of(p->in.at + p->at, end - p->at);
        int dots = count_dots(segment);
        more = url_is_slash(p, end);
        p->at = end + more;
        if (dots == 2)
            url_path_shorten(p, start);
        if (dots == 0)
            add_segment(p, start, segment);
        else if (!more)
            add_segment(p, start, SPAN_NONE);
    }
    start = guard_path(p, start);
    p->url->path = span_of(p->out.at + start, p->out.bytes - start);
    url_path_parse_rest(p);
}

void url_path_parse_opaque(struct url_parser *p)
{
    struct span rest = span_from(p->in, p->at);
    size_t hash = span_find(rest, '#', 0);
    struct span text = span_first(rest, span_find(span_first(rest, hash), '?', 0));
    size_t start = p->out.bytes;
    p->at += text.bytes;
    /* A space before "?" or "#" would become the last byte once they are removed, and be trimmed on reading
     * again. */
    bool space = text.bytes && text.at[text.bytes - 1] == ' ' && p->at < p->in.bytes;
    url_encode_add(&p->out, span_first(text, text.bytes - space), URL_SET_C0);
    url_encode_plain(&p->out, space ? SPAN("%20") : SPAN_NONE);
    p->url->path = span_of(p->out.at + start, p->out.bytes - start);
    url_path_parse_rest(p);
}

/* Writes the mark and the text behind it; the span is the text alone. */
static struct span add_marked(struct url_text *out, char mark, struct span text, enum url_set set)
{
    url_encode_plain(out, span_of(&mark, 1));
    size_t start = out->bytes;
    url_encode_add(out, text, set);
    return span_of(out->at + start, out->bytes - start);
}

void url_path_parse_rest(struct url_parser *p)
{
    struct span rest = span_from(p->in, p->at);
    size_t hash = span_find(rest, '#', 0);
    if (rest.bytes && rest.at[0] == '?')
        p->url->query = add_marked(&p->out, '?', span_of(rest.at + 1, hash - 1),
                                   p->url->special ? URL_SET_SPECIAL_QUERY : URL_SET_QUERY);
    if (hash < rest.bytes)
        p->url->fragment = add_marked(&p->out, '#', span_from(rest, hash + 1), URL_SET_FRAGMENT);
    p->at = p->in.bytes;
}
