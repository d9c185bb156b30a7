// SPDX-License-Identifier: MIT
/*
 * html_program.h - the scripts that stand in a document: script elements and event handlers; private to 3_extract.
 *
 * In:     a tag and what it stands in, the text of a script element or a handler
 * Out:    references, D3 (loader.h)
 * Owns:   nothing
 * Limits: as loader.h
 * Errors: ERR_MEMORY
 * Source: evidence.md 5.4; HTML standard, 4.12.1 (which script elements are run), 8.1.8.2 (event handlers)
 */
#ifndef EXTRACT_HTML_PROGRAM_H
#define EXTRACT_HTML_PROGRAM_H

#include "3_extract/html_refs.h"

/* A script element whose content is run: no src, a type that is JavaScript. */
bool html_program_is_run(const struct html_place *place);
/* Of those handlers that run without the visitor's doing: onload, onerror, onpageshow ... */
bool html_program_is_handler(struct span attribute);
/* The content of a script element. */
enum err html_program_add(struct html_refs *refs, struct span raw) MUST_CHECK;
/* The value of a handler, as written. */
enum err html_program_add_handler(struct html_refs *refs, const struct html_place *place,
                                  struct span raw) MUST_CHECK;

#endif
