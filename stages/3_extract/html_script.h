// SPDX-License-Identifier: MIT
/*
 * html_script.h - script elements that hold no script but JSON that names URLs: import maps and speculation rules; private to
 * html_scan.c.
 *
 * In:     the type of a script element, the text in it
 * Out:    references, D2: a module that is imported under the name of a map; a page that is fetched in advance
 * Owns:   nothing
 * Limits: those of json_parse
 * Errors: ERR_MEMORY; a text that is not JSON declares nothing
 * Source: HTML standard, 8.1.6.2 (import maps); 7.6 (speculation rules)
 */
#ifndef EXTRACT_HTML_SCRIPT_H
#define EXTRACT_HTML_SCRIPT_H

#include "3_extract/html_refs.h"

enum html_script {
    HTML_SCRIPT_OTHER,
    HTML_SCRIPT_IMPORT_MAP,
    HTML_SCRIPT_SPECULATION_RULES,
};
enum html_script html_script_of(struct span type);
enum err html_script_add(struct html_refs *refs, enum html_script kind, struct span raw) MUST_CHECK;

#endif
