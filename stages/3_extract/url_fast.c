// SPDX-License-Identifier: MIT
/*
 * The references nearly all pages are made of need no state machine: lower-case scheme and host, no port, a
 * path without dot segments, and only bytes that stand for themselves. Then the serialisation is a prefix of
 * the base and the text.
 */
#include "3_extract/url_internal.h"

#include "base/limits.h"

enum {
    HOST = 1,    /* unchanged in a domain; upper case, ports and credentials are left to the state machine */
    SEGMENT = 2, /* unchanged in a path, and does not end a scheme */
    PATH = 4,    /* as SEGMENT, or a colon */
    QUERY = 8,   /* unchanged in a special query */
    FRAGMENT = 16, /* unchanged in a fragment */
    PERCENT = 32,  /* may begin a coded dot */
    DOT = 64,
    SLASH = 128
};
#define REST (QUERY | FRAGMENT)
#define TEXT (SEGMENT | PATH | REST)
#define ALL  (HOST | TEXT)

// clang-format off
static const uint8_t classes[256] = {
    ['a' ... 'z'] = ALL, ['0' ... '9'] = ALL, ['-'] = ALL, ['_'] = ALL, ['.'] = ALL | DOT, ['A' ... 'Z'] = TEXT,
    ['!'] = TEXT, ['$'] = TEXT, ['&'] = TEXT, ['('] = TEXT, [')'] = TEXT, ['*'] = TEXT, ['+'] = TEXT, [','] = TEXT,
    [';'] = TEXT, ['='] = TEXT, ['@'] = TEXT, ['~'] = TEXT, ['|'] = TEXT, ['['] = TEXT, [']'] = TEXT,
    ['/'] = TEXT | SLASH, ['%'] = TEXT | PERCENT, [':'] = PATH | REST, ['?'] = REST, ['\\'] = REST, ['^'] = REST,
    ['`'] = QUERY, ['{'] = REST, ['}'] = REST, ['\''] = SEGMENT | PATH | FRAGMENT, ['#'] = FRAGMENT,
};
// clang-format on

static unsigned class_at(struct span text, size_t at)
{
    return classes[(unsigned char)text.at[at]];
}

static size_t run(struct span text, size_t at, unsigned class)
{
    while (at < text.bytes && class_at(text, at) & class)
        at++;
    return at;
}

/*
 * Offset behind the path that begins at `from`; SIZE_MAX when it may hold a dot segment. One loop without a
 * branch for dots, which file names are full of.
 */
static size_t scan_path(struct span text, size_t from, unsigned class)
{
    size_t at = from;
    unsigned before = SLASH, seen = 0;
    for (unsigned now; at < text.bytes && (now = class_at(text, at)) & class; at++) {
        seen |= (now & PERCENT) | (now & (before >> 1) & DOT);
        before = now;
    }
    bool dots = seen & DOT;
    if (seen & PERCENT)
        dots = dots || span_has_nocase(span_of(text.at + from, at - from), SPAN("%2e"));
    return dots ? SIZE_MAX : at;
}

/* Offset behind the host. A last label that is empty or begins with a digit may belong to an IPv4 address:
 * *plain. */
static size_t scan_host(struct span text, size_t from, bool *plain)
{
    size_t at = from, label = from;
    for (unsigned now; at < text.bytes && (now = class_at(text, at)) & HOST; at++)
        label = now & DOT ? at + 1 : label;
    *plain = at > label && !ascii_is_digit(text.at[label]);
    return at;
}

/* The serialisation is base[0, base_bytes) text[0, path_at) ["/"] text[path_at, end). */
struct shape {
    size_t base_bytes;
    size_t scheme_bytes, host_at, host_bytes; /* in the text; no host_bytes: all of it is the base's */
    size_t path_at, path_end, query_end;
    bool adds_slash;
};

static bool at_byte(struct span text, size_t at, char c)
{
    return at < text.bytes && text.at[at] == c;
}

/* Where the path begins, and what comes from the base; false: not for us. */
static bool find_start(struct span text, const struct url *base, struct shape *shape)
{
    bool network = base && base->special && base->scheme.at[0] != 'f', plain;
    *shape = (struct shape){0};
    if (text.bytes > 8 && memcmp(text.at, "http", 4) == 0 &&
        memcmp(text.at + 4 + (text.at[4] == 's'), "://", 3) == 0)
        shape->host_at = text.at[4] == 's' ? 8 : 7;
    else if (!network || !text.bytes || text.at[0] == '?' || text.at[0] == '#')
        return false;
    else if (text.at[0] != '/')
        shape->base_bytes = (size_t)(base->path.at - base->href.at) + span_find_last(base->path, '/') + 1;
    else if (!at_byte(text, 1, '/'))
        shape->base_bytes = (size_t)(base->path.at - base->href.at);
    else
        shape->host_at = 2;
    if (!shape->host_at)
        return true;
    shape->scheme_bytes = shape->host_at > 2 ? shape->host_at - 3 : base->scheme.bytes;
    shape->base_bytes = shape->host_at > 2 ? 0 : base->scheme.bytes + 1;
    shape->path_at = scan_host(text, shape->host_at, &plain);
    shape->host_bytes = shape->path_at - shape->host_at;
    shape->adds_slash = !at_byte(text, shape->path_at, '/');
    return plain;
}

static bool find_shape(struct span text, const struct url *base, struct shape *shape)
{
    if (!find_start(text, base, shape))
        return false;
    size_t at = shape->path_at;
    if (!shape->adds_slash)
        at = scan_path(text, at, at_byte(text, at, '/') ? PATH : SEGMENT);
    if (at == SIZE_MAX)
        return false;
    shape->path_end = at;
    if (at_byte(text, at, '?'))
        at = run(text, at + 1, QUERY);
    shape->query_end = at;
    if (at_byte(text, at, '#'))
        at = run(text, at + 1, FRAGMENT);
    return at == text.bytes;
}

/* The same part of `to` that `part` is of `from`. */
static struct span moved(struct span part, struct span from, char *to)
{
    return part.at ? span_of(to + (part.at - from.at), part.bytes) : part;
}

static void set_authority(const struct shape *shape, const struct url *base, char *at, struct url *out)
{
    if (shape->host_bytes) {
        *out = (struct url){.port = -1};
        out->scheme = span_of(at, shape->scheme_bytes);
        out->host = span_of(at + shape->base_bytes + shape->host_at, shape->host_bytes);
        out->path.at = at + shape->base_bytes + shape->path_at;
    } else {
        *out = (struct url){.port = base->port};
        out->scheme = moved(base->scheme, base->href, at);
        out->username = moved(base->username, base->href, at);
        out->password = moved(base->password, base->href, at);
        out->host = moved(base->host, base->href, at);
        out->path.at = at + (base->path.at - base->href.at);
    }
    out->special = true;
}

bool url_fast_parse(struct span text, const struct url *base, struct arena *arena, struct url *out,
                    enum err *err)
{
    struct shape shape;
    if (!find_shape(text, base, &shape))
        return false;
    size_t bytes = shape.base_bytes + text.bytes + shape.adds_slash;
    *err = bytes > LIMIT_URL_BYTES ? ERR_TOO_LARGE : ERR_OK;
    char *at = *err ? NULL : arena_bytes(arena, bytes);
    if (!at) {
        *err = *err ? *err : ERR_MEMORY;
        return true;
    }
    if (shape.base_bytes)
        memcpy(at, base->href.at, shape.base_bytes);
    char *rest = at + shape.base_bytes + shape.adds_slash; /* text offsets from path_at on count from here */
    memcpy(at + shape.base_bytes, text.at, shape.path_at);
    if (shape.adds_slash)
        at[shape.base_bytes + shape.path_at] = '/';
    memcpy(rest + shape.path_at, text.at + shape.path_at, text.bytes - shape.path_at);
    set_authority(&shape, base, at, out);
    out->href = span_of(at, bytes);
    out->path.bytes = (size_t)(rest + shape.path_end - out->path.at);
    if (shape.path_end < shape.query_end)
        out->query = span_of(rest + shape.path_end + 1, shape.query_end - shape.path_end - 1);
    if (shape.query_end < text.bytes)
        out->fragment = span_of(rest + shape.query_end + 1, text.bytes - shape.query_end - 1);
    return true;
}
