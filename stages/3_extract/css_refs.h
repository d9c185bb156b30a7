// SPDX-License-Identifier: MIT
/*
 * css_refs.h - css_scan with a choice how it is done, private to 3_extract and its tests: what cannot lead to a reference is
 * passed by, and only the declarations and rules around the rest are read token by token.
 *
 *   a{b:c}@media print{d{e:url(x);f:g}}        at {, } and strings only the depth is kept
 *         |----------|   |-------|             read: from @ to {, from the { before url( to ;
 *
 * In:     as css_scan
 * Out:    as css_scan, the same by every way
 * Owns:   nothing
 * Limits: LIMIT_REFERENCES, LIMIT_NESTING
 * Errors: ERR_MEMORY
 * Source: CSS Syntax Module 3, section 4 (tokenizer)
 */
#ifndef EXTRACT_CSS_REFS_H
#define EXTRACT_CSS_REFS_H

#include "3_extract/css.h"
#include "base/scan.h"

/* way NULL: every token is read. */
enum err css_refs_scan(const struct scan_way *way, struct span text, const struct url *base,
                       enum css_place place, const char *element, size_t at, struct arena *arena,
                       struct reference_list *out) MUST_CHECK;

#endif
