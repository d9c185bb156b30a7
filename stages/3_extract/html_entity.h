// SPDX-License-Identifier: MIT
/*
 * html_entity.h - text between tags and in attributes, as a tree would hold it.
 *
 * In:     raw bytes of an attribute value or a text run
 * Out:    character references resolved, NUL as U+FFFD, CR and CR LF as LF
 * Owns:   nothing: the input itself when nothing changes, else arena text
 * Limits: -
 * Errors: .at NULL when the arena is full
 * Source: HTML standard, 13.2.5.72 to 13.2.5.80 (character references), 13.2.3.5 (line ends)
 */
#ifndef EXTRACT_HTML_ENTITY_H
#define EXTRACT_HTML_ENTITY_H

#include "base/arena.h"

enum html_entity_place { HTML_ENTITY_ATTRIBUTE, HTML_ENTITY_TEXT };

struct span html_entity_decode(struct span raw, enum html_entity_place place, struct arena *arena);

#endif
