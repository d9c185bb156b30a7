// SPDX-License-Identifier: MIT
/* The basic URL parser; each function is one or a few of the standard's states, named beside it. */
#include "3_extract/url_internal.h"

#include "base/limits.h"

static const struct {
    struct span name;
    int port;
} special_schemes[] = {
    {{"https", 5}, 443},
    {{"http", 4},  80 },
    {{"file", 4},  -1 },
    {{"wss", 3},   443},
    {{"ws", 2},    80 },
    {{"ftp", 3},   21 },
};

bool url_scheme_is_special(struct span scheme, int *default_port)
{
    *default_port = -1;
    for (size_t i = 0; i < sizeof special_schemes / sizeof *special_schemes; i++)
        if (span_equal(scheme, special_schemes[i].name)) {
            *default_port = special_schemes[i].port;
            return true;
        }
    return false;
}

static bool is_scheme_byte(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '+' || c == '-' || c == '.';
}

/* Length of the scheme before its colon, 0 when there is none. */
static size_t find_scheme(struct span text)
{
    size_t at = 0;
    while (at < text.bytes && is_scheme_byte(text.at[at]))
        at++;
    return at && at < text.bytes && text.at[at] == ':' && ascii_is_alpha(text.at[0]) ? at : 0;
}

static struct span written_from(const struct url_parser *p, size_t start)
{
    return span_of(p->out.at + start, p->out.bytes - start);
}

static bool starts_with(const struct url_parser *p, struct span prefix)
{
    return span_starts(span_from(p->in, p->at), prefix);
}

static bool is_opaque(const struct url *url)
{
    return !url->host.at && (!url->path.bytes || url->path.at[0] != '/');
}

static void set_scheme(struct url_parser *p, struct span scheme)
{
    int port;
    url_encode_plain(&p->out, scheme);
    p->url->scheme = written_from(p, 0);
    for (size_t i = 0; i < p->out.bytes; i++)
        p->out.at[i] = ascii_lower(p->out.at[i]);
    p->url->special = url_scheme_is_special(p->url->scheme, &port);
    p->file = span_equal(p->url->scheme, SPAN("file"));
    url_encode_plain(&p->out, SPAN(":"));
}

/* Authority state. */
static void parse_credentials(struct url_parser *p, struct span text)
{
    size_t colon = span_find(text, ':', 0), start = p->out.bytes;
    url_encode_add(&p->out, span_first(text, colon), URL_SET_USERINFO);
    p->url->username = written_from(p, start);
    if (colon + 1 < text.bytes) {
        url_encode_plain(&p->out, SPAN(":"));
        start = p->out.bytes;
        url_encode_add(&p->out, span_from(text, colon + 1), URL_SET_USERINFO);
        p->url->password = written_from(p, start);
    }
    if (p->url->username.bytes || p->url->password.bytes)
        url_encode_plain(&p->out, SPAN("@"));
}

/* Port state. */
static enum err parse_port(struct url_parser *p, struct span text)
{
    unsigned port = 0;
    int default_port;
    for (size_t i = 0; i < text.bytes; i++) {
        if (!ascii_is_digit(text.at[i]) || (port = port * 10 + (unsigned)(text.at[i] - '0')) > 65535)
            return ERR_URL;
    }
    url_scheme_is_special(p->url->scheme, &default_port);
    if (!text.bytes || (int)port == default_port)
        return ERR_OK;
    char digits[6] = ":";
    size_t bytes = 1;
    for (unsigned unit = 10000; unit; unit /= 10)
        if (port >= unit || unit == 1)
            digits[bytes++] = (char)('0' + port / unit % 10);
    url_encode_plain(&p->out, span_of(digits, bytes));
    p->url->port = (int)port;
    return ERR_OK;
}

static enum err parse_host(struct url_parser *p, struct span text)
{
    size_t start = p->out.bytes;
    TRY(url_host_parse(p, text));
    p->url->host = written_from(p, start);
    return ERR_OK;
}

/* Authority, host and port states, and path start state. p->at is behind the slashes. */
static enum err parse_authority(struct url_parser *p)
{
    size_t end = url_path_next_end(p, p->at);
    struct span text = span_of(p->in.at + p->at, end - p->at);
    size_t sign = span_find_last(text, '@');
    struct span host = sign < text.bytes ? span_from(text, sign + 1) : text;
    url_encode_plain(&p->out, SPAN("//"));
    if (sign < text.bytes)
        parse_credentials(p, span_first(text, sign));
    size_t bracket = host.bytes && host.at[0] == '[' ? span_find(host, ']', 0) : 0;
    size_t colon = span_find(host, ':', bracket);
    struct span port = span_from(host, colon + 1);
    bool may_be_empty = !p->url->special && sign == text.bytes && colon == host.bytes;
    if (colon == 0 && !may_be_empty)
        return ERR_URL;
    TRY(parse_host(p, span_first(host, colon)));
    TRY(parse_port(p, port));
    p->at = end;
    url_path_parse(p, p->out.bytes);
    return ERR_OK;
}

static void skip_slashes(struct url_parser *p)
{
    while (url_is_slash(p, p->at))
        p->at++;
}

/* "//user:password@host:port" of the base, as far as it has it. */
static void copy_authority(struct url_parser *p)
{
    const struct url *base = p->base;
    struct span *to[] = {&p->url->username, &p->url->password, &p->url->host};
    const struct span from[] = {base->username, base->password, base->host};
    if (!base->host.at)
        return;
    size_t start = base->scheme.bytes + 1, end = (size_t)(base->path.at - base->href.at);
    for (int i = 0; i < 3; i++)
        if (from[i].at)
            *to[i] = span_of(p->out.at + p->out.bytes + (from[i].at - base->href.at) - start, from[i].bytes);
    url_encode_plain(&p->out, span_of(base->href.at + start, end - start));
    p->url->port = base->port;
}

static void copy_path(struct url_parser *p, size_t start)
{
    url_encode_plain(&p->out, p->base->path);
    p->url->path = written_from(p, start);
}

/* A reference that is only a query or a fragment keeps the base's path, and the query if it has none itself.
 */
static void finish_with_base_path(struct url_parser *p)
{
    if (!p->url->host.at && span_starts(p->base->path, SPAN("//")))
        url_encode_plain(&p->out, SPAN("/."));
    copy_path(p, p->out.bytes);
    if (p->base->query.at && !starts_with(p, SPAN("?"))) {
        url_encode_plain(&p->out, SPAN("?"));
        size_t start = p->out.bytes;
        url_encode_plain(&p->out, p->base->query);
        p->url->query = written_from(p, start);
    }
    url_path_parse_rest(p);
}

static bool has_no_path(const struct url_parser *p)
{
    return p->at == p->in.bytes || p->in.at[p->at] == '?' || p->in.at[p->at] == '#';
}

/* Relative and relative slash states. */
static enum err parse_relative(struct url_parser *p)
{
    if (url_is_slash(p, p->at) && url_is_slash(p, p->at + 1)) {
        if (p->url->special)
            skip_slashes(p);
        else
            p->at += 2;
        return parse_authority(p);
    }
    copy_authority(p);
    if (has_no_path(p)) {
        finish_with_base_path(p);
        return ERR_OK;
    }
    size_t start = p->out.bytes;
    if (!url_is_slash(p, p->at)) {
        copy_path(p, start);
        url_path_shorten(p, start);
    }
    url_path_parse(p, start);
    return ERR_OK;
}

static void add_empty_host(struct url_parser *p)
{
    url_encode_plain(&p->out, SPAN("//"));
    p->url->host = written_from(p, p->out.bytes);
}

/* File host state. p->at is behind the two slashes. */
static enum err parse_file_host(struct url_parser *p)
{
    size_t end = url_path_next_end(p, p->at);
    struct span text = span_of(p->in.at + p->at, end - p->at);
    add_empty_host(p);
    if (text.bytes && !url_path_is_drive(text)) {
        TRY(parse_host(p, text));
        p->at = end;
    }
    url_path_parse(p, p->out.bytes);
    return ERR_OK;
}

/* File and file slash states. */
static enum err parse_file(struct url_parser *p)
{
    const struct url *base = p->base && span_equal(p->base->scheme, SPAN("file")) ? p->base : NULL;
    bool slash = url_is_slash(p, p->at);
    if (slash && url_is_slash(p, p->at + 1)) {
        p->at += 2;
        return parse_file_host(p);
    }
    if (base)
        copy_authority(p);
    else
        add_empty_host(p);
    if (base && has_no_path(p)) {
        finish_with_base_path(p);
        return ERR_OK;
    }
    size_t start = p->out.bytes;
    if (base && !url_path_starts_with_drive(span_from(p->in, p->at + slash))) {
        bool drive = base->path.bytes >= 3 && url_path_starts_with_drive(span_from(base->path, 1));
        if (slash) {
            url_encode_plain(&p->out, span_first(base->path, drive ? 3 : 0));
        } else {
            copy_path(p, start);
            url_path_shorten(p, start);
        }
    }
    url_path_parse(p, start);
    return ERR_OK;
}

/* Scheme state, with the special and non-special ways out of it. */
static enum err parse_after_scheme(struct url_parser *p)
{
    if (p->file)
        return parse_file(p);
    bool slashes = starts_with(p, SPAN("//"));
    if (p->url->special) {
        if (p->base && !slashes && span_equal(p->base->scheme, p->url->scheme))
            return parse_relative(p);
        skip_slashes(p);
        return parse_authority(p);
    }
    if (slashes) {
        p->at += 2;
        return parse_authority(p);
    }
    if (starts_with(p, SPAN("/")))
        url_path_parse(p, p->out.bytes);
    else
        url_path_parse_opaque(p);
    return ERR_OK;
}

/* No scheme state. */
static enum err parse_without_scheme(struct url_parser *p)
{
    if (!p->base || (is_opaque(p->base) && !starts_with(p, SPAN("#"))))
        return ERR_URL;
    set_scheme(p, p->base->scheme);
    if (is_opaque(p->base)) {
        finish_with_base_path(p);
        return ERR_OK;
    }
    return p->file ? parse_file(p) : parse_relative(p);
}

/* The text was built in scratch memory; its final place is what is free again behind the caller's things. */
static enum err settle(struct url_parser *p, struct arena_mark mark)
{
    struct url *url = p->url;
    struct span *parts[] = {&url->scheme, &url->username, &url->password, &url->host,
                            &url->path,   &url->query,    &url->fragment};
    arena_back_to(p->arena, mark);
    char *at = arena_bytes(p->arena, p->out.bytes);
    if (!at)
        return ERR_MEMORY;
    memmove(at, p->out.at, p->out.bytes);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i]->at)
            parts[i]->at = at + (parts[i]->at - p->out.at);
    url->href = span_of(at, p->out.bytes);
    return ERR_OK;
}

enum err url_state_parse(struct span text, const struct url *base, struct arena *arena, struct url *out)
{
    struct arena_mark mark = arena_mark(arena);
    struct url_parser p = {.base = base, .arena = arena, .url = out};
    *out = (struct url){.port = -1};
    enum err err = url_encode_clean(text, arena, &p.in);
    p.out.at = err ? NULL : arena_bytes(arena, LIMIT_URL_BYTES);
    if (!p.out.at)
        return ERR_MEMORY;
    size_t scheme = find_scheme(p.in);
    if (scheme) {
        set_scheme(&p, span_first(p.in, scheme));
        p.at = scheme + 1;
        err = parse_after_scheme(&p);
    } else {
        err = parse_without_scheme(&p);
    }
    if (!err && p.out.full)
        err = ERR_TOO_LARGE;
    if (!err)
        return settle(&p, mark);
    arena_back_to(arena, mark);
    return err;
}
