// SPDX-License-Identifier: MIT
#include "opening.h"

#include <string.h>

#include "base/limits.h"

enum err opening_of(const struct plan_archive *a, struct failure *failure, struct opening *out)
{
    *out = (struct opening){.kind = a->kind};
    enum err err = mapfile_open(a->file.at, 0, &out->map);
    if (err)
        return failure_of_path(failure, err, a->file.at);
    if (a->at + a->bytes > out->map.bytes.bytes) {
        opening_close(out);
        return failure_set(failure, ERR_IO, "%s: became shorter while it was read", a->file.at);
    }
    out->bytes = span_first(span_from(out->map.bytes, a->at), a->bytes);
    return ERR_OK;
}

/* The stored bytes of a member. */
static enum err find_part(const char *name, struct span member, struct failure *failure, struct opening *out)
{
    struct arena arena;
    struct source_parts parts = {0};
    arena_init(&arena, LIMIT_WORKER_ARENA_BYTES);
    enum err err = source_list(out->map.bytes, &arena, &parts);
    bool found = false;
    for (size_t i = 0; !err_is_run(err) && !found && i < parts.count; i++) {
        found = span_equal(parts.items[i].name, member) && !parts.items[i].deflated;
        if (found) {
            out->bytes = parts.items[i].bytes;
            out->kind = parts.items[i].kind;
        }
    }
    arena_free(&arena);
    return found ? ERR_OK : failure_set(failure, ERR_NOT_FOUND, "%s: no such member", name);
}

enum err opening_find(const char *name, struct failure *failure, struct opening *out)
{
    char path[LIMIT_PATH_BYTES];
    const char *bang = strchr(name, '!');
    size_t bytes = bang ? (size_t)(bang - name) : strlen(name);
    *out = (struct opening){0};
    if (bytes >= sizeof path)
        return failure_set(failure, ERR_USAGE, "path too long");
    memcpy(path, name, bytes);
    path[bytes] = 0;
    enum err err = mapfile_open(path, 0, &out->map);
    if (err)
        return failure_of_path(failure, err, path);
    if (bang) {
        err = find_part(name, span_of_string(bang + 1), failure, out);
        if (err)
            opening_close(out);
        return err;
    }
    out->bytes = out->map.bytes;
    out->kind = source_kind_of(out->bytes);
    return ERR_OK;
}

void opening_close(struct opening *opening)
{
    mapfile_close(&opening->map);
    *opening = (struct opening){0};
}
