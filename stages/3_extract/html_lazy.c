// SPDX-License-Identifier: MIT
#include "3_extract/html_lazy.h"

static const struct {
    struct span name;
    enum resource resource; /* OTHER: what the element itself would fetch */
} rows[] = {
    {{"data-src", 8},         RESOURCE_OTHER},
    {{"data-srcset", 11},     RESOURCE_IMAGE},
    {{"data-bg", 7},          RESOURCE_IMAGE},
    {{"data-href", 9},        RESOURCE_OTHER},
    {{"data-background", 15}, RESOURCE_IMAGE},
};

/* "https://x", "//x" */
static bool is_absolute(struct span value)
{
    size_t slashes = span_starts_nocase(value, SPAN("https:"))  ? 6
                     : span_starts_nocase(value, SPAN("http:")) ? 5
                                                                : 0;
    struct span rest = span_from(value, slashes);
    return rest.bytes > 2 && rest.at[0] == '/' && rest.at[1] == '/' && rest.at[2] != '/' && rest.at[2] != ' ';
}

/* Under a name that is known to hold URLs: no number, word, size list or JSON. */
static bool is_path(struct span value)
{
    bool hinted = false;
    for (size_t i = 0; i < value.bytes; i++) {
        if (value.at[i] == '{' || value.at[i] == '<' || value.at[i] == '(')
            return false;
        hinted |= value.at[i] == '/' || value.at[i] == '.';
    }
    return hinted && value.at[0] != '#' && value.at[0] != '[';
}

static enum resource resource_of(const struct html_element *element)
{
    const struct html_rule *first = element->rules;
    return first && first->read == HTML_READ_URL ? first->resource : RESOURCE_OTHER;
}

bool html_lazy_rule(const struct html_element *element, const struct html_attribute *attribute,
                    struct html_rule *out)
{
    struct span name = attribute->name, value = span_trim(attribute->value);
    if (!span_starts_nocase(name, SPAN("data-")))
        return false;
    bool absolute = is_absolute(value), list = span_ends_nocase(name, SPAN("srcset"));
    *out = (struct html_rule){
        .attribute = SPAN("data-*"),
        .evidence = EVIDENCE_D2,
        .resource = list ? RESOURCE_IMAGE : resource_of(element),
        .condition = CONDITION_DATA,
        .read = list ? HTML_READ_SRCSET : HTML_READ_URL,
    };
    if (span_starts_nocase(name, SPAN("data-lazy-"))) {
        out->attribute = SPAN("data-lazy-*");
        return absolute || is_path(value);
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!span_equal_nocase(name, rows[i].name))
            continue;
        out->attribute = rows[i].name;
        out->resource = rows[i].resource == RESOURCE_OTHER ? out->resource : rows[i].resource;
        return absolute || is_path(value);
    }
    return absolute;
}

/* By the first letter of what follows "data-", else by that of the value, which must then be absolute. */
bool html_lazy_may_tell(const struct html_attribute *attribute)
{
    struct span name = attribute->name, value = attribute->value;
    if (name.bytes < 6 || name.at[4] != '-' || !value.bytes)
        return false;
    switch (ascii_lower(name.at[5])) {
    case 'b':
    case 'h':
    case 'l':
    case 's':
        return true;
    default:
        return value.at[0] == '/' || value.at[0] <= ' ' || ascii_lower(value.at[0]) == 'h';
    }
}
