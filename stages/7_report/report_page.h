// SPDX-License-Identifier: MIT
/*
 * report_page.h - the report as one page.
 *
 * In:     the report's data
 * Out:    index.html and da/index.html, which differ in their relative links only
 * Owns:   nothing
 * Limits: LIMIT_OUTPUT_BYTES
 * Errors: ERR_IO, ERR_MEMORY
 * Source: report.md 7.2, 7.3
 */
#ifndef REPORT_REPORT_PAGE_H
#define REPORT_REPORT_PAGE_H

#include "7_report/findings.h"
#include "base/buf.h"

enum err report_page_write(const struct report_data *data, struct span policy, const char *folder,
                           struct buf *scratch) MUST_CHECK;

#endif
