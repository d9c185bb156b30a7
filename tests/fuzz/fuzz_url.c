// SPDX-License-Identifier: MIT
/* First byte: length of the base; then the base, then the reference. */
#include <stdio.h>
#include <stdlib.h>

#include "url_check.h"

#define ARENA_BYTES (16u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static enum err check(struct span text, const struct url *base, struct arena *arena, struct url *out)
{
    enum err err;
    const char *broken = url_check(text, base, arena, out, &err);
    if (!broken && err && err != ERR_URL && err != ERR_TOO_LARGE)
        broken = err_name(err);
    if (broken) {
        fprintf(stderr, "%s\n", broken);
        abort();
    }
    return err;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    struct arena arena;
    struct url base, url, joined;
    if (bytes == 0)
        return 0;
    struct span all = span_of(data + 1, bytes - 1), text = span_from(all, data[0]);
    arena_init(&arena, ARENA_BYTES);
    bool has_base = !check(span_first(all, data[0]), NULL, &arena, &base);
    enum err err = check(text, has_base ? &base : NULL, &arena, &url);
    /* What a reference resolves to does not depend on the base any more. */
    if (!err && has_base && (check(url.href, &base, &arena, &joined) || !url_check_equal(&url, &joined)))
        abort();
    arena_free(&arena);
    return 0;
}
