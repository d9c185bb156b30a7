// SPDX-License-Identifier: MIT
#include "3_extract/har_cookies.h"

#include "1_read/record.h"
#include "base/limits.h"
#include "base/when.h"
#include "ext/ext_json.h"

#define NS_PER_S  1000000000
#define S_PER_DAY 86400

enum err har_head_add(struct har_head *h, struct span name, struct span value)
{
    if (h->head.field_count == LIMIT_HTTP_FIELDS)
        return ERR_TOO_LARGE;
    struct http_field *field = ARENA_PUSH(h->arena, h->head.fields, h->head.field_count, h->capacity);
    if (!field)
        return ERR_MEMORY;
    *field = (struct http_field){name, value};
    return ERR_OK;
}

static struct span name_of(const struct json *cookie)
{
    return span_trim(json_text(json_get(cookie, "name")));
}

enum err har_cookies_sent(struct har_head *h, const struct json *cookies)
{
    for (size_t i = 0; i < json_count(cookies) && i < LIMIT_COOKIES; i++) {
        struct span name = name_of(json_item(cookies, i));
        if (!name.bytes)
            continue;
        struct span pair = arena_format(h->arena, "%.*s=", SPAN_ARG(name));
        if (!pair.at)
            return ERR_MEMORY;
        TRY(har_head_add(h, SPAN("cookie"), pair));
    }
    return ERR_OK;
}

/* "; Expires=..." of an ISO 8601 date, or of whatever the recorder copied; nothing for a session cookie. */
static struct span expires_of(struct arena *arena, struct span text)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int64_t ns, year;
    unsigned month, day;
    if (!text.bytes)
        return SPAN("");
    if (record_date_parse(text, &ns) != ERR_OK)
        return arena_format(arena, "; Expires=%.*s", SPAN_ARG(text));
    int64_t s = ns / NS_PER_S - (ns % NS_PER_S < 0), days = s / S_PER_DAY - (s % S_PER_DAY < 0);
    int64_t rest = s - days * S_PER_DAY;
    when_date(days, &year, &month, &day);
    return arena_format(arena, "; Expires=%02u %.3s %04lld %02d:%02d:%02d GMT", day, months + (month - 1) * 3,
                        (long long)year, (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}

static struct span attribute(struct arena *arena, const char *name, struct span value)
{
    return value.bytes ? arena_format(arena, "; %s=%.*s", name, SPAN_ARG(value)) : SPAN("");
}

static const char *flag(const struct json *cookie, const char *name, const char *text)
{
    return json_is_true(json_get(cookie, name)) ? text : "";
}

static struct span set_line(struct arena *arena, const struct json *cookie)
{
    struct span path = attribute(arena, "Path", json_text(json_get(cookie, "path")));
    struct span domain = attribute(arena, "Domain", json_text(json_get(cookie, "domain")));
    struct span same = attribute(arena, "SameSite", json_text(json_get(cookie, "sameSite")));
    struct span expires = expires_of(arena, json_text(json_get(cookie, "expires")));
    return arena_format(arena, "%.*s=%.*s%.*s%.*s%.*s%s%s", SPAN_ARG(name_of(cookie)), SPAN_ARG(path),
                        SPAN_ARG(domain), SPAN_ARG(same), SPAN_ARG(expires),
                        flag(cookie, "httpOnly", "; HttpOnly"), flag(cookie, "secure", "; Secure"));
}

enum err har_cookies_set(struct har_head *h, const struct json *cookies)
{
    for (size_t i = 0; i < json_count(cookies) && i < LIMIT_COOKIES; i++) {
        if (!name_of(json_item(cookies, i)).bytes)
            continue;
        struct span line = set_line(h->arena, json_item(cookies, i));
        if (!line.at || h->arena->full)
            return ERR_MEMORY;
        TRY(har_head_add(h, SPAN("set-cookie"), line));
    }
    return ERR_OK;
}

bool har_cookies_are_joined(const struct har_head *h, const struct json *cookies)
{
    size_t lines = 0;
    for (size_t i = 0; i < h->head.field_count; i++)
        lines += span_equal_nocase(h->head.fields[i].name, SPAN("set-cookie"));
    return json_count(cookies) > lines;
}
