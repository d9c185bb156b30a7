// SPDX-License-Identifier: MIT
#include "3_extract/reference.h"

#include "base/limits.h"

const char *evidence_name(enum evidence evidence)
{
    static const char *const names[EVIDENCE_COUNT] = {
        [EVIDENCE_O1] = "O1", [EVIDENCE_O2] = "O2", [EVIDENCE_O3] = "O3", [EVIDENCE_O4] = "O4",
        [EVIDENCE_O5] = "O5", [EVIDENCE_A] = "A",   [EVIDENCE_D1] = "D1", [EVIDENCE_D2] = "D2",
        [EVIDENCE_D3] = "D3", [EVIDENCE_C] = "C",   [EVIDENCE_N] = "N",
    };
    return names[evidence];
}

const char *resource_name(enum resource resource)
{
    static const char *const names[RESOURCE_COUNT] = {
        [RESOURCE_OTHER] = "other",
        [RESOURCE_DOCUMENT] = "document",
        [RESOURCE_FRAME] = "frame",
        [RESOURCE_STYLESHEET] = "stylesheet",
        [RESOURCE_IMAGE] = "image",
        [RESOURCE_MEDIA] = "media",
        [RESOURCE_FONT] = "font",
        [RESOURCE_SCRIPT] = "script",
        [RESOURCE_TEXTTRACK] = "texttrack",
        [RESOURCE_XHR] = "xhr",
        [RESOURCE_FETCH] = "fetch",
        [RESOURCE_PREFETCH] = "prefetch",
        [RESOURCE_EVENTSOURCE] = "eventsource",
        [RESOURCE_WEBSOCKET] = "websocket",
        [RESOURCE_MANIFEST] = "manifest",
        [RESOURCE_PING] = "ping",
        [RESOURCE_PREFLIGHT] = "preflight",
        [RESOURCE_REPORT] = "report",
        [RESOURCE_WORKER] = "worker",
        [RESOURCE_CONNECT] = "connect",
        [RESOURCE_REDIRECT] = "redirect",
    };
    return names[resource];
}

enum resource resource_of_type(struct span name)
{
    /* names of other recorders; the rest are our own */
    static const struct {
        const char *name;
        enum resource resource;
    } synonyms[] = {
        {"cspviolationreport", RESOURCE_REPORT},
        {"beacon",             RESOURCE_PING  },
        {"iframe",             RESOURCE_FRAME },
        {"subframe",           RESOURCE_FRAME },
        {"xmlhttprequest",     RESOURCE_XHR   },
    };
    for (size_t i = 0; i < RESOURCE_COUNT; i++)
        if (span_equal_nocase(name, span_of_string(resource_name((enum resource)i))))
            return (enum resource)i;
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
        if (span_equal_nocase(name, span_of_string(synonyms[i].name)))
            return synonyms[i].resource;
    return RESOURCE_OTHER;
}

enum resource resource_of_destination(struct span sec_fetch_dest)
{
    /* the destinations of the Fetch standard */
    static const struct {
        const char *name;
        enum resource resource;
    } destinations[] = {
        {"audio",         RESOURCE_MEDIA     },
        {"audioworklet",  RESOURCE_WORKER    },
        {"document",      RESOURCE_DOCUMENT  },
        {"embed",         RESOURCE_FRAME     },
        {"empty",         RESOURCE_FETCH     },
        {"fencedframe",   RESOURCE_FRAME     },
        {"font",          RESOURCE_FONT      },
        {"frame",         RESOURCE_FRAME     },
        {"iframe",        RESOURCE_FRAME     },
        {"image",         RESOURCE_IMAGE     },
        {"json",          RESOURCE_FETCH     },
        {"manifest",      RESOURCE_MANIFEST  },
        {"object",        RESOURCE_FRAME     },
        {"paintworklet",  RESOURCE_WORKER    },
        {"report",        RESOURCE_REPORT    },
        {"script",        RESOURCE_SCRIPT    },
        {"serviceworker", RESOURCE_WORKER    },
        {"sharedworker",  RESOURCE_WORKER    },
        {"style",         RESOURCE_STYLESHEET},
        {"text",          RESOURCE_FETCH     },
        {"track",         RESOURCE_TEXTTRACK },
        {"video",         RESOURCE_MEDIA     },
        {"webidentity",   RESOURCE_FETCH     },
        {"worker",        RESOURCE_WORKER    },
        {"xslt",          RESOURCE_STYLESHEET},
    };
    for (size_t i = 0; i < sizeof destinations / sizeof *destinations; i++)
        if (span_equal_nocase(sec_fetch_dest, span_of_string(destinations[i].name)))
            return destinations[i].resource;
    return RESOURCE_OTHER;
}

const char *condition_name(enum condition condition)
{
    static const char *const names[CONDITION_COUNT] = {
        [CONDITION_NONE] = "",         [CONDITION_LAZY] = "lazy",         [CONDITION_CANDIDATE] = "candidate",
        [CONDITION_MEDIA] = "media",   [CONDITION_NOSCRIPT] = "noscript", [CONDITION_TYPE] = "type",
        [CONDITION_RULE] = "rule",     [CONDITION_FONT] = "font",         [CONDITION_DATA] = "data",
        [CONDITION_HINT] = "hint",     [CONDITION_REPORT] = "report",     [CONDITION_LEGACY] = "legacy",
        [CONDITION_IMPORT] = "import",
    };
    return names[condition];
}

bool condition_is_ordinary(enum condition condition)
{
    static const uint32_t leads = 1u << CONDITION_NOSCRIPT | 1u << CONDITION_TYPE | 1u << CONDITION_DATA |
                                  1u << CONDITION_REPORT | 1u << CONDITION_LEGACY | 1u << CONDITION_IMPORT;
    return !(leads & 1u << condition);
}

static bool is_wanted(const struct reference *draft)
{
    return url_is_network(&draft->url) &&
           (draft->evidence != EVIDENCE_N || draft->resource == RESOURCE_REDIRECT);
}

/* Long, and known from its first bytes not to be of the network: what is behind them need not be read. */
static bool is_data(struct span value)
{
    size_t at = 0;
    while (at < value.bytes && (unsigned char)value.at[at] <= ' ')
        at++;
    return span_starts_nocase(span_from(value, at), SPAN("data:"));
}

enum err reference_add(struct reference_list *list, struct arena *arena, const struct url *base,
                       struct span value, struct reference draft)
{
    struct arena_mark mark = arena_mark(arena);
    if (!value.bytes)
        return ERR_OK; /* HTML and CSS fetch nothing for an empty URL, though it would resolve to the document */
    if (list->count == LIMIT_REFERENCES) {
        list->dropped_count++;
        return ERR_OK;
    }
    if (is_data(value))
        return ERR_OK;
    enum err err = url_parse(value, base, arena, &draft.url);
    if (err_is_run(err))
        return err;
    if (err || !is_wanted(&draft)) {
        arena_back_to(arena, mark);
        list->bad_url_count += err != ERR_OK;
        return ERR_OK;
    }
    struct reference *added = ARENA_PUSH(arena, list->items, list->count, list->capacity);
    if (!added)
        return ERR_MEMORY;
    *added = draft;
    return ERR_OK;
}
