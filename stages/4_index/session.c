// SPDX-License-Identifier: MIT
#include "4_index/session.h"

#define SCHEME SPAN("app:")

struct span session_url(struct span unit_id, struct span session, struct arena *arena)
{
    return arena_format(arena, "%.*s%.*s/%.*s", SPAN_ARG(SCHEME), SPAN_ARG(unit_id), SPAN_ARG(session));
}

struct span session_unit(struct span page_url)
{
    if (!span_starts(page_url, SCHEME))
        return SPAN("");
    struct span rest = span_from(page_url, SCHEME.bytes);
    return span_first(rest, span_find(rest, '/', 0));
}
