// SPDX-License-Identifier: MIT
/*
 * html_entities.h - the table of named character references; private to html_entity.c.
 *
 * In:     -
 * Out:    rows in byte order of their names; a name holds its semicolon when it needs one
 * Owns:   nothing
 * Limits: -
 * Errors: -
 * Source: HTML standard, 13.5
 */
#ifndef EXTRACT_HTML_ENTITIES_H
#define EXTRACT_HTML_ENTITIES_H

#include <stddef.h>

struct html_entities_row {
    const char *name;
    size_t name_bytes;
    const char *text; /* UTF-8 */
};
extern const struct html_entities_row html_entities_rows[];
extern const size_t html_entities_count;

#endif
