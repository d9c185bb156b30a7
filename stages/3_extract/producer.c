// SPDX-License-Identifier: MIT
#include "3_extract/crawl.h"

#include "2_decode/fields.h"

static const struct {
    const char *name;
    struct producer_traits traits;
} producers[PRODUCER_COUNT] = {
  /* name, runs scripts, lists pages, Set-Cookie recorded, repeated lines kept, Referer is the parent */
    [PRODUCER_UNKNOWN] = {"unknown",     {false, false, false, false, false}},
    [PRODUCER_BROWSERTRIX] = {"browsertrix", {true, true, false, false, false}  },
    [PRODUCER_ARCHIVEWEB] = {"archiveweb",  {true, true, true, false, false}   },
    [PRODUCER_PYWB] = {"pywb",        {true, false, true, true, false}   },
    [PRODUCER_HERITRIX] = {"heritrix",    {false, false, true, true, true}   },
    [PRODUCER_WARCPROX] = {"warcprox",    {true, false, true, true, false}   },
    [PRODUCER_WGET] = {"wget",        {false, false, true, true, true}   },
    [PRODUCER_WPULL] = {"wpull",       {false, false, true, true, false}  },
    [PRODUCER_COMMONCRAWL] = {"commoncrawl", {false, false, true, true, false}  },
    [PRODUCER_SCOOP] = {"scoop",       {true, false, true, false, false}  },
    [PRODUCER_SQUIDWARC] = {"squidwarc",   {true, false, true, false, false}  },
    [PRODUCER_ARC] = {"arc",         {false, false, true, true, false}  },
    [PRODUCER_BROWSER] = {"browser",     {true, false, true, true, false}   },
 /* Chrome from 130 on leaves Cookie and Set-Cookie out unless asked: a HAR without any says nothing about
     * cookies. */
    [PRODUCER_HAR] = {"har",         {true, true, true, true, false}    },
};

const char *producer_name(enum producer producer)
{
    return producers[producer].name;
}

const struct producer_traits *producer_traits(enum producer producer)
{
    return &producers[producer].traits;
}

/* formats.md 2.14, one letter a column: Y reliable, p partial or only with care, - absent. Columns in the order of enum
 * capability: page id, page list, type, initiator | Referer, Cookie | Set-Cookie, repeated, by script | beacon, redirect,
 * date. Set-Cookie of Browsertrix is partial since 1.11 and absent before: for a reader both mean that only what is seen
 * is known; Cookie is partial, since an address is written once a crawl, and the requests of a redirect may bear each
 * other's line. Tools that export HAR leave cookies out unless told otherwise. pywb may have been told to leave them out, Heritrix and wget send those of their own jar. */
static const char abilities[PRODUCER_COUNT][CAPABILITY_COUNT + 1] = {
    [PRODUCER_UNKNOWN] = "ppp-"
                         "pp"
                         "ppp"
                         "ppp",
    [PRODUCER_BROWSERTRIX] = "YYY-"
                             "Yp"
                             "ppp"
                             "YYY",
    [PRODUCER_ARCHIVEWEB] = "Y-p-"
                            "Yp"
                            "ppp"
                            "pYY",
    [PRODUCER_PYWB] = "p-p-"
                      "Yp"
                      "ppp"
                      "YYp",
    [PRODUCER_HERITRIX] = "-ppp"
                          "pp"
                          "YY-"
                          "-Yp",
    [PRODUCER_WARCPROX] = "--p-"
                          "YY"
                          "YYp"
                          "YYp",
    [PRODUCER_WGET] = "---p"
                      "pp"
                      "YY-"
                      "-Yp",
    [PRODUCER_WPULL] = "----"
                       "pp"
                       "YY-"
                       "-Yp",
    [PRODUCER_COMMONCRAWL] = "p---"
                             "--"
                             "pp-"
                             "-pp",
    [PRODUCER_SCOOP] = "Yp--"
                       "YY"
                       "ppp"
                       "pYp",
    [PRODUCER_SQUIDWARC] = "----"
                           "Yp"
                           "ppp"
                           "pp-",
    [PRODUCER_BROWSER] = "--p-"
                         "YY"
                         "YYp"
                         "pYp",
    [PRODUCER_ARC] = "----"
                     "--"
                     "YY-"
                     "-pp",
    [PRODUCER_HAR] = "pppp"
                     "pp"
                     "ppp"
                     "YYY",
};

enum ability producer_ability(enum producer producer, enum capability capability)
{
    char letter = abilities[producer][capability];
    return letter == 'Y' ? ABILITY_RELIABLE : letter == 'p' ? ABILITY_PARTIAL : ABILITY_ABSENT;
}

const char *capability_name(enum capability capability)
{
    static const char *const names[CAPABILITY_COUNT] = {
        [CAPABILITY_PAGE_ID] = "page_id",
        [CAPABILITY_PAGE_LIST] = "page_list",
        [CAPABILITY_RESOURCE_TYPE] = "resource_type",
        [CAPABILITY_INITIATOR] = "initiator",
        [CAPABILITY_REFERER] = "referer",
        [CAPABILITY_COOKIE_SENT] = "cookie_sent",
        [CAPABILITY_SET_COOKIE] = "set_cookie",
        [CAPABILITY_REPEATED_SET_COOKIE] = "repeated_set_cookie",
        [CAPABILITY_SCRIPT_COOKIE] = "script_cookie",
        [CAPABILITY_BEACON] = "beacon",
        [CAPABILITY_REDIRECT] = "redirect",
        [CAPABILITY_DATE] = "exact_date",
    };
    return names[capability];
}

/* Words of the software line; the first that occurs decides, so names that contain another stand before it.
 */
static const struct {
    const char *word;
    enum producer producer;
} softwares[] = {
    {"browsertrix-crawler 0.",         PRODUCER_PYWB       }, /* recorded through pywb before 1.0 */
    {"browsertrix",                    PRODUCER_BROWSERTRIX},
    {"archiveweb.page",                PRODUCER_ARCHIVEWEB },
    {"wabac.js",                       PRODUCER_ARCHIVEWEB },
    {"harvard library innovation lab", PRODUCER_SCOOP      }, /* Scoop, and Mischief as it was called first */
    {"scoop",                          PRODUCER_SCOOP      },
    {"webrecorder",                    PRODUCER_PYWB       },
    {"pywb",                           PRODUCER_PYWB       },
    {"warcprox",                       PRODUCER_WARCPROX   },
    {"brozzler",                       PRODUCER_WARCPROX   },
    {"heritrix",                       PRODUCER_HERITRIX   },
    {"wget",                           PRODUCER_WGET       },
    {"wpull",                          PRODUCER_WPULL      },
    {"grab-site",                      PRODUCER_WPULL      },
    {"nutch",                          PRODUCER_COMMONCRAWL},
    {"commoncrawl",                    PRODUCER_COMMONCRAWL},
    {"squidwarc",                      PRODUCER_SQUIDWARC  },
    {"node-warc",                      PRODUCER_SQUIDWARC  },
    {"playwright",                     PRODUCER_BROWSER    },
    {"puppeteer",                      PRODUCER_BROWSER    },
    {"chromium",                       PRODUCER_BROWSER    },
};

static enum producer producer_of_software(struct span software)
{
    for (size_t i = 0; i < sizeof softwares / sizeof *softwares; i++)
        if (span_has_nocase(software, span_of_string(softwares[i].word)))
            return softwares[i].producer;
    return PRODUCER_UNKNOWN;
}

/* The next element that holds text alone, <arc:software>Heritrix 1.14</arc:software>, by its name without the prefix. */
static bool take_element(struct span *rest, struct span *name, struct span *value)
{
    while (rest->bytes) {
        span_cut(rest, '<');
        struct span text = span_first(*rest, span_find(*rest, '<', 0)), tag = span_cut(&text, '>');
        if (!text.at || span_starts(tag, SPAN("/")))
            continue;
        size_t prefix = span_find(tag, ':', 0);
        *name = span_cut(&tag, ' ');
        *name = prefix < name->bytes ? span_from(*name, prefix + 1) : *name;
        *value = span_trim(text);
        return true;
    }
    return false;
}

/* The next field of a block; false: there is none, or (name empty) the line is none. */
static bool take_field(struct span *rest, struct span *name, struct span *value)
{
    *name = SPAN_NONE;
    if (!rest->bytes)
        return false;
    if (!fields_split(span_cut_line(rest), name, value))
        *name = SPAN_NONE; /* NetarchiveSuite writes a comment here */
    return true;
}

enum err crawl_parse_warcinfo(struct span block, struct warcinfo *out)
{
    *out = (struct warcinfo){0};
    const struct {
        struct span name, *value;
    } wanted[] = {
        {SPAN("software"),               &out->software     },
        {SPAN("isPartOf"),               &out->is_part_of   },
        {SPAN("operator"),               &out->operator_name},
        {SPAN("http-header-user-agent"), &out->user_agent   },
        {SPAN("robots"),                 &out->robots       },
    };
    bool is_xml = span_starts(span_trim(block), SPAN("<")); /* an ARC's */
    struct span rest = block, name, value;
    size_t field_count = 0;
    while (is_xml ? take_element(&rest, &name, &value) : take_field(&rest, &name, &value)) {
        field_count += name.bytes > 0;
        for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
            if (!wanted[i].value->bytes && span_equal_nocase(name, wanted[i].name))
                *wanted[i].value = value;
    }
    out->producer = producer_of_software(out->software);
    if (!out->producer && span_starts_nocase(out->is_part_of, SPAN("CC-")))
        out->producer = PRODUCER_COMMONCRAWL; /* CC-MAIN-..., CC-NEWS-... */
    return field_count || !block.bytes ? ERR_OK : ERR_SYNTAX;
}

/* Traces of formats.md 2.1 no. 2: a field whose name begins like this, with this in its value (NULL:
 * anything). */
static const struct {
    bool in_http;
    const char *name, *value;
    enum producer producer;
} traces[] = {
    {false, "WARC-Resource-Type",    NULL,                                PRODUCER_BROWSERTRIX},
    {false, "Scoop-Exchange-",       NULL,                                PRODUCER_SCOOP      },
    {true,  "x-wabac-preset-cookie", NULL,                                PRODUCER_ARCHIVEWEB },
    {false, "WARC-Page-ID",          NULL,                                PRODUCER_ARCHIVEWEB },
    {true,  "X-Crawler-",            NULL,                                PRODUCER_COMMONCRAWL},
    {true,  "Via",                   "warcprox",                          PRODUCER_WARCPROX   },
    {true,  "Warcprox-Meta",         NULL,                                PRODUCER_WARCPROX   },
    {true,  "hopsFromSeed",          NULL,                                PRODUCER_HERITRIX   },
    {false, "WARC-Target-URI",       "metadata://gnu.org/software/wget/", PRODUCER_WGET       },
    {false, "WARC-Target-URI",       "urn:X-wpull:",                      PRODUCER_WPULL      },
    {false, "WARC-Target-URI",       "metadata://netarkivet.dk/",         PRODUCER_HERITRIX   },
    {false, "WARC-Target-URI",       "urn:pageinfo:",                     PRODUCER_BROWSERTRIX},
};
#define TRACE_COUNT (sizeof traces / sizeof *traces)

/* The index of the first row that a field of this head bears, below `best`. */
static size_t find_trace(struct span head, bool in_http, size_t best)
{
    struct span name, value;
    while (head.bytes) {
        struct span line = span_cut_line(&head);
        if (!line.bytes)
            break;
        if (!fields_split(line, &name, &value))
            continue;
        for (size_t i = 0; i < best; i++)
            if (traces[i].in_http == in_http && span_starts_nocase(name, span_of_string(traces[i].name)) &&
                (!traces[i].value || span_has_nocase(value, span_of_string(traces[i].value))))
                best = i;
    }
    return best;
}

enum producer crawl_guess_producer(struct span warc_head, struct span http_head)
{
    size_t best = find_trace(warc_head, false, TRACE_COUNT);
    best = find_trace(http_head, true, best);
    return best < TRACE_COUNT ? traces[best].producer : PRODUCER_UNKNOWN;
}
