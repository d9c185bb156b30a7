// SPDX-License-Identifier: MIT
/* fuzz_har.c - items are objects of the file, in its order and apart; items and faults together are no longer than it. */
#include "1_read/harfile.h"
#include "1_read/record.h"
#include "3_extract/har.h"
#include "base/limits.h"
#include "ext/ext_json.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

struct sums {
    uint64_t next_at, bytes, file_bytes;
};

static void on_fault(void *context, enum err err, uint64_t at, uint64_t bytes)
{
    struct sums *s = context;
    assert(err_is_data(err) && at <= s->file_bytes && bytes <= s->file_bytes - at);
    s->bytes += bytes;
}

static void check_fields(const struct http_head *head)
{
    assert(head->field_count <= LIMIT_HTTP_FIELDS);
    for (size_t i = 0; i < head->field_count; i++)
        assert(head->fields[i].name.bytes && head->fields[i].value.at);
}

static void check_item(const struct harfile_item *item, struct arena *arena)
{
    struct har_page page;
    struct har_entry entry;
    struct span body;
    assert(json_is_object(item->json));
    if (item->kind == HARFILE_PAGE) {
        enum err err = har_parse_page(item->json, &page);
        assert((err == ERR_OK) == (page.id.bytes > 0) && !err_is_run(err));
        return;
    }
    enum err err = har_parse_entry(item->json, arena, &entry);
    assert(!err_is_run(err) && entry.response.status < 1000 && entry.resource < RESOURCE_COUNT);
    assert((err == ERR_NO_URI) == (entry.url.bytes == 0));
    check_fields(&entry.request);
    check_fields(&entry.response);
    err = har_body(&entry, item->body, arena, &body);
    assert(!err_is_run(err) && body.bytes <= item->body.bytes * 3);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct span file = span_of(data, bytes);
    struct arena arena;
    struct harfile har;
    struct harfile_item item;
    struct sums sums = {.file_bytes = bytes};
    arena_init(&arena, 64u << 20);
    harfile_init(&har, file, &arena, on_fault, &sums);
    enum err err;
    while ((err = harfile_next(&har, &item)) == ERR_OK) {
        assert(item.place.at >= sums.next_at && item.place.at + item.place.bytes <= bytes);
        assert(item.text.at == file.at + item.place.at && item.text.bytes == item.place.bytes);
        sums.next_at = item.place.at + item.place.bytes;
        sums.bytes += item.place.bytes;
        check_item(&item, &arena);
    }
    assert(err == ERR_END && sums.bytes <= bytes);
    assert(har.lost_bytes <= bytes);
    harfile_close(&har);
    arena_free(&arena);
    return 0;
}
