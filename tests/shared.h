// SPDX-License-Identifier: MIT
/* shared.h - the folder of published test data, which is beside the repository or named by TREDJEPART_SHARED.
 */
#ifndef TESTS_SHARED_H
#define TESTS_SHARED_H

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

/* Path of a file in that folder; lives in the arena. */
static inline const char *shared_path(const char *name, struct arena *arena)
{
    const char *folder = getenv("TREDJEPART_SHARED");
    return arena_format(arena, "%s/%s", folder ? folder : "../shared", name).at;
}

/* Its content in the arena; .at is NULL, and said aloud, when it is not there. */
static inline struct span shared_read(const char *name, struct arena *arena)
{
    const char *path = shared_path(name, arena);
    FILE *file = path ? fopen(path, "rb") : NULL;
    if (!file) {
        fprintf(stderr, "skipped: no %s\n", path ? path : name);
        return SPAN_NONE;
    }
    struct span content = SPAN_NONE;
    if (fseek(file, 0, SEEK_END) == 0) {
        size_t bytes = (size_t)ftell(file);
        char *at = arena_bytes(arena, bytes);
        rewind(file);
        if (at && fread(at, 1, bytes, file) == bytes)
            content = span_of(at, bytes);
    }
    fclose(file);
    return content;
}

#endif
