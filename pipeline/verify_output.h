// SPDX-License-Identifier: MIT
/*
 * verify_output.h - what `verify` does when all archives were read: packages, the table, the register of captures.
 */
#ifndef PIPELINE_VERIFY_OUTPUT_H
#define PIPELINE_VERIFY_OUTPUT_H

#include "verify_links.h"
#include "verify_package.h"
#include "verifying.h"

struct verify_outputs {
    const struct verifying *in;
    struct verify_archive *archives; /* one of each of the plan, in its order */
    size_t archive_count;
    const struct pathlist *paths;
    struct arena *arena;
    struct finding_printer *printer;
    struct progress *progress;
    struct failure *failure;
    /* made by verify_output_packages */
    struct verify_archive *packages;
    size_t package_count, package_capacity;
};
enum err verify_output_packages(struct verify_outputs *outputs) MUST_CHECK;
enum err verify_output_table(const struct verify_outputs *outputs, bool *damaged) MUST_CHECK;
enum err verify_output_captures(const struct verify_outputs *outputs) MUST_CHECK;

#endif
