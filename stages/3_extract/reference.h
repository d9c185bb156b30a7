// SPDX-License-Identifier: MIT
/*
 * reference.h - what a document makes a browser fetch, as declared in its text.
 *
 * In:     -
 * Out:    the list type shared by html.h and css.h; the evidence classes of evidence.md 3.1
 * Owns:   nothing; lists live in the caller's arena
 * Limits: LIMIT_REFERENCES
 * Errors: -
 * Source: evidence.md 3.1, 5.2, 5.3
 */
#ifndef EXTRACT_REFERENCE_H
#define EXTRACT_REFERENCE_H

#include "3_extract/url.h"

/* Best first: the smaller of two is the one that is kept. */
// clang-format off
enum evidence {
    EVIDENCE_O1, EVIDENCE_O2, EVIDENCE_O3, EVIDENCE_O4, EVIDENCE_O5,
    EVIDENCE_A,
    EVIDENCE_D1, EVIDENCE_D2, EVIDENCE_D3,
    EVIDENCE_C,
    EVIDENCE_N,
    EVIDENCE_COUNT
};
// clang-format on
const char *evidence_name(enum evidence evidence); /* "O1" */

/* What is fetched, in the words of the Fetch standard's destinations and CDP's resource types (lower case). */
// clang-format off
enum resource {
    RESOURCE_OTHER, RESOURCE_DOCUMENT, RESOURCE_FRAME, RESOURCE_STYLESHEET, RESOURCE_IMAGE, RESOURCE_MEDIA, RESOURCE_FONT,
    RESOURCE_SCRIPT, RESOURCE_TEXTTRACK, RESOURCE_XHR, RESOURCE_FETCH, RESOURCE_PREFETCH, RESOURCE_EVENTSOURCE,
    RESOURCE_WEBSOCKET, RESOURCE_MANIFEST, RESOURCE_PING, RESOURCE_PREFLIGHT, RESOURCE_REPORT, RESOURCE_WORKER, RESOURCE_CONNECT,
    RESOURCE_REDIRECT,
    RESOURCE_COUNT
};
// clang-format on
const char *resource_name(enum resource resource);
/* From WARC-Resource-Type / pageinfo "type" / Sec-Fetch-Dest, any case; RESOURCE_OTHER when unknown. */
enum resource resource_of_type(struct span name);
enum resource resource_of_destination(struct span sec_fetch_dest);

/* Why a declared reference is only conditional (D2): the word printed beside it. */
// clang-format off
enum condition {
    CONDITION_NONE, CONDITION_LAZY, CONDITION_CANDIDATE /* srcset, picture, source */, CONDITION_MEDIA, CONDITION_NOSCRIPT,
    CONDITION_TYPE /* script of a type that is not run: consent tools */, CONDITION_RULE /* css rule that must match */,
    CONDITION_FONT, CONDITION_DATA /* data-* */, CONDITION_HINT /* prefetch and other hints */, CONDITION_REPORT, CONDITION_LEGACY,
    CONDITION_IMPORT /* import map: a module that a script may ask for */,
    CONDITION_COUNT
};
// clang-format on
const char *condition_name(enum condition condition);
/* Does an ordinary visit meet it without the visitor's doing? Not with scripts off, for a script of a type that is not
 * run, a data-* value, a report, a feature no browser has any more, a name that a script may import: such a reference is a lead, not a load. */
bool condition_is_ordinary(enum condition condition);

struct reference {
    struct url url;
    enum evidence evidence; /* D1, D2, D3, C or N */
    enum condition condition;
    enum resource resource;
    const char *element, *attribute; /* static, lower case: "img", "src"; CSS: "css", "url()" */
    size_t at;                       /* offset in the decoded body of the value; srcdoc: of the attribute */
};
struct reference_list {
    struct reference *items;
    size_t count, capacity;
    size_t dropped_count; /* beyond LIMIT_REFERENCES */
    size_t bad_url_count; /* values that are no valid URL */
};

/* Parses `value` against base and appends it, unless it is no network URL (data:, javascript:, about: ... are not contacts).
 * N references are kept only for kind RESOURCE_REDIRECT (meta refresh). Returns ERR_OK or ERR_MEMORY. */
enum err reference_add(struct reference_list *list, struct arena *arena, const struct url *base,
                       struct span value, struct reference draft) MUST_CHECK;

#endif
