// SPDX-License-Identifier: MIT
#include "4_index/crawl_group.h"

#include <assert.h>
#include <stdlib.h>

static int compare_u64(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int in_file(const void *left, const void *right)
{
    const struct group_event *a = left, *b = right;
    if (a->archive != b->archive)
        return compare_u64(a->archive, b->archive);
    if (a->event.place.at != b->event.place.at)
        return compare_u64(a->event.place.at, b->event.place.at);
    return compare_u64(a->event.place.inner, b->event.place.inner);
}

/* Records without a date keep their place in the file: they take the date of the record before. A warcinfo
 * binds until the next one or the end of the file (ISO 28500, 6.2): files of several producers are
 * concatenated. */
static void carry_context(struct group *g)
{
    int64_t date_ns = 0;
    enum producer producer = PRODUCER_UNKNOWN;
    for (uint32_t i = 0; i < g->event_count; i++) {
        struct group_event *e = &g->events[i];
        if (i && e->archive != e[-1].archive) {
            date_ns = 0;
            producer = PRODUCER_UNKNOWN;
        }
        if (e->event.kind == EVENT_WARCINFO)
            producer = e->event.producer;
        else if (producer != PRODUCER_UNKNOWN)
            e->event.producer = producer;
        if (e->event.date_ns == RECORD_NO_DATE)
            e->event.date_ns = date_ns;
        date_ns = e->event.date_ns;
    }
}

/* A WACZ's page list is of whoever made its archives. */
static void name_list_producer(struct group *g)
{
    enum producer producer = PRODUCER_UNKNOWN;
    for (uint32_t i = 0; i < g->event_count && producer == PRODUCER_UNKNOWN; i++)
        producer = g->events[i].event.producer;
    for (uint32_t i = 0; i < g->event_count; i++)
        if (g->events[i].event.flags & EVENT_FLAG_LINE)
            g->events[i].event.producer = producer;
}

static uint32_t number_of(struct group *g, struct span text)
{
    return text.bytes ? intern_add(&g->texts, text) : INTERN_NONE;
}

/* Every HAR begins to count its pages anew. */
static struct span page_id_of(struct group *g, const struct group_event *e, struct span id)
{
    return e->event.producer == PRODUCER_HAR && id.bytes
               ? arena_format(g->arena, "%u %.*s", e->archive, SPAN_ARG(id))
               : id;
}

static struct span packed_of(const struct group_event *e)
{
    return span_of(e->packed, e->packed_bytes);
}

static void number_texts(struct group *g, struct group_event *e)
{
    struct event texts;
    struct span lists;
    enum err err = event_unpack_texts(span_from(packed_of(e), e->texts_at), &texts, &lists);
    assert(!err); /* it was unpacked before */
    (void)err;
    e->url = number_of(g, texts.url);
    e->page_id = number_of(g, page_id_of(g, e, texts.page_id));
    e->referer = number_of(g, texts.referer);
    e->via = number_of(g, texts.via);
    e->location = number_of(g, texts.location); /* a page may end there without a record of its own */
    if (e->event.kind == EVENT_RESPONSE || e->event.kind == EVENT_REQUEST) {
        if (e->page_id != INTERN_NONE)
            g->has_page_ids[e->event.producer] = true;
        if (e->event.flags & EVENT_FLAG_TYPED)
            g->has_types[e->event.producer] = true;
    }
}

/* Once for each URL. */
static enum err number_origins(struct group *g)
{
    size_t url_count = g->texts.count;
    bool *is_done = arena_alloc(g->arena, url_count + 1);
    if (!is_done)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->event_count; i++) {
        const struct group_event *e = &g->events[i];
        bool is_half = e->event.kind == EVENT_RESPONSE || e->event.kind == EVENT_REQUEST;
        if (!is_half || e->url == INTERN_NONE || is_done[e->url])
            continue;
        is_done[e->url] = true;
        number_of(g, href_of(group_text(g, e->url)).origin);
    }
    return ERR_OK;
}

void group_head(const struct group_event *e, struct event *out)
{
    struct span lists;
    enum err err = event_unpack_head(packed_of(e), out, &lists);
    assert(!err); /* as above */
    (void)err;
}

static struct span lists_of(const struct group_event *e)
{
    return span_from(packed_of(e), e->lists_at);
}

enum err group_lists(const struct group *g, const struct group_event *e, struct event *out)
{
    *out = (struct event){.cookie_count = e->event.cookie_count,
                          .reference_count = e->event.reference_count,
                          .resource_count = e->event.resource_count};
    enum err err = event_unpack_lists(lists_of(e), g->arena, out);
    return err == ERR_CORRUPT ? ERR_INDEX : err;
}

enum err group_cookie_list(const struct group *g, const struct group_event *e, struct event_cookie **out)
{
    enum err err = event_unpack_cookies(lists_of(e), g->arena, e->event.cookie_count, out);
    return err == ERR_CORRUPT ? ERR_INDEX : err;
}

static enum err load_one(const struct packed_event *from, struct group_event *to)
{
    struct event e;
    struct span texts, lists, packed = from->packed;
    enum err err = event_unpack_numbers(packed, &e, &texts);
    if (!err)
        err = event_unpack_texts(texts, &e, &lists);
    /* every item of a list takes more than a byte: a count beyond that is not ours */
    if (err || packed.bytes > UINT32_MAX || e.cookie_count > lists.bytes || e.reference_count > lists.bytes ||
        e.resource_count > lists.bytes)
        return ERR_INDEX;
    to->event = (struct event_facts){.place = from->place,
                                     .date_ns = e.date_ns,
                                     .id = e.id,
                                     .digest = e.digest,
                                     .concurrent = e.concurrent[0],
                                     .refers_to = e.refers_to,
                                     .flags = e.flags,
                                     .status = e.status,
                                     .cookie_count = (uint32_t)e.cookie_count,
                                     .reference_count = (uint32_t)e.reference_count,
                                     .resource_count = (uint32_t)e.resource_count,
                                     .kind = (uint8_t)e.kind,
                                     .producer = (uint8_t)e.producer,
                                     .resource = (uint8_t)e.resource,
                                     .content = (uint8_t)e.content,
                                     .referrer_policy = (uint8_t)e.referrer_policy,
                                     .has_more_concurrent = e.concurrent[0] && e.concurrent[1],
                                     .has_origin = e.origin.bytes != 0};
    to->event.place.bytes = e.place.bytes;
    to->archive = from->archive;
    to->partner = to->body = NO_EVENT;
    to->file_order = to->stream = 0;
    to->packed = packed.at;
    to->packed_bytes = (uint32_t)packed.bytes;
    to->texts_at = (uint32_t)(packed.bytes - texts.bytes);
    to->lists_at = (uint32_t)(packed.bytes - lists.bytes);
    return ERR_OK;
}

/* Usually they come as they lie in the file. */
static void sort_by_file(struct group *g)
{
    uint32_t i = 1;
    while (i < g->event_count && in_file(&g->events[i - 1], &g->events[i]) < 0)
        i++;
    if (i < g->event_count)
        qsort(g->events, g->event_count, sizeof *g->events, in_file);
    for (i = 0; i < g->event_count; i++)
        g->events[i].file_order = i;
}

/* Moves every event to its place, ring by ring: `order` names for each place the event that belongs there. */
static void put_in_order(struct group *g, struct keyed *order)
{
    for (uint32_t i = 0; i < g->event_count; i++) {
        struct group_event first = g->events[i];
        uint32_t to = i, from;
        if (order[i].number == i)
            continue;
        for (; (from = order[to].number) != i; to = from) {
            g->events[to] = g->events[from];
            order[to].number = to;
        }
        g->events[to] = first;
        order[to].number = to;
    }
}

/* Of equal dates as in the file. */
static enum err sort_by_time(struct group *g)
{
    struct arena_mark mark = arena_mark(g->arena);
    struct keyed *order = arena_raw(g->arena, g->event_count * sizeof *order);
    struct keyed *room = arena_raw(g->arena, g->event_count * sizeof *room);
    if (!order || !room)
        return ERR_MEMORY;
    for (uint32_t i = 0; i < g->event_count; i++)
        order[i] = (struct keyed){keyed_of_i64(g->events[i].event.date_ns), i};
    keyed_sort(order, room, g->event_count);
    put_in_order(g, order);
    arena_back_to(g->arena, mark);
    return ERR_OK;
}

enum err group_load_begin(struct group *g, const struct resolve_input *input)
{
    if (input->count >= NO_EVENT)
        return ERR_MEMORY;
    intern_init(&g->texts, g->arena);
    g->packed = input->events;
    g->event_count = (uint32_t)input->count;
    g->events = arena_raw(g->arena, input->count * sizeof *g->events);
    g->in_file = arena_raw(g->arena, (input->count + 1) * sizeof *g->in_file);
    return g->events && g->in_file ? ERR_OK : ERR_MEMORY;
}

enum err group_load_some(struct group *g, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        TRY(load_one(&g->packed[i], &g->events[i]));
    return ERR_OK;
}

enum err group_load_end(struct group *g)
{
    sort_by_file(g);
    carry_context(g);
    name_list_producer(g);
    TRY(sort_by_time(g));
    for (uint32_t i = 0; i < g->event_count; i++) {
        g->in_file[g->events[i].file_order] = i;
        number_texts(g, &g->events[i]);
    }
    TRY(number_origins(g));
    number_of(g, g->session);
    TRY(group_sort_ids(g));
    TRY(group_find_streams(g));
    return g->arena->full ? ERR_MEMORY : ERR_OK;
}
