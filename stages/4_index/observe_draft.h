// SPDX-License-Identifier: MIT
/*
 * observe_draft.h - one record on its way to becoming an event; private to observe*.c.
 *
 * In:     -
 * Out:    -
 * Owns:   nothing: everything lives in the observer's arena until the next record
 * Limits: as observe.h
 * Errors: as observe.h
 * Source: as observe.h
 */
#ifndef INDEX_OBSERVE_DRAFT_H
#define INDEX_OBSERVE_DRAFT_H

#include "4_index/observe.h"
#include "base/limits.h"

struct draft {
    struct observer *observer;
    const struct record *record; /* NULL for an entry of a HAR */
    struct http_head head;
    struct url url;
    bool joins_cookies; /* Set-Cookie fields hold several cookies each */
    bool is_utf8;       /* the body was transcoded when it was recorded */
    struct event event;
};

void draft_report(const struct draft *draft, const char *stage, enum err err);
/* Absolute and without fragment; empty when it is no network URL. base may be NULL. */
struct span draft_url(struct draft *draft, struct span text, const struct url *base);
/* A number for an id or a digest; 0: none. */
uint64_t draft_hash(struct span text);
/* Appends the event to the buffer; everything it refers to is copied. */
enum err draft_emit(struct draft *draft, struct buf *out) MUST_CHECK;
/* Errors of Chromium that come after the request was sent: the host answered, but badly or not as the page may use it. */
bool draft_error_reached(struct span error);
/* Will draft_response read the body? */
bool draft_is_scanned(struct draft *draft);
/* From the head and url of the draft: what a request and a response say. */
enum err draft_request(struct draft *draft) MUST_CHECK;
enum err draft_response(struct draft *draft) MUST_CHECK;
/* observe_cookie.c: the cookies of a request, of a response. */
enum err draft_sent_cookies(struct draft *draft) MUST_CHECK;
enum err draft_set_cookies(struct draft *draft) MUST_CHECK;
/* observe_signal.c: what a request and a response show beside what they fetch. */
void draft_request_signals(struct draft *draft);
enum err draft_response_signals(struct draft *draft) MUST_CHECK;
/* An image so small that draft_response_signals looks at it. */
bool draft_may_be_pixel(const struct record *record, struct span content_type);
/* observe_body.c: what the body of a response makes a browser fetch, and its head where that is a document's. */
enum err draft_body(struct draft *draft) MUST_CHECK;
/* observe_http.c: request, response and revisit records. */
enum err draft_http(struct draft *draft, struct buf *out) MUST_CHECK;
/* observe_body.c: whether draft_http would look at the body of a record of which there is only a part yet. */
enum reader_need draft_http_need(struct observer *observer, const struct record *record);
/* observe_dns.c: records of the DNS, whatever their type. */
bool draft_is_dns(const struct record *record);
enum err draft_dns(struct draft *draft, struct buf *out) MUST_CHECK;

#endif
