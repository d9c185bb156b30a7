// SPDX-License-Identifier: MIT
#include "3_extract/html_refs.h"

#include "3_extract/css.h"
#include "3_extract/html_entity.h"
#include "3_extract/html_lazy.h"
#include "3_extract/html_program.h"
#include "3_extract/html_value.h"

/* One value on its way: base differs from the document's only in an applet. */
struct reading {
    struct html_refs *refs;
    const struct html_place *place;
    const struct url *base;
    struct span value;
};

static void weaken(struct reference *reference, enum condition condition)
{
    if (condition == CONDITION_NONE)
        return;
    if (reference->evidence == EVIDENCE_D1)
        reference->evidence = EVIDENCE_D2;
    reference->condition = condition;
}

static enum condition condition_here(const struct html_refs *refs)
{
    return refs->in_noscript ? CONDITION_NOSCRIPT : refs->part.condition;
}

static enum err add(const struct reading *reading, struct span value, struct reference draft)
{
    struct html_refs *refs = reading->refs;
    weaken(&draft, condition_here(refs));
    return reference_add(refs->list, refs->arena, reading->base, span_trim(value), draft);
}

static enum err read_url(const struct reading *reading, struct reference draft)
{
    return add(reading, reading->value, draft);
}

static enum err read_own(const struct reading *reading, struct reference draft)
{
    struct reference_list *list = reading->refs->list;
    const struct url *own = reading->refs->document;
    size_t before = list->count;
    TRY(add(reading, reading->value, draft));
    if (list->count == before)
        return ERR_OK;
    const struct url *url = &list->items[before].url;
    bool same =
        span_equal(url->scheme, own->scheme) && span_equal(url->host, own->host) && url->port == own->port;
    list->count = same ? list->count : before;
    return ERR_OK;
}

static enum err read_each(const struct reading *reading, struct reference draft,
                          bool (*next)(struct span *rest, struct span *url))
{
    struct span rest = reading->value, url;
    while (next(&rest, &url))
        TRY(add(reading, url, draft));
    return ERR_OK;
}

static enum err read_srcset(const struct reading *reading, struct reference draft)
{
    return read_each(reading, draft, html_value_next_candidate);
}

static enum err read_spaces(const struct reading *reading, struct reference draft)
{
    return read_each(reading, draft, html_value_next_spaced);
}

static enum err read_commas(const struct reading *reading, struct reference draft)
{
    return read_each(reading, draft, html_value_next_comma);
}

static enum err read_refresh(const struct reading *reading, struct reference draft)
{
    return add(reading, html_value_refresh_url(reading->value), draft);
}

static enum err read_policy(const struct reading *reading, struct reference draft)
{
    struct span rest = html_value_report_uri(reading->value), url;
    while (html_value_next_spaced(&rest, &url))
        TRY(add(reading, url, draft));
    return ERR_OK;
}

static enum err read_link(const struct reading *reading, struct reference draft)
{
    struct span rel = html_place_value(reading->place, SPAN("rel"));
    for (size_t row = 0; row < html_when_link_rows(); row++) {
        struct reference one = draft;
        if (html_when_link(reading->place, rel, row, &one))
            TRY(add(reading, reading->value, one));
    }
    return ERR_OK;
}

static enum err read_style(const struct reading *reading, struct reference draft)
{
    struct html_refs *refs = reading->refs;
    size_t first = refs->list->count;
    TRY(css_scan(reading->value, reading->base, CSS_INLINE, draft.element, draft.at, refs->arena,
                 refs->list));
    for (size_t i = first; i < refs->list->count; i++) {
        struct reference *reference = &refs->list->items[i];
        reference->attribute = draft.attribute;
        reference->at = draft.at;
        weaken(reference, draft.condition);
        weaken(reference, condition_here(refs));
    }
    return ERR_OK;
}

static enum err read_srcdoc(const struct reading *reading, struct reference draft)
{
    struct html_refs *refs = reading->refs;
    if (refs->part.depth == LIMIT_NESTING || reading->value.bytes > LIMIT_SRCDOC_BYTES - refs->part_bytes) {
        refs->list->dropped_count++;
        return ERR_OK;
    }
    struct html_part *part = ARENA_PUSH(refs->arena, refs->parts, refs->part_count, refs->part_capacity);
    if (!part)
        return ERR_MEMORY;
    weaken(&draft, condition_here(refs));
    refs->part_bytes += reading->value.bytes;
    part->text = reading->value;
    part->base = *reading->base;
    part->charset = HTML_CHARSET_UTF8;
    part->condition = draft.condition;
    part->depth = refs->part.depth + 1;
    part->at = draft.at;
    return ERR_OK;
}

typedef enum err read_fn(const struct reading *reading, struct reference draft);
static read_fn *const readers[HTML_READ_COUNT] = {
    [HTML_READ_URL] = read_url,         [HTML_READ_OWN] = read_own,       [HTML_READ_SRCSET] = read_srcset,
    [HTML_READ_SPACES] = read_spaces,   [HTML_READ_COMMAS] = read_commas, [HTML_READ_STYLE] = read_style,
    [HTML_READ_REFRESH] = read_refresh, [HTML_READ_POLICY] = read_policy, [HTML_READ_LINK] = read_link,
    [HTML_READ_SRCDOC] = read_srcdoc,
};

size_t html_refs_offset(const struct html_refs *refs, struct span value)
{
    return refs->part.depth ? refs->part.at : (size_t)(value.at - refs->part.text.at);
}

/* Classes, URLs of applets are relative to their codebase. */
static const struct url *base_of(const struct html_place *place, const struct url *base, struct url *room)
{
    if (!span_equal(place->tag->element->name, SPAN("applet")))
        return base;
    struct span codebase = html_place_value(place, SPAN("codebase"));
    return codebase.bytes && url_parse(codebase, base, place->arena, room) == ERR_OK ? room : base;
}

static enum err apply(struct html_refs *refs, const struct html_place *place, const struct html_rule *rule,
                      const struct html_attribute *attribute)
{
    struct reference draft = {
        .evidence = rule->evidence,
        .condition = rule->condition,
        .resource = rule->resource,
        .element = place->tag->element->name.at,
        .attribute = rule->attribute.at,
        .at = html_refs_offset(refs, attribute->value),
    };
    if (rule->when && !rule->when(place, &draft))
        return ERR_OK;
    if (attribute->value.bytes > LIMIT_ATTRIBUTE_BYTES) {
        refs->list->dropped_count++;
        return ERR_OK;
    }
    struct url codebase;
    struct reading reading = {refs, place, base_of(place, &refs->part.base, &codebase),
                              html_place_decode(place, attribute->value)};
    return reading.value.at ? readers[rule->read](&reading, draft) : ERR_MEMORY;
}

static enum err apply_rules(struct html_refs *refs, const struct html_place *place,
                            const struct html_rule *rules)
{
    for (const struct html_rule *rule = rules; rule && rule->attribute.bytes; rule++) {
        const struct html_attribute *found = html_token_attribute(place->tag, rule->attribute);
        if (found)
            TRY(apply(refs, place, rule, found));
    }
    return ERR_OK;
}

/* style=, data-*= and handlers, which any element may have. */
static enum err apply_global(struct html_refs *refs, const struct html_place *place)
{
    static const struct html_rule style = {
        {"style", 5},
        EVIDENCE_D1, RESOURCE_IMAGE, CONDITION_NONE, HTML_READ_STYLE, NULL
    };
    const struct html_token *tag = place->tag;
    for (size_t i = 0; i < tag->attribute_count; i++) {
        const struct html_attribute *attribute = &tag->attributes[i];
        struct html_rule lazy;
        const struct html_rule *rule = NULL;
        if (html_program_is_handler(attribute->name)) {
            if (html_token_attribute(tag, attribute->name) == attribute)
                TRY(html_program_add_handler(refs, place, attribute->value));
        } else if (span_equal_nocase(attribute->name, style.attribute))
            rule = &style;
        else if (html_lazy_rule(tag->element, attribute, &lazy))
            rule = &lazy;
        if (rule && html_token_attribute(tag, attribute->name) == attribute)
            TRY(apply(refs, place, rule, attribute));
    }
    return ERR_OK;
}

enum err html_refs_add_tag(struct html_refs *refs, const struct html_token *tag)
{
    const struct html_place place = {&refs->context, tag, refs->part.charset, refs->arena};
    switch (html_context_foreign(&refs->context)) {
    case HTML_CONTEXT_NONE:
        TRY(apply_rules(refs, &place, tag->element->rules));
        break;
    case HTML_CONTEXT_SVG:
        TRY(apply_rules(refs, &place, tag->element->svg_rules));
        TRY(apply_rules(refs, &place, html_element_svg_rules()));
        break;
    default:
        break;
    }
    return apply_global(refs, &place);
}

enum err html_refs_add_style(struct html_refs *refs, struct span raw, enum html_model model,
                             enum condition condition)
{
    struct span text = html_charset_to_utf8(raw, refs->part.charset, refs->arena);
    if (model == HTML_DATA)
        text = html_entity_decode(text, HTML_ENTITY_TEXT, refs->arena);
    if (!text.at)
        return ERR_MEMORY;
    size_t first = refs->list->count, at = html_refs_offset(refs, raw);
    bool exact = text.at == raw.at && refs->part.depth == 0;
    TRY(css_scan(text, &refs->part.base, CSS_SHEET, "style", at, refs->arena, refs->list));
    for (size_t i = first; i < refs->list->count; i++) {
        struct reference *reference = &refs->list->items[i];
        reference->at = exact ? reference->at : at;
        weaken(reference, condition);
        weaken(reference, condition_here(refs));
    }
    return ERR_OK;
}

enum err html_refs_add_instruction(struct html_refs *refs, const struct html_token *instruction)
{
    const struct html_place place = {&refs->context, instruction, refs->part.charset, refs->arena};
    const struct html_attribute *href = html_token_attribute(instruction, SPAN("href"));
    if (!href || !span_starts(instruction->text, SPAN("xml-stylesheet")))
        return ERR_OK;
    /* a comment where the document is served as HTML */
    struct reference draft = {
        .evidence = EVIDENCE_D2,
        .condition = CONDITION_TYPE,
        .resource = RESOURCE_STYLESHEET,
        .element = "?xml-stylesheet",
        .attribute = "href",
        .at = html_refs_offset(refs, href->value),
    };
    struct reading reading = {refs, &place, &refs->part.base, html_place_decode(&place, href->value)};
    return reading.value.at ? add(&reading, reading.value, draft) : ERR_MEMORY;
}
