// SPDX-License-Identifier: MIT
/*
 * fields.h - lines "name: value" as HTTP heads, warc-fields and ANVL write them, folded or not.
 *
 * In:     bytes at the start of a line
 * Out:    logical lines, their name and value
 * Owns:   nothing: spans point into the input, unfolded lines into the arena
 * Limits: the caller's
 * Errors: none; .at NULL from fields_unfold: the arena is full
 * Source: RFC 9112 5.1 and 5.2 (obs-fold); rows 32, 33, 43, 44, 92, 97 and 98 of formats.md
 */
#ifndef DECODE_FIELDS_H
#define DECODE_FIELDS_H

#include "base/arena.h"

/*
 * Cuts off the first logical line: up to LF, with the lines behind it that begin with a blank. The line end
 * is not part of it, those inside are. .bytes 0: an empty line. When *rest was its last, *rest.at is NULL.
 */
struct span fields_cut_line(struct span *rest);
/* Each fold (line end and blanks around it) and each bare CR becomes one blank. The span itself when there is
 * none. */
struct span fields_unfold(struct span line, struct arena *arena);
/* false: no colon, or a name that is empty or has blanks or control characters inside. Both are trimmed, not
 * unfolded. */
bool fields_split(struct span line, struct span *name, struct span *value);

#endif
