// SPDX-License-Identifier: MIT
/*
 * coding.h - content codings: what their names are, what their bytes look like, how they are undone.
 *
 * In:     bytes that may be coded
 * Out:    the decoded bytes, in *out (emptied first)
 * Owns:   nothing
 * Limits: the output buffer's maximum, LIMIT_CODING_RATIO (from the first MiB on)
 * Errors: ERR_CODING: the bytes do not carry this coding, *out is worthless; ERR_TRUNCATED, ERR_CORRUPT,
 *         ERR_CHECKSUM, ERR_TOO_LARGE: the prefix is in *out; ERR_MEMORY
 * Source: RFC 9110 8.4.1, RFC 1950 to 1952,
 *         RFC 7932, RFC 8878; rows 78 to 83 of formats.md
 *
 * gzip and zstd show themselves by their magic. br and deflate have none (two bytes of zlib prove little), so
 * their label must be weighed against the bytes:
 *
 *   the bytes begin like ...        stream decodes to its end    stream is cut or damaged
 *   UTF-8 text, or another magic    not coded                    not coded
 *   8-bit text                      coded, if no byte is left    not coded
 *   anything else                   coded                        coded, if the prefix is text
 */
#ifndef DECODE_CODING_H
#define DECODE_CODING_H

#include "base/buf.h"

enum looks { LOOKS_BINARY, LOOKS_8BIT, LOOKS_UTF8 };
/* By the first 64 bytes: control characters make it binary. A byte order mark and nothing at all are text. */
enum looks coding_looks(struct span bytes);

struct inflater; /* ext/ext_deflate.h */
struct coding;
/* NULL: unknown, or one that changes nothing. Case is ignored. */
const struct coding *coding_named(struct span name);
/* The coding whose magic the bytes bear, or NULL. */
const struct coding *coding_shown(struct span bytes);
/* At most a byte less than the buffer's own maximum comes out. */
enum err coding_undo(const struct coding *coding, struct inflater *inflater, struct span in,
                     struct buf *out) MUST_CHECK;

#endif
