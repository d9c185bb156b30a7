// SPDX-License-Identifier: MIT
#include "4_index/signal.h"

static const char *const names[SIGNAL_COUNT] = {
    "pixel",
    "beacon",
    "post",
    "identifier",
    "page_url",
    "navigation",
    "bounce",
    "sync",
    "refused_cookie",
    "fingerprint",
    "gpc",
    "dnt",
    "speculative",
    "ambiguous",
    "body_from_other_visit",
    "needs_interaction",
};

/* A host and all below it, or the beginning of a file's name. */
static const struct {
    bool is_host;
    const char *text;
} fingerprinting[] = {
    {true,  "fpjscdn.net"       },
    {true,  "fpnpmcdn.net"      },
    {true,  "openfpcdn.io"      },
    {true,  "fpjs.io"           },
    {true,  "fpapi.io"          },
    {true,  "online-metrix.net" },
    {true,  "iesnare.com"       },
    {true,  "iovation.com"      },
    {false, "fingerprint2."     },
    {false, "fingerprint.min.js"},
    {false, "fingerprint.js"    },
    {false, "fingerprintjs"     },
    {false, "evercookie"        },
    {false, "imprint.min.js"    },
};

bool signal_is_fingerprinting(struct span host, struct span path)
{
    size_t slash = span_find_last(path, '/');
    struct span file = slash < path.bytes ? span_from(path, slash + 1) : path;
    for (size_t i = 0; i < sizeof fingerprinting / sizeof *fingerprinting; i++) {
        struct span text = span_of_string(fingerprinting[i].text);
        if (fingerprinting[i].is_host ? span_is_within(host, text) : span_starts_nocase(file, text))
            return true;
    }
    return false;
}

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
