// SPDX-License-Identifier: MIT
/* The input is taken for a Set-Cookie value, a joined one, a Cookie value and a date, one after the other. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "3_extract/cookie.h"
#include "base/limits.h"
#include "ext/ext_psl.h"

#define ARENA_BYTES (4u << 20)
#define CHECK(condition)                                                                                     \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            fprintf(stderr, "%s\n", #condition);                                                             \
            abort();                                                                                         \
        }                                                                                                    \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static bool is_inside(struct span part, struct span whole)
{
    return !part.at || (part.at >= whole.at && part.at + part.bytes <= whole.at + whole.bytes);
}

static void check_set(struct span input, const char *where, const struct suffixes *suffixes,
                      struct arena *arena)
{
    struct url url;
    struct cookie c, again;
    CHECK(url_parse(span_of_string(where), NULL, arena, &url) == ERR_OK);
    if (cookie_parse_set(input, &url, suffixes, 1700000000, arena, &c))
        return;
    CHECK(is_inside(c.name, input) && is_inside(c.value, input));
    CHECK(c.name.bytes + c.value.bytes > 0 && c.name.bytes + c.value.bytes <= LIMIT_COOKIE_PAIR_BYTES);
    CHECK(c.path.bytes > 0 && c.path.at[0] == '/');
    CHECK(c.domain.bytes > 0);
    CHECK(!c.host_only || span_equal(c.domain, url.host));
    CHECK(c.storable == COOKIE_FOREIGN_DOMAIN || c.storable == COOKIE_PUBLIC_SUFFIX ||
          span_ends(url.host, c.domain));
    for (size_t i = 0; i < c.domain.bytes; i++)
        CHECK(c.domain.at[i] == ascii_lower(c.domain.at[i]));
    CHECK(cookie_effective_lifetime_s(c.lifetime_s) <= LIMIT_COOKIE_LIFETIME_S);
    CHECK(c.storable || c.same_site != SAME_SITE_NONE || c.secure);
    /* Later time, same cookie but for a lifetime by date. */
    CHECK(cookie_parse_set(input, &url, suffixes, 1700000001, arena, &again) == ERR_OK);
    CHECK(span_equal(c.name, again.name) && c.storable == again.storable);
    CHECK(c.lifetime_s == again.lifetime_s || c.lifetime_s == again.lifetime_s + 1);
}

static void check_joined(struct span input)
{
    struct span rest = input, one, part, none;
    const char *end = input.at;
    while (cookie_next_joined(&rest, &one)) {
        CHECK(is_inside(one, input) && one.bytes > 0 && one.at >= end);
        CHECK(span_find(one, '\n', 0) == one.bytes);
        end = one.at + one.bytes;
        struct span alone = one;
        CHECK(cookie_next_joined(&alone, &part) && span_equal(part, one));
        CHECK(!cookie_next_joined(&alone, &none));
    }
}

static void check_sent(struct span input)
{
    struct span rest = input, name, value;
    size_t left = input.bytes + 1;
    while (cookie_next_sent(&rest, &name, &value)) {
        CHECK(is_inside(name, input) && is_inside(value, input) && name.bytes + value.bytes > 0);
        CHECK(!rest.at || rest.bytes < left);
        left = rest.bytes;
    }
    CHECK(!rest.at);
}

static void check_date(struct span input)
{
    int64_t seconds, again;
    struct tm tm;
    char text[64];
    if (cookie_date_parse(input, &seconds))
        return;
    time_t t = (time_t)seconds;
    CHECK(gmtime_r(&t, &tm) && tm.tm_year + 1900 >= 1601 && tm.tm_year + 1900 <= 9999);
    CHECK(strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &tm));
    CHECK(cookie_date_parse(span_of_string(text), &again) == ERR_OK && again == seconds);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static struct suffixes *suffixes;
    struct arena arena;
    struct span input = span_of(data, bytes);
    if (!suffixes && suffixes_load(NULL, &suffixes))
        abort();
    arena_init(&arena, ARENA_BYTES);
    check_set(input, "https://www.h.co.uk/a/b", suffixes, &arena);
    check_set(input, "http://1.2.3.4/", suffixes, &arena);
    arena_free(&arena);
    check_joined(input);
    check_sent(input);
    check_date(input);
    return 0;
}
