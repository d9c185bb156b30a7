// SPDX-License-Identifier: MIT
#include "1_read/links.h"

#include <stdlib.h>

#include "base/hash.h"

#define NEAR_RECORDS 8 /* how far apart the halves of an exchange may stand without naming each other */
#define NEAR_NS      2000000000u /* wpull dates its request up to a second before the response */

/* 0 stands for "no such field". */
static uint64_t key_of(struct span text)
{
    uint64_t hash = text.bytes ? hash_span(text) : 0;
    return text.bytes && !hash ? 1 : hash;
}

static uint64_t key_of_target(struct span uri, struct span date)
{
    int64_t ns;
    if (!uri.bytes || record_date_parse(date, &ns) != ERR_OK)
        return 0;
    uint64_t mixed = key_of(uri) ^ hash_span(span_of(&ns, sizeof ns));
    return mixed ? mixed : 1;
}

/* Digests differ in case by writer. */
static uint64_t key_of_digest(struct span text)
{
    char lower[128];
    if (!text.bytes || text.bytes > sizeof lower)
        return 0;
    for (size_t i = 0; i < text.bytes; i++)
        lower[i] = ascii_lower(text.at[i]);
    return key_of(span_of(lower, text.bytes));
}

struct link links_of(const struct record *record, struct place place)
{
    bool is_revisit = record->type == RECORD_REVISIT;
    return (struct link){
        .at = place.at,
        .inner = place.inner,
        .type = record->type,
        .is_http = span_starts_nocase(record->target_uri, SPAN("http")),
        .date_ns = record->date_ns,
        .id = key_of(record->id),
        .uri = key_of(record->target_uri),
        .concurrent_to = key_of(record->concurrent_to[0]),
        .refers_to = key_of(record->refers_to),
        .target = key_of_target(is_revisit ? record->refers_to_uri : record->target_uri,
                                is_revisit ? record->refers_to_date : record->date),
        .digest = key_of_digest(record->payload_digest),
    };
}

void links_each(const struct record *record, struct place place, links_add_fn *add, void *context)
{
    struct link link = links_of(record, place);
    add(context, &link);
    link.is_more = true;
    for (size_t i = 1; i < RECORD_CONCURRENT_MAX && record->concurrent_to[i].bytes; i++) {
        link.concurrent_to = key_of(record->concurrent_to[i]);
        add(context, &link);
    }
}

static bool is_answer(const struct link *link)
{
    return link->type == RECORD_RESPONSE || link->type == RECORD_REVISIT;
}

static bool are_halves(const struct link *a, const struct link *b)
{
    return (a->type == RECORD_REQUEST && is_answer(b)) || (b->type == RECORD_REQUEST && is_answer(a));
}

struct checking {
    const struct link *links;
    size_t count;
    uint32_t *by_id; /* of the links that have an id and are not is_more, sorted by id, then position */
    size_t id_count;
    bool *paired, *repeats;
};

static int by_id(const void *left, const void *right, void *context)
{
    const struct link *links = context;
    uint32_t l = *(const uint32_t *)left, r = *(const uint32_t *)right;
    if (links[l].id != links[r].id)
        return links[l].id < links[r].id ? -1 : 1;
    return l < r ? -1 : l > r;
}

/* The first of its id, or NULL. */
static const uint32_t *find_id(const struct checking *c, uint64_t id)
{
    size_t from = 0, to = c->id_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (c->links[c->by_id[middle]].id < id)
            from = middle + 1;
        else
            to = middle;
    }
    return from < c->id_count && c->links[c->by_id[from]].id == id ? &c->by_id[from] : NULL;
}

static void pair_by_id(struct checking *c)
{
    for (size_t i = 0; i < c->count; i++) {
        const uint32_t *other = c->links[i].concurrent_to ? find_id(c, c->links[i].concurrent_to) : NULL;
        size_t owner = i;
        while (c->links[owner].is_more)
            owner--;
        if (other && are_halves(&c->links[owner], &c->links[*other]))
            c->paired[owner] = c->paired[*other] = true;
    }
}

static bool are_near(const struct link *a, const struct link *b)
{
    bool dated = a->date_ns != RECORD_NO_DATE && b->date_ns != RECORD_NO_DATE;
    uint64_t a_ns = (uint64_t)a->date_ns, b_ns = (uint64_t)b->date_ns; /* their distance may not fit int64 */
    uint64_t apart = !dated ? 0 : a->date_ns < b->date_ns ? b_ns - a_ns : a_ns - b_ns;
    return are_halves(a, b) && a->uri && a->uri == b->uri && apart <= NEAR_NS;
}

static void pair_by_place(struct checking *c)
{
    for (size_t i = 0; i < c->count; i++)
        for (size_t j = i + 1; !c->paired[i] && j < c->count && j <= i + NEAR_RECORDS; j++)
            if (!c->paired[j] && !c->links[i].is_more && !c->links[j].is_more &&
                are_near(&c->links[i], &c->links[j]))
                c->paired[i] = c->paired[j] = true;
}

static enum err index_ids(struct checking *c, struct arena *arena)
{
    c->by_id = arena_alloc(arena, (c->count + 1) * sizeof *c->by_id);
    c->paired = arena_alloc(arena, c->count + 1);
    c->repeats = arena_alloc(arena, c->count + 1);
    if (!c->by_id || !c->paired || !c->repeats)
        return ERR_MEMORY;
    for (size_t i = 0; i < c->count; i++)
        if (c->links[i].id && !c->links[i].is_more)
            c->by_id[c->id_count++] = (uint32_t)i;
    qsort_r(c->by_id, c->id_count, sizeof *c->by_id, by_id, (void *)(uintptr_t)c->links);
    for (size_t i = 1; i < c->id_count; i++)
        c->repeats[c->by_id[i]] = c->links[c->by_id[i]].id == c->links[c->by_id[i - 1]].id;
    return ERR_OK;
}

static void report(const struct checking *c, links_fault_fn *fault, void *context)
{
    const struct link *request = NULL, *answer = NULL;
    for (size_t i = 0; i < c->count; i++) {
        const struct link *link = &c->links[i];
        if (link->type == RECORD_REQUEST)
            request = request ? request : link;
        if (is_answer(link) && link->is_http)
            answer = answer ? answer : link;
    }
    for (size_t i = 0; i < c->count; i++) {
        const struct link *link = &c->links[i];
        if (c->repeats[i])
            fault(context, LINKS_DUPLICATE_ID, link);
        if (link->concurrent_to && !find_id(c, link->concurrent_to))
            fault(context, LINKS_UNKNOWN_CONCURRENT, link);
        if (link->is_more || c->paired[i] || !request || !answer)
            continue;
        if (link->type == RECORD_REQUEST)
            fault(context, LINKS_LONELY_REQUEST, link);
        else if (link->type == RECORD_RESPONSE && link->is_http)
            fault(context, LINKS_LONELY_RESPONSE, link);
    }
    if (answer && !request)
        fault(context, LINKS_NO_REQUESTS, answer);
    if (request && !answer)
        fault(context, LINKS_NO_RESPONSES, request);
}

enum err links_check(const struct link *links, size_t count, struct arena *arena, links_fault_fn *fault,
                     void *context)
{
    struct checking c = {.links = links, .count = count};
    TRY(index_ids(&c, arena));
    pair_by_id(&c);
    pair_by_place(&c);
    report(&c, fault, context);
    return ERR_OK;
}

size_t links_keys(const struct link *link, uint64_t out[LINKS_KEYS])
{
    const uint64_t all[LINKS_KEYS] = {link->id, link->target, link->digest};
    size_t count = 0;
    bool can_be_target = link->type == RECORD_RESPONSE || link->type == RECORD_RESOURCE;
    for (size_t i = 0; i < LINKS_KEYS && can_be_target && !link->is_more; i++)
        if (all[i])
            out[count++] = all[i];
    return count;
}

static int by_value(const void *left, const void *right)
{
    uint64_t l = *(const uint64_t *)left, r = *(const uint64_t *)right;
    return l < r ? -1 : l > r;
}

void links_sort_keys(uint64_t *keys, size_t count)
{
    if (count)
        qsort(keys, count, sizeof *keys, by_value);
}

bool links_resolves(const struct link *revisit, const uint64_t *keys, size_t count)
{
    const uint64_t wanted[LINKS_KEYS] = {revisit->refers_to, revisit->target, revisit->digest};
    for (size_t i = 0; i < LINKS_KEYS && count; i++)
        if (wanted[i] && bsearch(&wanted[i], keys, count, sizeof *keys, by_value))
            return true;
    return false;
}
