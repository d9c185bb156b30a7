// SPDX-License-Identifier: MIT
#include "3_extract/html_element.h"

#include "3_extract/html_when.h"

#define NAME(text)                                                                                           \
    {                                                                                                        \
        text, sizeof(text) - 1                                                                               \
    }
#define L(letter) (1u << ((letter)&31))
#define ALL       HTML_ELEMENT_LETTERS
/* attribute, evidence, resource, condition, reading, when (0: always) */
#define R(attribute, evidence, resource, condition, read, when)                                              \
    {                                                                                                        \
        NAME(attribute), EVIDENCE_##evidence, RESOURCE_##resource, CONDITION_##condition, HTML_READ_##read,  \
            when                                                                                             \
    }
#define RULES(...)                                                                                           \
    (const struct html_rule[])                                                                               \
    {                                                                                                        \
        __VA_ARGS__,                                                                                         \
        {                                                                                                    \
            .attribute = { "", 0 }                                                                           \
        }                                                                                                    \
    }

#define SVG_LINK(evidence, resource, condition, read)                                                        \
    RULES(R("href", evidence, resource, condition, read, html_when_other_document),                          \
          R("xlink:href", evidence, resource, condition, read, html_when_no_href))
#define BACKGROUND RULES(R("background", D1, IMAGE, NONE, URL, 0))
/* The first eight bytes of a name, first lowest. */
#define KEY8(a, b, c, d, e, f, g, h, ...)                                                                    \
    ((uint64_t)(a) | (uint64_t)(b) << 8 | (uint64_t)(c) << 16 | (uint64_t)(d) << 24 | (uint64_t)(e) << 32 |  \
     (uint64_t)(f) << 40 | (uint64_t)(g) << 48 | (uint64_t)(h) << 56)
#define KEY(...)             KEY8(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0, 0)
#define ROW(key_, text, ...) [HTML_ELEMENT_PLACE(key_)] = {.name = NAME(text), .key = key_, __VA_ARGS__}
#define PAINT(key_, text)                                                                                    \
    ROW(key_, text, .letters = ALL | L('h') | L('x'), .svg_rules = SVG_LINK(D2, OTHER, LEGACY, URL))
#define PART(key_, text) ROW(key_, text, .needs_table = true, .letters = ALL | L('b'), .rules = BACKGROUND)
#define LEGACY(key_, text, resource)                                                                         \
    ROW(key_, text, .letters = ALL, .rules = RULES(R("src", D2, resource, LEGACY, URL, 0)))
#define CONTENT(key_, text, of) ROW(key_, text, .model = HTML_##of, .letters = ALL)
#define MATH_POINT(key_, text)  ROW(key_, text, .foreign_context = HTML_CONTEXT_MATH_POINT, .letters = ALL)

#define IMAGE_LETTERS (ALL | L('a') | L('l'))
/* clang-format off */
#define IMAGE_RULES                                                                                          \
    RULES(R("src", D1, IMAGE, NONE, URL, html_when_image),                                                   \
          R("srcset", D2, IMAGE, CANDIDATE, SRCSET, 0),                                                      \
          R("attributionsrc", D1, PING, NONE, SPACES, 0))

/* A row that does not fit into its place is an error of compilation, -Woverride-init. */
const struct html_element html_element_rows[HTML_ELEMENT_PLACES + 1] = {
    ROW(KEY('a','p','p','l','e','t'), "applet", .letters = ALL | L('a') | L('c'), .rules = RULES(
        R("archive", D2, OTHER, LEGACY, COMMAS, 0),
        R("code", D2, OTHER, LEGACY, URL, 0))),
    ROW(KEY('a','u','d','i','o'), "audio", .context = HTML_CONTEXT_MEDIA, .letters = ALL | L('p') | L('a'), .rules = RULES(
        R("src", D1, MEDIA, NONE, URL, html_when_media))),
    MATH_POINT(KEY('a','n','n','o','t','a','t','i'), "annotation-xml"),
    ROW(KEY('b','a','s','e'), "base", .letters = ALL | L('h')),
    LEGACY(KEY('b','g','s','o','u','n','d'), "bgsound", MEDIA),
    ROW(KEY('b','o','d','y'), "body", .letters = ALL | L('b'), .rules = BACKGROUND),
    ROW(KEY('c','a','p','t','i','o','n'), "caption", .needs_table = true, .letters = ALL),
    ROW(KEY('c','o','l'), "col", .needs_table = true, .letters = ALL),
    ROW(KEY('c','o','l','g','r','o','u','p'), "colgroup", .needs_table = true, .letters = ALL),
    ROW(KEY('d','e','s','c'), "desc", .foreign_context = HTML_CONTEXT_SVG_POINT, .letters = ALL),
    ROW(KEY('e','m','b','e','d'), "embed", .letters = ALL | L('t'), .rules = RULES(
        R("src", D1, FRAME, NONE, URL, html_when_object))),
    LEGACY(KEY('f','e','n','c','e','d','f','r'), "fencedframe", FRAME),
    ROW(KEY('f','e','i','m','a','g','e'), "feimage", .letters = ALL | L('h') | L('x'), .svg_rules =
        SVG_LINK(D1, IMAGE, NONE, URL)),
    ROW(KEY('f','o','r','e','i','g','n','o'), "foreignobject", .foreign_context = HTML_CONTEXT_SVG_POINT, .letters = ALL),
    ROW(KEY('f','r','a','m','e'), "frame", .letters = ALL, .rules = RULES(
        R("src", D1, FRAME, NONE, URL, html_when_in_frameset))),
    ROW(KEY('f','r','a','m','e','s','e','t'), "frameset", .context = HTML_CONTEXT_FRAMESET, .letters = ALL),
    ROW(KEY('h','t','m','l'), "html", .letters = ALL | L('m'), .rules = RULES(
        R("manifest", D2, MANIFEST, LEGACY, URL, 0))),
    ROW(KEY('i','f','r','a','m','e'), "iframe", .model = HTML_RAWTEXT, .letters = ALL | L('l'), .rules = RULES(
        R("src", D1, FRAME, NONE, URL, html_when_frame),
        R("srcdoc", D1, DOCUMENT, NONE, SRCDOC, html_when_lazy))),
    LEGACY(KEY('i','l','a','y','e','r'), "ilayer", FRAME),
    ROW(KEY('i','m','a','g','e'), "image", .letters = IMAGE_LETTERS | L('h') | L('x'), .rules = IMAGE_RULES, .svg_rules =
        SVG_LINK(D1, IMAGE, NONE, URL)),
    ROW(KEY('i','m','g'), "img", .letters = IMAGE_LETTERS, .rules = IMAGE_RULES),
    ROW(KEY('i','n','p','u','t'), "input", .letters = ALL | L('t'), .rules = RULES(
        R("src", D1, IMAGE, NONE, URL, html_when_image_button))),
    LEGACY(KEY('l','a','y','e','r'), "layer", FRAME),
    PAINT(KEY('l','i','n','e','a','r','g','r'), "lineargradient"),
    ROW(KEY('l','i','n','k'), "link", .letters = ALL | L('a') | L('h') | L('i') | L('m') | L('r') | L('t'), .rules = RULES(
        R("href", D1, OTHER, NONE, LINK, 0),
        R("imagesrcset", D2, IMAGE, CANDIDATE, SRCSET, html_when_image_preload))),
    ROW(KEY('m','a','t','h'), "math", .context = HTML_CONTEXT_MATH, .foreign_context = HTML_CONTEXT_MATH, .letters = ALL),
    ROW(KEY('m','e','t','a'), "meta", .letters = ALL | L('c') | L('h') | L('n'), .rules = RULES(
        R("content", N, REDIRECT, NONE, REFRESH, html_when_refresh),
        R("content", D2, REPORT, REPORT, POLICY, html_when_policy))),
    MATH_POINT(KEY('m','i'), "mi"), MATH_POINT(KEY('m','n'), "mn"), MATH_POINT(KEY('m','o'), "mo"), MATH_POINT(KEY('m','s'), "ms"), MATH_POINT(KEY('m','t','e','x','t'), "mtext"),
    PAINT(KEY('m','p','a','t','h'), "mpath"),
    CONTENT(KEY('n','o','e','m','b','e','d'), "noembed", RAWTEXT),
    CONTENT(KEY('n','o','f','r','a','m','e','s'), "noframes", RAWTEXT),
    CONTENT(KEY('n','o','s','c','r','i','p','t'), "noscript", RAWTEXT),
    ROW(KEY('o','b','j','e','c','t'), "object", .context = HTML_CONTEXT_OBJECT, .letters = ALL | L('c') | L('t'), .rules = RULES(
        R("data", D1, FRAME, NONE, URL, html_when_object),
        R("codebase", D2, OTHER, LEGACY, URL, html_when_control))),
    ROW(KEY('p','a','r','a','m'), "param", .letters = ALL | L('n') | L('v'), .rules = RULES(
        R("value", D2, OTHER, LEGACY, URL, html_when_param))),
    PAINT(KEY('p','a','t','t','e','r','n'), "pattern"),
    ROW(KEY('p','i','c','t','u','r','e'), "picture", .context = HTML_CONTEXT_PICTURE, .letters = ALL),
    CONTENT(KEY('p','l','a','i','n','t','e','x'), "plaintext", PLAINTEXT),
    LEGACY(KEY('p','o','r','t','a','l'), "portal", FRAME),
    PAINT(KEY('r','a','d','i','a','l','g','r'), "radialgradient"),
    ROW(KEY('s','c','r','i','p','t'), "script", .model = HTML_SCRIPT,
     .letters = ALL | L('a') | L('e') | L('f') | L('h') | L('l') | L('n') | L('t') | L('x'), .rules = RULES(
        R("src", D1, SCRIPT, NONE, URL, html_when_script),
        R("attributionsrc", D1, PING, NONE, SPACES, 0)), .svg_rules = RULES(
        R("href", D1, SCRIPT, NONE, URL, html_when_script),
        R("xlink:href", D1, SCRIPT, NONE, URL, html_when_svg_script))),
    ROW(KEY('s','o','u','r','c','e'), "source", .letters = ALL, .rules = RULES(
        R("src", D2, MEDIA, CANDIDATE, URL, html_when_in_media),
        R("srcset", D2, IMAGE, CANDIDATE, SRCSET, html_when_in_picture))),
    ROW(KEY('s','t','y','l','e'), "style", .model = HTML_RAWTEXT, .foreign_context = HTML_CONTEXT_SVG_STYLE,
     .letters = ALL | L('m') | L('t')),
    ROW(KEY('s','v','g'), "svg", .context = HTML_CONTEXT_SVG, .foreign_context = HTML_CONTEXT_SVG, .letters = ALL),
    ROW(KEY('t','a','b','l','e'), "table", .context = HTML_CONTEXT_TABLE, .letters = ALL | L('b'), .rules = BACKGROUND),
    PART(KEY('t','b','o','d','y'), "tbody"), PART(KEY('t','d'), "td"), PART(KEY('t','f','o','o','t'), "tfoot"), PART(KEY('t','h'), "th"), PART(KEY('t','h','e','a','d'), "thead"), PART(KEY('t','r'), "tr"),
    ROW(KEY('t','e','m','p','l','a','t','e'), "template", .context = HTML_CONTEXT_TEMPLATE, .letters = ALL),
    CONTENT(KEY('t','e','x','t','a','r','e','a'), "textarea", RCDATA),
    PAINT(KEY('t','e','x','t','p','a','t','h'), "textpath"),
    ROW(KEY('t','i','t','l','e'), "title", .model = HTML_RCDATA, .foreign_context = HTML_CONTEXT_SVG_POINT, .letters = ALL),
    ROW(KEY('t','r','a','c','k'), "track", .letters = ALL, .rules = RULES(
        R("src", D2, TEXTTRACK, CANDIDATE, URL, html_when_track))),
    ROW(KEY('u','s','e'), "use", .letters = ALL | L('h') | L('x'), .svg_rules =
        SVG_LINK(D1, IMAGE, NONE, OWN)),
    ROW(KEY('v','i','d','e','o'), "video", .context = HTML_CONTEXT_MEDIA, .letters = ALL | L('p') | L('a'), .rules = RULES(
        R("src", D1, MEDIA, NONE, URL, html_when_media),
        R("poster", D1, IMAGE, NONE, URL, 0))),
    LEGACY(KEY('x','m','l'), "xml", OTHER),
    CONTENT(KEY('x','m','p'), "xmp", RAWTEXT),
    [HTML_ELEMENT_PLACES] = {NAME("*"), .letters = ALL}, /* of all others */
};

static const struct html_rule presentation_rules[] = {
    R("clip-path", D2, IMAGE, LEGACY, STYLE, 0),
    R("cursor", D1, IMAGE, NONE, STYLE, 0),
    R("fill", D2, IMAGE, LEGACY, STYLE, 0),
    R("filter", D2, IMAGE, LEGACY, STYLE, 0),
    R("marker-end", D2, IMAGE, LEGACY, STYLE, 0),
    R("marker-mid", D2, IMAGE, LEGACY, STYLE, 0),
    R("marker-start", D2, IMAGE, LEGACY, STYLE, 0),
    R("mask", D1, IMAGE, NONE, STYLE, 0),
    R("stroke", D2, IMAGE, LEGACY, STYLE, 0),
    {.attribute = {"", 0}},
};
/* clang-format on */

const struct html_element *html_element_find(struct span name)
{
    uint64_t key = 0;
    for (size_t i = 0; i < name.bytes && i < sizeof key; i++)
        key |= (uint64_t)(unsigned char)ascii_lower(name.at[i]) << 8 * i;
    return html_element_of_key(name, key);
}

const struct html_rule *html_element_svg_rules(void)
{
    return presentation_rules;
}
