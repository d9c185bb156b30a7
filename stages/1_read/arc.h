// SPDX-License-Identifier: MIT
/*
 * arc.h - private to 1_read: the header line of an ARC record, and the lines of a version block.
 *
 *   v1: URL IP date type length          v2: URL IP date type result checksum location offset filename length
 *
 * In:     bytes that begin with a header line
 * Out:    its fields as spans into those bytes
 * Owns:   nothing
 * Limits: LIMIT_ARC_LINE_BYTES
 * Errors: ERR_SYNTAX (no header line)
 * Source: Internet Archive, ARC file format (1996); formats.md 1.6, rows 106 to 118
 */
#ifndef READ_ARC_H
#define READ_ARC_H

#include "1_read/record.h"

/* Fills head, version and the text fields of the zeroed *record, by the line alone. Taken where a record should begin:
 * dates, lengths and addresses may be odd. */
enum err arc_read(struct span s, struct record *record) MUST_CHECK;
/* 8, 10, 12 or more digits, of which the first 14 count: UTC ns since 1970. */
enum err arc_date(struct span text, int64_t *out) MUST_CHECK;
/* A version block (filedesc:) tells its version and origin in its first lines: these move from its block to its head. */
void arc_split_version_block(struct record *record);
/* The first line in [from, to) that shows itself to be a header line without knowing what is before it; `to` when there is
 * none. */
size_t arc_find(struct span s, size_t from, size_t to);

#endif
