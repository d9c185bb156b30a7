// SPDX-License-Identifier: MIT
/*
 * report.h - the published report: tables, figures, pages, machine files.
 *
 * In:     statistics (with their judgements), facts for the provenance
 * Out:    files written below a folder that the caller made and will rename: index.html, da/, data/,
 *         data/dk/, finding-sheets/, hearing/, summary.json, provenance.json
 * Owns:   nothing
 * Limits: LIMIT_OUTPUT_BYTES a file
 * Errors: ERR_IO, ERR_MEMORY
 * Source: report.md 7.2-7.6, interface.md 4; RFC 4180 (CSV), WCAG 2.1 AA
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "6_statistics/statistics.h"

struct report_index { /* one per index given, the evaluated first */
    const struct index *index;
    const char *path;
};
struct report_options {
    bool is_public; /* --public: no internal tables */
    const char *program_version;
    struct span started, finished; /* ISO times: provenance.json only */
    struct span command;           /* provenance.json only */
    const struct report_index *indexes;
    size_t index_count;
};
enum err report_write(const struct statistics *statistics, const struct report_options *options,
                      const char *folder, struct arena *arena) MUST_CHECK;

#endif
