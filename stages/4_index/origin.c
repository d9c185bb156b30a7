// SPDX-License-Identifier: MIT
#include "4_index/origin.h"

const char *origin_name(enum origin origin)
{
    static const char *const names[ORIGIN_COUNT] = {
        [ORIGIN_PAGE] = "page",           [ORIGIN_BROWSER] = "browser", [ORIGIN_UNKNOWN] = "unknown",
        [ORIGIN_BEHAVIOUR] = "behaviour", [ORIGIN_CRAWLER] = "crawler",
    };
    return names[origin];
}

bool origin_is_page(enum origin origin)
{
    return origin <= ORIGIN_BROWSER;
}
