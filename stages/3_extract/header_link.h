// SPDX-License-Identifier: MIT
/*
 * header_link.h - the links of one HTTP Link field, as tags; private to header_refs.c and its tests.
 *
 *   <https://a.example/b>; rel="preload"; as=style, <c>; rel=x      link 1: target, rel, as      link 2: target, rel
 *
 * In:     a field value; *rest starts as the value and is moved behind what was read
 * Out:    one link at a time: its target, and its parameters as the attributes of a link element would be
 * Owns:   nothing: values point into the field, those with escapes into the arena
 * Limits: LIMIT_ATTRIBUTES (later parameters are left out)
 * Errors: none: a link that does not follow the grammar is passed over; when the arena is full, arena->full tells
 * Source: RFC 8288, 3 and B.2 to B.4; RFC 9110, 5.6.4 (quoted strings)
 */
#ifndef EXTRACT_HEADER_LINK_H
#define EXTRACT_HEADER_LINK_H

#include "3_extract/html_token.h"

/* Call until false. The tag is a link element without href. */
bool header_link_next(struct span *rest, struct arena *arena, struct span *target, struct html_token *tag);

/* What is between the quotes that `s` begins with, without escapes; *bytes: how much of `s` that took. */
struct span header_link_unquote(struct span s, struct arena *arena, size_t *bytes);

#endif
