// SPDX-License-Identifier: MIT
#include "3_extract/cookie.h"

#include "base/limits.h"
#include "ext/ext_idn.h"
#include "ext/ext_psl.h"

#define ASKED_BYTES 255 /* ext_psl takes no more, and no suffix is longer */

/* What the attributes say, before it is applied. */
struct attributes {
    bool has_max_age, has_expires;
    int64_t max_age_s, expires_at_s;
    struct span domain, path;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct span trim_blanks(struct span s)
{
    while (s.bytes && is_blank(s.at[s.bytes - 1]))
        s.bytes--;
    size_t at = 0;
    while (at < s.bytes && is_blank(s.at[at]))
        at++;
    return span_from(s, at);
}

static bool has_control(struct span s)
{
    for (size_t i = 0; i < s.bytes; i++)
        if (((unsigned char)s.at[i] < 0x20 && s.at[i] != '\t') || s.at[i] == 0x7f)
            return true;
    return false;
}

/* "name = value" around the first equals sign; false when there is none. */
static bool split_pair(struct span text, struct span *name, struct span *value)
{
    size_t equals = span_find(text, '=', 0);
    *name = trim_blanks(span_first(text, equals));
    *value = trim_blanks(span_from(text, equals + 1));
    return equals < text.bytes;
}

/* 5.6.2. Saturates: all beyond the cap of 400 days is alike. */
static bool parse_max_age(struct span value, int64_t *out)
{
    bool minus = span_starts(value, SPAN("-"));
    struct span digits = span_from(value, minus);
    int64_t seconds = 0;
    for (size_t i = 0; i < digits.bytes; i++) {
        if (!ascii_is_digit(digits.at[i]))
            return false;
        if (__builtin_mul_overflow(seconds, 10, &seconds) ||
            __builtin_add_overflow(seconds, digits.at[i] - '0', &seconds))
            seconds = INT64_MAX;
    }
    if (digits.bytes)
        *out = minus ? -seconds : seconds;
    return digits.bytes > 0;
}

/* 5.6.7. */
static enum same_site parse_same_site(struct span value)
{
    for (int i = SAME_SITE_NONE; i <= SAME_SITE_STRICT; i++)
        if (span_equal_nocase(value, span_of_string(same_site_name((enum same_site)i))))
            return (enum same_site)i;
    return SAME_SITE_DEFAULT;
}

enum attribute { EXPIRES, MAX_AGE, DOMAIN, PATH, SECURE, HTTP_ONLY, SAME_SITE, PARTITIONED, ATTRIBUTE_COUNT };

/* 5.6.1-7: a later attribute replaces an earlier one of its name; a malformed date or age counts as absent.
 */
static void take_attribute(struct span name, struct span value, struct attributes *to, struct cookie *cookie)
{
    static const char *const names[] = {"expires", "max-age",  "domain",   "path",
                                        "secure",  "httponly", "samesite", "partitioned"};
    int which = 0;
    while (which < ATTRIBUTE_COUNT && !span_equal_nocase(name, span_of_string(names[which])))
        which++;
    switch (which) {
    case EXPIRES:
        to->has_expires |= cookie_date_parse(value, &to->expires_at_s) == ERR_OK;
        break;
    case MAX_AGE:
        to->has_max_age |= parse_max_age(value, &to->max_age_s);
        break;
    case DOMAIN:
        to->domain = span_from(value, span_starts(value, SPAN(".")));
        break;
    case PATH:
        to->path = span_starts(value, SPAN("/")) ? value : SPAN_NONE;
        break;
    case SECURE:
        cookie->secure = true;
        break;
    case HTTP_ONLY:
        cookie->http_only = true;
        break;
    case SAME_SITE:
        cookie->same_site = parse_same_site(value);
        break;
    case PARTITIONED:
        cookie->partitioned = true;
        break;
    }
}

/* 5.1.4. */
static struct span default_path(struct span path)
{
    size_t slash = span_find_last(path, '/');
    return slash > 0 && slash < path.bytes && path.at[0] == '/' ? span_first(path, slash) : SPAN("/");
}

static int64_t find_lifetime(const struct attributes *from, int64_t now_s)
{
    int64_t lifetime_s;
    if (from->has_max_age)
        return from->max_age_s;
    if (!from->has_expires)
        return COOKIE_SESSION;
    if (__builtin_sub_overflow(from->expires_at_s, now_s, &lifetime_s) || lifetime_s == COOKIE_SESSION)
        return from->expires_at_s < now_s ? -INT64_MAX : INT64_MAX;
    return lifetime_s;
}

static bool is_public_suffix(const struct suffixes *suffixes, struct span domain)
{
    domain.bytes -= span_ends(domain, SPAN("."));
    return domain.bytes && domain.bytes <= ASKED_BYTES &&
           suffixes_suffix_bytes(suffixes, domain, true) == domain.bytes;
}

/* 5.1.3, both canonical. */
static bool domain_matches(struct span host, struct span domain)
{
    return span_is_within(host, domain) && (host.bytes == domain.bytes || !site_is_address(host));
}

/* 5.1.2. What IDNA refuses stays as it is, and matches no host. */
static enum err canonical_domain(struct span domain, struct arena *arena, struct span *out)
{
    struct span lower = arena_copy(arena, domain);
    bool ascii = true;
    if (!lower.at)
        return ERR_MEMORY;
    for (size_t i = 0; i < lower.bytes; i++) {
        ((char *)lower.at)[i] = ascii_lower(lower.at[i]);
        ascii &= (unsigned char)lower.at[i] < 0x80;
    }
    enum err err = ascii ? ERR_URL : idn_to_ascii(domain, arena, out);
    if (err == ERR_URL)
        *out = lower;
    return err == ERR_MEMORY ? err : ERR_OK;
}

/* 5.7, steps 6 to 9. */
static enum err apply_domain(struct span declared, struct span host, const struct suffixes *suffixes,
                             struct arena *arena, struct cookie *cookie)
{
    struct span domain = host;
    if (declared.bytes)
        TRY(canonical_domain(declared, arena, &domain));
    bool public = declared.bytes && is_public_suffix(suffixes, domain);
    cookie->host_only = !declared.bytes || (public && span_equal(domain, host));
    cookie->domain = domain;
    if (public && !cookie->host_only)
        cookie->storable = COOKIE_PUBLIC_SUFFIX;
    else if (!cookie->host_only && !domain_matches(host, domain))
        cookie->storable = COOKIE_FOREIGN_DOMAIN;
    return ERR_OK;
}

/* 5.7, the steps on prefixes. Names are compared without case, since servers may. */
static bool keeps_prefix(const struct cookie *cookie, bool root_path)
{
    static const struct {
        struct span prefix;
        bool http_only, host;
    } rows[] = {
        {{"__Secure-", 9},     false, false},
        {{"__Host-", 7},       false, true },
        {{"__Http-", 7},       true,  false},
        {{"__Host-Http-", 12}, true,  true },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!cookie->name.bytes && span_starts_nocase(cookie->value, rows[i].prefix))
            return false;
        if (!span_starts_nocase(cookie->name, rows[i].prefix))
            continue;
        if (!cookie->secure || (rows[i].http_only && !cookie->http_only) ||
            (rows[i].host && !(cookie->host_only && root_path)))
            return false;
    }
    return true;
}

static enum cookie_storable judge(const struct cookie *cookie, const struct url *url, bool root_path)
{
    bool secure_url = span_equal(url->scheme, SPAN("https")) || span_equal(url->scheme, SPAN("wss"));
    if (cookie->secure && !secure_url)
        return COOKIE_INSECURE;
    if (cookie->same_site == SAME_SITE_NONE && !cookie->secure)
        return COOKIE_NONE_WITHOUT_SECURE;
    if (!keeps_prefix(cookie, root_path))
        return COOKIE_PREFIX;
    if (cookie->partitioned && !cookie->secure)
        return COOKIE_PARTITIONED_WITHOUT_SECURE;
    return COOKIE_STORABLE;
}

enum err cookie_parse_set(struct span value, const struct url *url, const struct suffixes *suffixes,
                          int64_t now_s, struct arena *arena, struct cookie *out)
{
    struct attributes attributes = {0};
    if (has_control(value))
        return ERR_COOKIE;
    *out = (struct cookie){0};
    struct span pair = span_cut(&value, ';');
    if (!split_pair(pair, &out->name, &out->value)) {
        out->value = out->name;
        out->name = SPAN_NONE;
    }
    size_t pair_bytes = out->name.bytes + out->value.bytes;
    if (pair_bytes == 0 || pair_bytes > LIMIT_COOKIE_PAIR_BYTES)
        return ERR_COOKIE;
    while (value.at) {
        struct span name, text;
        split_pair(span_cut(&value, ';'), &name, &text);
        if (text.bytes <= LIMIT_COOKIE_ATTRIBUTE_BYTES)
            take_attribute(name, text, &attributes, out);
    }
    out->lifetime_s = find_lifetime(&attributes, now_s);
    out->path = attributes.path.at ? attributes.path : default_path(url->path);
    TRY(apply_domain(attributes.domain, url->host, suffixes, arena, out));
    if (out->storable == COOKIE_STORABLE)
        out->storable = judge(out, url, span_equal(attributes.path, SPAN("/")));
    return ERR_OK;
}

bool cookie_next_sent(struct span *rest, struct span *name, struct span *value)
{
    while (rest->at) {
        if (!split_pair(span_cut(rest, ';'), name, value)) {
            *value = *name;
            *name = SPAN_NONE;
        }
        if (name->bytes || value->bytes)
            return true;
    }
    return false;
}
