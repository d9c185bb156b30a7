// SPDX-License-Identifier: MIT
/*
 * loader_read.h - from a trigger that was found to what it makes a browser contact; private to loader.c.
 *
 * In:     the script, a row of the table and where its trigger stands; hits come in the order of the script
 * Out:    a reference, or none: the trigger stood in a comment, its id or its URL did not follow
 * Owns:   nothing
 * Limits: the distances in loader_read.c
 * Errors: ERR_MEMORY
 * Source: evidence.md 5.4
 */
#ifndef EXTRACT_LOADER_READ_H
#define EXTRACT_LOADER_READ_H

#include "3_extract/loader_table.h"
#include "3_extract/script_lex.h"

struct loader_reading {
    struct span script;
    struct script_lexer lexer;
    const struct url *base;
    struct reference draft;
    struct arena *arena;
    struct reference_list *list;
    size_t first; /* reference of this script */
};
struct loader_hit {
    const struct loader_row *row;
    size_t at, end; /* of the trigger */
};
enum err loader_read(struct loader_reading *scan, const struct loader_hit *hit) MUST_CHECK;

#endif
