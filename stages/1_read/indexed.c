// SPDX-License-Identifier: MIT
#include "1_read/indexed.h"

#include "1_read/cdx.h"

#define TOLD_APART 64u /* bits of `matched` */

/* The first line for a place at or behind `at`. */
static size_t find(struct indexed_list list, uint64_t at)
{
    size_t low = 0, high = list.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list.items[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint64_t indexed_cut(struct indexed_list list, uint64_t from, uint64_t to)
{
    size_t i = find(list, from);
    return i < list.count && list.items[i].at < to ? list.items[i].at : from;
}

void indexed_check_init(struct indexed_check *check, struct indexed_list list, reader_fault_fn *fault,
                        void *fault_context)
{
    *check = (struct indexed_check){.list = list, .fault = fault, .fault_context = fault_context};
}

static void report(const struct indexed_check *check, enum err err, uint64_t at)
{
    check->fault(check->fault_context, err, at, 0);
}

static void start(struct indexed_check *check, uint64_t first_at)
{
    if (!check->started)
        check->at = find(check->list, first_at);
    check->started = true;
}

static void report_until(struct indexed_check *check, uint64_t at)
{
    for (; check->at < check->list.count && check->list.items[check->at].at < at; check->at++)
        report(check, ERR_CDX_PLACE, check->list.items[check->at].at);
}

/* All records of the current place were seen. */
static void close_place(struct indexed_check *check)
{
    for (size_t i = 0; i < check->group_count; i++) {
        const struct indexed *line = &check->list.items[check->at + i];
        bool is_long = line->bytes >= check->shortest_bytes && line->bytes <= check->longest_bytes;
        if (line->bytes != INDEXED_NO_LENGTH && !is_long)
            report(check, ERR_CDX_LENGTH, line->at);
        if (i < TOLD_APART && !(check->matched >> i & 1))
            report(check, ERR_CDX_URL, line->at);
    }
    check->at += check->group_count;
    check->group_count = 0;
    check->has_place = false;
}

/* Of a plain record some indexes count the line ends behind it and some do not. */
static void open_place(struct indexed_check *check, const struct record *record, struct place place)
{
    const struct indexed *lines = check->list.items;
    bool is_plain = place.bytes == record->raw.bytes;
    const char *block_end = record->block.at + record->block.bytes;
    report_until(check, place.at);
    check->has_place = true;
    check->place_at = place.at;
    check->longest_bytes = place.bytes;
    check->shortest_bytes = is_plain ? (uint64_t)(block_end - record->raw.at) : place.bytes;
    check->matched = 0;
    while (check->at + check->group_count < check->list.count &&
           lines[check->at + check->group_count].at == place.at)
        check->group_count++;
}

void indexed_check_record(struct indexed_check *check, uint64_t first_at, const struct record *record,
                          struct place place)
{
    if (check->list.count == 0)
        return;
    start(check, first_at);
    if (check->has_place && place.at != check->place_at)
        close_place(check);
    if (!check->has_place)
        open_place(check, record, place);
    check->unlisted_count += record->type == RECORD_RESPONSE && check->group_count == 0;
    uint32_t key = check->group_count ? cdx_url_key(record->target_uri) : 0;
    for (size_t i = 0; i < check->group_count && i < TOLD_APART; i++) {
        uint32_t wanted = check->list.items[check->at + i].url_key;
        if (!wanted || !key || wanted == key)
            check->matched |= (uint64_t)1 << i;
    }
}

void indexed_check_end(struct indexed_check *check, uint64_t first_at, uint64_t end_at)
{
    if (check->list.count == 0)
        return;
    start(check, first_at);
    if (check->has_place)
        close_place(check);
    report_until(check, end_at);
}
