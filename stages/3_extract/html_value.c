// SPDX-License-Identifier: MIT
#include "3_extract/html_value.h"

#include "3_extract/html_class.h"

static bool is_space(char c)
{
    return html_class_is(c, HTML_CLASS_SPACE);
}

static size_t skip_space(struct span s, size_t at)
{
    while (at < s.bytes && is_space(s.at[at]))
        at++;
    return at;
}

static size_t skip_to_space(struct span s, size_t at)
{
    while (at < s.bytes && !is_space(s.at[at]))
        at++;
    return at;
}

static size_t skip_digits(struct span s, size_t at)
{
    while (at < s.bytes && ascii_is_digit(s.at[at]))
        at++;
    return at;
}

/* "valid non-negative integer" that is not zero */
static bool is_size(struct span s)
{
    bool zero = true;
    for (size_t i = 0; i < s.bytes; i++) {
        if (!ascii_is_digit(s.at[i]))
            return false;
        zero &= s.at[i] == '0';
    }
    return s.bytes && !zero;
}

/* "valid floating-point number", not negative */
static bool is_density(struct span s)
{
    bool minus = s.bytes && s.at[0] == '-', zero = true;
    size_t whole = skip_digits(s, minus), end = whole;
    bool fraction = end + 1 < s.bytes && s.at[end] == '.' && ascii_is_digit(s.at[end + 1]);
    if (fraction)
        end = skip_digits(s, end + 1);
    if (whole == minus && !fraction)
        return false;
    for (size_t i = minus; i < end; i++)
        zero &= s.at[i] == '0' || s.at[i] == '.';
    if (end < s.bytes && ascii_lower(s.at[end]) == 'e') {
        size_t first = end + 1;
        first += first < s.bytes && (s.at[first] == '-' || s.at[first] == '+');
        end = skip_digits(s, first);
        if (end == first)
            return false;
    }
    return end == s.bytes && (!minus || zero);
}

struct descriptors {
    unsigned width_count, density_count, height_count;
    bool wrong;
};

static void add_descriptor(struct descriptors *seen, struct span one)
{
    if (!one.bytes)
        return;
    struct span number = span_first(one, one.bytes - 1);
    switch (one.at[one.bytes - 1]) {
    case 'w':
        seen->width_count++;
        seen->wrong |= !is_size(number);
        break;
    case 'x':
        seen->density_count++;
        seen->wrong |= !is_density(number);
        break;
    case 'h':
        seen->height_count++;
        seen->wrong |= !is_size(number);
        break;
    default:
        seen->wrong = true;
    }
}

static bool is_right(const struct descriptors *seen)
{
    unsigned w = seen->width_count, x = seen->density_count, h = seen->height_count;
    return !seen->wrong && w <= 1 && x <= 1 && h <= 1 && w + x <= 1 && h <= w;
}

/* From behind the URL to behind the comma that ends the candidate. */
static size_t read_descriptors(struct span s, size_t at, struct descriptors *seen)
{
    bool in_parens = false;
    size_t first = skip_space(s, at);
    for (at = first; at < s.bytes; at++) {
        char c = s.at[at];
        if (in_parens) {
            in_parens = c != ')';
        } else if (c == ',' || is_space(c)) {
            add_descriptor(seen, span_of(s.at + first, at - first));
            first = at + 1;
            if (c == ',')
                return at + 1;
        } else {
            in_parens = c == '(';
        }
    }
    add_descriptor(seen, span_of(s.at + first, at - first));
    return at;
}

bool html_value_next_candidate(struct span *rest, struct span *url)
{
    struct span s = *rest;
    for (size_t at = 0; at < s.bytes;) {
        if (s.at[at] == ',' || is_space(s.at[at])) {
            at++;
            continue;
        }
        size_t end = skip_to_space(s, at);
        struct descriptors seen = {0};
        *url = span_of(s.at + at, end - at);
        if (s.at[end - 1] == ',')
            while (s.at[at + url->bytes - 1] == ',')
                url->bytes--;
        else
            end = read_descriptors(s, end, &seen);
        at = end;
        if (is_right(&seen)) {
            *rest = span_from(s, at);
            return true;
        }
    }
    *rest = span_from(s, s.bytes);
    return false;
}

bool html_value_next_spaced(struct span *rest, struct span *url)
{
    size_t first = skip_space(*rest, 0), end = skip_to_space(*rest, first);
    *url = span_first(span_from(*rest, first), end - first);
    *rest = span_from(*rest, end);
    return url->bytes > 0;
}

bool html_value_has_token(struct span list, struct span token)
{
    struct span one;
    while (html_value_next_spaced(&list, &one))
        if (span_equal_nocase(one, token))
            return true;
    return false;
}

bool html_value_next_comma(struct span *rest, struct span *url)
{
    while (rest->bytes) {
        size_t comma = span_find(*rest, ',', 0);
        *url = span_trim(span_first(*rest, comma));
        *rest = span_from(*rest, comma + 1);
        if (url->bytes)
            return true;
    }
    return false;
}

struct span html_value_refresh_url(struct span s)
{
    size_t at = skip_space(s, 0), digits = at;
    while (at < s.bytes && (ascii_is_digit(s.at[at]) || s.at[at] == '.'))
        at++;
    if (at == digits || at == s.bytes || !(s.at[at] == ';' || s.at[at] == ',' || is_space(s.at[at])))
        return SPAN_NONE;
    at = skip_space(s, at);
    if (at < s.bytes && (s.at[at] == ';' || s.at[at] == ','))
        at = skip_space(s, at + 1);
    if (span_starts_nocase(span_from(s, at), SPAN("url"))) {
        size_t equals = skip_space(s, at + 3);
        if (equals < s.bytes && s.at[equals] == '=')
            at = skip_space(s, equals + 1);
    }
    struct span url = span_from(s, at);
    if (url.bytes && (url.at[0] == '"' || url.at[0] == '\''))
        url = span_of(url.at + 1, span_find(url, url.at[0], 1) - 1);
    return url.bytes ? url : SPAN_NONE;
}

struct span html_value_report_uri(struct span policy)
{
    while (policy.bytes) {
        struct span directive = span_cut(&policy, ';');
        size_t first = skip_space(directive, 0), end = skip_to_space(directive, first);
        if (span_equal_nocase(span_of(directive.at + first, end - first), SPAN("report-uri")))
            return span_from(directive, end);
    }
    return SPAN_NONE;
}
