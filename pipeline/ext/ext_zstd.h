// SPDX-License-Identifier: MIT
/*
 * ext_zstd.h - zstd, through libzstd: HTTP bodies, and the frames of archives with their dictionaries.
 *
 * A frame names its dictionary by a number. It is, in this order: the one in the skippable frame at the start of the
 * archive; one that was given; the one in the nearest skippable frame before it (files were concatenated). The answer
 * depends on the bytes of the archive alone, so that reading can begin anywhere.
 */
#ifndef EXT_ZSTD_H
#define EXT_ZSTD_H

#include "base/buf.h"
#include "ext/unpacked.h"

/*
 * Appends what the frames that follow each other at the start of `in` decode to (skippable ones give
 * nothing); *used: their length. ERR_TRUNCATED, ERR_CORRUPT, ERR_CHECKSUM, ERR_TOO_LARGE (more than
 * max_bytes, or a window above the 8 MiB of RFC 9659): the prefix is in *out. ERR_MEMORY.
 */
enum err zstd_decode(struct span in, size_t max_bytes, struct buf *out, size_t *used) MUST_CHECK;

/*
 * Where the frame at the start of `in` ends, by the headers of its blocks, and how long its content is as it says.
 * ERR_SYNTAX: no frame, one that is cut, or one that does not say.
 */
enum err zstd_extent(struct span in, size_t *frame_bytes, uint64_t *content_bytes) MUST_CHECK;

struct zstd_frames;
struct zstd_frames *zstd_frames_new(void); /* NULL: out of memory */
void zstd_frames_free(struct zstd_frames *frames);
/* A dictionary, as it is or compressed, or several in skippable frames, for frames that name them. ERR_SYNTAX: they are none. */
enum err zstd_frames_give(struct zstd_frames *frames, struct span dictionary) MUST_CHECK;
/* The archive in which the frames lie that are started from now on. */
enum err zstd_frames_archive(struct zstd_frames *frames, struct span archive) MUST_CHECK;

/*
 * The frame at the start of `in`. ERR_SYNTAX: there is none. ERR_DICTIONARY, ERR_WINDOW: it cannot be read, but *frame_bytes
 * is its length. ERR_TRUNCATED, ERR_CORRUPT: it cannot be read, and has no end that could be told. ERR_MEMORY.
 */
enum err zstd_frames_start(struct zstd_frames *frames, struct span in, size_t *frame_bytes) MUST_CHECK;
/*
 * Decodes up to room_bytes more of it to `out`; NULL: counts them and throws them away. ERR_OK: the frame has ended.
 * ERR_TOO_LARGE: the room is full, more may come. ERR_TRUNCATED, ERR_CORRUPT, ERR_CHECKSUM: *progress tells how far it
 * came. ERR_MEMORY.
 */
enum err zstd_frames_run(struct zstd_frames *frames, char *out, uint64_t room_bytes,
                         struct unpacked *progress) MUST_CHECK;
/* All of it at once, which is faster. ERR_TOO_LARGE: more room would do. ERR_CORRUPT: whatever the reason, go the other way. */
enum err zstd_frames_whole(struct zstd_frames *frames, char *out, size_t room_bytes,
                           struct unpacked *progress) MUST_CHECK;

#endif
