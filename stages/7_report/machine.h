// SPDX-License-Identifier: MIT
/*
 * machine.h - the files for programs beside the tables: summary.json and provenance.json.
 *
 * In:     the report's data, the options
 * Out:    two files
 * Owns:   nothing
 * Limits: LIMIT_OUTPUT_BYTES
 * Errors: ERR_IO, ERR_MEMORY
 * Source: interface.md 4
 */
#ifndef REPORT_MACHINE_H
#define REPORT_MACHINE_H

#include "7_report/findings.h"
#include "base/buf.h"

enum err machine_write_summary(const struct report_data *data, const char *folder,
                               struct buf *scratch) MUST_CHECK;
enum err machine_write_provenance(const struct report_data *data, const struct report_options *options,
                                  const char *folder, struct buf *scratch) MUST_CHECK;

#endif
