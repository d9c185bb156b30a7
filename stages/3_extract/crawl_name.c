// SPDX-License-Identifier: MIT
#include "3_extract/crawl_name.h"

#define SERIAL_DIGITS        5u
#define TIMESTAMP_MIN_DIGITS 14u
#define TIMESTAMP_MAX_DIGITS 17u

static size_t digits_at(struct span s, size_t at)
{
    size_t count = 0;
    while (at + count < s.bytes && ascii_is_digit(s.at[at + count]))
        count++;
    return count;
}

/* The name with its serial number and timestamps masked; SPAN_NONE when it has no serial number. */
static struct span mask_serial(struct span name, struct arena *arena)
{
    char *masked = arena_bytes(arena, name.bytes + 1);
    size_t base = name.bytes, count = 0;
    bool has_serial = false;
    while (base && name.at[base - 1] != '/')
        base--;
    for (size_t at = 0; masked && at < name.bytes;) {
        size_t digits = at < base ? 0 : digits_at(name, at);
        bool is_timestamp = digits >= TIMESTAMP_MIN_DIGITS && digits <= TIMESTAMP_MAX_DIGITS;
        if (digits == SERIAL_DIGITS || is_timestamp) {
            masked[count++] = is_timestamp ? '@' : '#';
            has_serial |= !is_timestamp;
        } else {
            size_t plain = digits ? digits : 1;
            memcpy(masked + count, name.at + at, plain);
            count += plain;
        }
        at += digits ? digits : 1;
    }
    return masked && has_serial ? span_of(masked, count) : SPAN_NONE;
}

struct span crawl_name_of(struct span name, const struct warcinfo *info, struct arena *arena)
{
    if (info->producer == PRODUCER_COMMONCRAWL)
        return name;
    if (info->is_part_of.bytes)
        return arena_format(arena, "crawl:%s:%.*s", producer_name(info->producer),
                            SPAN_ARG(info->is_part_of));
    struct span masked = info->software.bytes ? mask_serial(name, arena) : SPAN_NONE;
    if (!masked.bytes)
        return arena->full ? SPAN_NONE : name;
    return arena_format(arena, "serial:%.*s:%.*s", SPAN_ARG(info->software), SPAN_ARG(masked));
}
