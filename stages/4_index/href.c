// SPDX-License-Identifier: MIT
#include "4_index/href.h"

struct href href_of(struct span url)
{
    struct href parts = {0};
    size_t authority_at = span_find_span(url, SPAN("://"), 0);
    if (authority_at == url.bytes)
        return parts;
    authority_at += 3;
    size_t path_at = span_find(url, '/', authority_at);
    struct span authority = span_first(span_from(url, authority_at), path_at - authority_at);
    size_t at_sign = span_find_last(authority, '@');
    struct span host = at_sign < authority.bytes ? span_from(authority, at_sign + 1) : authority;
    size_t bracket = span_find_last(host, ']');
    size_t colon = span_find(host, ':', bracket < host.bytes ? bracket : 0);
    size_t query_at = span_find(url, '?', path_at);
    parts.host = span_first(host, colon);
    parts.path = span_first(span_from(url, path_at), query_at - path_at);
    parts.query = span_from(url, query_at < url.bytes ? query_at + 1 : query_at);
    parts.origin = span_first(url, path_at);
    return parts;
}
