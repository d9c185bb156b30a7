// SPDX-License-Identifier: MIT
#include "3_extract/har.h"
#include "4_index/observe_draft.h"
#include "ext/ext_xxhash.h"

enum err observe_har_page(struct observer *o, const struct har_page *page, struct place place,
                          struct buf *out)
{
    arena_reset(&o->arena);
    struct draft d = {.observer = o};
    struct event *e = &d.event;
    e->url = draft_url(&d, page->title, NULL);
    if (!e->url.bytes)
        return ERR_OK; /* the page's heading: its first document tells the URL */
    e->kind = EVENT_PAGE;
    e->flags = EVENT_FLAG_TITLE;
    e->producer = o->producer;
    e->place = place;
    e->page_id = page->id;
    e->date_ns = page->time_ns;
    return draft_emit(&d, out);
}

/* Sent, though no answer was recorded: pings, whose answers nobody reads, and answers that were no use. */
static bool was_sent(const struct har_entry *entry)
{
    bool unread = entry->resource == RESOURCE_PING || span_equal_nocase(entry->request.method, SPAN("post"));
    return entry->response.status || draft_error_reached(entry->error) ||
           (unread && span_equal(entry->error, SPAN("net::ERR_ABORTED")));
}

static enum err add_request(struct draft *d, const struct har_entry *entry, struct buf *out)
{
    d->head = entry->request;
    d->event.resource = entry->resource;
    d->event.flags |= entry->request.field_count ? EVENT_FLAG_HAS_HEAD : 0;
    TRY(draft_request(d));
    if (!was_sent(entry)) {
        d->event.flags |= EVENT_FLAG_ATTEMPTED;
        d->event.cookie_count = 0; /* what would have gone with it */
    }
    return draft_emit(d, out);
}

static enum err read_body(struct draft *d, const struct har_entry *entry, struct span body)
{
    enum err err = har_body(entry, body, &d->observer->arena, &d->head.body);
    if (!err_is_data(err))
        return err;
    draft_report(d, "decode", err);
    d->event.flags |= EVENT_FLAG_PARTIAL;
    return ERR_OK;
}

static enum err add_response(struct draft *d, const struct har_entry *entry, struct span body,
                             struct buf *out)
{
    struct event *e = &d->event;
    d->head = entry->response;
    d->joins_cookies = entry->joins_cookies;
    d->is_utf8 = entry->is_text;
    d->head.body = body;
    e->resource = entry->resource;
    e->flags |= EVENT_FLAG_HAS_HEAD;
    if (d->head.status == 304)
        d->head.status = 200; /* the content is what the browser had and showed */
    if (draft_is_scanned(d))
        TRY(read_body(d, entry, body));
    TRY(draft_response(d));
    e->status = entry->response.status;
    if (e->content == CONTENT_HTML && !body.bytes && entry->has_content)
        e->flags |= EVENT_FLAG_TEXT; /* there was a page, only its text was not kept */
    if (entry->from_cache)
        e->cookie_count = 0; /* set when it was fetched, not now */
    return draft_emit(d, out);
}

/* An id for what had none: equal entries differ in their place, entries at one place of two files in the rest. */
static uint64_t id_of(const struct event *e)
{
    const uint64_t parts[] = {fingerprint_of(e->url).low, e->place.at, e->place.bytes, (uint64_t)e->date_ns};
    return fingerprint_of(span_of(parts, sizeof parts)).low;
}

enum err observe_har_entry(struct observer *o, const struct har_entry *entry, struct place place,
                           struct span body, struct buf *out)
{
    arena_reset(&o->arena);
    struct draft d = {.observer = o, .event = {.place = place}};
    enum err err = url_parse(entry->url, NULL, &o->arena, &d.url);
    if (err_is_run(err))
        return err;
    if (err)
        draft_report(&d, "extract", entry->url.bytes ? ERR_URL : ERR_NO_URI);
    if (err || !url_is_network(&d.url))
        return ERR_OK;
    d.event.url = url_without_fragment(&d.url);
    d.event.date_ns = entry->time_ns;
    d.event.producer = o->producer;
    d.event.page_id = entry->page_id;
    d.event.flags = EVENT_FLAG_HTTP;
    struct draft request = d;
    if (entry->response.status) {
        d.event.id = id_of(&d.event);
        d.event.kind = EVENT_RESPONSE;
        TRY(add_response(&d, entry, body, out));
        request.event.concurrent[0] = d.event.id;
        request.event.place.inner = 1;
    }
    return add_request(&request, entry, out);
}
