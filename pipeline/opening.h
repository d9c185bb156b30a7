// SPDX-License-Identifier: MIT
/*
 * opening.h - the bytes of one archive, wherever it lies: a file of its own, or a part of a container.
 *
 * In:     an archive of the plan, or its name as the tables print it
 * Out:    its bytes and kind
 * Owns:   a struct opening holds the mapping until opening_close
 * Limits: none of its own
 * Errors: ERR_IO, ERR_NOT_FOUND, with the failure set
 * Source: interface.md 2 (how archives inside containers are named)
 */
#ifndef PIPELINE_OPENING_H
#define PIPELINE_OPENING_H

#include "io/mapfile.h"
#include "plan.h"

struct opening {
    struct mapfile map;
    struct span bytes; /* of the archive; offsets of the tables count from here */
    enum source_kind kind;
};
enum err opening_of(const struct plan_archive *archive, struct failure *failure,
                    struct opening *out) MUST_CHECK;
/* name: FILE, or FILE!MEMBER for an archive inside a container. */
enum err opening_find(const char *name, struct failure *failure, struct opening *out) MUST_CHECK;
void opening_close(struct opening *opening);

#endif
