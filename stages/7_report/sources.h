// SPDX-License-Identifier: MIT
/*
 * sources.h - what the indexes say about where their facts come from; the only place of this stage that opens
 * them.
 *
 * In:     the indexes of report_options
 * Out:    per year: digest, program, suffix list, archives, faults, counters; of the evaluated one the static share
 * Owns:   nothing: rows live in the caller's arena, their texts as long as the indexes are open
 * Limits: none of its own
 * Errors: ERR_INDEX, ERR_MEMORY
 * Source: interface.md 4 (provenance)
 */
#ifndef REPORT_SOURCES_H
#define REPORT_SOURCES_H

#include "7_report/report.h"
#include "7_report/static_share.h"

struct source_year {
    unsigned year;
    struct span path, digest, program, suffixes, suffixes_sha256;
    uint32_t visit_count;
    struct index_archive *archives; /* [n] is the archive numbered n */
    struct index_fault *faults;
    struct index_counter *counters;
    size_t archive_count, fault_count, counter_count;
    size_t archive_capacity, fault_capacity, counter_capacity;
};
struct sources {
    struct source_year *years; /* in the order of the options: the evaluated year first */
    size_t year_count;
    struct static_share static_share;
};
enum err sources_read(const struct report_options *options, struct arena *arena,
                      struct sources *out) MUST_CHECK;
/* Name of an archive of the evaluated year; empty when it is not known. */
struct span sources_archive_name(const struct sources *sources, uint32_t number);

#endif
