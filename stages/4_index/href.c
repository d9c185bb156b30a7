// SPDX-License-Identifier: MIT
#include "4_index/href.h"

/* Behind the first "://"; 0: there is none. */
static size_t behind_scheme(struct span url)
{
    size_t at = 0;
    while (at + 2 < url.bytes && !(url.at[at] == ':' && url.at[at + 1] == '/' && url.at[at + 2] == '/'))
        at++;
    return at + 2 < url.bytes ? at + 3 : 0;
}

/* In one walk, as it is asked for everywhere and hosts are short. */
struct href href_of(struct span url)
{
    struct href parts = {0};
    size_t host_at = behind_scheme(url), path_at = host_at, colon_at = SIZE_MAX;
    if (!host_at)
        return parts;
    for (; path_at < url.bytes && url.at[path_at] != '/'; path_at++) {
        char c = url.at[path_at];
        if (c == '@')
            host_at = path_at + 1;
        if (c == '@' || c == ']') /* of a colon before it none is that of a port */
            colon_at = SIZE_MAX;
        else if (c == ':' && colon_at == SIZE_MAX)
            colon_at = path_at;
    }
    size_t query_at = span_find(url, '?', path_at);
    parts.host = span_first(span_from(url, host_at), (colon_at < path_at ? colon_at : path_at) - host_at);
    parts.path = span_first(span_from(url, path_at), query_at - path_at);
    parts.query = span_from(url, query_at < url.bytes ? query_at + 1 : query_at);
    parts.origin = span_first(url, path_at);
    return parts;
}
