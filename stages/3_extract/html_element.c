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
#define PAINT(name)                                                                                          \
    {                                                                                                        \
        NAME(name), .letters = ALL | L('h') | L('x'), .svg_rules = SVG_LINK(D2, OTHER, LEGACY, URL)          \
    }
#define PART(name)                                                                                           \
    {                                                                                                        \
        NAME(name), .needs_table = true, .letters = ALL | L('b'), .rules = BACKGROUND                        \
    }
#define LEGACY(name, resource)                                                                               \
    {                                                                                                        \
        NAME(name), .letters = ALL, .rules = RULES(R("src", D2, resource, LEGACY, URL, 0))                   \
    }
#define CONTENT(name, of)                                                                                    \
    {                                                                                                        \
        NAME(name), .model = HTML_##of, .letters = ALL                                                       \
    }
#define MATH_POINT(name)                                                                                     \
    {                                                                                                        \
        NAME(name), .foreign_context = HTML_CONTEXT_MATH_POINT, .letters = ALL                               \
    }

#define IMAGE_LETTERS (ALL | L('a') | L('l'))
/* clang-format off */
#define IMAGE_RULES                                                                                          \
    RULES(R("src", D1, IMAGE, NONE, URL, html_when_image),                                                   \
          R("srcset", D2, IMAGE, CANDIDATE, SRCSET, 0),                                                      \
          R("attributionsrc", D1, PING, NONE, SPACES, 0))

/* The sets by first letter of the name; a set ends with an empty name. */
static const struct html_element *const sets[32] = {
    ['a' & 31] = (const struct html_element[]){
        {NAME("applet"), .letters = ALL | L('a') | L('c'), .rules = RULES(
            R("archive", D2, OTHER, LEGACY, COMMAS, 0),
            R("code", D2, OTHER, LEGACY, URL, 0))},
        {NAME("audio"), .context = HTML_CONTEXT_MEDIA, .letters = ALL | L('p') | L('a'), .rules = RULES(
            R("src", D1, MEDIA, NONE, URL, html_when_media))},
        MATH_POINT("annotation-xml"),
        {0}},
    ['b' & 31] = (const struct html_element[]){
        {NAME("base"), .letters = ALL | L('h')},
        LEGACY("bgsound", MEDIA),
        {NAME("body"), .letters = ALL | L('b'), .rules = BACKGROUND},
        {0}},
    ['c' & 31] = (const struct html_element[]){
        {NAME("caption"), .needs_table = true, .letters = ALL},
        {NAME("col"), .needs_table = true, .letters = ALL},
        {NAME("colgroup"), .needs_table = true, .letters = ALL},
        {0}},
    ['d' & 31] = (const struct html_element[]){
        {NAME("desc"), .foreign_context = HTML_CONTEXT_SVG_POINT, .letters = ALL},
        {0}},
    ['e' & 31] = (const struct html_element[]){
        {NAME("embed"), .letters = ALL | L('t'), .rules = RULES(
            R("src", D1, FRAME, NONE, URL, html_when_object))},
        {0}},
    ['f' & 31] = (const struct html_element[]){
        LEGACY("fencedframe", FRAME),
        {NAME("feimage"), .letters = ALL | L('h') | L('x'), .svg_rules =
            SVG_LINK(D1, IMAGE, NONE, URL)},
        {NAME("foreignobject"), .foreign_context = HTML_CONTEXT_SVG_POINT, .letters = ALL},
        {NAME("frame"), .letters = ALL, .rules = RULES(
            R("src", D1, FRAME, NONE, URL, html_when_in_frameset))},
        {NAME("frameset"), .context = HTML_CONTEXT_FRAMESET, .letters = ALL},
        {0}},
    ['h' & 31] = (const struct html_element[]){
        {NAME("html"), .letters = ALL | L('m'), .rules = RULES(
            R("manifest", D2, MANIFEST, LEGACY, URL, 0))},
        {0}},
    ['i' & 31] = (const struct html_element[]){
        {NAME("iframe"), .model = HTML_RAWTEXT, .letters = ALL | L('l'), .rules = RULES(
            R("src", D1, FRAME, NONE, URL, html_when_frame),
            R("srcdoc", D1, DOCUMENT, NONE, SRCDOC, html_when_lazy))},
        LEGACY("ilayer", FRAME),
        {NAME("image"), .letters = IMAGE_LETTERS | L('h') | L('x'), .rules = IMAGE_RULES, .svg_rules =
            SVG_LINK(D1, IMAGE, NONE, URL)},
        {NAME("img"), .letters = IMAGE_LETTERS, .rules = IMAGE_RULES},
        {NAME("input"), .letters = ALL | L('t'), .rules = RULES(
            R("src", D1, IMAGE, NONE, URL, html_when_image_button))},
        {0}},
    ['l' & 31] = (const struct html_element[]){
        LEGACY("layer", FRAME),
        PAINT("lineargradient"),
        {NAME("link"), .letters = ALL | L('a') | L('h') | L('i') | L('m') | L('r') | L('t'), .rules = RULES(
            R("href", D1, OTHER, NONE, LINK, 0),
            R("imagesrcset", D2, IMAGE, CANDIDATE, SRCSET, html_when_image_preload))},
        {0}},
    ['m' & 31] = (const struct html_element[]){
        {NAME("math"), .context = HTML_CONTEXT_MATH, .foreign_context = HTML_CONTEXT_MATH, .letters = ALL},
        {NAME("meta"), .letters = ALL | L('c') | L('h') | L('n'), .rules = RULES(
            R("content", N, REDIRECT, NONE, REFRESH, html_when_refresh),
            R("content", D2, REPORT, REPORT, POLICY, html_when_policy))},
        MATH_POINT("mi"), MATH_POINT("mn"), MATH_POINT("mo"), MATH_POINT("ms"), MATH_POINT("mtext"),
        PAINT("mpath"),
        {0}},
    ['n' & 31] = (const struct html_element[]){
        CONTENT("noembed", RAWTEXT),
        CONTENT("noframes", RAWTEXT),
        CONTENT("noscript", RAWTEXT),
        {0}},
    ['o' & 31] = (const struct html_element[]){
        {NAME("object"), .context = HTML_CONTEXT_OBJECT, .letters = ALL | L('c') | L('t'), .rules = RULES(
            R("data", D1, FRAME, NONE, URL, html_when_object),
            R("codebase", D2, OTHER, LEGACY, URL, html_when_control))},
        {0}},
    ['p' & 31] = (const struct html_element[]){
        {NAME("param"), .letters = ALL | L('n') | L('v'), .rules = RULES(
            R("value", D2, OTHER, LEGACY, URL, html_when_param))},
        PAINT("pattern"),
        {NAME("picture"), .context = HTML_CONTEXT_PICTURE, .letters = ALL},
        CONTENT("plaintext", PLAINTEXT),
        LEGACY("portal", FRAME),
        {0}},
    ['r' & 31] = (const struct html_element[]){
        PAINT("radialgradient"),
        {0}},
    ['s' & 31] = (const struct html_element[]){
        {NAME("script"), .model = HTML_SCRIPT,
         .letters = ALL | L('a') | L('e') | L('f') | L('h') | L('l') | L('n') | L('t') | L('x'), .rules = RULES(
            R("src", D1, SCRIPT, NONE, URL, html_when_script),
            R("attributionsrc", D1, PING, NONE, SPACES, 0)), .svg_rules = RULES(
            R("href", D1, SCRIPT, NONE, URL, html_when_script),
            R("xlink:href", D1, SCRIPT, NONE, URL, html_when_svg_script))},
        {NAME("source"), .letters = ALL, .rules = RULES(
            R("src", D2, MEDIA, CANDIDATE, URL, html_when_in_media),
            R("srcset", D2, IMAGE, CANDIDATE, SRCSET, html_when_in_picture))},
        {NAME("style"), .model = HTML_RAWTEXT, .foreign_context = HTML_CONTEXT_SVG_STYLE,
         .letters = ALL | L('m') | L('t')},
        {NAME("svg"), .context = HTML_CONTEXT_SVG, .foreign_context = HTML_CONTEXT_SVG, .letters = ALL},
        {0}},
    ['t' & 31] = (const struct html_element[]){
        {NAME("table"), .context = HTML_CONTEXT_TABLE, .letters = ALL | L('b'), .rules = BACKGROUND},
        PART("tbody"), PART("td"), PART("tfoot"), PART("th"), PART("thead"), PART("tr"),
        {NAME("template"), .context = HTML_CONTEXT_TEMPLATE, .letters = ALL},
        CONTENT("textarea", RCDATA),
        PAINT("textpath"),
        {NAME("title"), .model = HTML_RCDATA, .foreign_context = HTML_CONTEXT_SVG_POINT, .letters = ALL},
        {NAME("track"), .letters = ALL, .rules = RULES(
            R("src", D2, TEXTTRACK, CANDIDATE, URL, html_when_track))},
        {0}},
    ['u' & 31] = (const struct html_element[]){
        {NAME("use"), .letters = ALL | L('h') | L('x'), .svg_rules =
            SVG_LINK(D1, IMAGE, NONE, OWN)},
        {0}},
    ['v' & 31] = (const struct html_element[]){
        {NAME("video"), .context = HTML_CONTEXT_MEDIA, .letters = ALL | L('p') | L('a'), .rules = RULES(
            R("src", D1, MEDIA, NONE, URL, html_when_media),
            R("poster", D1, IMAGE, NONE, URL, 0))},
        {0}},
    ['x' & 31] = (const struct html_element[]){
        LEGACY("xml", OTHER),
        CONTENT("xmp", RAWTEXT),
        {0}},
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

static const struct html_element other = {NAME("*"), .letters = ALL};

const struct html_element *html_element_find(struct span name)
{
    const struct html_element *row = sets[name.at[0] & 31];
    for (; row && row->name.bytes; row++)
        if (row->name.bytes == name.bytes && span_equal_nocase(row->name, name))
            return row;
    return &other;
}

const struct html_rule *html_element_svg_rules(void)
{
    return presentation_rules;
}
