// SPDX-License-Identifier: MIT
#include "3_extract/dns.h"
#include "4_index/observe_draft.h"

/* A response, by the standard rather a resource. What says that it is something else, as an encoded message, is not read. */
bool draft_is_dns(const struct record *record)
{
    struct span type = span_trim(span_first(record->content_type, span_find(record->content_type, ';', 0)));
    return (record->type == RECORD_RESPONSE || record->type == RECORD_RESOURCE) &&
           dns_is_uri(record->target_uri) && (!type.bytes || span_equal_nocase(type, SPAN("text/dns")));
}

/* Of a block that is cut, the last line may be half a name. */
static struct span whole_lines(const struct record *record)
{
    struct span block = record->block;
    size_t end = span_find_last(block, '\n');
    return record->partial ? span_first(block, end < block.bytes ? end : 0) : block;
}

enum err draft_dns(struct draft *d, struct buf *out)
{
    const struct record *r = d->record;
    struct event *e = &d->event;
    struct arena *arena = &d->observer->arena;
    struct dns_answer answer;
    enum err err = dns_parse(r->target_uri, whole_lines(r), arena, &answer);
    if (err_is_run(err))
        return err;
    if (err)
        draft_report(d, "extract", err);
    for (size_t i = 0; i < answer.odd_lines; i++)
        draft_report(d, "extract", ERR_SYNTAX);
    e->kind = EVENT_ALIAS;
    if (e->date_ns == RECORD_NO_DATE)
        e->date_ns = answer.date_ns;
    for (size_t i = 1; i < answer.name_count; i++) {
        struct event_reference *to =
            ARENA_PUSH(arena, e->references, e->reference_count, e->reference_capacity);
        if (!to)
            return ERR_MEMORY;
        *to = (struct event_reference){.by = answer.names[i - 1], .url = answer.names[i]};
    }
    return e->reference_count ? draft_emit(d, out) : ERR_OK;
}
