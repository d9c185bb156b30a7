// SPDX-License-Identifier: MIT
/*
 * ext_archive.h - compressed wrappings and tar, by libarchive.
 *
 * Both read from memory. An unpacker takes off one layer and no more: what it gives may be compressed again.
 * A tarball hands out members where they lie; only sparse ones, which do not lie anywhere, come in pieces.
 */
#ifndef EXT_ARCHIVE_H
#define EXT_ARCHIVE_H

#include "base/err.h"
#include "base/span.h"

struct unpacker;
enum unpacker_filter { UNPACKER_GZIP, UNPACKER_BZIP2, UNPACKER_XZ, UNPACKER_LZ4, UNPACKER_ZSTD };
/* NULL: out of memory. `in` must stay until unpacker_free. */
struct unpacker *unpacker_new(struct span in, enum unpacker_filter filter);
void unpacker_free(struct unpacker *unpacker);
/*
 * The next piece, which lives until the next call. ERR_END: that was all of it; what follows the last stream
 * in `in` is left alone. ERR_TRUNCATED, ERR_CORRUPT: nothing more can be had; up to 64 KiB that were unpacked
 * just before the damage are lost with it. ERR_TOO_LARGE: wants more memory than libarchive grants (1 GiB).
 */
enum err unpacker_next(struct unpacker *unpacker, struct span *out) MUST_CHECK;
/* Bytes of `in` that were taken so far. */
uint64_t unpacker_used(const struct unpacker *unpacker);

struct tarball;
struct tarball_entry {
    struct span name;   /* lives until the next call */
    uint64_t header_at; /* of its first header in `in` */
    uint64_t bytes;     /* as declared */
    struct span data;   /* a slice of `in`, or SPAN_NONE when it is sparse */
    bool is_file;       /* else a folder, a link, a device: without data */
    bool is_cut;        /* `in` ends inside its data */
};
/* NULL: out of memory. `in` must stay until tarball_free. */
struct tarball *tarball_new(struct span in);
void tarball_free(struct tarball *tarball);
/* ERR_END; ERR_SYNTAX: a damaged header at out->header_at, nothing more can be had; ERR_MEMORY. */
enum err tarball_next(struct tarball *tarball, struct tarball_entry *out) MUST_CHECK;
/* The pieces of a sparse member, each with its offset; what lies between them is zeros. ERR_END, ERR_TRUNCATED. */
enum err tarball_piece(struct tarball *tarball, struct span *out, uint64_t *at) MUST_CHECK;
/* Whether these 512 bytes are a header with the right checksum. */
bool tarball_is_header(struct span block);

#endif
