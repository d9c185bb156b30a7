// SPDX-License-Identifier: MIT
#include "3_extract/url.h"
#include "5_judge/pattern.h"
#include "5_judge/register_read.h"

bool register_pattern_covers(struct span text, struct span host, struct span path)
{
    struct pattern pattern = pattern_of(text);
    host = pattern_host(host);
    bool fits = pattern.wildcard ? span_is_within(host, pattern.host) : span_equal(host, pattern.host);
    return pattern.host.bytes && fits && pattern_path_covers(pattern.path, path);
}

static bool has_any(struct span s, const char *characters)
{
    for (; *characters; characters++)
        if (span_find(s, *characters, 0) < s.bytes)
            return true;
    return false;
}

/* The URL parser does what it would do to the URLs that are compared: case, IDNA, percent-encoding. */
enum err register_pattern_normal(struct span text, struct arena *arena, struct span *out)
{
    bool wildcard = span_starts(text, SPAN("*."));
    struct span rest = span_from(text, wildcard ? 2 : 0);
    struct url url;
    if (has_any(rest, "*?#\\") || has_any(span_first(rest, span_find(rest, '/', 0)), ":@") ||
        span_find_span(rest, SPAN("//"), 0) < rest.bytes)
        return ERR_SYNTAX;
    struct span full = arena_format(arena, "https://%.*s", SPAN_ARG(rest));
    enum err err = full.at ? url_parse(full, NULL, arena, &url) : ERR_MEMORY;
    if (err)
        return err_is_run(err) ? err : ERR_SYNTAX;
    struct span path = url.path;
    while (path.bytes && path.at[path.bytes - 1] == '/')
        path.bytes--;
    if (wildcard && path.bytes)
        return ERR_SYNTAX;
    struct span host = pattern_host(url.host);
    *out = arena_format(arena, "%s%.*s%.*s", wildcard ? "*." : "", SPAN_ARG(host), SPAN_ARG(path));
    return out->at ? ERR_OK : ERR_MEMORY;
}
