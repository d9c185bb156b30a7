// SPDX-License-Identifier: MIT
/* ext_psl.h - the Public Suffix List, through libpsl. Constant after loading; any thread may ask. */
#ifndef EXT_PSL_H
#define EXT_PSL_H

#include "base/err.h"
#include "base/span.h"

struct suffixes;
/* path NULL: the list of the system (/usr/share/publicsuffix/public_suffix_list.dat), else the one built into
 * libpsl. */
enum err suffixes_load(const char *path, struct suffixes **out) MUST_CHECK;
void suffixes_free(struct suffixes *suffixes);
/* Where it came from: the path, or "libpsl builtin VERSION". */
const char *suffixes_source(const struct suffixes *suffixes);
/* Length in bytes of the public suffix at the end of `host` (lower case ASCII, no trailing dot; at most 255
 * bytes). */
size_t suffixes_suffix_bytes(const struct suffixes *suffixes, struct span host, bool with_private);

#endif
