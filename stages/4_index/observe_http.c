// SPDX-License-Identifier: MIT
#include "4_index/observe_draft.h"

static struct span field(const struct draft *d, struct span name)
{
    return exchange_field(&d->head, name);
}

static void read_request_flags(struct draft *d)
{
    struct event *e = &d->event;
    struct span mode = field(d, SPAN("sec-fetch-mode")), dest = field(d, SPAN("sec-fetch-dest"));
    const struct {
        bool when;
        uint32_t flag;
    } rows[] = {
        {span_equal_nocase(mode,    SPAN("navigate")),       EVENT_FLAG_NAVIGATE                          },
        {span_equal_nocase(mode,    SPAN("no-cors")),        EVENT_FLAG_NO_CORS                           },
        {span_equal_nocase(field(d, SPAN("sec-fetch-site")), SPAN("same-origin")),                          EVENT_FLAG_SAME_ORIGIN},
        {span_equal(field(d,                         SPAN("upgrade-insecure-requests")),                               SPAN("1")),                  EVENT_FLAG_UPGRADE},
        {dest.bytes != 0,       EVENT_FLAG_HAS_DEST                             },
        {span_equal_nocase(dest,                         SPAN("empty")),EVENT_FLAG_FETCH                                           },
        {!dest.bytes && !field(d,                         SPAN("accept")).at && d->head.field_count <= 3,                          EVENT_FLAG_SHORT    },
        {span_equal_nocase(d->head.method,                         SPAN("post")),                 EVENT_FLAG_POST},
        {span_equal_nocase(d->head.method,                         SPAN("options")),                 EVENT_FLAG_PREFLIGHT                    },
        {span_starts_nocase(field(d,                         SPAN("sec-purpose")),                       SPAN("prefetch")) ||
             span_equal_nocase(field(d,                                                                 SPAN("purpose")), SPAN("prefetch")),
         EVENT_FLAG_SPECULATIVE},
        {span_equal_nocase(d->head.method,         SPAN("connect")),               EVENT_FLAG_CONNECT   },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        e->flags |= rows[i].when ? rows[i].flag : 0;
    if (dest.bytes && !(e->flags & EVENT_FLAG_TYPED))
        e->resource = resource_of_destination(dest);
}

enum err draft_request(struct draft *d)
{
    d->event.kind = EVENT_REQUEST;
    d->event.referer = draft_url(d, field(d, SPAN("referer")), NULL);
    d->event.origin = draft_url(d, field(d, SPAN("origin")), NULL);
    read_request_flags(d);
    draft_request_signals(d);
    return draft_sent_cookies(d);
}

/* Profiles are written with several prefixes, some in versions of their own: the last segment tells (formats.md
 * 1.2). */
static void read_revisit(struct draft *d)
{
    const struct record *r = d->record;
    struct event *e = &d->event;
    struct span profile = r->profile;
    while (profile.bytes && profile.at[profile.bytes - 1] == '/')
        profile.bytes--;
    e->flags |= EVENT_FLAG_REVISIT;
    if (span_ends(profile, SPAN("/server-not-modified")))
        e->flags |= EVENT_FLAG_UNMODIFIED;
    else
        e->digest = draft_hash(r->payload_digest);
    e->refers_to = draft_hash(r->refers_to);
    e->refers_url = draft_url(d, r->refers_to_uri, NULL);
    if (!r->refers_to_date.bytes || record_date_parse(r->refers_to_date, &e->refers_date_ns) != ERR_OK)
        e->refers_date_ns = 0;
}

/* Several fields are one list. */
static enum referrer_policy referrer_policy_of(const struct http_head *head)
{
    enum referrer_policy policy = REFERRER_NONE_GIVEN;
    for (size_t i = 0; i < head->field_count; i++) {
        if (!span_equal_nocase(head->fields[i].name, SPAN("referrer-policy")))
            continue;
        enum referrer_policy found = referrer_policy_of_header(head->fields[i].value);
        policy = found ? found : policy;
    }
    return policy;
}

enum err draft_response(struct draft *d)
{
    struct event *e = &d->event;
    e->kind = EVENT_RESPONSE;
    e->status = d->head.status;
    if (e->status >= 300 && e->status < 400)
        e->location = draft_url(d, field(d, SPAN("location")), &d->url);
    e->referrer_policy = referrer_policy_of(&d->head);
    TRY(draft_set_cookies(d));
    TRY(draft_response_signals(d));
    return draft_body(d);
}

/* Requests, responses and revisits of http and https; what else has such a type (dns:, whois:, urn:) proves
 * no contact. */
enum err draft_http(struct draft *d, struct buf *out)
{
    struct observer *o = d->observer;
    const struct record *r = d->record;
    enum err err = url_parse(r->target_uri, NULL, &o->arena, &d->url);
    if (err_is_run(err))
        return err;
    if (err) {
        draft_report(d, "extract", r->target_uri.bytes ? ERR_URL : ERR_NO_URI);
        return ERR_OK;
    }
    if (!url_is_network(&d->url))
        return ERR_OK;
    err = exchange_parse(r->block, &o->arena, &d->head);
    if (err_is_run(err))
        return err;
    bool has_head = err == ERR_OK || err == ERR_TOO_LARGE;
    bool may_lack_head = r->block.bytes == 0 || r->type == RECORD_REVISIT;
    if (err && !(err == ERR_NOT_HTTP && may_lack_head))
        draft_report(d, "decode", err);
    if (d->head.odd_lines)
        draft_report(d, "decode", ERR_FIELD);
    if (d->event.date_ns == RECORD_NO_DATE)
        draft_report(d, "extract", ERR_NO_DATE);
    d->event.url = url_without_fragment(&d->url);
    d->event.flags |= EVENT_FLAG_HTTP | (has_head ? EVENT_FLAG_HAS_HEAD : 0);
    enum producer producer = o->producer;
    d->joins_cookies = producer != PRODUCER_UNKNOWN && !producer_traits(producer)->repeats_set_cookie;
    if (r->type == RECORD_REVISIT)
        read_revisit(d);
    if (r->type == RECORD_REQUEST)
        TRY(draft_request(d));
    else
        TRY(draft_response(d));
    if (d->event.flags & EVENT_FLAG_BODY)
        d->event.digest = draft_hash(r->payload_digest);
    if (d->event.producer == PRODUCER_UNKNOWN)
        d->event.producer =
            crawl_guess_producer(r->head, span_first(r->block, r->block.bytes - d->head.body.bytes));
    return draft_emit(d, out);
}
