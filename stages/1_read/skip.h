// SPDX-License-Identifier: MIT
/*
 * skip.h - private to 1_read: the end of a gzip member or zstd frame whose body nobody needs, proved without inflating it.
 *
 *   member   | gzip header | deflate ...                         | CRC | ISIZE | next member or end of file
 *   inflated | record head | block, as declared | line ends: 0 to 4 bytes |
 *              ^ inflated as a prefix                                    ^ must be the length of all this
 *
 * The head tells how long the member is when inflated, but for the line ends behind the block (up to two); and its trailer
 * says the same. Its compressed length is not known, yet bounded: deflate expands what it cannot compress by
 * little. If the record is alone in its member, the true end is among the places in that range that bear such an
 * ISIZE; if it is not, the end of a later member of the same length may be the only one. So: exactly one such place,
 * behind it the next member or nothing, and nothing before it that looks like the start of a member. Else (another
 * record in the member, damage, a stored body that holds an archive, a crafted one) nothing is proved, and the member
 * is read whole.
 *
 * A zstd frame is easier: its blocks tell where it ends, and its header how long its content is.
 *
 * In:     the archive from the member on, an inflater, who says which bodies are needed
 * Out:    its record without the rest of its block
 * Owns:   nothing: spans live until the inflater's next prefix
 * Limits: SKIP_HEAD_BYTES
 * Errors: run errors only
 * Source: RFC 1952 2.3.1 (ISIZE); RFC 1951 3.2.4 (stored blocks); RFC 8878 3.1.1; architecture.md 4
 */
#ifndef READ_SKIP_H
#define READ_SKIP_H

#include "1_read/reader.h"

struct skip {
    struct record record; /* block: as far as it was inflated */
    uint64_t bytes;       /* of the member in the archive */
};
/* *out is set with SKIP_PROVEN only. `in`: the member and all that follows it; is_cut: as far as it is at hand, and
 * SKIP_IMPOSSIBLE may mean that this was too little. */
enum err skip_member(struct inflater *inflater, struct span in, bool is_cut, const struct reader_needs *needs,
                     enum skip_answer *answer, struct skip *out) MUST_CHECK;

#endif
