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

/* Those of the list from one on. */
static enum err add_references(struct draft *d, const struct reference_list *list, size_t from)
{
    struct arena *arena = &d->observer->arena;
    struct event *e = &d->event;
    for (size_t i = from; i < list->count; i++) {
        const struct reference *r = &list->items[i];
        struct event_reference *to =
            ARENA_PUSH(arena, e->references, e->reference_count, e->reference_capacity);
        if (!to)
            return ERR_MEMORY;
        *to = (struct event_reference){.url = url_without_fragment(&r->url),
                                       .evidence = r->evidence,
                                       .condition = r->condition,
                                       .resource = r->resource};
        to->by = i > from ? by_of(d, r, r - 1, to[-1].by) : by_of(d, r, NULL, SPAN_NONE);
        if (!to->by.at)
            return ERR_MEMORY;
    }
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

/* All that decides how a body is read: its URL, and the fields that tell its type and its codings. */
static struct span place_of(struct draft *d)
{
    static const char *const names[] = {"content-type", "content-encoding", "transfer-encoding"};
    struct span url = url_without_fragment(&d->url);
    struct span place = arena_format(&d->observer->arena, "%.*s %d", SPAN_ARG(url), d->is_utf8);
    for (size_t i = 0; i < d->head.field_count; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (span_equal_nocase(d->head.fields[i].name, span_of_string(names[k])))
                place = arena_format(&d->observer->arena, "%.*s\n%zu %.*s", SPAN_ARG(place), k,
                                     SPAN_ARG(d->head.fields[i].value));
    return place;
}

static enum err scan_html(struct draft *d, struct span body, struct memo_body *out,
                          struct reference_list *references)
{
    struct html_document document = {0};
    struct span type = exchange_field_last(&d->head, SPAN("content-type"));
    struct span charset = d->is_utf8 ? SPAN("utf-8") : exchange_charset(type);
    TRY(html_scan(body, &d->url, charset, &d->observer->arena, &document));
    out->flags |= document.tag_count ? EVENT_FLAG_TEXT : 0;
    out->referrer_policy = document.referrer_policy;
    *references = document.references;
    return ERR_OK;
}

/* *whole: nothing is missing, and nothing was reported. */
static enum err scan(struct draft *d, struct memo_body *out, struct reference_list *references, bool *whole)
{
    struct body body = {0};
    enum err err = body_decode(d->observer->decoder, &d->head, &body);
    if (err_is_run(err))
        return err;
    if (err)
        draft_report(d, "decode", err);
    *whole = !err && !body.partial;
    *out = (struct memo_body){
        .flags = EVENT_FLAG_BODY, .content = d->event.content, .decoded_bytes = body.bytes.bytes};
    if (!exchange_field_last(&d->head, SPAN("content-type")).bytes && begins_like_html(body.bytes))
        out->content = CONTENT_HTML;
    if (out->content == CONTENT_HTML)
        return scan_html(d, body.bytes, out, references);
    if (out->content != CONTENT_CSS)
        return ERR_OK;
    return css_scan(body.bytes, &d->url, CSS_SHEET, "css", 0, &d->observer->arena, references);
}

static void apply(struct draft *d, const struct memo_body *body)
{
    struct event *e = &d->event;
    d->observer->body_count++;
    d->observer->body_bytes += body->decoded_bytes;
    e->flags |= body->flags;
    e->content = body->content;
    e->referrer_policy = body->referrer_policy ? body->referrer_policy : e->referrer_policy;
    e->references = body->references;
    e->reference_count = e->reference_capacity = body->reference_count;
}

/* *used: not when, with those of the head, there are more references than a list holds, so that some must be left out. */
static enum err use_answer(struct draft *d, const struct memo_body *body, bool *used)
{
    struct reference_list of_head = {0};
    if (body->content == CONTENT_HTML)
        TRY(header_refs_scan(&d->head, &d->url, &d->observer->arena, &of_head));
    *used = !of_head.dropped_count && body->reference_count + of_head.count <= LIMIT_REFERENCES;
    if (!*used)
        return ERR_OK;
    apply(d, body);
    return add_references(d, &of_head, 0);
}

/* What the head of a document makes a browser fetch comes behind what the document does. */
static enum err scan_anew(struct draft *d, const struct memo_question *question)
{
    struct event *e = &d->event;
    struct memo_body body;
    struct reference_list references = {0};
    bool whole = false;
    TRY(scan(d, &body, &references, &whole));
    e->flags |= whole ? 0 : EVENT_FLAG_PARTIAL;
    size_t count = references.count;
    bool is_all = whole && !references.dropped_count;
    TRY(add_references(d, &references, 0));
    if (body.content == CONTENT_HTML)
        TRY(header_refs_scan(&d->head, &d->url, &d->observer->arena, &references));
    TRY(add_references(d, &references, count));
    if (references.dropped_count)
        draft_report(d, "extract", ERR_TOO_LARGE);
    body.references = e->references;
    body.reference_count = count;
    if (question->wants_answer && is_all)
        memo_keep(&d->observer->memo, question, &body);
    body.reference_count = e->reference_count;
    apply(d, &body);
    return ERR_OK;
}

enum err draft_body(struct draft *d)
{
    struct event *e = &d->event;
    struct span type = exchange_field_last(&d->head, SPAN("content-type"));
    struct memo_question question;
    bool used = false;
    e->content = content_of(exchange_mime(type, &d->observer->arena));
    if (!is_scanned(&d->head, type, e->content))
        return ERR_OK;
    if (is_shorter_than_said(d))
        e->flags |= EVENT_FLAG_PARTIAL;
    TRY(memo_ask(&d->observer->memo, place_of(d), d->head.body, &question));
    if (question.answer)
        TRY(use_answer(d, question.answer, &used));
    return used ? ERR_OK : scan_anew(d, &question);
}
