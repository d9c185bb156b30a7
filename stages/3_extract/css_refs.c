// SPDX-License-Identifier: MIT
#include "3_extract/css_refs.h"

#include "3_extract/css_name.h"

#define DEPTH_MAX 64 /* that are told apart: one bit for each */

struct scan {
    const struct url *base;
    enum css_place place;
    const char *element;
    size_t at;
    struct arena *arena;
    struct reference_list *out;
    struct span text;
    /* open blocks and functions, bit i is the one with i around it */
    uint64_t font_blocks, condition_blocks, url_functions, set_functions;
    size_t block_depth, function_depth;
    enum css_rule prelude; /* of the at-rule that has begun and not reached its block or semicolon */
    bool imports_over;     /* a rule came that ends the place of @import */
    bool legacy;           /* value of behavior or -moz-binding */
    bool custom;           /* value of a custom property: fetched where it is used, if at all */
    struct css_token property;
    /* what was passed by unread: where the next declaration or rule may begin; behind what hides a semicolon; behind an escape */
    size_t settled_at, hidden_to, escape_at;
    /* the last name before `read_from`, looked for as far as `named_to` */
    size_t read_from, named_to;
    struct css_token name;
    /* @import: its URL, and whether a condition follows */
    struct span import;
    size_t import_at;
    bool import_conditional;
};

static uint64_t bit(size_t depth)
{
    return depth < DEPTH_MAX ? (uint64_t)1 << depth : 0;
}

/* Those that stay open when there are `depth`. */
static uint64_t outside(size_t depth)
{
    return bit(depth) - 1;
}

/* Deeper ones count as the innermost known. */
static enum css_function innermost(const struct scan *s)
{
    uint64_t last =
        !s->function_depth ? 0 : bit((s->function_depth < DEPTH_MAX ? s->function_depth : DEPTH_MAX) - 1);
    return s->url_functions & last   ? CSS_NAME_URL
           : s->set_functions & last ? CSS_NAME_IMAGE_SET
                                     : CSS_NAME_OTHER;
}

static enum err add(struct scan *s, struct span value, struct reference draft, const char *attribute,
                    size_t at)
{
    value = span_trim(value);
    if (!value.bytes || value.at[0] == '#') /* fragment only: the document itself */
        return ERR_OK;
    draft.element = s->element;
    draft.attribute = attribute;
    draft.at = s->at + at;
    return reference_add(s->out, s->arena, s->base, value, draft);
}

/* url(), src() and strings of image-set() in a declaration: which condition stands between it and being
 * fetched. */
static enum err add_value(struct scan *s, struct span value, const char *attribute, size_t at)
{
    struct reference r = {.evidence = EVIDENCE_D2, .condition = CONDITION_RULE, .resource = RESOURCE_IMAGE};
    if (s->font_blocks) {
        r.resource = RESOURCE_FONT;
        r.condition = CONDITION_FONT;
    } else if (s->set_functions)
        r.condition = CONDITION_CANDIDATE;
    else if (s->legacy)
        r.condition = CONDITION_LEGACY;
    else if (s->condition_blocks)
        r.condition = CONDITION_MEDIA;
    else if (s->place == CSS_INLINE && !s->custom) {
        r.evidence = EVIDENCE_D1;
        r.condition = CONDITION_NONE;
    }
    return add(s, value, r, attribute, at);
}

static enum err end_import(struct scan *s)
{
    struct span url = s->import;
    s->import = SPAN_NONE;
    s->prelude = CSS_NAME_STYLE;
    if (!url.at || s->imports_over || s->block_depth || s->place == CSS_INLINE)
        return ERR_OK;
    struct reference r = {.evidence = s->import_conditional ? EVIDENCE_D2 : EVIDENCE_D1,
                          .condition = s->import_conditional ? CONDITION_MEDIA : CONDITION_NONE,
                          .resource = RESOURCE_STYLESHEET};
    return add(s, url, r, "@import", s->import_at);
}

/* In an @import: the first URL is it; any media word but "all" behind it is a condition; layer is none. */
static enum err import_token(struct scan *s, const struct css_token *t)
{
    if (!s->import.at && (t->type == CSS_STRING || t->type == CSS_URL)) {
        s->import = css_token_value(t, s->arena);
        s->import_at = t->at;
        return s->import.at || !t->text.bytes ? ERR_OK : ERR_MEMORY;
    }
    bool layer = (t->type == CSS_FUNCTION || t->type == CSS_IDENT) && css_token_is(t, SPAN("layer"));
    bool url = t->type == CSS_FUNCTION && css_token_is(t, SPAN("url"));
    bool all = t->type == CSS_IDENT && css_token_is(t, SPAN("all"));
    bool bracket = t->type == CSS_OTHER && (t->mark == ')' || t->mark == '.');
    bool in_layer = s->function_depth > 0 && innermost(s) == CSS_NAME_OTHER && !s->import_conditional;
    if (s->import.at && !layer && !url && !all && !bracket && !in_layer)
        s->import_conditional = true;
    return ERR_OK;
}

static void open_function(struct scan *s, enum css_function function)
{
    s->url_functions |= function == CSS_NAME_URL ? bit(s->function_depth) : 0;
    s->set_functions |= function == CSS_NAME_IMAGE_SET ? bit(s->function_depth) : 0;
    s->function_depth++;
}

static void close_functions(struct scan *s, size_t depth)
{
    s->function_depth = depth;
    s->url_functions &= outside(depth);
    s->set_functions &= outside(depth);
}

static void open_block(struct scan *s)
{
    s->font_blocks |= s->prelude == CSS_NAME_FONT_FACE ? bit(s->block_depth) : 0;
    s->condition_blocks |= s->prelude == CSS_NAME_CONDITION ? bit(s->block_depth) : 0;
    s->block_depth++;
    s->imports_over = true;
    s->prelude = CSS_NAME_STYLE;
}

static void close_block(struct scan *s)
{
    s->block_depth -= s->block_depth > 0;
    s->font_blocks &= outside(s->block_depth);
    s->condition_blocks &= outside(s->block_depth);
}

/* Braces in a style attribute are part of a custom property. */
static void end_value(struct scan *s)
{
    close_functions(s, 0);
    s->legacy = false;
    s->custom &= s->place == CSS_INLINE && s->block_depth > 0;
}

/* A colon with no name before it in what is read takes the last one there is. */
static void find_property(struct scan *s)
{
    while (s->named_to < s->read_from) {
        struct css_token t = css_token_next(s->text, &s->named_to);
        if (t.type == CSS_IDENT)
            s->name = t;
    }
    s->property = s->name;
}

static enum err mark_token(struct scan *s, const struct css_token *t)
{
    switch (t->mark) {
    case '{':
        if (s->prelude == CSS_NAME_IMPORT)
            TRY(end_import(s));
        open_block(s);
        end_value(s);
        return ERR_OK;
    case '}':
        close_block(s);
        end_value(s);
        return ERR_OK;
    case ';':
        end_value(s);
        if (s->prelude == CSS_NAME_IMPORT)
            return end_import(s);
        s->imports_over |= s->prelude != CSS_NAME_LAYER && s->prelude != CSS_NAME_STYLE;
        s->prelude = CSS_NAME_STYLE;
        return ERR_OK;
    case '(':
        open_function(s, CSS_NAME_OTHER);
        return ERR_OK;
    case ')':
        close_functions(s, s->function_depth - (s->function_depth > 0));
        return ERR_OK;
    case ':':
        if (s->custom || s->function_depth)
            return ERR_OK;
        if (!s->property.text.at)
            find_property(s);
        s->custom = span_starts(s->property.text, SPAN("--"));
        s->legacy = css_name_is_legacy(&s->property);
        return ERR_OK;
    default:
        return ERR_OK;
    }
}

static enum err value_token(struct scan *s, const struct css_token *t)
{
    bool fetches = s->prelude == CSS_NAME_STYLE && (s->block_depth || s->place == CSS_INLINE);
    bool quoted =
        t->type == CSS_STRING && (innermost(s) == CSS_NAME_URL || innermost(s) == CSS_NAME_IMAGE_SET);
    if (!fetches || (t->type != CSS_URL && !quoted))
        return ERR_OK;
    struct span value = css_token_value(t, s->arena);
    if (!value.at && t->text.bytes)
        return ERR_MEMORY;
    return add_value(s, value, innermost(s) == CSS_NAME_IMAGE_SET && quoted ? "image-set()" : "url()", t->at);
}

/* CSS_NAME_NO_FETCH blocks (@document) still hold style rules that do fetch; only their prelude does not. */
static enum err take(struct scan *s, const struct css_token *t)
{
    if (s->prelude == CSS_NAME_IMPORT && t->type != CSS_BLANK &&
        !(t->type == CSS_OTHER && (t->mark == ';' || t->mark == '{')))
        TRY(import_token(s, t));
    switch (t->type) {
    case CSS_AT_KEYWORD:
        s->prelude = css_name_rule(t);
        s->import = SPAN_NONE;
        s->import_conditional = false;
        close_functions(s, 0);
        return ERR_OK;
    case CSS_FUNCTION:
        open_function(s, css_name_function(t));
        return ERR_OK;
    case CSS_IDENT:
        s->property = *t;
        return ERR_OK;
    case CSS_STRING:
    case CSS_URL:
        return value_token(s, t);
    case CSS_OTHER:
        return mark_token(s, t);
    default:
        return ERR_OK;
    }
}

/* Is nothing open that what comes next depends on, but blocks? Then a sheet may be passed by until it gets interesting; in
 * a style attribute only outside of blocks, where a custom property ends with its value. */
static bool is_settled(const struct scan *s)
{
    return s->prelude == CSS_NAME_STYLE && (s->place == CSS_SHEET || !s->block_depth);
}

/* Token by token from *at on, to where it is settled behind `past`. */
static enum err read_on(struct scan *s, size_t *at, size_t past)
{
    s->read_from = *at;
    s->property = (struct css_token){0};
    for (;;) {
        struct css_token t = css_token_next(s->text, at);
        if (t.type == CSS_END)
            return s->prelude == CSS_NAME_IMPORT ? end_import(s) : ERR_OK;
        TRY(take(s, &t));
        bool ends = t.type == CSS_OTHER && (t.mark == ';' || t.mark == '{' || t.mark == '}');
        if (ends && *at > past && is_settled(s))
            return ERR_OK;
    }
}

/* The bracket at `at`: url(, src(, image-set(, or anything with an escape. */
static bool may_fetch(const struct scan *s, size_t at)
{
    static const struct span ends[] = {
        {"url", 3},
        {"src", 3},
        {"set", 3}
    };
    if (s->escape_at > s->settled_at)
        return true;
    struct span name = at < 3 ? SPAN_NONE : span_of(s->text.at + at - 3, 3);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (span_equal_nocase(name, ends[i]))
            return true;
    return false;
}

/* Where the declaration or rule around `at` begins, or one before it. */
static size_t beginning(const struct scan *s, size_t at)
{
    size_t floor = s->hidden_to > s->settled_at ? s->hidden_to : s->settled_at;
    while (at > floor && s->text.at[at - 1] != ';')
        at--;
    return at > floor ? at : s->settled_at;
}

/* Can the byte at `at`, where nothing is open, lead to a reference? Else it is passed by, and *end is behind what it begins. */
static bool may_matter(struct scan *s, size_t at, size_t *end)
{
    *end = at + 1;
    switch (s->text.at[at]) {
    case '{':
        if (s->place == CSS_INLINE)
            return true;
        open_block(s);
        s->settled_at = *end;
        return false;
    case '}':
        close_block(s);
        s->settled_at = *end;
        return false;
    case '(':
        return may_fetch(s, at);
    case '@':
        return true;
    case '\\':
        s->escape_at = s->hidden_to = *end = at + 2;
        return false;
    case '/':
        if (*end == s->text.bytes || s->text.at[*end] != '*')
            return false;
        break;
    }
    *end = at;
    css_token_next(s->text, end); /* a string or a comment */
    s->hidden_to = *end;
    return false;
}

enum err css_refs_scan(const struct scan_way *way, struct span text, const struct url *base,
                       enum css_place place, const char *element, size_t at, struct arena *arena,
                       struct reference_list *out)
{
    static const struct scan_set telling = SCAN_SET(0, '{', '}', '(', '@', '\\', '/', '"', '\'');
    struct scan_walk walk = scan_walk_of(way ? way : scan_way_at(0), text, &telling, 0);
    size_t found = scan_walk_next(&walk), end = 0;
    if (way && found == text.bytes)
        return ERR_OK; /* most style attributes */
    struct scan s = {
        .text = text, .base = base, .place = place, .element = element, .at = at, .arena = arena, .out = out};
    if (!way)
        return read_on(&s, &end, text.bytes);
    for (; found < text.bytes; found = scan_walk_next(&walk)) {
        if (may_matter(&s, found, &end)) {
            end = beginning(&s, found);
            TRY(read_on(&s, &end, found));
            s.settled_at = end;
        }
        if (end > found + 1)
            scan_walk_to(&walk, end);
    }
    return ERR_OK;
}

enum err css_scan(struct span text, const struct url *base, enum css_place place, const char *element,
                  size_t at, struct arena *arena, struct reference_list *out)
{
    return css_refs_scan(scan_way_at(0), text, base, place, element, at, arena, out);
}
