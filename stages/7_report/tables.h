// SPDX-License-Identifier: MIT
/*
 * tables.h - the tables of the data package.
 *
 * In:     -
 * Out:    definitions for table.h
 * Owns:   nothing
 * Limits: none of its own
 * Errors: -
 * Source: report.md 7.4: T0, T1, T2, T5, T7 (tables_year.c), T10, T16 (tables_follow_up.c), T11, T17 (tables_measurement.c),
 *         T13, T14 (tables_unit.c); compliance.md 6.2
 */
#ifndef REPORT_TABLES_H
#define REPORT_TABLES_H

#include "7_report/table.h"

extern const struct table tables_key_figures, tables_population, tables_verdict_by_type, tables_transition,
    tables_third_parties, tables_units, tables_findings, tables_measurement, tables_bases, tables_follow_up,
    tables_follow_up_public, tables_finding_states, tables_lineage, tables_policy;

extern const size_t tables_count;
/* By number; of an internal one the form that may be published, where the report is. */
const struct table *tables_of(const struct report_data *data, size_t number);

/* T0 as values, for tables and text alike. */
struct key_figure {
    const char *id, *label_da;
    double value, numerator, denominator, lower, upper; /* NAN: does not apply */
    double restated;                                    /* the year before by today's rules; NAN: none */
    double change_pp; /* of a share, in percentage points; NAN: does not apply */
};
size_t tables_key_figure_count(const struct report_data *data);
struct key_figure tables_key_figure(const struct report_data *data, size_t row);

#endif
