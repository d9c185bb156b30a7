// SPDX-License-Identifier: MIT
/*
 * inside.h - private to the reader: the records inside a packed member, and what its parts share.
 *
 *   file   | member 0          | member 1      | member 2 |
 *   stream | record | record | record over two | record   |      members that begin within a record are joined to
 *                                                                the one before
 *
 * In:     a reader that has opened a member
 * Out:    the next record in it
 * Owns:   nothing
 * Limits: the reader's window
 * Errors: ERR_END: no further record in this member; run errors
 * Source: RFC 1952 2.2; RFC 8878 3; rows 1, 11 and 12 of formats.md
 */
#ifndef READ_INSIDE_H
#define READ_INSIDE_H

#include "1_read/reader.h"

enum err inside_next(struct reader *reader, struct record *out, struct place *place) MUST_CHECK;

void reader_report(const struct reader *reader, enum err err, uint64_t at, uint64_t bytes);
/* What is odd about a record that is delivered all the same; of a damaged member that is known already. */
void reader_report_record(const struct reader *reader, enum err err, const struct record *record,
                          uint64_t at);
/* A length that does not lead to the next record, see landing.h. `bytes`: from the record on. *err: what there is to say. */
enum err reader_mend(struct reader *reader, struct span bytes, struct record *record,
                     enum err *err) MUST_CHECK;

#endif
