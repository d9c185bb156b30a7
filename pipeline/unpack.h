// SPDX-License-Identifier: MIT
/*
 * unpack.h - one step on the way to an archive: bytes that do not lie in a file as such are unpacked to a file without a name.
 *
 * In:     a slice of a mapped file and what was done to it; or standard input
 * Out:    the bytes unpacked so far, mapped
 * Owns:   struct unpack holds the file until unpack_free; mappings outlive it
 * Limits: LIMIT_UNPACKED_BYTES
 * Errors: run errors are returned; a data error ends the stream and stays in `fault`
 * Source: APPNOTE 6.3 (method 8); libarchive
 */
#ifndef PIPELINE_UNPACK_H
#define PIPELINE_UNPACK_H

#include <signal.h>

#include "1_read/source.h"
#include "io/mapfile.h"

enum unpack_how {
    UNPACK_SLICE, /* nothing to do */
    UNPACK_DEFLATED,
    UNPACK_SPARSE,
    UNPACK_INPUT, /* standard input */
    UNPACK_GZIP,
    UNPACK_BZIP2,
    UNPACK_XZ,
    UNPACK_LZ4,
    UNPACK_ZSTD
};
struct unpack_step {
    enum unpack_how how;
    uint64_t at, bytes; /* of what the step before gave */
    bool has_crc;
    uint32_t crc; /* of the bytes unpacked */
};
struct unpack_place {
    const char *folder;                /* where the files go if they can; may be NULL */
    const volatile sig_atomic_t *stop; /* may be NULL */
};

/* The step to a part of a container. */
struct unpack_step unpack_step_of(struct span container, const struct source_part *part);
/* What these bytes are, and the step that takes off one layer of compression; UNPACK_SLICE: there is none to take off. */
enum err unpack_tell(struct span bytes, const struct unpack_place *place, enum source_kind *kind,
                     struct unpack_step *step) MUST_CHECK;

struct unpack;
/* `in` must lie in a mapped file and stay until unpack_free. */
enum err unpack_new(struct span in, const struct unpack_step *step, const struct unpack_place *place,
                    struct unpack **out) MUST_CHECK;
void unpack_free(struct unpack *unpack);
/* Goes on until at least so many bytes are there, or there are no more. ERR_IO, ERR_MEMORY, ERR_STOPPED. */
enum err unpack_until(struct unpack *unpack, uint64_t bytes) MUST_CHECK;
bool unpack_is_whole(const struct unpack *unpack);
/* What was damaged, .err ERR_OK: nothing; .at and .bytes tell what of `in` was not understood. */
struct source_fault unpack_fault(const struct unpack *unpack);
enum err unpack_map(const struct unpack *unpack, struct mapfile *out) MUST_CHECK;

#endif
