// SPDX-License-Identifier: MIT
/* json_scan.h - what jansson would refuse or choke on, found and mended before it sees a text. */
#ifndef EXT_JSON_SCAN_H
#define EXT_JSON_SCAN_H

#include "base/buf.h"

/*
 * Reads the text once: ERR_JSON when it nests deeper than LIMIT_JSON_DEPTH or can hold more than
 * LIMIT_JSON_VALUES values. In strings, ill-formed UTF-8 and lone surrogate escapes become U+FFFD; *out is
 * the text itself when nothing had to be changed, else the content of *mended.
 */
enum err json_scan(struct span text, struct buf *mended, struct span *out) MUST_CHECK;

#endif
