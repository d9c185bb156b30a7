// SPDX-License-Identifier: MIT
/* fuzz_cdx.c - cdx_read over all lines: what it gives lies in the line or the arena, and the same line gives the same. */
#include "1_read/cdx.h"

#include <assert.h>

static void check_line(const struct cdx_line *line, struct span text, const struct arena *arena)
{
    const struct span values[] = {line->file, line->url, line->date};
    assert(line->file.bytes > 0 && line->bytes > 0);
    assert(line->date.bytes == 0 || (line->date.bytes >= 14 && line->date.bytes <= 17));
    for (size_t i = 0; i < 3; i++) {
        bool is_inside = values[i].at >= text.at && values[i].at + values[i].bytes <= text.at + text.bytes;
        assert(values[i].bytes == 0 || is_inside || arena->held_bytes > 0);
    }
    struct span base = cdx_base_name(line->file);
    assert(base.at + base.bytes == line->file.at + line->file.bytes);
    assert(!memchr(base.at, '/', base.bytes));
    assert(cdx_url_key(line->url) == cdx_url_key(span_trim(line->url)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct arena arena;
    struct cdx cdx;
    struct span rest = span_of(data, bytes);
    arena_init(&arena, 1 << 20);
    cdx_init(&cdx);
    bool is_index = cdx_is_index(rest), first = true;
    while (rest.bytes) {
        struct span text = span_cut_line(&rest);
        struct cdx before = cdx;
        struct cdx_line line, again;
        enum err err = cdx_read(&cdx, text, &arena, &line);
        assert(err == ERR_OK || err == ERR_END || err == ERR_SYNTAX || err == ERR_MEMORY);
        if (err == ERR_OK)
            check_line(&line, text, &arena);
        if (first && err == ERR_OK && line.date.bytes)
            assert(is_index);
        enum err second = cdx_read(&before, text, &arena, &again);
        assert(second == err || second == ERR_MEMORY);
        assert(second ||
               (again.at == line.at && again.bytes == line.bytes && span_equal(again.file, line.file)));
        first = false;
        arena_reset(&arena);
    }
    arena_free(&arena);
    return 0;
}
