// SPDX-License-Identifier: MIT
/*
 * ext_deflate.h - unpacking: members of archives, which are gzip members or zstd frames, and deflated HTTP bodies.
 * Whole gzip members are inflated by libdeflate, prefixes and damage by zlib, bodies by both; zstd is ext_zstd.h.
 *
 * One inflater per worker; its output buffers are reused, so a member or window lives until the next of
 * either, and a prefix until the next prefix. ext_deflate.c includes libdeflate and ext_zlib.c zlib; no type
 * of theirs shows here.
 */
#ifndef EXT_DEFLATE_H
#define EXT_DEFLATE_H

#include "base/buf.h"

struct inflater;
struct inflater *inflater_new(void); /* NULL: out of memory */
void inflater_free(struct inflater *inflater);

/* What members need to know of their archive: where the dictionaries of zstd frames are. To be called before members of
 * another archive are unpacked. */
enum err inflater_archive(struct inflater *inflater, struct span archive) MUST_CHECK;
/* Further zstd dictionaries, see ext_zstd.h. ERR_SYNTAX: it is none. ERR_TOO_LARGE, ERR_MEMORY. */
enum err inflater_dictionary(struct inflater *inflater, struct span dictionary) MUST_CHECK;

/*
 * Inflates the gzip member at the start of `in` (more may follow it), checking CRC and ISIZE; or a zstd frame, with its
 * checksum; a skippable frame is an empty member.
 * *out: the inflated bytes; *member_bytes: the length of the member in `in`.
 * ERR_SYNTAX: no gzip header. ERR_TRUNCATED, ERR_CORRUPT, ERR_CHECKSUM: *out holds the prefix that could be
 * inflated and *member_bytes what was consumed. ERR_TOO_LARGE: more than max_bytes come out; *out is that
 * prefix, *member_bytes the whole member (its rest was inflated and thrown away) and its CRC was checked
 * (ERR_CHECKSUM wins). ERR_DICTIONARY, ERR_WINDOW: a frame that cannot be read, but whose length is known. ERR_MEMORY.
 */
enum err inflater_member(struct inflater *inflater, struct span in, size_t max_bytes, struct span *out,
                         size_t *member_bytes) MUST_CHECK;
/* The same behind `kept`, a part of the last output, which becomes the beginning of *out and counts for max_bytes. */
enum err inflater_join(struct inflater *inflater, struct span kept, struct span in, size_t max_bytes,
                       struct span *out, size_t *member_bytes) MUST_CHECK;

/*
 * The inflated bytes of the member from offset `from` on, max_bytes of them; fewer only where it ends or is
 * damaged. For members that are too large to be had at once: each window goes on where the last one of the
 * same member ended.
 */
enum err inflater_window(struct inflater *inflater, struct span in, uint64_t from, size_t max_bytes,
                         struct span *out) MUST_CHECK;

/* The first up to `want_bytes` inflated bytes of the member at the start of `in`, whatever follows; for
 * searching. */
enum err inflater_prefix(struct inflater *inflater, struct span in, size_t want_bytes,
                         struct span *out) MUST_CHECK;

/* More of the same member, after a prefix that was as long as wanted, and with nothing unpacked since. */
enum err inflater_prefix_more(struct inflater *inflater, size_t want_bytes, struct span *out) MUST_CHECK;

/* The first bytes of a raw deflate stream. */
enum err inflater_raw_prefix(struct inflater *inflater, struct span in, size_t want_bytes,
                             struct span *out) MUST_CHECK;

/* Goes on with a CRC-32 that began as 0. */
uint32_t inflater_crc(uint32_t crc, struct span s);

/*
 * HTTP bodies. Appends to *out what `in` inflates to; *used: bytes of `in` that belong to it. Gzip: all
 * members that follow each other; what comes after the end is left alone. ERR_SYNTAX: no header of this
 * format. ERR_TRUNCATED, ERR_CORRUPT, ERR_CHECKSUM, ERR_TOO_LARGE (more than max_bytes): the prefix is in
 * *out, and nothing is inflated that is not delivered. ERR_MEMORY.
 */
enum inflater_format { INFLATER_GZIP, INFLATER_ZLIB, INFLATER_RAW };
enum err inflater_body(struct inflater *inflater, struct span in, enum inflater_format format,
                       size_t max_bytes, struct buf *out, size_t *used) MUST_CHECK;

#endif
