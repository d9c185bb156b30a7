// SPDX-License-Identifier: MIT
#include "3_extract/html_script.h"

#include "ext/ext_json.h"

struct reading {
    struct html_refs *refs;
    struct reference draft;
};

enum html_script html_script_of(struct span type)
{
    type = span_trim(type);
    if (span_equal_nocase(type, SPAN("importmap")))
        return HTML_SCRIPT_IMPORT_MAP;
    return span_equal_nocase(type, SPAN("speculationrules")) ? HTML_SCRIPT_SPECULATION_RULES
                                                             : HTML_SCRIPT_OTHER;
}

static enum err add(const struct reading *reading, const struct url *base, const struct json *value)
{
    struct html_refs *refs = reading->refs;
    return reference_add(refs->list, refs->arena, base, json_text(value), reading->draft);
}

/* 8.1.6.2, "URL-like import specifier": what begins otherwise is the name of a module, not relative to anything. */
static enum err add_address(void *context, struct span name, const struct json *value)
{
    struct reading *reading = context;
    struct span text = json_text(value);
    bool relative =
        span_starts(text, SPAN("/")) || span_starts(text, SPAN("./")) || span_starts(text, SPAN("../"));
    bool cut = span_ends(name, SPAN("/")) && !span_ends(text, SPAN("/"));
    return cut ? ERR_OK : add(reading, relative ? &reading->refs->part.base : NULL, value);
}

static enum err add_scope(void *context, struct span prefix, const struct json *value)
{
    (void)prefix;
    return json_is_object(value) ? json_each(value, add_address, context) : ERR_OK;
}

static enum err add_map(struct reading *reading, const struct json *map)
{
    const struct json *imports = json_get(map, "imports"), *scopes = json_get(map, "scopes");
    /* one of another type makes the map void */
    if ((imports && !json_is_object(imports)) || (scopes && !json_is_object(scopes)))
        return ERR_OK;
    if (imports)
        TRY(json_each(imports, add_address, reading));
    return scopes ? json_each(scopes, add_scope, reading) : ERR_OK;
}

/* Rules that choose among the links of the document ("where") name no URL. */
static enum err add_rules(struct reading *reading, const struct json *set)
{
    static const char *const actions[] = {"prefetch", "prerender", "prerender_until_script"};
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        const struct json *rules = json_get(set, actions[i]);
        for (size_t k = 0; json_is_array(rules) && k < json_count(rules); k++) {
            const struct json *rule = json_item(rules, k), *urls = json_get(rule, "urls");
            struct span source = json_text(json_get(rule, "source"));
            bool listed = json_is_array(urls) && (!source.at || span_equal(source, SPAN("list")));
            for (size_t n = 0; listed && n < json_count(urls); n++)
                TRY(add(reading, &reading->refs->part.base, json_item(urls, n)));
        }
    }
    return ERR_OK;
}

enum err html_script_add(struct html_refs *refs, enum html_script kind, struct span raw)
{
    bool is_map = kind == HTML_SCRIPT_IMPORT_MAP;
    struct reading reading = {
        refs,
        {.evidence = EVIDENCE_D2,
          .condition = is_map ? CONDITION_IMPORT : CONDITION_HINT,
          .resource = is_map ? RESOURCE_SCRIPT : RESOURCE_PREFETCH,
          .element = "script",
          .attribute = is_map ? "importmap" : "speculationrules",
          .at = html_refs_offset(refs, raw)}
    };
    struct json *root = NULL;
    struct span text = html_charset_to_utf8(raw, refs->part.charset, refs->arena);
    if (!text.at)
        return ERR_MEMORY;
    if (refs->part.condition != CONDITION_NONE)
        reading.draft.condition = refs->part.condition;
    enum err err = json_parse(text, &root);
    if (err)
        return err_is_run(err) ? err : ERR_OK;
    if (json_is_object(root))
        err = is_map ? add_map(&reading, root) : add_rules(&reading, root);
    json_free(root);
    return err;
}
