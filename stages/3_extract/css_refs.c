// SPDX-License-Identifier: MIT
#include "3_extract/css.h"

#include "3_extract/css_token.h"

#define DEPTH_MAX                                                                                            \
    64 /* open blocks and functions that are told apart; deeper ones count as the innermost known */

/* What an at-rule means for URLs in its prelude and in its block. */
enum rule { RULE_STYLE, RULE_IMPORT, RULE_FONT_FACE, RULE_CONDITION, RULE_GROUP, RULE_LAYER, RULE_NO_FETCH };
static const struct {
    const char *keyword;
    enum rule rule;
} rules[] = {
    {"import",         RULE_IMPORT   },
    {"font-face",      RULE_FONT_FACE},
    {"media",          RULE_CONDITION},
    {"supports",       RULE_CONDITION},
    {"container",      RULE_CONDITION},
    {"scope",          RULE_GROUP    },
    {"starting-style", RULE_GROUP    },
    {"layer",          RULE_LAYER    },
    {"charset",        RULE_LAYER    },
    {"namespace",      RULE_NO_FETCH },
    {"document",       RULE_NO_FETCH },
    {"-moz-document",  RULE_NO_FETCH },
};

enum function { FUNCTION_OTHER, FUNCTION_URL, FUNCTION_IMAGE_SET };

struct scan {
    const struct url *base;
    enum css_place place;
    const char *element;
    size_t at;
    struct arena *arena;
    struct reference_list *out;
    enum rule blocks[DEPTH_MAX];
    enum function functions[DEPTH_MAX];
    size_t block_depth, function_depth;
    enum rule prelude; /* of the at-rule that has begun and not reached its block or semicolon */
    bool imports_over; /* a rule came that ends the place of @import */
    bool legacy;       /* value of behavior or -moz-binding */
    bool custom;       /* value of a custom property: fetched where it is used, if at all */
    struct css_token property;
    /* @import: its URL, and whether a condition follows */
    struct span import;
    size_t import_at;
    bool import_conditional;
};

static enum rule rule_of(const struct css_token *keyword)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (css_token_is(keyword, span_of_string(rules[i].keyword)))
            return rules[i].rule;
    return RULE_GROUP;
}

static bool inside(const struct scan *s, enum rule rule)
{
    for (size_t i = 0; i < s->block_depth && i < DEPTH_MAX; i++)
        if (s->blocks[i] == rule)
            return true;
    return false;
}

static enum function innermost(const struct scan *s)
{
    size_t depth = s->function_depth < DEPTH_MAX ? s->function_depth : DEPTH_MAX;
    return depth ? s->functions[depth - 1] : FUNCTION_OTHER;
}

static bool in_image_set(const struct scan *s)
{
    for (size_t i = 0; i < s->function_depth && i < DEPTH_MAX; i++)
        if (s->functions[i] == FUNCTION_IMAGE_SET)
            return true;
    return false;
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
    if (inside(s, RULE_FONT_FACE)) {
        r.resource = RESOURCE_FONT;
        r.condition = CONDITION_FONT;
    } else if (in_image_set(s))
        r.condition = CONDITION_CANDIDATE;
    else if (s->legacy)
        r.condition = CONDITION_LEGACY;
    else if (inside(s, RULE_CONDITION))
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
    s->prelude = RULE_STYLE;
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
    bool in_layer = s->function_depth > 0 && innermost(s) == FUNCTION_OTHER && !s->import_conditional;
    if (s->import.at && !layer && !url && !all && !bracket && !in_layer)
        s->import_conditional = true;
    return ERR_OK;
}

/* NULL: a bare bracket. */
static void open_function(struct scan *s, const struct css_token *name)
{
    static const struct {
        const char *name;
        enum function function;
    } known[] = {
        {"url",               FUNCTION_URL      },
        {"src",               FUNCTION_URL      },
        {"image-set",         FUNCTION_IMAGE_SET},
        {"-webkit-image-set", FUNCTION_IMAGE_SET}
    };
    enum function function = FUNCTION_OTHER;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (name && css_token_is(name, span_of_string(known[i].name)))
            function = known[i].function;
    if (s->function_depth < DEPTH_MAX)
        s->functions[s->function_depth] = function;
    s->function_depth++;
}

/* Braces in a style attribute are part of a custom property. */
static void end_value(struct scan *s)
{
    s->function_depth = 0;
    s->legacy = false;
    s->custom &= s->place == CSS_INLINE && s->block_depth > 0;
}

static enum err mark_token(struct scan *s, const struct css_token *t)
{
    switch (t->mark) {
    case '{':
        if (s->prelude == RULE_IMPORT)
            TRY(end_import(s));
        if (s->block_depth < DEPTH_MAX)
            s->blocks[s->block_depth] = s->prelude;
        s->imports_over = true;
        s->block_depth++;
        s->prelude = RULE_STYLE;
        end_value(s);
        return ERR_OK;
    case '}':
        s->block_depth -= s->block_depth > 0;
        end_value(s);
        return ERR_OK;
    case ';':
        end_value(s);
        if (s->prelude == RULE_IMPORT)
            return end_import(s);
        s->imports_over |= s->prelude != RULE_LAYER && s->prelude != RULE_STYLE;
        s->prelude = RULE_STYLE;
        return ERR_OK;
    case '(':
        open_function(s, NULL);
        return ERR_OK;
    case ')':
        s->function_depth -= s->function_depth > 0;
        return ERR_OK;
    case ':':
        if (s->custom || s->function_depth)
            return ERR_OK;
        s->custom = span_starts(s->property.text, SPAN("--"));
        s->legacy =
            css_token_is(&s->property, SPAN("behavior")) || css_token_is(&s->property, SPAN("-moz-binding"));
        return ERR_OK;
    default:
        return ERR_OK;
    }
}

static enum err value_token(struct scan *s, const struct css_token *t)
{
    bool fetches = s->prelude == RULE_STYLE && (s->block_depth || s->place == CSS_INLINE);
    bool quoted =
        t->type == CSS_STRING && (innermost(s) == FUNCTION_URL || innermost(s) == FUNCTION_IMAGE_SET);
    if (!fetches || (t->type != CSS_URL && !quoted))
        return ERR_OK;
    struct span value = css_token_value(t, s->arena);
    if (!value.at && t->text.bytes)
        return ERR_MEMORY;
    return add_value(s, value, innermost(s) == FUNCTION_IMAGE_SET && quoted ? "image-set()" : "url()", t->at);
}

/* RULE_NO_FETCH blocks (@document) still hold style rules that do fetch; only their prelude does not. */
static enum err take(struct scan *s, const struct css_token *t)
{
    if (s->prelude == RULE_IMPORT && t->type != CSS_BLANK &&
        !(t->type == CSS_OTHER && (t->mark == ';' || t->mark == '{')))
        TRY(import_token(s, t));
    switch (t->type) {
    case CSS_AT_KEYWORD:
        s->prelude = rule_of(t);
        s->import = SPAN_NONE;
        s->import_conditional = false;
        s->function_depth = 0;
        return ERR_OK;
    case CSS_FUNCTION:
        open_function(s, t);
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

enum err css_scan(struct span text, const struct url *base, enum css_place place, const char *element,
                  size_t at, struct arena *arena, struct reference_list *out)
{
    struct scan s = {.base = base, .place = place, .element = element, .at = at, .arena = arena, .out = out};
    size_t position = 0;
    for (;;) {
        struct css_token t = css_token_next(text, &position);
        if (t.type == CSS_END)
            break;
        TRY(take(&s, &t));
    }
    return s.prelude == RULE_IMPORT ? end_import(&s) : ERR_OK;
}
