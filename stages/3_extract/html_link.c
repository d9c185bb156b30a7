// SPDX-License-Identifier: MIT
/* The rel tokens that fetch something, and what they need: HTML standard 4.6.7; evidence.md 5.2, rows "link". */
#include "3_extract/html_value.h"
#include "3_extract/html_when.h"

static bool of_stylesheet(const struct html_place *place, struct reference *draft)
{
    if (html_token_attribute(place->tag, SPAN("disabled")))
        return false;
    bool is_css = html_when_is_css(html_place_value(place, SPAN("type")));
    return is_css ? true : html_when_weaken(draft, CONDITION_TYPE);
}

/* A media query that holds for nobody is not told from one that does: any but "all" makes it conditional. */
static bool is_for_all_media(const struct html_place *place)
{
    struct span media = span_trim(html_place_value(place, SPAN("media")));
    return media.bytes == 0 || span_equal_nocase(media, SPAN("all"));
}

static bool of_preload(const struct html_place *place, struct reference *draft)
{
    static const struct {
        const char *as;
        enum resource resource;
    } destinations[] = {
        {"fetch",  RESOURCE_FETCH     },
        {"font",   RESOURCE_FONT      },
        {"image",  RESOURCE_IMAGE     },
        {"json",   RESOURCE_FETCH     },
        {"script", RESOURCE_SCRIPT    },
        {"style",  RESOURCE_STYLESHEET},
        {"text",   RESOURCE_FETCH     },
        {"track",  RESOURCE_TEXTTRACK },
    };
    struct span as = html_place_value(place, SPAN("as"));
    for (size_t i = 0; i < sizeof destinations / sizeof *destinations; i++) {
        if (!span_equal_nocase(as, span_of_string(destinations[i].as)))
            continue;
        draft->resource = destinations[i].resource;
        if (draft->resource == RESOURCE_IMAGE && html_place_value(place, SPAN("imagesrcset")).bytes)
            return html_when_weaken(draft, CONDITION_CANDIDATE);
        return is_for_all_media(place) ? true : html_when_weaken(draft, CONDITION_MEDIA);
    }
    return false;
}

/* 4.6.7.12: an "as" that is no script fails without a fetch. */
static bool of_modulepreload(const struct html_place *place, struct reference *draft)
{
    static const struct {
        const char *as;
        enum resource resource;
    } destinations[] = {
        {"",              RESOURCE_SCRIPT    },
        {"script",        RESOURCE_SCRIPT    },
        {"audioworklet",  RESOURCE_WORKER    },
        {"paintworklet",  RESOURCE_WORKER    },
        {"serviceworker", RESOURCE_WORKER    },
        {"sharedworker",  RESOURCE_WORKER    },
        {"worker",        RESOURCE_WORKER    },
        {"json",          RESOURCE_FETCH     },
        {"style",         RESOURCE_STYLESHEET},
        {"text",          RESOURCE_FETCH     },
    };
    struct span as = html_place_value(place, SPAN("as"));
    for (size_t i = 0; i < sizeof destinations / sizeof *destinations; i++) {
        if (!span_equal_nocase(as, span_of_string(destinations[i].as)))
            continue;
        draft->resource = destinations[i].resource;
        return is_for_all_media(place) ? true : html_when_weaken(draft, CONDITION_MEDIA);
    }
    return false;
}

static const struct {
    struct span rel;
    enum evidence evidence;
    enum resource resource;
    enum condition condition;
    html_when *when;
} rows[] = {
    {{"stylesheet", 10},                   EVIDENCE_D1, RESOURCE_STYLESHEET, CONDITION_NONE,   of_stylesheet   },
    {{"icon", 4},                          EVIDENCE_D1, RESOURCE_IMAGE,      CONDITION_NONE,   NULL            },
    {{"apple-touch-icon", 16},             EVIDENCE_D2, RESOURCE_IMAGE,      CONDITION_HINT,   NULL            },
    {{"apple-touch-icon-precomposed", 28}, EVIDENCE_D2, RESOURCE_IMAGE,      CONDITION_HINT,   NULL            },
    {{"apple-touch-startup-image", 25},    EVIDENCE_D2, RESOURCE_IMAGE,      CONDITION_HINT,   NULL            },
    {{"mask-icon", 9},                     EVIDENCE_D2, RESOURCE_IMAGE,      CONDITION_HINT,   NULL            },
    {{"preload", 7},                       EVIDENCE_D1, RESOURCE_OTHER,      CONDITION_NONE,   of_preload      },
    {{"modulepreload", 13},                EVIDENCE_D1, RESOURCE_SCRIPT,     CONDITION_NONE,   of_modulepreload},
    {{"prefetch", 8},                      EVIDENCE_D2, RESOURCE_PREFETCH,   CONDITION_HINT,   NULL            },
    {{"prerender", 9},                     EVIDENCE_D2, RESOURCE_PREFETCH,   CONDITION_HINT,   NULL            },
    {{"dns-prefetch", 12},                 EVIDENCE_C,  RESOURCE_OTHER,      CONDITION_NONE,   NULL            },
    {{"preconnect", 10},                   EVIDENCE_C,  RESOURCE_CONNECT,    CONDITION_NONE,   NULL            },
    {{"manifest", 8},                      EVIDENCE_D1, RESOURCE_MANIFEST,   CONDITION_NONE,   NULL            },
    {{"compression-dictionary", 22},       EVIDENCE_D2, RESOURCE_OTHER,      CONDITION_HINT,   NULL            },
    {{"import", 6},                        EVIDENCE_D2, RESOURCE_DOCUMENT,   CONDITION_LEGACY, NULL            },
};

size_t html_when_link_rows(void)
{
    return sizeof rows / sizeof *rows;
}

bool html_when_link(const struct html_place *place, struct span rel, size_t row, struct reference *draft)
{
    if (!html_value_has_token(rel, rows[row].rel))
        return false;
    draft->evidence = rows[row].evidence;
    draft->resource = rows[row].resource;
    draft->condition = rows[row].condition;
    return !rows[row].when || rows[row].when(place, draft);
}

bool html_when_image_preload(const struct html_place *place, struct reference *draft)
{
    struct span as = html_place_value(place, SPAN("as"));
    (void)draft;
    return span_equal_nocase(as, SPAN("image")) &&
           html_value_has_token(html_place_value(place, SPAN("rel")), SPAN("preload"));
}
