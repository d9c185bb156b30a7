// SPDX-License-Identifier: MIT
/*
 * record_head.h - private to 1_read: the version line and the named fields of a WARC record.
 *
 * In:     bytes that begin with a version line
 * Out:    the fields as spans into those bytes
 * Owns:   nothing
 * Limits: LIMIT_WARC_HEAD_BYTES, LIMIT_WARC_FIELDS, LIMIT_SEARCH_BYTES
 * Errors: ERR_SYNTAX (no version line, or a second one inside), ERR_TRUNCATED (no empty line), ERR_TOO_LARGE
 * Source: ISO 28500, WARC 1.0 and 1.1, section 4; rows 32, 33, 40-47 and 58 of formats.md
 */
#ifndef READ_RECORD_HEAD_H
#define READ_RECORD_HEAD_H

#include "1_read/record.h"

struct record_version {
    unsigned major, minor;
};

size_t record_head_skip_line_ends(struct span s, size_t at);
/* Length of the version line at the start of s with its line end; 0 when there is none. */
size_t record_head_version(struct span s, struct record_version *out);
/* No version line, but three fields WARC-*, one of them as record_head_plausible asks for (row 41). */
bool record_head_is_bare(struct span s);
/* Fills version, head, odd_lines and the text fields of the zeroed *record. */
enum err record_head_read(struct span s, struct record *record) MUST_CHECK;
/* A version line, and in the same head a field that only a record has. */
bool record_head_plausible(struct span s);
/* As record_find, for a record that begins before `to`; `to` when there is none. */
size_t record_head_find(struct span s, size_t from, size_t to);

#endif
