// SPDX-License-Identifier: MIT
#include "5_judge/page_key.h"

#include "4_index/href.h"
#include "4_index/session.h"
#include "ext/ext_xxhash.h"

#include <stdlib.h>

/* Parameters that say where a visitor came from or which visit it is, never which page; compared without case. */
static const char *const dropped[] = {
    "_ga",       "_gl",        "_hsenc",    "_hsmi",  "cfid",      "cftoken", "dclid",  "fbclid",
    "gbraid",    "gclid",      "gclsrc",    "igshid", "li_fat_id", "mc_cid",  "mc_eid", "msclkid",
    "phpsessid", "session_id", "sessionid", "ttclid", "twclid",    "wbraid",  "yclid",
};
static const char *const dropped_prefixes[] = {"aspsessionid", "jsessionid", "matomo_", "mtm_",
                                               "piwik_",       "pk_",        "utm_"};

static bool is_dropped(struct span parameter)
{
    struct span name = span_first(parameter, span_find(parameter, '=', 0));
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        if (span_equal_nocase(name, span_of_string(dropped[i])))
            return true;
    for (size_t i = 0; i < sizeof dropped_prefixes / sizeof *dropped_prefixes; i++)
        if (span_starts_nocase(name, span_of_string(dropped_prefixes[i])))
            return true;
    return !parameter.bytes;
}

static int compare(const void *a, const void *b)
{
    return span_compare(*(const struct span *)a, *(const struct span *)b);
}

/* Servlets put the session behind the path. */
static struct span plain_path(struct span path)
{
    size_t last = span_find_last(path, ';');
    if (last < path.bytes && span_starts_nocase(span_from(path, last + 1), SPAN("jsessionid=")))
        path = span_first(path, last);
    while (path.bytes && path.at[path.bytes - 1] == '/')
        path.bytes--;
    return path;
}

static void add(struct span *text, char *room, const char *between, struct span part)
{
    size_t bytes = strlen(between);
    memcpy(room + text->bytes, between, bytes);
    if (part.bytes)
        memcpy(room + text->bytes + bytes, part.at, part.bytes);
    *text = span_of(room, text->bytes + bytes + part.bytes);
}

struct span page_key_text(struct span page_url, struct arena *arena)
{
    struct span app = session_unit(page_url);
    if (app.bytes)
        return arena_format(arena, "app:%.*s", SPAN_ARG(app));
    struct href href = href_of(page_url);
    size_t host_at = href.host.bytes ? (size_t)(href.host.at - href.origin.at) : href.origin.bytes;
    struct span *parameters = NULL;
    size_t count = 0, capacity = 0;
    for (struct span rest = href.query; rest.bytes;) {
        struct span parameter = span_cut(&rest, '&');
        struct span *kept = is_dropped(parameter) ? NULL : ARENA_PUSH(arena, parameters, count, capacity);
        if (kept)
            *kept = parameter;
    }
    if (count)
        qsort(parameters, count, sizeof *parameters, compare);
    char *room = arena_bytes(arena, page_url.bytes + 1);
    if (!room || arena->full)
        return SPAN_NONE;
    struct span text = span_of(room, 0);
    add(&text, room, "", span_from(href.origin, host_at)); /* with its port */
    add(&text, room, "", plain_path(href.path));
    for (size_t i = 0; i < count; i++)
        add(&text, room, i ? "&" : "?", parameters[i]);
    return text;
}

uint64_t page_key_of(struct span text)
{
    return fingerprint_of(text).low;
}
