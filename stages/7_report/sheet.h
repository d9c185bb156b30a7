// SPDX-License-Identifier: MIT
/*
 * sheet.h - the finding sheets: for each unit in scope, what was found, what is missing, how to answer.
 *
 * In:     the report's data
 * Out:    finding-sheets/UNIT.html and .json
 * Owns:   nothing
 * Limits: LIMIT_OUTPUT_BYTES
 * Errors: ERR_IO, ERR_MEMORY
 * Source: report.md 7.6
 */
#ifndef REPORT_SHEET_H
#define REPORT_SHEET_H

#include "7_report/findings.h"
#include "base/buf.h"

struct sheet { /* of one unit */
    const struct report_data *data;
    size_t unit; /* index into the judgement */
    struct span policy;
};
enum err sheet_write_html(const struct sheet *sheet, const char *folder, struct buf *scratch) MUST_CHECK;
enum err sheet_write_json(const struct sheet *sheet, const char *folder, struct buf *scratch) MUST_CHECK;

/* "tredjepart record 'ARCHIVE' OFFSET", fit to be pasted into a shell; empty when the archive is not known.
 */
struct span sheet_command(const struct report_data *data, const struct index_contact *contact);

/* Findings of earlier years of the unit that have a state though nothing of them is seen this year, one after the
 * other: NULL gives the first, and ends. */
const struct follow_finding *sheet_next_earlier(const struct report_data *data,
                                                const struct unit_verdict *unit,
                                                const struct follow_finding *after);
/* Writes nothing when there are none. */
struct page;
void sheet_write_earlier(struct page *page, const struct unit_verdict *unit);

#endif
