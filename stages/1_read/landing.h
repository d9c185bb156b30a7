// SPDX-License-Identifier: MIT
/*
 * landing.h - private to 1_read: whether a record ends where the next one begins, and where it ends if not.
 *
 *   declared  | head | block ........................| CR LF CR LF | WARC/1.1 ...      good
 *   too large | head | block ..| CR LF CR LF | WARC/1.1 ... | .....                    ends before the record in it
 *   too small | head | block ..| ............| CR LF CR LF | WARC/1.1 ...              ends before the next record
 *
 * A block may hold the text of records, so a length that leads to the next record is never doubted. Else a record
 * inside the block counts if from it records lead, one directly behind the other, to behind the declared end; or,
 * unless the line ends that belong behind a block stand at that end, if it is near.
 *
 * In:     the bytes from a record on, to the end of the file or member; the record
 * Out:    the record with its block as it is most likely
 * Owns:   nothing
 * Limits: LIMIT_LANDING_TRIES
 * Errors: none
 * Source: formats.md 4.1 (shorter, longer), rows 34 to 39
 */
#ifndef READ_LANDING_H
#define READ_LANDING_H

#include "1_read/record.h"

/* A version line, behind line ends if need be; of an ARC also a header line. */
bool landing_can_begin(struct span s, bool is_arc);
/* A record or a packed member, maybe behind zero bytes, or nothing. */
bool landing_leads_on(struct span behind, bool is_arc);
/* Length and line ends behind the block lead to one of these. */
bool landing_is_good(struct span bytes, const struct record *record);
/* The block was followed by the line ends that belong there: what comes behind them is another matter. */
bool landing_is_terminated(struct span bytes, const struct record *record);
/* The other of two Content-Length fields, if it leads on (row 38). */
bool landing_choose_length(struct span bytes, struct record *record);
/* Cuts the block before the first record in it that leads on; false: there is none. */
bool landing_shorten(struct span bytes, struct record *record);
/* Cuts it before a record near its end, where all lengths are wrong (line ends were converted) and none leads on. */
bool landing_shorten_near(struct span bytes, struct record *record);
/* raw ends where the next record begins, an offset in `bytes`; block before the line ends there. */
void landing_end_at(struct span bytes, size_t next, struct record *record);

#endif
