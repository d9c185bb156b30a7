// SPDX-License-Identifier: MIT
#include "3_extract/url_internal.h"

#include "base/limits.h"

struct span url_trim(struct span text)
{
    while (text.bytes && (unsigned char)text.at[text.bytes - 1] <= ' ')
        text.bytes--;
    size_t at = 0;
    while (at < text.bytes && (unsigned char)text.at[at] <= ' ')
        at++;
    return span_from(text, at);
}

enum err url_parse(struct span text, const struct url *base, struct arena *arena, struct url *out)
{
    enum err err;
    text = url_trim(text);
    if (text.bytes > LIMIT_URL_BYTES)
        return ERR_TOO_LARGE;
    if (url_fast_parse(text, base, arena, out, &err))
        return err;
    return url_state_parse(text, base, arena, out);
}

struct span url_without_fragment(const struct url *url)
{
    size_t mark = url->fragment.at ? url->fragment.bytes + 1 : 0;
    return span_first(url->href, url->href.bytes - mark);
}

struct span url_origin(const struct url *url, struct arena *arena)
{
    if (!url->special || !url->host.bytes || span_equal(url->scheme, SPAN("file")))
        return SPAN("null");
    if (!url->username.bytes && !url->password.bytes)
        return span_of(url->href.at, (size_t)(url->path.at - url->href.at));
    struct span scheme = span_first(url->href, url->scheme.bytes + 3);
    struct span host = span_of(url->host.at, (size_t)(url->path.at - url->host.at));
    char *at = arena_bytes(arena, scheme.bytes + host.bytes);
    if (!at)
        return SPAN_NONE;
    memcpy(at, scheme.at, scheme.bytes);
    memcpy(at + scheme.bytes, host.at, host.bytes);
    return span_of(at, scheme.bytes + host.bytes);
}

bool url_is_network(const struct url *url)
{
    static const struct span schemes[] = {
        {"https", 5},
        {"http",  4},
        {"wss",   3},
        {"ws",    2}
    };
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (span_equal(url->scheme, schemes[i]))
            return url->host.bytes > 0;
    return false;
}
