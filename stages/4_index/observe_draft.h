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
    const struct record *record;
    struct http_head head;
    struct url url;
    struct event event;
};

void draft_report(const struct draft *draft, const char *stage, enum err err);
/* Absolute and without fragment; empty when it is no network URL. base may be NULL. */
struct span draft_url(struct draft *draft, struct span text, const struct url *base);
/* A number for an id or a digest; 0: none. */
uint64_t draft_hash(struct span text);
/* Appends the event to the buffer; everything it refers to is copied. */
enum err draft_emit(const struct draft *draft, struct buf *out) MUST_CHECK;
/* observe_http.c: request, response and revisit records. */
enum err draft_http(struct draft *draft, struct buf *out) MUST_CHECK;
/* Whether draft_http would look at the body of a record of which there is only a part yet. */
enum reader_need draft_http_need(struct observer *observer, const struct record *record);

#endif
