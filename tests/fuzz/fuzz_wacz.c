// SPDX-License-Identifier: MIT
/* fuzz_wacz.c - wacz_read: members are parts of the file, and whatever is listed can be asked for. */
#include "1_read/wacz.h"
#include "ext/ext_deflate.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct span file = span_of(data, bytes);
    struct inflater *inflater = inflater_new();
    struct arena arena;
    struct buf content;
    struct wacz wacz;
    arena_init(&arena, 16 << 20);
    buf_init(&content, 1 << 20);
    enum err err = wacz_read(file, inflater, &arena, &wacz);
    assert(err == ERR_OK || err == ERR_NOT_FOUND || err == ERR_MEMORY || err_is_data(err));
    for (size_t i = 0; i < wacz.count; i++) {
        const struct wacz_resource *r = &wacz.resources[i];
        assert(r->path.bytes);
        if (!r->is_there)
            continue;
        assert(r->data.at >= file.at && r->data.at + r->data.bytes <= file.at + file.bytes);
        enum err got = wacz_content(r, inflater, 1 << 16, &content);
        assert(got == ERR_OK || err_is_data(got));
        assert(content.bytes <= 1 << 16);
    }
    buf_free(&content);
    arena_free(&arena);
    inflater_free(inflater);
    return 0;
}
