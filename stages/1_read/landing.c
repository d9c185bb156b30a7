// SPDX-License-Identifier: MIT
#include "1_read/landing.h"

#include "1_read/arc.h"
#include "1_read/member.h"
#include "1_read/record_head.h"
#include "base/limits.h"

bool landing_can_begin(struct span s, bool is_arc)
{
    struct record_version version;
    struct record record = {0};
    struct span rest = span_from(s, record_head_skip_line_ends(s, 0));
    return record_head_version(rest, &version) || record_head_is_bare(rest) ||
           (is_arc && arc_read(rest, &record) == ERR_OK);
}

bool landing_leads_on(struct span behind, bool is_arc)
{
    size_t zeros = 0;
    while (zeros < behind.bytes && behind.at[zeros] == '\0')
        zeros++; /* padding */
    struct span next = span_from(behind, zeros);
    return !next.bytes || member_is_packed(next) || landing_can_begin(next, is_arc);
}

/* Without its line end, an ARC record may end in the middle of a header line, which is still one from there on. */
static bool splits_arc_line(struct span bytes, const struct record *record)
{
    size_t end = (size_t)(record->block.at + record->block.bytes - bytes.at), at = end;
    if (!record->is_arc || record->raw.bytes > end || end == bytes.bytes)
        return false;
    while (at > end - record->block.bytes && bytes.at[at - 1] != '\n' && end - at < LIMIT_ARC_LINE_BYTES)
        at--;
    return at < end && arc_find(bytes, at, at + 1) == at;
}

bool landing_is_good(struct span bytes, const struct record *record)
{
    if (splits_arc_line(bytes, record))
        return false;
    return record->block.bytes >= record->declared_bytes &&
           landing_leads_on(span_from(bytes, record->raw.bytes), record->is_arc);
}

bool landing_is_terminated(struct span bytes, const struct record *record)
{
    struct span behind = span_from(bytes, (size_t)(record->block.at + record->block.bytes - bytes.at));
    return record->block.bytes >= record->declared_bytes &&
           (span_starts(behind, SPAN("\r\n\r\n")) || span_starts(behind, SPAN("\n\n")) ||
            (record->is_arc && span_starts(behind, SPAN("\n"))));
}

bool landing_choose_length(struct span bytes, struct record *record)
{
    struct record other = *record;
    size_t block_at = (size_t)(record->block.at - bytes.at);
    struct span rest = span_from(bytes, block_at);
    if (!span_to_u64(record->length_again, &other.declared_bytes) || other.declared_bytes > rest.bytes)
        return false;
    other.block = span_first(rest, (size_t)other.declared_bytes);
    other.raw = span_first(bytes, record_head_skip_line_ends(bytes, block_at + other.block.bytes));
    other.partial = other.truncated.bytes > 0;
    if (!landing_is_good(bytes, &other))
        return false;
    *record = other;
    return true;
}

/* Records from `at` on lead to `end` or behind it. */
static bool leads_to(struct span bytes, size_t at, size_t end)
{
    while (at < end) {
        struct record record;
        struct span rest = span_from(bytes, at);
        if (record_read(rest, true, &record) != ERR_OK || !landing_is_good(rest, &record))
            return false;
        at += record.raw.bytes;
        bool is_last = at < bytes.bytes && !landing_can_begin(span_from(bytes, at), record.is_arc);
        if (is_last)
            break; /* padding or a packed member */
    }
    return true;
}

void landing_end_at(struct span bytes, size_t next, struct record *record)
{
    size_t block_at = (size_t)(record->block.at - bytes.at), end = next;
    for (int i = 0; i < (record->is_arc ? 1 : 2) && end > block_at && bytes.at[end - 1] == '\n'; i++) {
        end--;
        if (end > block_at && bytes.at[end - 1] == '\r')
            end--;
    }
    record->raw = span_first(bytes, next);
    record->block = span_of(record->block.at, end - block_at);
    record->partial = true;
}

static size_t find(struct span bytes, size_t from, size_t to, bool is_arc)
{
    size_t at = record_head_find(bytes, from, to);
    return is_arc ? arc_find(bytes, from, at) : at;
}

bool landing_shorten(struct span bytes, struct record *record)
{
    size_t block_at = (size_t)(record->block.at - bytes.at), end = block_at + record->block.bytes;
    size_t from = block_at;
    for (unsigned tries = 0; tries < LIMIT_LANDING_TRIES; tries++) {
        size_t at = find(bytes, from, end, record->is_arc);
        if (at >= end)
            return false;
        from = at + 1;
        if (!leads_to(bytes, at, end))
            continue;
        landing_end_at(bytes, at, record);
        return true;
    }
    return false;
}

bool landing_shorten_near(struct span bytes, struct record *record)
{
    size_t block_at = (size_t)(record->block.at - bytes.at), end = block_at + record->block.bytes;
    size_t near = record->block.bytes < LIMIT_LANDING_BYTES ? block_at : end - LIMIT_LANDING_BYTES;
    if (record->block.bytes < record->declared_bytes)
        return false;
    size_t at = find(bytes, near, end, record->is_arc);
    if (at < end)
        landing_end_at(bytes, at, record);
    return at < end;
}
