// SPDX-License-Identifier: MIT
/*
 * reporting.h - indexes and registers to a report: load, judge, count, write, put in place.
 */
#ifndef PIPELINE_REPORTING_H
#define PIPELINE_REPORTING_H

#include <stdbool.h>
#include <stddef.h>

#include "failure.h"

struct register_messages;
struct suffixes;
struct reporting {
    const char *registers, *policy, *output, *as_of; /* policy, as_of: NULL = default */
    bool is_public, quiet;
    const char *const
        *indexes; /* paths; the latest year is the evaluated one, the next one down is compared with */
    size_t index_count;
    const struct suffixes *suffixes;
    const char *command; /* for the provenance */
};
/* Prints what was said of registers, warnings unless quiet, and turns err into a failure that names where they lie. */
enum err reporting_say(const struct register_messages *messages, enum err err, const char *where, bool quiet,
                       struct failure *failure) MUST_CHECK;
enum err reporting_run(const struct reporting *reporting, struct failure *failure) MUST_CHECK;

/* Loads the registers and prints every message; ERR_REGISTER when one is an error. */
enum err reporting_check(const char *registers, const char *policy, unsigned year, bool quiet,
                         struct failure *failure) MUST_CHECK;

#endif
