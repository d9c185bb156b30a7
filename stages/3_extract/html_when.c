// SPDX-License-Identifier: MIT
#include "3_extract/html_when.h"

#include "3_extract/html_entity.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct span html_place_decode(const struct html_place *place, struct span raw)
{
    struct span utf8 = html_charset_to_utf8(raw, place->charset, place->arena);
    return html_entity_decode(utf8, HTML_ENTITY_ATTRIBUTE, place->arena);
}

struct span html_place_value(const struct html_place *place, struct span attribute)
{
    const struct html_attribute *found = html_token_attribute(place->tag, attribute);
    return found ? html_place_decode(place, found->value) : SPAN_NONE;
}

static bool has(const struct html_place *place, struct span attribute)
{
    return html_token_attribute(place->tag, attribute) != NULL;
}

static bool value_is(const struct html_place *place, struct span attribute, struct span value)
{
    return span_equal_nocase(html_place_value(place, attribute), value);
}

bool html_when_weaken(struct reference *draft, enum condition condition)
{
    draft->evidence = EVIDENCE_D2;
    draft->condition = condition;
    return true;
}

bool html_when_lazy(const struct html_place *place, struct reference *draft)
{
    return value_is(place, SPAN("loading"), SPAN("lazy")) ? html_when_weaken(draft, CONDITION_LAZY) : true;
}

bool html_when_image(const struct html_place *place, struct reference *draft)
{
    const struct html_context_entry *picture = html_context_find(place->context, HTML_CONTEXT_PICTURE);
    if ((picture && picture->marked) || html_place_value(place, SPAN("srcset")).bytes)
        return html_when_weaken(draft, CONDITION_CANDIDATE);
    return html_when_lazy(place, draft);
}

bool html_when_image_button(const struct html_place *place, struct reference *draft)
{
    (void)draft;
    return value_is(place, SPAN("type"), SPAN("image"));
}

bool html_when_media(const struct html_place *place, struct reference *draft)
{
    bool waits = value_is(place, SPAN("preload"), SPAN("none")) && !has(place, SPAN("autoplay"));
    return waits ? html_when_weaken(draft, CONDITION_LAZY) : true;
}

/* A media element with src does not look at its source children. */
bool html_when_in_media(const struct html_place *place, struct reference *draft)
{
    (void)draft;
    const struct html_context_entry *media = html_context_find(place->context, HTML_CONTEXT_MEDIA);
    return media && !media->marked;
}

bool html_when_track(const struct html_place *place, struct reference *draft)
{
    (void)draft;
    return html_context_find(place->context, HTML_CONTEXT_MEDIA) != NULL;
}

bool html_when_in_picture(const struct html_place *place, struct reference *draft)
{
    (void)draft;
    return html_context_find(place->context, HTML_CONTEXT_PICTURE) != NULL;
}

bool html_when_frame(const struct html_place *place, struct reference *draft)
{
    return !has(place, SPAN("srcdoc")) && html_when_lazy(place, draft);
}

bool html_when_in_frameset(const struct html_place *place, struct reference *draft)
{
    (void)draft;
    return html_context_find(place->context, HTML_CONTEXT_FRAMESET) != NULL;
}

/* Types that were shown by plug-ins alone: browsers that have none fetch nothing for them. */
static bool is_plugin_type(struct span type)
{
    static const char *const starts[] = {
        "application/x-shockwave-flash",
        "application/futuresplash",
        "application/x-java-",
        "application/x-silverlight",
        "application/x-director",
        "application/x-mplayer2",
        "application/x-oleobject",
        "application/vnd.rn-",
        "application/vnd.adobe.flash",
        "application/x-ms-wmp",
        "audio/x-pn-realaudio",
        "audio/x-ms-",
        "video/x-ms-",
    };
    for (size_t i = 0; i < COUNT(starts); i++)
        if (span_starts_nocase(type, span_of_string(starts[i])))
            return true;
    return false;
}

/* Without a type the name decides. */
static bool is_plugin(const struct html_place *place, struct span type)
{
    bool is_object = span_equal(place->tag->element->name, SPAN("object"));
    struct span url = html_place_value(place, is_object ? SPAN("data") : SPAN("src"));
    struct span path = span_first(url, span_find(url, '?', 0));
    if (is_object && span_trim(html_place_value(place, SPAN("classid"))).bytes)
        return true;
    return type.bytes ? is_plugin_type(type) : span_ends_nocase(path, SPAN(".swf"));
}

/* 4.8.7, "potentially active": not as the fallback of an object that is shown, nor of video and audio. */
bool html_when_object(const struct html_place *place, struct reference *draft)
{
    struct span type = span_trim(html_place_value(place, SPAN("type")));
    if (span_starts_nocase(type, SPAN("image/")))
        draft->resource = RESOURCE_IMAGE;
    if (is_plugin(place, type) || html_context_find(place->context, HTML_CONTEXT_MEDIA))
        return html_when_weaken(draft, CONDITION_LEGACY);
    const struct html_context_entry *outer = html_context_find(place->context, HTML_CONTEXT_OBJECT);
    return outer && outer->marked ? html_when_weaken(draft, CONDITION_CANDIDATE) : true;
}

/* Where Internet Explorer got the control of a class from. No browser resolves other URLs of an object against it. */
bool html_when_control(const struct html_place *place, struct reference *draft)
{
    (void)draft;
    return span_starts_nocase(span_trim(html_place_value(place, SPAN("classid"))), SPAN("clsid:"));
}

bool html_when_param(const struct html_place *place, struct reference *draft)
{
    static const char *const names[] = {"movie", "src", "url", "filename"};
    (void)draft;
    return html_context_find(place->context, HTML_CONTEXT_OBJECT) &&
           span_is_one_of(html_place_value(place, SPAN("name")), names, COUNT(names));
}

static bool is_javascript(struct span type)
{
    static const char *const types[] = {
        "text/javascript",          "application/javascript", "application/x-javascript",
        "text/ecmascript",          "text/x-javascript",      "application/ecmascript",
        "application/x-ecmascript", "text/x-ecmascript",      "text/javascript1.0",
        "text/javascript1.1",       "text/javascript1.2",     "text/javascript1.3",
        "text/javascript1.4",       "text/javascript1.5",     "text/jscript",
        "text/livescript",
    };
    return span_is_one_of(type, types, COUNT(types));
}

/* 4.12.1, "prepare the script element", steps 8 to 12 */
static bool is_classic(const struct html_place *place, struct span type)
{
    struct span language = html_place_value(place, SPAN("language"));
    if (type.at)
        return type.bytes == 0 || is_javascript(span_trim(type));
    if (!language.bytes)
        return true;
    struct span guess = arena_format(place->arena, "text/%.*s", SPAN_ARG(span_first(language, 32)));
    return is_javascript(guess);
}

/* 4.12.1, step 20: scripts of an event of Internet Explorer; only that of the window's load is run. */
static bool is_of_other_event(const struct html_place *place)
{
    if (!has(place, SPAN("for")) || !has(place, SPAN("event")))
        return false;
    struct span target = span_trim(html_place_value(place, SPAN("for"))),
                event = span_trim(html_place_value(place, SPAN("event")));
    return !span_equal_nocase(target, SPAN("window")) ||
           !(span_equal_nocase(event, SPAN("onload")) || span_equal_nocase(event, SPAN("onload()")));
}

bool html_when_script(const struct html_place *place, struct reference *draft)
{
    static const char *const inline_only[] = {"importmap", "speculationrules"};
    struct span type = html_place_value(place, SPAN("type"));
    if (is_classic(place, type)) {
        bool legacy = has(place, SPAN("nomodule")) || is_of_other_event(place);
        return legacy ? html_when_weaken(draft, CONDITION_LEGACY) : true;
    }
    if (span_is_one_of(span_trim(type), inline_only, COUNT(inline_only)))
        return false;
    return span_equal_nocase(span_trim(type), SPAN("module")) ? true
                                                              : html_when_weaken(draft, CONDITION_TYPE);
}

bool html_when_svg_script(const struct html_place *place, struct reference *draft)
{
    return !has(place, SPAN("href")) && html_when_script(place, draft);
}

static bool is_fragment(struct span value)
{
    value = span_trim(value);
    return value.bytes && value.at[0] == '#';
}

bool html_when_other_document(const struct html_place *place, struct reference *draft)
{
    (void)draft;
    return !is_fragment(html_place_value(place, SPAN("href")));
}

bool html_when_no_href(const struct html_place *place, struct reference *draft)
{
    (void)draft;
    return !has(place, SPAN("href")) && !is_fragment(html_place_value(place, SPAN("xlink:href")));
}

bool html_when_refresh(const struct html_place *place, struct reference *draft)
{
    (void)draft;
    return value_is(place, SPAN("http-equiv"), SPAN("refresh"));
}

bool html_when_policy(const struct html_place *place, struct reference *draft)
{
    (void)draft;
    return value_is(place, SPAN("http-equiv"), SPAN("content-security-policy"));
}

bool html_when_is_css(struct span type)
{
    return type.bytes == 0 || span_equal_nocase(span_trim(type), SPAN("text/css"));
}
