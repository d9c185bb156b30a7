// SPDX-License-Identifier: MIT
/* fuzz_zip.c - source_list: parts are slices of the file, and together no longer than it. */
#include "1_read/source.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct span file = span_of(data, bytes);
    struct arena arena;
    struct source_parts parts;
    arena_init(&arena, 16 << 20);
    enum err err = source_list(file, &arena, &parts);
    assert(err == ERR_OK || err == ERR_END || err_is_data(err));
    assert((err == ERR_OK) <= (parts.count > 0));
    size_t total_bytes = 0;
    for (size_t i = 0; i < parts.count; i++) {
        const struct source_part *part = &parts.items[i];
        assert(part->bytes.at >= file.at && part->bytes.at + part->bytes.bytes <= file.at + file.bytes);
        assert(part->kind < SOURCE_KIND_COUNT && source_kind_name(part->kind));
        total_bytes += part->bytes.bytes;
    }
    assert(total_bytes <= file.bytes);
    arena_free(&arena);
    return 0;
}
