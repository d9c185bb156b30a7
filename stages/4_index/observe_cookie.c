// SPDX-License-Identifier: MIT
/* Cookies of a request and of a response. Values are looked at for what they answer and compared by a number; none is kept. */
#include "3_extract/identifier.h"
#include "4_index/observe_draft.h"

#define DAY_S    86400
#define NS_PER_S 1000000000

static struct event_cookie *add_cookie(struct draft *d)
{
    struct event *e = &d->event;
    return ARENA_PUSH(&d->observer->arena, e->cookies, e->cookie_count, e->cookie_capacity);
}

/* Asked when there is one more: what is left out is said. */
static bool is_full(const struct draft *d)
{
    bool full = d->event.cookie_count >= LIMIT_COOKIES;
    if (full)
        draft_report(d, "extract", ERR_TOO_LARGE);
    return full;
}

enum err draft_sent_cookies(struct draft *d)
{
    for (size_t i = 0; i < d->head.field_count; i++) {
        if (!span_equal_nocase(d->head.fields[i].name, SPAN("cookie")))
            continue;
        struct span rest = d->head.fields[i].value, name, value;
        while (cookie_next_sent(&rest, &name, &value)) {
            if (is_full(d))
                return ERR_OK;
            struct event_cookie *c = add_cookie(d);
            if (!c)
                return ERR_MEMORY;
            c->name = name;
            c->value_hash = identifier_hash(value);
            c->consent = consent_of_cookie(name, value);
        }
    }
    return ERR_OK;
}

/* The response's own clock when it is sane, else the record's. */
static int64_t response_time_s(const struct draft *d)
{
    int64_t warc_s = d->event.date_ns == RECORD_NO_DATE ? 0 : d->event.date_ns / NS_PER_S, date_s;
    struct span date = exchange_field(&d->head, SPAN("date"));
    if (date.bytes && cookie_date_parse(date, &date_s) == ERR_OK && date_s > warc_s - DAY_S &&
        date_s < warc_s + DAY_S)
        return date_s;
    return warc_s;
}

static enum err add_set_cookie(struct draft *d, struct span line, int64_t now_s)
{
    struct cookie cookie;
    struct arena *arena = &d->observer->arena;
    enum err err = cookie_parse_set(line, &d->url, d->observer->suffixes, now_s, arena, &cookie);
    if (err == ERR_COOKIE) {
        draft_report(d, "extract", err);
        return ERR_OK;
    }
    TRY(err);
    struct event_cookie *c = add_cookie(d);
    if (!c)
        return ERR_MEMORY;
    *c = (struct event_cookie){.name = cookie.name,
                               .domain = cookie.domain,
                               .path = cookie.path,
                               .lifetime_s = cookie.lifetime_s,
                               .secure = cookie.secure,
                               .http_only = cookie.http_only,
                               .partitioned = cookie.partitioned,
                               .storable = cookie.storable,
                               .same_site = cookie.same_site,
                               .value_hash = identifier_hash(cookie.value),
                               .consent = consent_of_cookie(cookie.name, cookie.value)};
    return ERR_OK;
}

enum err draft_set_cookies(struct draft *d)
{
    int64_t now_s = response_time_s(d);
    for (size_t i = 0; i < d->head.field_count; i++) {
        if (!span_equal_nocase(d->head.fields[i].name, SPAN("set-cookie")))
            continue;
        struct span rest = d->head.fields[i].value, one = rest;
        bool more = d->joins_cookies ? cookie_next_joined(&rest, &one) : true;
        for (; more; more = d->joins_cookies && cookie_next_joined(&rest, &one)) {
            if (is_full(d))
                return ERR_OK;
            TRY(add_set_cookie(d, one, now_s));
        }
    }
    return ERR_OK;
}
