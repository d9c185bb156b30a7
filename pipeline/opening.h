// SPDX-License-Identifier: MIT
/*
 * opening.h - the bytes of one archive, wherever it lies: a file of its own, or a part of a container.
 *
 *   a.tar.xz --unpack--> [header|a.wacz|header|b.warc.gz]      steps of the first archive: XZ, slice, slice
 *                                 |                            and its name: a.tar.xz!a.wacz!archive/rec-0.warc.gz
 *                           [header|archive/rec-0.warc.gz|...]
 *
 * In:     an archive of the plan, or its name as the tables print it
 * Out:    its bytes and kind
 * Owns:   a struct opening holds the mapping until opening_close; a struct opener keeps what the last archive was
 *         unpacked from until the next one is opened, so that a container is unpacked once for all its parts
 * Limits: LIMIT_CONTAINER_DEPTH
 * Errors: ERR_IO, ERR_NOT_FOUND, ERR_STOPPED, with the failure set; damage stays in struct opening
 * Source: interface.md 2 (how archives inside containers are named)
 */
#ifndef PIPELINE_OPENING_H
#define PIPELINE_OPENING_H

#include "base/limits.h"
#include "failure.h"
#include "unpack.h"

#define OPENING_STDIN "-" /* the path that means standard input */

struct opening_layer; /* mapped bytes that several may use */
struct opener {
    struct unpack_place place;
    struct failure *failure;
    /* private */
    struct opening_layer *input; /* standard input, once it was read */
    const struct plan_archive *last;
    struct opening_layer
        *layers[LIMIT_CONTAINER_DEPTH + 1]; /* of the last: its file, then what each step gave */
};
void opener_init(struct opener *opener, const struct unpack_place *place, struct failure *failure);
void opener_free(struct opener *opener);

struct opening {
    struct span bytes; /* of the archive; offsets of the tables count from here */
    enum source_kind kind;
    struct source_fault fault; /* of its own wrapping, in the packed bytes; .err ERR_OK: none */
    struct opening_layer *layer;
};
struct plan_archive; /* plan.h; must stay as long as the opener */
enum err opening_of(struct opener *opener, const struct plan_archive *archive,
                    struct opening *out) MUST_CHECK;
/* name: FILE, or FILE!MEMBER for an archive inside a container, and so on. */
enum err opening_find(struct opener *opener, const char *name, struct opening *out) MUST_CHECK;
/* Copies [at, at + bytes) of the archive, as far as it can be read at once; see mapfile_read. */
size_t opening_read(const struct opening *opening, uint64_t at, char *to, size_t bytes);
void opening_close(struct opening *opening);

/* Layers, for the planner. A path of OPENING_STDIN gives standard input. */
enum err opening_layer_of_file(struct opener *opener, const char *path,
                               struct opening_layer **out) MUST_CHECK;
/* What was unpacked so far. */
enum err opening_layer_of_unpack(const struct unpack *unpack, struct opening_layer **out) MUST_CHECK;
struct opening_layer *opening_layer_use(struct opening_layer *layer);
void opening_layer_release(struct opening_layer *layer);
struct span opening_layer_bytes(const struct opening_layer *layer);

#endif
