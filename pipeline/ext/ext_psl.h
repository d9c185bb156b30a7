// SPDX-License-Identifier: MIT
/* ext_psl.h - the Public Suffix List, through libpsl. Constant after loading; any thread may ask. */
#ifndef EXT_PSL_H
#define EXT_PSL_H

#include "base/err.h"
#include "base/span.h"

struct suffixes;
/* path: of a list as text or packed (DAFSA). NULL: the list of the system (/usr/share/publicsuffix/public_suffix_list.dafsa, or
 * .dat where that is newer, or alone readable), else libpsl's own.
 * ERR_NOT_FOUND, ERR_IO, ERR_REGISTER (no list, or one without rules), ERR_MEMORY. */
enum err suffixes_load(const char *path, struct suffixes **out) MUST_CHECK;
void suffixes_free(struct suffixes *suffixes);
/* Where it came from: the path, or "libpsl builtin VERSION". */
const char *suffixes_source(const struct suffixes *suffixes);
/* The path, or NULL: built in. */
const char *suffixes_path(const struct suffixes *suffixes);
/* Bytes of the public suffix at the end of `host`, which is lower case ASCII, at most 255 bytes, no dot at
 * its end. */
size_t suffixes_suffix_bytes(const struct suffixes *suffixes, struct span host, bool with_private);

#endif
