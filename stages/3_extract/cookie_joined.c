// SPDX-License-Identifier: MIT
/*
 * Set-Cookie lines that a producer kept as one property. A comma separates two of them when a name and "="
 * follow; the comma behind the weekday of an Expires never does. LF always does.
 */
#include "3_extract/cookie.h"

/* RFC 9110 5.6.2. */
static bool is_token_byte(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool starts_cookie(struct span s, size_t at)
{
    size_t start = at;
    while (at < s.bytes && is_token_byte(s.at[at]))
        at++;
    return at > start && at < s.bytes && s.at[at] == '=';
}

/* attribute: what stands between the last ";" and the comma. */
static bool is_weekday_of_expires(struct span attribute)
{
    static const char days[] = "montuewedthufrisatsun";
    attribute = span_trim(attribute);
    struct span name = span_cut(&attribute, '=');
    struct span day = span_trim(attribute);
    if (!span_equal_nocase(span_trim(name), SPAN("expires")) || day.bytes < 3 ||
        day.bytes > sizeof "wednesday" - 1)
        return false;
    for (size_t i = 3; i < day.bytes; i++)
        if (!ascii_is_alpha(day.at[i]))
            return false;
    for (size_t i = 0; i < 7; i++)
        if (span_starts_nocase(day, span_of(days + i * 3, 3)))
            return true;
    return false;
}

/* Length of the first cookie; *next is where the one after it begins. */
static size_t find_end(struct span s, size_t *next)
{
    size_t attribute_at = 0, after;
    for (size_t at = 0; at < s.bytes; at = after) {
        after = at + 1;
        *next = after;
        if (s.at[at] == '\n')
            return at;
        if (s.at[at] == ';')
            attribute_at = after;
        if (s.at[at] != ',')
            continue;
        while (after < s.bytes && (s.at[after] == ',' || s.at[after] == ' '))
            after++;
        *next = after;
        if (!starts_cookie(s, after))
            continue;
        struct span attribute = span_of(s.at + attribute_at, at - attribute_at);
        if (!attribute_at || !is_weekday_of_expires(attribute))
            return at;
    }
    return *next = s.bytes;
}

bool cookie_next_joined(struct span *rest, struct span *one)
{
    while (rest->at && rest->bytes) {
        size_t next, end = find_end(*rest, &next);
        *one = span_trim(span_first(*rest, end));
        *rest = span_from(*rest, next);
        if (one->bytes)
            return true;
    }
    return false;
}
