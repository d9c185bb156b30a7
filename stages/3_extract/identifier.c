// SPDX-License-Identifier: MIT
#include "3_extract/identifier.h"

#include "ext/ext_xxhash.h"

#define UUID_BYTES        36
#define HASHED_BYTES      10 /* shorter ones are equal by chance: counters, days, languages */
#define HEX_BYTES         16
#define NUMBERS_BYTES     17 /* milli- and microseconds since 1970 have 13 and 16 digits */
#define MIXED_BYTES       16
#define MIXED_CHANGES     4 /* between letters and digits: 16 characters of base 62 have 4 on average */
#define MIXED_DIGITS      12
#define VALUE_BYTES_LIMIT 256
#define URL_BYTES_LIMIT   2048 /* longer ones are not looked for: they may repeat themselves */

struct shape {
    size_t digits, letters, hex, changes, others;
};

static struct shape shape_of(struct span value)
{
    struct shape s = {0};
    for (size_t i = 0; i < value.bytes; i++) {
        char c = value.at[i], before = i ? value.at[i - 1] : '-';
        bool digit = ascii_is_digit(c), letter = ascii_is_alpha(c);
        s.digits += digit;
        s.letters += letter;
        s.hex += ascii_hex(c) >= 0;
        s.changes += (digit && ascii_is_alpha(before)) || (letter && ascii_is_digit(before));
        s.others += !digit && !letter && c != '.' && c != '-' && c != '_' && c != '~';
    }
    return s;
}

static bool is_uuid(struct span value)
{
    if (value.bytes != UUID_BYTES)
        return false;
    for (size_t i = 0; i < value.bytes; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? value.at[i] != '-' : ascii_hex(value.at[i]) < 0)
            return false;
    }
    return true;
}

/* 2026-11-23..., 20261123... */
static bool is_date(struct span value)
{
    bool year = span_starts(value, SPAN("20")) || span_starts(value, SPAN("19"));
    return year && value.bytes > 7 && (value.at[4] == '-' || value.at[4] == '.') &&
           value.at[7] == value.at[4];
}

bool identifier_is_like(struct span value)
{
    struct shape s = shape_of(value);
    if (s.others || value.bytes > VALUE_BYTES_LIMIT || is_date(value))
        return false;
    if (is_uuid(value))
        return true;
    if (s.hex == value.bytes && value.bytes >= HEX_BYTES && s.letters && s.digits)
        return true;
    if (!s.letters)
        return s.digits >= NUMBERS_BYTES;
    return value.bytes >= MIXED_BYTES && (s.changes >= MIXED_CHANGES || s.digits >= MIXED_DIGITS);
}

uint64_t identifier_hash(struct span value)
{
    struct shape s = shape_of(value);
    bool told = value.bytes >= HASHED_BYTES && value.bytes <= VALUE_BYTES_LIMIT && s.digits >= 2 &&
                !s.others && !is_date(value);
    return told ? fingerprint_of(value).low | 1 : 0; /* never 0 */
}

/* What is long and mixed all the same: versions, check sums, times, and keys that name the site. */
static bool names_something_else(struct span name)
{
    static const char *const names[] = {
        "v",     "ver",       "version",     "rev",  "hash",    "h",       "t",
        "ts",    "cb",        "cachebuster", "time", "build",   "sha",     "integrity",
        "key",   "apikey",    "api_key",     "k",    "sitekey", "site_id", "gtm",
        "token", "signature", "sig",         "etag", "rnd",     "rand",    "ord"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (span_equal_nocase(name, span_of_string(names[i])))
            return true;
    return false;
}

uint64_t identifier_next(struct span *rest, bool *is_like)
{
    while (rest->at) {
        struct span value = span_cut(rest, '&'), name = span_cut(&value, '=');
        uint64_t hash = identifier_hash(value);
        *is_like = hash && identifier_is_like(value) && !names_something_else(name);
        if (hash)
            return hash;
    }
    return 0;
}

/* One character of a query, decoded as often as twice; *bytes it takes there. */
static char decoded(struct span query, size_t at, size_t *bytes)
{
    *bytes = 1;
    char c = query.at[at];
    for (unsigned depth = 0; c == '%' && depth < 2; depth++) {
        struct span digits = span_from(query, at + *bytes);
        if (digits.bytes < 2 || ascii_hex(digits.at[0]) < 0 || ascii_hex(digits.at[1]) < 0)
            break;
        c = (char)(ascii_hex(digits.at[0]) * 16 + ascii_hex(digits.at[1]));
        *bytes += 2;
    }
    return c;
}

/* Where a URL may end within a query. */
static bool is_end(struct span query, size_t at)
{
    size_t bytes;
    return at >= query.bytes || strchr("&#;,\"' ", decoded(query, at, &bytes)) != NULL;
}

bool identifier_query_has_url(struct span query, struct span url)
{
    if (!url.bytes || url.bytes > URL_BYTES_LIMIT)
        return false;
    for (size_t start = 0; start < query.bytes; start++) {
        size_t at = start, i = 0, bytes;
        while (at < query.bytes && i < url.bytes && decoded(query, at, &bytes) == url.at[i]) {
            at += bytes;
            i++;
        }
        if (i == url.bytes && is_end(query, at))
            return true;
    }
    return false;
}
