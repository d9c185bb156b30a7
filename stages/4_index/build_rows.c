// SPDX-License-Identifier: MIT
/* What a visit becomes: its own row in memory, those of its contacts and cookies as bytes. */
#include "4_index/build_state.h"

#include "3_extract/site.h"
#include "4_index/href.h"
#include "4_index/index.h"

#include <assert.h>

struct row_proof build_rows_proof(const struct build_state *b, struct proof p)
{
    return (struct row_proof){b->archive_number[p.archive], p.place.at, p.place.bytes, p.place.inner};
}

/* The site as a slice of the URL it was computed from: the end of its host, but for a final dot. */
static void site_slice(struct span url, struct span site, uint64_t *at, uint64_t *bytes)
{
    struct span host = href_of(url).host, end = host;
    if (end.bytes && end.at[end.bytes - 1] == '.' && !(site.bytes && site.at[site.bytes - 1] == '.'))
        end.bytes--;
    bool found =
        site.bytes && site.bytes <= end.bytes && span_equal(span_from(end, end.bytes - site.bytes), site);
    *at = (uint64_t)(host.at - url.at) + (found ? end.bytes - site.bytes : 0);
    *bytes = found ? site.bytes : host.bytes;
}

static void add_contact(const struct build_state *b, const struct resolved_contact *c, struct buf *out)
{
    struct row_contact row = {.evidence = c->evidence,
                              .evidence_mask = c->evidence_mask,
                              .condition = c->condition,
                              .resource = c->resource,
                              .third = c->third,
                              .count = c->count,
                              .first_time_ns = c->first_time_ns,
                              .proof = build_rows_proof(b, c->proof),
                              .signals = c->signals,
                              .origin = c->origin,
                              .depth = c->depth,
                              .hop = c->hop};
    site_slice(c->url, c->site, &row.url_site_at, &row.url_site_bytes);
    pack_text(out, c->url);
    pack_text(out, c->declared_by);
    pack_text(out, c->redirect_from);
    pack_text(out, c->frame_site);
    row_contact_pack(&row, out);
}

static void add_cookie(const struct build_state *b, const struct resolved_cookie *c, struct buf *out)
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
                             .proof = build_rows_proof(b, c->proof)};
    pack_text(out, c->host);
    pack_text(out, e->name);
    pack_text(out, e->domain);
    pack_text(out, e->path);
    row_cookie_pack(&row, out);
}

enum err build_rows_add(const struct build_state *b, const struct resolved_visit *v,
                        struct build_piece *piece)
{
    assert(piece->count < BUILD_PIECE_VISITS);
    struct build_visit *to = &piece->visits[piece->count++];
    *to = (struct build_visit){.url = v->url,
                               .archive = v->proof.archive,
                               .rows_at = piece->rows.bytes,
                               .contact_count = (uint32_t)v->contact_count,
                               .cookie_count = (uint32_t)v->cookie_count};
    to->row = (struct row_visit){.time_ns = v->time_ns,
                                 .proof = build_rows_proof(b, v->proof),
                                 .status = v->status,
                                 .producer = v->producer,
                                 .complete = v->complete,
                                 .has_text = v->has_text,
                                 .contact_count = v->page_contact_count,
                                 .signals = v->signals,
                                 .consent = v->consent.state,
                                 .consent_rule = v->consent.rule,
                                 .referrer_policy = v->referrer_policy,
                                 .consent_proof = build_rows_proof(b, v->consent_proof)};
    struct span site = site_of(b->build->suffixes, href_of(v->url).host);
    site_slice(v->url, site, &to->row.url_site_at, &to->row.url_site_bytes);
    for (size_t i = 0; i < v->contact_count; i++)
        add_contact(b, &v->contacts[i], &piece->rows);
    for (size_t i = 0; i < v->cookie_count; i++)
        add_cookie(b, &v->cookies[i], &piece->rows);
    to->rows_bytes = piece->rows.bytes - to->rows_at;
    return piece->rows.err;
}
