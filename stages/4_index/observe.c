// SPDX-License-Identifier: MIT
#include "4_index/observe_draft.h"

#include "4_index/pack.h"
#include "ext/ext_xxhash.h"

void draft_report(const struct draft *d, const char *stage, enum err err)
{
    d->observer->fault(d->observer->fault_context, stage, err, d->event.place.at, 0);
}

/* A member cannot be cut, so that one of a whole archive, or a crafted one, could bring more than memory holds. */
static bool leave_out(struct draft *d)
{
    struct event *e = &d->event;
    uint64_t held_bytes = d->observer->member_facts_bytes;
    bool has_lists = e->cookie_count || e->reference_count || e->resource_count || e->segment_block.bytes;
    bool all = held_bytes > LIMIT_MEMBER_FACTS_BYTES;
    if (!all && (held_bytes <= LIMIT_MEMBER_LISTS_BYTES || !has_lists))
        return false;
    draft_report(d, "extract", ERR_TOO_LARGE);
    e->cookie_count = e->reference_count = e->resource_count = 0;
    e->segment_block = SPAN_NONE;
    e->flags |= EVENT_FLAG_PARTIAL;
    return all;
}

enum err draft_emit(struct draft *d, struct buf *out)
{
    if (leave_out(d))
        return ERR_OK;
    d->observer->page_count += (d->event.flags & EVENT_FLAG_TEXT) != 0;
    size_t frame_at = out->bytes;
    unsigned char frame[OBSERVE_FRAME_BYTES] = {0};
    pack_be(frame, d->event.place.at, 8);
    pack_be(frame + 8, d->event.place.inner, 8);
    buf_add(out, span_of(frame, sizeof frame));
    event_pack(&d->event, out);
    if (out->err)
        return out->err == ERR_TOO_LARGE ? ERR_MEMORY : out->err;
    pack_be((unsigned char *)out->at + frame_at + 16, out->bytes - frame_at - OBSERVE_FRAME_BYTES, 8);
    d->observer->event_count++;
    d->observer->member_facts_bytes += out->bytes - frame_at;
    return ERR_OK;
}

bool observe_take(struct span *rest, struct span *key, struct span *packed)
{
    if (rest->bytes < OBSERVE_FRAME_BYTES)
        return false;
    *key = span_first(*rest, OBSERVE_KEY_BYTES);
    size_t bytes = unpack_be(rest->at + OBSERVE_KEY_BYTES, 8);
    *packed = span_first(span_from(*rest, OBSERVE_FRAME_BYTES), bytes);
    *rest = span_from(*rest, OBSERVE_FRAME_BYTES + bytes);
    return true;
}

uint64_t draft_hash(struct span text)
{
    return text.bytes ? fingerprint_of(text).low : 0;
}

struct span draft_url(struct draft *d, struct span text, const struct url *base)
{
    struct url url;
    if (!text.bytes || url_parse(text, base, &d->observer->arena, &url) != ERR_OK || !url_is_network(&url))
        return SPAN_NONE;
    return url_without_fragment(&url);
}

static enum err observe_warcinfo(struct draft *d, struct buf *out)
{
    struct warcinfo info = {0};
    enum err err = crawl_parse_warcinfo(d->record->block, &info);
    if (err_is_run(err))
        return err;
    if (err)
        draft_report(d, "extract", err);
    d->event.kind = EVENT_WARCINFO;
    d->event.producer = info.producer;
    d->event.page_id = info.is_part_of;
    return draft_emit(d, out);
}

bool draft_error_reached(struct span error)
{
    static const char *const errors[] = {
        "net::ERR_BLOCKED_BY_ORB",
        "net::ERR_BLOCKED_BY_RESPONSE",
        "net::ERR_CONTENT_DECODING_FAILED",
        "net::ERR_CONTENT_LENGTH_MISMATCH",
        "net::ERR_EMPTY_RESPONSE",
        "net::ERR_HTTP2_PROTOCOL_ERROR",
        "net::ERR_HTTP_RESPONSE_CODE_FAILURE",
        "net::ERR_INCOMPLETE_CHUNKED_ENCODING",
        "net::ERR_INVALID_HTTP_RESPONSE",
        "net::ERR_INVALID_REDIRECT",
        "net::ERR_TOO_MANY_REDIRECTS",
        "net::ERR_UNSAFE_REDIRECT",
    };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (span_equal(error, span_of_string(errors[i])))
            return true;
    return false;
}

static enum err observe_pageinfo(struct draft *d, struct buf *out)
{
    struct observer *o = d->observer;
    struct pageinfo page = {0};
    enum err err = crawl_parse_pageinfo(d->record->target_uri, d->record->block, &o->arena, &page);
    if (err_is_run(err))
        return err;
    struct span url = err ? SPAN_NONE : draft_url(d, page.url, NULL);
    if (err || !url.bytes) {
        draft_report(d, "extract", err ? err : ERR_URL);
        return ERR_OK;
    }
    struct event *e = &d->event;
    e->kind = EVENT_PAGE;
    e->url = url;
    e->page_id = page.page_id;
    e->status = page.status > 0 ? (unsigned)page.status : 0;
    if (page.time_ns != RECORD_NO_DATE)
        e->date_ns = page.time_ns;
    for (size_t i = 0; i < page.resource_count; i++) {
        const struct page_resource *from = &page.resources[i];
        struct span listed = draft_url(d, from->url, NULL);
        if (!listed.bytes)
            continue; /* data:, blob: and the like: nobody was contacted */
        struct event_resource *to =
            ARENA_PUSH(&o->arena, e->resources, e->resource_count, e->resource_capacity);
        if (!to)
            return ERR_MEMORY;
        *to = (struct event_resource){.url = listed,
                                      .status = from->status,
                                      .resource = from->resource,
                                      .from_cache = from->from_cache,
                                      .aborted = span_equal(from->error, SPAN("net::ERR_ABORTED")),
                                      .reached = draft_error_reached(from->error)};
    }
    return draft_emit(d, out);
}

static enum err observe_metadata(struct draft *d, struct buf *out)
{
    struct observer *o = d->observer;
    struct crawl_metadata m = {0};
    enum err err = crawl_parse_metadata(d->record->block, &o->arena, &m);
    if (err_is_run(err))
        return err;
    struct event *e = &d->event;
    e->url = draft_url(d, m.final_url.bytes ? m.final_url : d->record->target_uri, NULL);
    if (err || !e->url.bytes)
        return ERR_OK; /* metadata of other kinds is nobody's fault */
    if (m.page_url.bytes && m.exchange_count >= 0) {
        e->kind = EVENT_PAGE_END;
        return draft_emit(d, out);
    }
    if (!m.via.bytes && !m.hops_from_seed.bytes && !m.outlink_count)
        return ERR_OK;
    e->kind = EVENT_CRAWL;
    e->via = draft_url(d, m.via, NULL);
    e->hops = m.hops_from_seed;
    for (size_t i = 0; i < m.outlink_count && e->reference_count < LIMIT_REFERENCES; i++) {
        struct span to_url = m.outlinks[i].hop == 'E' ? draft_url(d, m.outlinks[i].url, NULL) : SPAN_NONE;
        if (!to_url.bytes)
            continue;
        struct event_reference *to =
            ARENA_PUSH(&o->arena, e->references, e->reference_count, e->reference_capacity);
        if (!to)
            return ERR_MEMORY;
        *to = (struct event_reference){.url = to_url, .evidence = EVIDENCE_D1, .by = m.outlinks[i].context};
    }
    return draft_emit(d, out);
}

static bool is_segment(const struct record *record)
{
    return record->segment_number.bytes || record->type == RECORD_CONTINUATION;
}

/* Kept as it is: whoever has all parts reads the record (segment.h). */
static enum err observe_segment(struct draft *d, struct buf *out)
{
    const struct record *r = d->record;
    struct event *e = &d->event;
    uint64_t number;
    bool numbered = span_to_u64(r->segment_number, &number) && number && number <= LIMIT_SEGMENTS;
    bool first = r->type != RECORD_CONTINUATION;
    e->kind = EVENT_SEGMENT;
    e->status = first ? 1 : numbered ? (unsigned)number : LIMIT_SEGMENTS + 1; /* behind all others */
    e->concurrent[0] = first ? e->id : draft_hash(r->segment_origin);
    e->segment_head = first ? r->head : SPAN_NONE;
    e->segment_block = span_first(r->block, LIMIT_SEGMENT_BYTES);
    bool cut = r->declared_bytes > e->segment_block.bytes;
    e->flags = (cut ? EVENT_FLAG_PARTIAL : 0) | (r->segment_total.bytes ? EVENT_FLAG_LAST : 0);
    return draft_emit(d, out);
}

enum reader_need observe_need(void *observer, const struct record *record)
{
    struct observer *o = observer;
    arena_reset(&o->arena);
    if (is_segment(record) || draft_is_dns(record))
        return READER_NEED_BODY;
    switch (record->type) {
    case RECORD_REQUEST:
    case RECORD_RESPONSE:
    case RECORD_REVISIT:
        return draft_http_need(o, record);
    case RECORD_RESOURCE:
        return span_starts(record->target_uri, SPAN("urn:pageinfo:")) ? READER_NEED_BODY : READER_NEED_HEAD;
    case RECORD_UNKNOWN:
    case RECORD_CONVERSION:
        return READER_NEED_HEAD;
    default:
        return READER_NEED_BODY;
    }
}

enum err observe_record(struct observer *o, const struct record *record, struct place place, struct buf *out)
{
    arena_reset(&o->arena);
    struct draft d = {.observer = o, .record = record};
    struct event *e = &d.event;
    e->place = place;
    e->date_ns = record->date_ns;
    e->producer = o->producer;
    e->id = draft_hash(record->id);
    for (size_t i = 0; i < RECORD_CONCURRENT_MAX; i++)
        e->concurrent[i] = draft_hash(record->concurrent_to[i]);
    e->page_id = record->page_id;
    bool cut =
        record->partial && record->type != RECORD_REVISIT; /* a revisit leaves its body out by design */
    e->flags = cut ? EVENT_FLAG_PARTIAL : 0;
    if (record->resource_type.bytes) {
        e->resource = resource_of_type(record->resource_type);
        e->flags |= EVENT_FLAG_TYPED;
    }
    if (is_segment(record))
        return observe_segment(&d, out);
    if (draft_is_dns(record))
        return draft_dns(&d, out);
    switch (record->type) {
    case RECORD_WARCINFO:
        return observe_warcinfo(&d, out);
    case RECORD_REQUEST:
    case RECORD_RESPONSE:
    case RECORD_REVISIT:
        return draft_http(&d, out);
    case RECORD_RESOURCE:
        return span_starts(record->target_uri, SPAN("urn:pageinfo:")) ? observe_pageinfo(&d, out) : ERR_OK;
    case RECORD_METADATA:
        return observe_metadata(&d, out);
    default:
        return ERR_OK;
    }
}

enum err observe_page_line(struct observer *o, struct span line, uint64_t at, struct buf *out)
{
    arena_reset(&o->arena);
    struct draft d = {.observer = o};
    struct page_line page = {0};
    enum err err = crawl_parse_page_line(line, &o->arena, &page);
    if (err == ERR_END)
        return ERR_OK;
    if (err_is_run(err))
        return err;
    struct event *e = &d.event;
    e->place = (struct place){.at = at};
    e->kind = EVENT_PAGE;
    e->flags = EVENT_FLAG_LINE;
    e->url = err ? SPAN_NONE : draft_url(&d, page.url, NULL);
    if (!e->url.bytes) {
        draft_report(&d, "extract", err ? err : ERR_URL);
        return ERR_OK;
    }
    e->page_id = page.id;
    e->date_ns = page.time_ns;
    e->status = page.status > 0 ? (unsigned)page.status : 0;
    return draft_emit(&d, out);
}
