// SPDX-License-Identifier: MIT
/* Rows on their way: packed with their texts in front of them, because text numbers are given in the final
 * order only. */
#include "4_index/build_state.h"

#include "3_extract/site.h"
#include "4_index/href.h"
#include "4_index/index.h"
#include "4_index/key.h"

#define VISITS_PER_TRANSACTION 1000u /* about 100 rows each: bounds the dirty pages LMDB keeps */

enum err build_sort_begin(struct build_state *b)
{
    TRY(store_begin(b->sort));
    TRY(store_find_table(b->sort, "contact", &b->raw_contact));
    TRY(store_find_table(b->sort, "cookie", &b->raw_cookie));
    TRY(store_find_table(b->sort, "text_id", &b->text_id));
    TRY(store_clear(b->sort, b->raw_contact));
    TRY(store_clear(b->sort, b->raw_cookie));
    return store_clear(b->sort, b->text_id);
}

struct row_proof build_sort_proof(const struct build_state *b, struct proof p)
{
    return (struct row_proof){b->archive_number[p.archive], p.place.at, p.place.bytes, p.place.inner};
}

/* The site as a slice of the URL it was computed from. */
static void site_slice(struct span url, struct span site, uint64_t *at, uint64_t *bytes)
{
    struct span host = href_of(url).host;
    size_t offset =
        span_find_span(host, site, host.bytes >= site.bytes + 1 ? host.bytes - site.bytes - 1 : 0);
    *at = (uint64_t)(host.at - url.at) + (offset < host.bytes ? offset : 0);
    *bytes = offset < host.bytes ? site.bytes : host.bytes;
}

static enum err put_contact(struct build_state *b, uint32_t number, const struct resolved_contact *c)
{
    struct row_contact row = {.evidence = c->evidence,
                              .evidence_mask = c->evidence_mask,
                              .condition = c->condition,
                              .resource = c->resource,
                              .third = c->third,
                              .count = c->count,
                              .first_time_ns = c->first_time_ns,
                              .proof = build_sort_proof(b, c->proof),
                              .signals = c->signals,
                              .origin = c->origin,
                              .depth = c->depth,
                              .hop = c->hop};
    site_slice(c->url, c->site, &row.url_site_at, &row.url_site_bytes);
    buf_reset(&b->buf);
    pack_text(&b->buf, c->url);
    pack_text(&b->buf, c->declared_by);
    pack_text(&b->buf, c->redirect_from);
    pack_text(&b->buf, c->frame_site);
    row_contact_pack(&row, &b->buf);
    TRY(b->buf.err);
    struct key key = key_of_row((uint32_t)b->visit_count, number);
    return store_put(b->sort, b->raw_contact, key_span(&key), buf_span(&b->buf), true);
}

static enum err put_cookie(struct build_state *b, uint32_t number, const struct resolved_cookie *c)
{
    const struct event_cookie *e = &c->cookie;
    struct row_cookie row = {.how = c->by_script ? COOKIE_SCRIPT
                                    : c->sent    ? COOKIE_SENT
                                                 : COOKIE_SET,
                             .third = c->third,
                             .secure = e->secure,
                             .http_only = e->http_only,
                             .partitioned = e->partitioned,
                             .storable = e->storable,
                             .same_site = e->same_site,
                             .lifetime_s = e->lifetime_s,
                             .proof = build_sort_proof(b, c->proof)};
    buf_reset(&b->buf);
    pack_text(&b->buf, c->host);
    pack_text(&b->buf, e->name);
    pack_text(&b->buf, e->domain);
    pack_text(&b->buf, e->path);
    row_cookie_pack(&row, &b->buf);
    TRY(b->buf.err);
    struct key key = key_of_row((uint32_t)b->visit_count, number);
    return store_put(b->sort, b->raw_cookie, key_span(&key), buf_span(&b->buf), true);
}

static enum err put_visit(struct build_state *b, const struct resolved_visit *v)
{
    struct span url = arena_copy(&b->arena, v->url);
    uint32_t provisional = (uint32_t)b->visit_count;
    struct build_visit *to =
        url.at ? ARENA_PUSH(&b->arena, b->visits, b->visit_count, b->visit_capacity) : NULL;
    if (!to)
        return ERR_MEMORY;
    *to = (struct build_visit){.url = url, .provisional = provisional};
    to->row = (struct row_visit){.time_ns = v->time_ns,
                                 .proof = build_sort_proof(b, v->proof),
                                 .status = v->status,
                                 .producer = v->producer,
                                 .complete = v->complete,
                                 .has_text = v->has_text,
                                 .contact_count = v->page_contact_count,
                                 .signals = v->signals,
                                 .consent = v->consent.state,
                                 .consent_rule = v->consent.rule,
                                 .referrer_policy = v->referrer_policy,
                                 .consent_proof = build_sort_proof(b, v->consent_proof)};
    struct span site = site_of(b->build->suffixes, href_of(url).host);
    site_slice(url, site, &to->row.url_site_at, &to->row.url_site_bytes);
    b->visits_of_archive[v->proof.archive]++;
    return ERR_OK;
}

enum err build_sort_add(struct build_state *b, const struct resolved_visit *v)
{
    for (size_t i = 0; i < v->contact_count; i++)
        TRY(put_contact(b, (uint32_t)i, &v->contacts[i]));
    for (size_t i = 0; i < v->cookie_count; i++)
        TRY(put_cookie(b, (uint32_t)i, &v->cookies[i]));
    TRY(put_visit(b, v));
    if (b->visit_count % VISITS_PER_TRANSACTION == 0) {
        TRY(store_commit(b->sort));
        TRY(store_begin(b->sort));
    }
    return ERR_OK;
}
