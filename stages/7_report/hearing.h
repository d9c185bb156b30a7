// SPDX-License-Identifier: MIT
/*
 * hearing.h - what an authority is asked: a file each, with empty columns for its answers.
 *
 * In:     the report's data
 * Out:    hearing/AUTHORITY.csv, for those with findings that need an answer
 * Owns:   nothing
 * Limits: LIMIT_OUTPUT_BYTES a file
 * Errors: ERR_IO, ERR_MEMORY
 * Source: compliance.md 6.1 (4); register_answers.c reads what comes back
 *
 * Only while the hearing is open: the day of the report is not after the deadline. Never in a public report. Semicolons
 * and a byte order mark, for Danish spreadsheets; what comes back may have commas as well.
 */
#ifndef REPORT_HEARING_H
#define REPORT_HEARING_H

#include "7_report/findings.h"
#include "base/buf.h"

bool hearing_is_open(const struct judgement *now);
enum err hearing_write(const struct report_data *data, const char *folder, struct buf *scratch) MUST_CHECK;

#endif
