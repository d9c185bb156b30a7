// SPDX-License-Identifier: MIT
/*
 * loader.h - third parties that a script loads, recognised by texts that are known to do so.
 *
 *   script -> triggers (one search for all) -> is it code, a string, a comment? -> what the row captures -> D3 reference
 *
 * In:     the text of a script
 * Out:    references, D3; their attribute is the id of the row that told: those of no vendor ("src=", "fetch()") are of low
 *         confidence
 * Owns:   nothing: the search table lives in the caller's arena
 * Limits: LIMIT_REFERENCES
 * Errors: ERR_MEMORY
 * Source: evidence.md 5.4
 */
#ifndef EXTRACT_LOADER_H
#define EXTRACT_LOADER_H

#include "3_extract/reference.h"

struct loader_search;
/* The search table, for any number of scripts; NULL when the arena is full. */
const struct loader_search *loader_search_new(struct arena *arena);

/* draft: element, at and condition of all references of this script. UTF-8, without character references. */
enum err loader_scan(const struct loader_search *search, struct span script, const struct url *base,
                     struct reference draft, struct arena *arena, struct reference_list *out) MUST_CHECK;

#endif
