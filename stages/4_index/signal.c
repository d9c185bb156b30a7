// SPDX-License-Identifier: MIT
#include "4_index/signal.h"

static const char *const names[SIGNAL_COUNT] = {
    "pixel",  "beacon", "post",           "identifier", "page_url", "navigation",
    "bounce", "sync",   "refused_cookie", "gpc",        "dnt",
};

struct span signal_text(uint32_t signals, char room[SIGNAL_TEXT_BYTES])
{
    size_t bytes = 0;
    for (unsigned i = 0; i < SIGNAL_COUNT; i++) {
        struct span name = span_of_string(names[i]);
        if (!(signals & 1u << i) || bytes + 1 + name.bytes > SIGNAL_TEXT_BYTES)
            continue;
        if (bytes)
            room[bytes++] = ';';
        memcpy(room + bytes, name.at, name.bytes);
        bytes += name.bytes;
    }
    return span_of(room, bytes);
}
