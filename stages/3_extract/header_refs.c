// SPDX-License-Identifier: MIT
#include "3_extract/header_refs.h"

#include "3_extract/header_link.h"
#include "3_extract/html_value.h"
#include "3_extract/html_when.h"
#include "ext/ext_json.h"

/* A field on its way. */
struct reading {
    const struct url *document;
    struct arena *arena;
    struct reference_list *list;
    struct html_token *tag; /* of a Link; made at the first one */
    struct reference draft;
};

static enum err add(const struct reading *r, struct span value, struct reference draft)
{
    return reference_add(r->list, r->arena, r->document, span_trim(value), draft);
}

/* Reports go to HTTPS only: Reporting API, 3.3, "potentially trustworthy". */
static enum err add_endpoint(const struct reading *r, struct span value)
{
    size_t before = r->list->count;
    TRY(add(r, value, r->draft));
    if (r->list->count > before && !span_equal(r->list->items[before].url.scheme, SPAN("https")))
        r->list->count = before;
    return ERR_OK;
}

/* What browsers do with a rel in a head: evidence.md 5.2. A condition is one that the element has not. */
static const struct {
    struct span rel;
    enum condition condition;
} rels[] = {
    {{"preload", 7},                 CONDITION_NONE  },
    {{"modulepreload", 13},          CONDITION_NONE  },
    {{"preconnect", 10},             CONDITION_NONE  },
    {{"dns-prefetch", 12},           CONDITION_NONE  },
    {{"prefetch", 8},                CONDITION_NONE  },
    {{"compression-dictionary", 22}, CONDITION_NONE  },
    {{"stylesheet", 10},             CONDITION_HINT  }, /* Firefox only */
    {{"manifest", 8},                CONDITION_LEGACY}, /* no browser */
    {{"prerender", 9},               CONDITION_LEGACY},
};

/* The table of link elements judges a tag that has this one rel. */
static enum err add_rel(const struct reading *r, struct span target, size_t row)
{
    static const struct html_context nowhere = {0};
    const struct html_place place = {&nowhere, r->tag, HTML_CHARSET_UTF8, r->arena};
    struct span rel = html_place_value(&place, SPAN("rel"));
    for (size_t i = 0; i < html_when_link_rows(); i++) {
        struct reference draft = r->draft;
        if (!html_when_link(&place, rel, i, &draft))
            continue;
        if (rels[row].condition != CONDITION_NONE)
            html_when_weaken(&draft, rels[row].condition);
        TRY(add(r, target, draft));
    }
    struct reference image = r->draft;
    image.evidence = EVIDENCE_D2;
    image.condition = CONDITION_CANDIDATE;
    image.resource = RESOURCE_IMAGE;
    if (html_when_image_preload(&place, &image)) {
        struct span rest = html_place_value(&place, SPAN("imagesrcset")), url;
        while (html_value_next_candidate(&rest, &url))
            TRY(add(r, url, image));
    }
    return ERR_OK;
}

static struct html_attribute *find_parameter(struct html_token *tag, struct span name)
{
    for (size_t i = 0; i < tag->attribute_count; i++)
        if (span_equal_nocase(tag->attributes[i].name, name))
            return &tag->attributes[i];
    return NULL;
}

/* A link with an anchor is one of another document: HTML standard, 4.2.4.7, step 1.4 of "process link headers". */
static enum err read_link(struct reading *r, struct span value)
{
    struct span rest = value, target;
    if (!r->tag)
        r->tag = arena_alloc(r->arena, sizeof *r->tag);
    if (!r->tag)
        return ERR_MEMORY;
    while (header_link_next(&rest, r->arena, &target, r->tag)) {
        struct html_attribute *rel = find_parameter(r->tag, SPAN("rel"));
        if (!rel || find_parameter(r->tag, SPAN("anchor")))
            continue;
        const struct span list = rel->value;
        for (size_t row = 0; row < sizeof rels / sizeof *rels; row++) {
            rel->value = rels[row].rel;
            if (html_value_has_token(list, rels[row].rel))
                TRY(add_rel(r, target, row));
        }
    }
    return ERR_OK;
}

static enum err read_refresh(struct reading *r, struct span value)
{
    return add(r, html_value_refresh_url(value), r->draft);
}

/* The next member of a list or a dictionary whose value is a string. */
static bool next_string(struct span *rest, bool is_dictionary, struct arena *arena, struct span *string)
{
    while (rest->bytes) {
        struct span s = *rest;
        size_t at = 0, end;
        while (at < s.bytes && (s.at[at] == ' ' || s.at[at] == '\t' || s.at[at] == ','))
            at++;
        size_t key = at;
        while (is_dictionary && at < s.bytes && s.at[at] != '=' && s.at[at] != ',' && s.at[at] != '"')
            at++;
        bool named = is_dictionary && at > key && at < s.bytes && s.at[at] == '=';
        at += named;
        bool found = named == is_dictionary && at < s.bytes && s.at[at] == '"';
        if (found) {
            *string = header_link_unquote(span_from(s, at), arena, &end);
            at += end;
        }
        for (; at < s.bytes && s.at[at] != ','; at += end) {
            end = 1;
            if (s.at[at] == '"')
                (void)header_link_unquote(span_from(s, at), arena, &end);
        }
        *rest = span_from(s, at);
        if (found)
            return true;
    }
    return false;
}

static enum err read_rules(struct reading *r, struct span value)
{
    struct span url;
    while (next_string(&value, false, r->arena, &url))
        TRY(add(r, url, r->draft));
    return ERR_OK;
}

static enum err read_endpoints(struct reading *r, struct span value)
{
    struct span url;
    while (next_string(&value, true, r->arena, &url))
        TRY(add_endpoint(r, url));
    return ERR_OK;
}

static enum err add_group(const struct reading *r, const struct json *group)
{
    const struct json *endpoints = json_get(group, "endpoints");
    bool forgotten = json_int(json_get(group, "max_age"), 0) <= 0;
    for (size_t i = 0; !forgotten && json_is_array(endpoints) && i < json_count(endpoints); i++)
        TRY(add_endpoint(r, json_text(json_get(json_item(endpoints, i), "url"))));
    return ERR_OK;
}

/* Objects between commas: JSON when brackets are put around it. */
static enum err read_report_to(struct reading *r, struct span value)
{
    struct json *groups = NULL;
    struct span text = arena_format(r->arena, "[%.*s]", SPAN_ARG(value));
    if (!text.at)
        return ERR_MEMORY;
    enum err err = json_parse(text, &groups);
    if (err)
        return err_is_run(err) ? err : ERR_OK;
    for (size_t i = 0; !err && i < json_count(groups); i++)
        if (json_is_object(json_item(groups, i)))
            err = add_group(r, json_item(groups, i));
    json_free(groups);
    return err;
}

static enum err read_policies(struct reading *r, struct span value)
{
    struct span policy, url;
    while (html_value_next_comma(&value, &policy)) {
        struct span rest = html_value_report_uri(policy);
        while (html_value_next_spaced(&rest, &url))
            TRY(add(r, url, r->draft));
    }
    return ERR_OK;
}

// clang-format off
static const struct {
    const char *name;
    enum err (*read)(struct reading *r, struct span value);
    enum evidence evidence;
    enum condition condition;
    enum resource resource;
} fields[] = {
    {"Link",                                read_link,      EVIDENCE_D1, CONDITION_NONE,   RESOURCE_OTHER},
    {"Refresh",                             read_refresh,   EVIDENCE_N,  CONDITION_NONE,   RESOURCE_REDIRECT},
    {"Speculation-Rules",                   read_rules,     EVIDENCE_D2, CONDITION_HINT,   RESOURCE_FETCH},
    {"Reporting-Endpoints",                 read_endpoints, EVIDENCE_D2, CONDITION_REPORT, RESOURCE_REPORT},
    {"Report-To",                           read_report_to, EVIDENCE_D2, CONDITION_REPORT, RESOURCE_REPORT},
    {"Content-Security-Policy",             read_policies,  EVIDENCE_D2, CONDITION_REPORT, RESOURCE_REPORT},
    {"Content-Security-Policy-Report-Only", read_policies,  EVIDENCE_D2, CONDITION_REPORT, RESOURCE_REPORT},
};
// clang-format on

static enum err read_field(struct reading *r, const struct http_field *field)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!span_equal_nocase(field->name, span_of_string(fields[i].name)))
            continue;
        r->draft = (struct reference){.evidence = fields[i].evidence,
                                      .condition = fields[i].condition,
                                      .resource = fields[i].resource,
                                      .element = "header",
                                      .attribute = fields[i].name};
        return fields[i].read(r, field->value);
    }
    return ERR_OK;
}

enum err header_refs_scan(const struct http_head *head, const struct url *document, struct arena *arena,
                          struct reference_list *out)
{
    struct reading reading = {.document = document, .arena = arena, .list = out};
    for (size_t i = 0; i < head->field_count; i++)
        TRY(read_field(&reading, &head->fields[i]));
    return arena->full ? ERR_MEMORY : ERR_OK;
}
