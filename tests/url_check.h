// SPDX-License-Identifier: MIT
/* url_check.h - what must hold for every text and base; for unit tests and the fuzzer. */
#ifndef TESTS_URL_CHECK_H
#define TESTS_URL_CHECK_H

#include "3_extract/url_internal.h"
#include "base/limits.h"

static inline bool url_check_inside(struct span part, struct span whole)
{
    return !part.at || (part.at >= whole.at && part.at + part.bytes <= whole.at + whole.bytes);
}

static inline bool url_check_equal(const struct url *a, const struct url *b)
{
    const struct span of_a[] = {a->href, a->scheme, a->host, a->path, a->query, a->fragment};
    const struct span of_b[] = {b->href, b->scheme, b->host, b->path, b->query, b->fragment};
    bool equal = a->port == b->port && a->special == b->special && span_equal(a->username, b->username) &&
                 span_equal(a->password, b->password);
    for (size_t i = 0; i < sizeof of_a / sizeof *of_a; i++)
        equal = equal && span_equal(of_a[i], of_b[i]) && !of_a[i].at == !of_b[i].at;
    return equal;
}

static inline bool url_check_parts(const struct url *url)
{
    const struct span parts[] = {url->scheme, url->username, url->password, url->host,
                                 url->path,   url->query,    url->fragment};
    bool good = url->href.bytes <= LIMIT_URL_BYTES && url->path.at && url->scheme.at == url->href.at;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        good = good && url_check_inside(parts[i], url->href);
    for (size_t i = 0; good && i < url->href.bytes; i++)
        good = url->href.at[i] >= ' ' && url->href.at[i] < 0x7f;
    bool address = url->host.bytes && url->host.at[0] == '[';
    return good &&
           (address || !url_encode_has(url->host, url->special ? URL_FORBIDDEN_DOMAIN : URL_FORBIDDEN_HOST));
}

/* Parses by every way there is, and its result again. NULL, or what does not hold. */
static inline const char *url_check(struct span text, const struct url *base, struct arena *arena,
                                    struct url *out, enum err *err)
{
    struct url slow, fast, again;
    struct span trimmed = url_trim(text);
    enum err fast_err;
    *err = url_parse(text, base, arena, out);
    if (trimmed.bytes > LIMIT_URL_BYTES)
        return *err == ERR_TOO_LARGE ? NULL : "limit of the input";
    if (url_state_parse(trimmed, base, arena, &slow) != *err)
        return "error of the state machine";
    if (url_fast_parse(trimmed, base, arena, &fast, &fast_err) && fast_err != *err)
        return "error of the fast way";
    if (*err)
        return NULL;
    if (!url_check_equal(out, &slow))
        return "parts by the state machine";
    if (!url_check_parts(out))
        return "parts lie outside, or hold what they must not";
    if (url_parse(out->href, NULL, arena, &again) || !url_check_equal(out, &again))
        return "its serialisation read again";
    return NULL;
}

#endif
