// SPDX-License-Identifier: MIT
#include "3_extract/css.h"
#include "3_extract/header_refs.h"
#include "3_extract/html.h"
#include "4_index/observe_draft.h"

/* "script src"; the one before is often of the same kind. */
static struct span by_of(struct draft *d, const struct reference *r, const struct reference *before,
                         struct span by_before)
{
    if (before && before->element == r->element && before->attribute == r->attribute)
        return by_before;
    return arena_format(&d->observer->arena, "%s %s", r->element, r->attribute);
}

static enum err add_references(struct draft *d, const struct reference_list *list)
{
    struct arena *arena = &d->observer->arena;
    struct event *e = &d->event;
    for (size_t i = 0; i < list->count; i++) {
        const struct reference *r = &list->items[i];
        struct event_reference *to =
            ARENA_PUSH(arena, e->references, e->reference_count, e->reference_capacity);
        if (!to)
            return ERR_MEMORY;
        *to = (struct event_reference){.url = url_without_fragment(&r->url),
                                       .evidence = r->evidence,
                                       .condition = r->condition,
                                       .resource = r->resource};
        to->by = i ? by_of(d, r, r - 1, to[-1].by) : by_of(d, r, NULL, SPAN_NONE);
        if (!to->by.at)
            return ERR_MEMORY;
    }
    if (list->dropped_count)
        draft_report(d, "extract", ERR_TOO_LARGE);
    return ERR_OK;
}

static enum content content_of(struct span mime)
{
    static const struct {
        const char *mime;
        enum content content;
    } rows[] = {
        {"text/html",                CONTENT_HTML  },
        {"application/xhtml+xml",    CONTENT_HTML  },
        {"text/css",                 CONTENT_CSS   },
        {"text/javascript",          CONTENT_SCRIPT},
        {"application/javascript",   CONTENT_SCRIPT},
        {"application/x-javascript", CONTENT_SCRIPT},
        {"text/dns",                 CONTENT_DNS   },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (span_equal(mime, span_of_string(rows[i].mime)))
            return rows[i].content;
    return CONTENT_OTHER;
}

/* A body that came without a type is HTML when it begins like a document. */
static bool begins_like_html(struct span body)
{
    struct span text = span_trim(span_first(body, 512));
    return span_starts_nocase(text, SPAN("<!doctype html")) || span_starts_nocase(text, SPAN("<html")) ||
           span_starts_nocase(text, SPAN("<head"));
}

/* The bodies that are scanned: documents, style sheets, and what came without a type. */
static bool is_scanned(const struct http_head *head, struct span type, enum content content)
{
    bool redirect = head->status >= 300 && head->status < 400;
    return !redirect && head->body.bytes &&
           (content == CONTENT_HTML || content == CONTENT_CSS || !type.bytes);
}

enum reader_need draft_http_need(struct observer *o, const struct record *record)
{
    struct http_head head = {0};
    enum err err = exchange_parse(record->block, &o->arena, &head);
    if (err)
        return READER_NEED_UNKNOWN;
    bool is_whole = head.body.bytes; /* else the head may go on behind what is there */
    struct span type = exchange_field_last(&head, SPAN("content-type"));
    enum content content = content_of(exchange_mime(type, &o->arena));
    bool is_document = content == CONTENT_HTML || content == CONTENT_CSS;
    if (record->type != RECORD_REQUEST && (is_whole ? is_scanned(&head, type, content) : is_document))
        return READER_NEED_BODY;
    if (draft_may_be_pixel(record, type))
        return READER_NEED_BODY;
    return is_whole ? READER_NEED_HEAD : READER_NEED_UNKNOWN;
}

bool draft_is_scanned(struct draft *d)
{
    struct span type = exchange_field_last(&d->head, SPAN("content-type"));
    return is_scanned(&d->head, type, content_of(exchange_mime(type, &d->observer->arena)));
}

/* The transfer broke off and nobody noted it (row 70). Of a body that some recorder decoded, as in every HAR, the length
 * says nothing. */
static bool is_shorter_than_said(const struct draft *d)
{
    uint64_t bytes;
    return d->record && d->record->type == RECORD_RESPONSE && d->event.status == 200 && d->head.body.bytes &&
           !exchange_field(&d->head, SPAN("content-encoding")).at &&
           !exchange_field(&d->head, SPAN("transfer-encoding")).at &&
           span_to_u64(span_trim(exchange_field(&d->head, SPAN("content-length"))), &bytes) &&
           bytes > d->head.body.bytes;
}

static enum err scan_html(struct draft *d, struct span body, struct span content_type)
{
    struct html_document document = {0};
    struct span charset = d->is_utf8 ? SPAN("utf-8") : exchange_charset(content_type);
    TRY(html_scan(body, &d->url, charset, d->observer->loaders, &d->observer->arena, &document));
    if (document.tag_count)
        d->event.flags |= EVENT_FLAG_TEXT;
    if (document.referrer_policy)
        d->event.referrer_policy = document.referrer_policy;
    TRY(header_refs_scan(&d->head, &d->url, &d->observer->arena, &document.references));
    return add_references(d, &document.references);
}

static enum err scan_css(struct draft *d, struct span body)
{
    struct reference_list references = {0};
    TRY(css_scan(body, &d->url, CSS_SHEET, "css", 0, &d->observer->arena, &references));
    return add_references(d, &references);
}

static void count_body(struct draft *d, uint64_t bytes)
{
    d->observer->body_count++;
    d->observer->body_bytes += bytes;
    d->event.flags |= EVENT_FLAG_BODY;
}

/* *decoded_bytes: 0 unless all of it was read. */
static enum err scan_body(struct draft *d, struct span type, uint64_t *decoded_bytes)
{
    struct event *e = &d->event;
    struct body body = {0};
    enum err err = body_decode(d->observer->decoder, &d->head, &body);
    *decoded_bytes = 0;
    if (err_is_run(err))
        return err;
    if (err)
        draft_report(d, "decode", err);
    if (err || body.partial)
        e->flags |= EVENT_FLAG_PARTIAL;
    else
        *decoded_bytes = body.bytes.bytes;
    if (!type.bytes && begins_like_html(body.bytes))
        e->content = CONTENT_HTML;
    count_body(d, body.bytes.bytes);
    if (e->content == CONTENT_HTML)
        return scan_html(d, body.bytes, type);
    return e->content == CONTENT_CSS ? scan_css(d, body.bytes) : ERR_OK;
}

/* All that decides how a style sheet is read: its URL, and the fields that tell its codings. */
static struct span place_of(struct draft *d)
{
    struct span url = url_without_fragment(&d->url);
    struct span place = arena_format(&d->observer->arena, "%.*s %d", SPAN_ARG(url), d->is_utf8);
    for (size_t i = 0; i < d->head.field_count; i++) {
        const struct http_field *field = &d->head.fields[i];
        if (span_equal_nocase(field->name, SPAN("content-encoding")) ||
            span_equal_nocase(field->name, SPAN("transfer-encoding")))
            place = arena_format(&d->observer->arena, "%.*s\n%zu %.*s", SPAN_ARG(place), field->name.bytes,
                                 SPAN_ARG(field->value));
    }
    return place;
}

/* Style sheets come with every page of a site; pages come once. */
static enum err scan_sheet(struct draft *d, struct span type)
{
    struct event *e = &d->event;
    struct memo *memo = &d->observer->memo;
    struct memo_question question;
    uint64_t decoded_bytes;
    TRY(memo_ask(memo, place_of(d), d->head.body, &question));
    if (question.answer) {
        e->references = question.answer->references;
        e->reference_count = e->reference_capacity = question.answer->reference_count;
        count_body(d, question.answer->decoded_bytes);
        return ERR_OK;
    }
    TRY(scan_body(d, type, &decoded_bytes));
    if (question.wants_answer && decoded_bytes && e->reference_count < LIMIT_REFERENCES) {
        const struct memo_body body = {decoded_bytes, e->references, e->reference_count};
        memo_keep(memo, &question, &body);
    }
    return ERR_OK;
}

enum err draft_body(struct draft *d)
{
    struct span type = exchange_field_last(&d->head, SPAN("content-type"));
    struct event *e = &d->event;
    uint64_t decoded_bytes;
    e->content = content_of(exchange_mime(type, &d->observer->arena));
    if (!is_scanned(&d->head, type, e->content))
        return ERR_OK;
    if (is_shorter_than_said(d))
        e->flags |= EVENT_FLAG_PARTIAL;
    return e->content == CONTENT_CSS ? scan_sheet(d, type) : scan_body(d, type, &decoded_bytes);
}
