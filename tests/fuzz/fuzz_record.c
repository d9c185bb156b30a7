// SPDX-License-Identifier: MIT
/* fuzz_record.c - record_read and record_find: spans inside the input, progress, the same answer for the same
 * bytes. */
#include "1_read/record.h"

#include <assert.h>

static void check_inside(struct span inner, struct span outer)
{
    assert(!inner.at || (inner.at >= outer.at && inner.at + inner.bytes <= outer.at + outer.bytes));
}

static void check_record(const struct record *record, struct span bytes)
{
    const struct span values[] = {
        record->target_uri,    record->id,          record->concurrent_to[0], record->date,
        record->content_type,  record->warcinfo_id, record->payload_digest,   record->refers_to,
        record->refers_to_uri, record->profile,     record->refers_to_date,   record->truncated,
        record->filename,      record->page_id,     record->resource_type,    record->type_text,
        record->length_text,
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        check_inside(values[i], record->head);
    check_inside(record->head, bytes);
    check_inside(record->block, bytes);
    assert(record->raw.at == bytes.at && record->raw.bytes > 0 && record->raw.bytes <= bytes.bytes);
    assert(record->head.at + record->head.bytes == record->block.at);
    assert(record->block.bytes <= record->declared_bytes);
    assert(record->partial == (record->block.bytes < record->declared_bytes || record->truncated.bytes > 0));
    assert(record->type < RECORD_TYPE_COUNT && record_type_name(record->type)[0]);
}

/* What was read is the same record when nothing else is there. */
static void check_again(const struct record *record, enum err err)
{
    struct record again;
    enum err second = record_read(record->raw, true, &again);
    assert(second == err);
    assert(again.head.bytes == record->head.bytes && again.raw.bytes == record->raw.bytes);
    assert(again.type == record->type && again.date_ns == record->date_ns);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct span file = span_of(data, bytes);
    for (size_t at = 0; at < file.bytes;) {
        struct span rest = span_from(file, at);
        struct record record, early;
        enum err err = record_read(rest, true, &record);
        enum err unfinished = record_read(rest, false, &early);
        assert(unfinished == err || unfinished == ERR_TRUNCATED);
        size_t next = record_find(file, at + 1, false);
        assert(next > at && next <= file.bytes);
        if (err == ERR_OK || err == ERR_NO_LENGTH) {
            check_record(&record, rest);
            check_again(&record, err);
            next = at + record.raw.bytes;
        } else {
            assert(err == ERR_END || err == ERR_SYNTAX || err == ERR_TRUNCATED || err == ERR_TOO_LARGE);
        }
        at = next;
    }
    return 0;
}
