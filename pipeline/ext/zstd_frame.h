// SPDX-License-Identifier: MIT
/*
 * zstd_frame.h - what the bytes of zstd frames tell without the library, and where the dictionaries of an archive lie.
 *
 *   frame      28 b5 2f fd, descriptor, window ...          skippable   5x 2a 4d 18, length, content
 *   dictionary of a WARC file: the content of a skippable frame 5d, raw or itself a frame
 *
 * Source: RFC 8878 3.1; WARC Zstandard compression 1.0
 */
#ifndef EXT_ZSTD_FRAME_H
#define EXT_ZSTD_FRAME_H

#include "base/span.h"

#define ZSTD_FRAME_MAGIC           "\x28\xb5\x2f\xfd"
#define ZSTD_FRAME_DICTIONARY      "\x5d\x2a\x4d\x18" /* skippable, holds a dictionary */
#define ZSTD_FRAME_RAW_DICTIONARY  "\x37\xa4\x30\xec"
#define ZSTD_FRAME_SKIPPABLE_BYTES 8u /* of the header of a skippable frame */

/* A frame, skippable or not; also the first bytes of one where s ends. */
bool zstd_frame_begins(struct span s);
bool zstd_frame_is_skippable(struct span s);
/* The content of the skippable frame at the start of s, as far as it is there. */
struct span zstd_frame_skippable_content(struct span s);
bool zstd_frame_is_whole_skippable(struct span s);
/* Of the frame at the start of s, whose header is whole; content_bytes: as declared. */
uint64_t zstd_frame_window_bytes(struct span s, uint64_t content_bytes);
/* The last skippable frame with a dictionary that lies in [from, to) of the archive; `to`: none. */
size_t zstd_frame_last_dictionary(struct span archive, size_t from, size_t to);

#endif
