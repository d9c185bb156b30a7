// SPDX-License-Identifier: MIT
/*
 * show.h - the tables of an index as text.
 *
 * In:     an open index, a table's name
 * Out:    TSV with a header row (TAB, LF, CR and backslash escaped) or JSON Lines with the same names,
 *         through a callback
 * Owns:   nothing
 * Limits: the rows of one page, or of one archive, are sorted in memory
 * Errors: ERR_NOT_FOUND (no such table), ERR_INDEX, ERR_MEMORY, and what the callback returns
 * Source: interface.md 2
 */
#ifndef INDEX_SHOW_H
#define INDEX_SHOW_H

#include "4_index/index.h"

enum show_format { SHOW_TSV, SHOW_JSONL };
typedef enum err show_write_fn(void *context, struct span text);

/* Of table number `at`; NULL: there are no more. */
const char *show_table_name(size_t at);
enum err show_table(const struct index *index, struct span table, enum show_format format,
                    show_write_fn *write, void *context) MUST_CHECK;

#endif
