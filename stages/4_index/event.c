// SPDX-License-Identifier: MIT
#include "4_index/event.h"

#include "4_index/pack.h"

#define COOKIE_SECURE       (1u << 0)
#define COOKIE_HTTP_ONLY    (1u << 1)
#define COOKIE_PARTITIONED  (1u << 2)
#define RESOURCE_FROM_CACHE (1u << 0)
#define RESOURCE_ABORTED    (1u << 1)
#define RESOURCE_REACHED    (1u << 2)

static void pack_cookie(struct buf *out, const struct event_cookie *c)
{
    pack_text(out, c->name);
    pack_text(out, c->domain);
    pack_text(out, c->path);
    pack_i64(out, c->lifetime_s);
    pack_u64(out, (c->secure ? COOKIE_SECURE : 0) | (c->http_only ? COOKIE_HTTP_ONLY : 0) |
                      (c->partitioned ? COOKIE_PARTITIONED : 0));
    pack_u64(out, c->storable);
    pack_u64(out, c->same_site);
    pack_u64(out, c->value_hash);
    pack_u64(out, c->consent.state);
    pack_u64(out, c->consent.rule);
}

static struct event_cookie unpack_cookie(struct unpack *in)
{
    struct event_cookie c = {.name = unpack_text(in)};
    c.domain = unpack_text(in);
    c.path = unpack_text(in);
    c.lifetime_s = unpack_i64(in);
    uint64_t flags = unpack_u64(in);
    c.secure = flags & COOKIE_SECURE;
    c.http_only = flags & COOKIE_HTTP_ONLY;
    c.partitioned = flags & COOKIE_PARTITIONED;
    c.storable = (enum cookie_storable)unpack_u64(in);
    c.same_site = (enum same_site)unpack_u64(in);
    c.value_hash = unpack_u64(in);
    c.consent.state = (enum consent_state)unpack_u64(in);
    c.consent.rule = (unsigned)unpack_u64(in);
    if (c.storable >= COOKIE_STORABLE_COUNT || c.same_site > SAME_SITE_STRICT ||
        c.consent.state >= CONSENT_STATE_COUNT || c.consent.rule >= CONSENT_RULE_COUNT)
        in->bad = true;
    return c;
}

static void pack_reference(struct buf *out, const struct event_reference *r)
{
    pack_text(out, r->url);
    pack_u64(out, r->evidence);
    pack_u64(out, r->condition);
    pack_u64(out, r->resource);
    pack_text(out, r->by);
}

static struct event_reference unpack_reference(struct unpack *in)
{
    struct event_reference r = {.url = unpack_text(in)};
    r.evidence = (enum evidence)unpack_u64(in);
    r.condition = (enum condition)unpack_u64(in);
    r.resource = (enum resource)unpack_u64(in);
    r.by = unpack_text(in);
    if (r.evidence >= EVIDENCE_COUNT || r.condition >= CONDITION_COUNT || r.resource >= RESOURCE_COUNT)
        in->bad = true;
    return r;
}

static void pack_resource(struct buf *out, const struct event_resource *r)
{
    pack_text(out, r->url);
    pack_i64(out, r->status);
    pack_u64(out, r->resource);
    pack_u64(out, (r->from_cache ? RESOURCE_FROM_CACHE : 0) | (r->aborted ? RESOURCE_ABORTED : 0) |
                      (r->reached ? RESOURCE_REACHED : 0));
}

static struct event_resource unpack_resource(struct unpack *in)
{
    struct event_resource r = {.url = unpack_text(in)};
    r.status = (int)unpack_i64(in);
    r.resource = (enum resource)unpack_u64(in);
    uint64_t flags = unpack_u64(in);
    r.from_cache = flags & RESOURCE_FROM_CACHE;
    r.aborted = flags & RESOURCE_ABORTED;
    r.reached = flags & RESOURCE_REACHED;
    if (r.resource >= RESOURCE_COUNT)
        in->bad = true;
    return r;
}

void event_pack(const struct event *e, struct buf *out)
{
    const uint64_t numbers[] = {e->kind,
                                e->place.bytes,
                                e->flags,
                                e->producer,
                                e->id,
                                e->status,
                                e->resource,
                                e->content,
                                e->refers_to,
                                e->digest,
                                e->referrer_policy,
                                e->cookie_count,
                                e->reference_count,
                                e->resource_count};
    const struct span texts[] = {e->url, e->page_id, e->referer,    e->origin,       e->location,
                                 e->via, e->hops,    e->refers_url, e->segment_head, e->segment_block};
    size_t number_count = sizeof numbers / sizeof *numbers;
    char *room = buf_room(out, (number_count + RECORD_CONCURRENT_MAX + 2) * PACK_U64_BYTES), *to = room;
    for (size_t i = 0; room && i < number_count; i++)
        to = pack_put(to, numbers[i]);
    for (size_t i = 0; room && i < RECORD_CONCURRENT_MAX; i++)
        to = pack_put(to, e->concurrent[i]);
    if (room) {
        to = pack_put(to, pack_zigzag(e->date_ns));
        to = pack_put(to, pack_zigzag(e->refers_date_ns));
        out->bytes += (size_t)(to - room);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        pack_text(out, texts[i]);
    for (size_t i = 0; i < e->cookie_count; i++)
        pack_cookie(out, &e->cookies[i]);
    for (size_t i = 0; i < e->reference_count; i++)
        pack_reference(out, &e->references[i]);
    for (size_t i = 0; i < e->resource_count; i++)
        pack_resource(out, &e->resources[i]);
}

enum err event_unpack_cookies(struct span lists, struct arena *arena, size_t count, struct event_cookie **out)
{
    struct unpack in = {.rest = lists};
    if (count > lists.bytes)
        return ERR_CORRUPT;
    *out = arena_alloc(arena, count * sizeof **out);
    if (!*out)
        return ERR_MEMORY;
    for (size_t i = 0; i < count; i++)
        (*out)[i] = unpack_cookie(&in);
    return in.bad ? ERR_CORRUPT : ERR_OK;
}

enum err event_unpack_lists(struct span lists, struct arena *arena, struct event *e)
{
    struct unpack in = {.rest = lists};
    /* every item takes at least two bytes: a count beyond that is not ours */
    if (e->cookie_count + e->reference_count + e->resource_count > lists.bytes)
        return ERR_CORRUPT;
    e->cookies = arena_alloc(arena, e->cookie_count * sizeof *e->cookies);
    e->references = arena_alloc(arena, e->reference_count * sizeof *e->references);
    e->resources = arena_alloc(arena, e->resource_count * sizeof *e->resources);
    if (!e->cookies || !e->references || !e->resources)
        return ERR_MEMORY;
    for (size_t i = 0; i < e->cookie_count; i++)
        e->cookies[i] = unpack_cookie(&in);
    for (size_t i = 0; i < e->reference_count; i++)
        e->references[i] = unpack_reference(&in);
    for (size_t i = 0; i < e->resource_count; i++)
        e->resources[i] = unpack_resource(&in);
    e->cookie_capacity = e->cookie_count;
    e->reference_capacity = e->reference_count;
    e->resource_capacity = e->resource_count;
    return in.bad || in.rest.bytes ? ERR_CORRUPT : ERR_OK;
}

enum err event_unpack_numbers(struct span packed, struct event *out, struct span *texts)
{
    struct unpack in = {.rest = packed};
    struct event e = {.kind = (enum event_kind)unpack_u64(&in)};
    e.place.bytes = unpack_u64(&in);
    e.flags = (uint32_t)unpack_u64(&in);
    e.producer = (enum producer)unpack_u64(&in);
    e.id = unpack_u64(&in);
    e.status = (unsigned)unpack_u64(&in);
    e.resource = (enum resource)unpack_u64(&in);
    e.content = (enum content)unpack_u64(&in);
    e.refers_to = unpack_u64(&in);
    e.digest = unpack_u64(&in);
    e.referrer_policy = (enum referrer_policy)unpack_u64(&in);
    e.cookie_count = unpack_u64(&in);
    e.reference_count = unpack_u64(&in);
    e.resource_count = unpack_u64(&in);
    for (size_t i = 0; i < RECORD_CONCURRENT_MAX; i++)
        e.concurrent[i] = unpack_u64(&in);
    e.date_ns = unpack_i64(&in);
    e.refers_date_ns = unpack_i64(&in);
    if (in.bad || e.kind >= EVENT_KIND_COUNT || e.producer >= PRODUCER_COUNT ||
        e.resource >= RESOURCE_COUNT || e.referrer_policy >= REFERRER_POLICY_COUNT)
        return ERR_CORRUPT;
    *out = e;
    *texts = in.rest;
    return ERR_OK;
}

enum err event_unpack_texts(struct span texts, struct event *e, struct span *lists)
{
    struct unpack in = {.rest = texts};
    struct span *const all[] = {&e->url, &e->page_id, &e->referer,    &e->origin,       &e->location,
                                &e->via, &e->hops,    &e->refers_url, &e->segment_head, &e->segment_block};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        *all[i] = unpack_text(&in);
    *lists = in.rest;
    return in.bad ? ERR_CORRUPT : ERR_OK;
}

enum err event_unpack_head(struct span packed, struct event *out, struct span *lists)
{
    struct span texts;
    TRY(event_unpack_numbers(packed, out, &texts));
    return event_unpack_texts(texts, out, lists);
}

enum err event_unpack(struct span packed, struct arena *arena, struct event *out)
{
    struct span lists;
    TRY(event_unpack_head(packed, out, &lists));
    return event_unpack_lists(lists, arena, out);
}
