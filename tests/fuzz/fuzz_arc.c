// SPDX-License-Identifier: MIT
/* fuzz_arc.c - ARC records, plain and in gzip: one alone, then through the reader, see seams.h. */
#include "make/seams.h"

static bool is_inside(struct span inner, struct span outer)
{
    return !inner.at || (inner.at >= outer.at && inner.at + inner.bytes <= outer.at + outer.bytes);
}

/* What was read lies inside, and what was found can be read. */
static void check_one(struct span bytes)
{
    struct record record;
    size_t at = record_find(bytes, 0, true);
    if (at == bytes.bytes)
        return;
    struct span found = span_from(bytes, at);
    enum err err = record_read(found, true, &record);
    if (err && err != ERR_NO_LENGTH) {
        assert(!record.is_arc); /* a WARC head may end too soon */
        return;
    }
    assert(is_inside(record.head, record.raw) && is_inside(record.block, record.raw) &&
           is_inside(record.raw, bytes));
    assert(is_inside(record.target_uri, record.head) && is_inside(record.content_type, record.head));
    assert(is_inside(record.date, record.head) && is_inside(record.length_text, record.head));
    assert(record.head.at + record.head.bytes == record.block.at &&
           record.block.bytes <= record.declared_bytes);
    assert(!record.is_arc || record.target_uri.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static const enum source_kind kinds[] = {SOURCE_ARC, SOURCE_ARC_GZ};
    check_one(span_of(data, bytes));
    seams_check(data, bytes, kinds, 2);
    return 0;
}
