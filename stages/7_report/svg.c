// SPDX-License-Identifier: MIT
#include "7_report/svg.h"

#include "7_report/text.h"

static void set_number(struct html *h, const char *name, int value)
{
    char digits[16], *at = digits + sizeof digits;
    unsigned magnitude = value < 0 ? 0u - (unsigned)value : (unsigned)value;
    do
        *--at = (char)('0' + magnitude % 10);
    while (magnitude /= 10);
    if (value < 0)
        *--at = '-';
    html_attribute(h, name, span_of(at, (size_t)(digits + sizeof digits - at)));
}

static void set_text(struct page *page, const char *attribute, const char *prefix, const char *name,
                     const char *suffix, const char *end)
{
    html_attribute(&page->html, attribute, arena_format(page->arena, "%s%s-%s%s", prefix, name, suffix, end));
}

/* Each pattern is a tile: a ground and strokes on it. */
static void write_patterns(struct page *page, const char *name)
{
    static const struct {
        enum verdict verdict;
        const char *ground, *stroke, *path;
    } rows[] = {
        {VERDICT_COMPLIANT,     "#1b6b50", "#1b6b50", ""                            },
        {VERDICT_UNRESOLVED,    "#fbe3bd", "#865300", "M-2 2L2 -2M0 8L8 0M6 10L10 6"},
        {VERDICT_NON_COMPLIANT, "#9c1f2c", "#e9b9be", "M0 0L8 8M0 8L8 0"            },
        {VERDICT_LIMITED,       "#dfe5f2", "#41568a", "M0 2H8M0 6H8"                },
        {VERDICT_NOT_MEASURED,  "#ffffff", "#59626d", "M1 1h1.5M5 5h1.5"            },
    };
    struct html *h = &page->html;
    html_open(h, "defs", NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        html_open(h, "pattern", NULL);
        set_text(page, "id", "", name, page_mark_of(rows[i].verdict)->figure_class, "");
        html_set(h, "patternUnits", "userSpaceOnUse");
        set_number(h, "width", 8);
        set_number(h, "height", 8);
        html_open(h, "rect", NULL);
        set_number(h, "width", 8);
        set_number(h, "height", 8);
        html_set(h, "fill", rows[i].ground);
        html_close(h);
        html_open(h, "path", NULL);
        html_set(h, "d", rows[i].path);
        html_set(h, "stroke", rows[i].stroke);
        html_set(h, "fill", "none");
        html_close(h);
        html_close(h);
    }
    html_close(h);
}

void svg_begin(struct page *page, const char *name, int height, struct span title, struct span description)
{
    struct html *h = &page->html;
    html_open(h, "svg", NULL);
    html_set(h, "role", "img");
    html_attribute(h, "viewBox", arena_format(page->arena, "0 0 %d %d", SVG_WIDTH, height));
    html_attribute(h, "aria-labelledby", arena_format(page->arena, "%s-title %s-desc", name, name));
    html_open(h, "title", NULL);
    set_text(page, "id", "", name, "title", "");
    html_text(h, title);
    html_close(h);
    html_open(h, "desc", NULL);
    set_text(page, "id", "", name, "desc", "");
    html_text(h, description);
    html_close(h);
    write_patterns(page, name);
}

void svg_end(struct page *page)
{
    html_close(&page->html);
}

static void open_rect(struct html *h, const char *class_name, int x, int y, int width, int height)
{
    html_open(h, "rect", class_name);
    set_number(h, "x", x);
    set_number(h, "y", y);
    set_number(h, "width", width);
    set_number(h, "height", height);
}

void svg_rect(struct page *page, const char *class_name, int x, int y, int width, int height)
{
    open_rect(&page->html, class_name, x, y, width, height);
    html_close(&page->html);
}

void svg_verdict_rect(struct page *page, const char *name, enum verdict verdict, int x, int y, int width,
                      int height)
{
    open_rect(&page->html, NULL, x, y, width, height);
    set_text(page, "fill", "url(#", name, page_mark_of(verdict)->figure_class, ")");
    html_set(&page->html, "stroke", "#18222d");
    html_set(&page->html, "stroke-width", "1");
    html_close(&page->html);
}

void svg_symbol(struct page *page, enum verdict verdict, int x, int y)
{
    static const char *const paths[VERDICT_UNDETERMINED + 1] = {
        [VERDICT_COMPLIANT] = "m-5 0l3.5 4l6.5 -8",
        [VERDICT_UNRESOLVED] = "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
        [VERDICT_NON_COMPLIANT] = "m-4.5 -4.5l9 9m0 -9l-9 9",
    };
    struct html *h = &page->html;
    if (!paths[verdict])
        return;
    html_open(h, "path", page_mark_of(verdict)->figure_class);
    html_attribute(h, "d", arena_format(page->arena, "M%d %d%s", x, y, paths[verdict]));
    html_set(h, "stroke-width", "2.5");
    if (verdict != VERDICT_UNRESOLVED)
        html_set(h, "fill-opacity", "0");
    html_close(h);
}

void svg_line(struct page *page, const char *class_name, int x1, int y1, int x2, int y2)
{
    struct html *h = &page->html;
    html_open(h, "line", class_name);
    set_number(h, "x1", x1);
    set_number(h, "y1", y1);
    set_number(h, "x2", x2);
    set_number(h, "y2", y2);
    html_close(h);
}

void svg_text(struct page *page, const char *class_name, enum svg_anchor anchor, int x, int y,
              struct span text)
{
    static const char *const anchors[] = {[SVG_START] = "start", [SVG_MIDDLE] = "middle", [SVG_END] = "end"};
    struct html *h = &page->html;
    html_open(h, "text", class_name);
    set_number(h, "x", x);
    set_number(h, "y", y);
    if (anchor != SVG_START)
        html_set(h, "text-anchor", anchors[anchor]);
    html_text(h, text);
    html_close(h);
}

/* Tenths of the type size, from the widest common faces. */
static int width_tenths(uint32_t c)
{
    if (c >= 0x1100)
        return c >= 0x2010 && c <= 0x2BFF ? 9 : 11;
    if (c < 0x80 && strchr("iljtf.,:;'|!()[] -", (int)c))
        return 4;
    return c == 'm' || c == 'w' || c == 'M' || c == 'W' || c == '@' ? 10 : c >= 'A' && c <= 'Z' ? 7 : 6;
}

int svg_text_width(struct span text)
{
    int tenths = 0;
    while (text.bytes && tenths < 100000)
        tenths += width_tenths(text_next(&text));
    return tenths * 15 / 10;
}

struct span svg_fit(struct arena *arena, struct span text, int width)
{
    if (svg_text_width(text) <= width)
        return text;
    struct span rest = text;
    size_t kept_bytes = 0;
    for (int tenths = 9; rest.bytes; kept_bytes = text.bytes - rest.bytes) {
        tenths += width_tenths(text_next(&rest));
        if (tenths * 15 / 10 > width)
            break;
    }
    return arena_format(arena, "%.*s…", SPAN_ARG(span_first(text, kept_bytes)));
}
