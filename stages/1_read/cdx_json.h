// SPDX-License-Identifier: MIT
/*
 * cdx_json.h - private to 1_read: the few members of a CDXJ object that tell a place, the others stepped over.
 *
 * In:     the object of one line, braces included
 * Out:    the values of the wanted members, as they stand or with escapes undone
 * Owns:   nothing; see cdx.h
 * Limits: none of its own: nesting is counted, not followed
 * Errors: ERR_SYNTAX; ERR_MEMORY
 * Source: RFC 8259
 */
#ifndef READ_CDX_JSON_H
#define READ_CDX_JSON_H

#include "base/arena.h"

struct cdx_member {
    struct span name;
    struct span
        value; /* of a string its content, of anything else its text; .at NULL: absent; last of repeated ones */
};
enum err cdx_json_read(struct span object, struct arena *arena, struct cdx_member *members,
                       size_t count) MUST_CHECK;

#endif
