// SPDX-License-Identifier: MIT
#include "3_extract/pixel.h"
#include "4_index/observe_draft.h"

#define PIXEL_RECORD_BYTES 4096u /* one pixel takes a hundred bytes, and a head may take a few thousand */

static bool says_one(const struct draft *d, struct span name)
{
    return span_equal(span_trim(exchange_field(&d->head, name)), SPAN("1"));
}

/* By what the record declares, since a body may have been left unread. */
static bool has_body(const struct draft *d)
{
    const struct record *r = d->record;
    uint64_t bytes = 0;
    if (r && d->head.body.at)
        bytes = r->declared_bytes - (uint64_t)(d->head.body.at - r->block.at);
    if (r && d->head.body.at && bytes <= r->declared_bytes && bytes)
        return true;
    return span_to_u64(span_trim(exchange_field(&d->head, SPAN("content-length"))), &bytes) && bytes;
}

void draft_request_signals(struct draft *d)
{
    struct event *e = &d->event;
    e->flags |= says_one(d, SPAN("sec-gpc")) ? EVENT_FLAG_GPC : 0;
    e->flags |= says_one(d, SPAN("dnt")) ? EVENT_FLAG_DNT : 0;
    e->flags |= has_body(d) ? EVENT_FLAG_SENT_BODY : 0;
}

static bool is_image(struct span content_type)
{
    return span_starts_nocase(span_trim(content_type), SPAN("image/"));
}

bool draft_may_be_pixel(const struct record *record, struct span content_type)
{
    return record->type == RECORD_RESPONSE && record->declared_bytes <= PIXEL_RECORD_BYTES &&
           is_image(content_type);
}

/* An answer without content, as beacons get it; an image that says it is empty, or is one pixel. */
enum err draft_response_signals(struct draft *d)
{
    struct event *e = &d->event;
    struct span type = exchange_field_last(&d->head, SPAN("content-type"));
    uint64_t bytes;
    bool empty = span_to_u64(span_trim(exchange_field(&d->head, SPAN("content-length"))), &bytes) && !bytes;
    bool tiny = e->status == 204 || (e->status == 200 && empty && is_image(type));
    if (!tiny && d->record && d->head.body.bytes && draft_may_be_pixel(d->record, type)) {
        struct body body = {0};
        enum err err = body_decode(d->observer->decoder, &d->head, &body);
        if (err_is_run(err))
            return err;
        tiny = !err && pixel_is(body.bytes);
    }
    e->flags |= tiny && !(e->flags & EVENT_FLAG_REVISIT) ? EVENT_FLAG_PIXEL : 0;
    return ERR_OK;
}
