// SPDX-License-Identifier: MIT
/*
 * reading.h - the crew at work: chunks of all archives in order, seams proved, everything committed as it
 * comes.
 */
#ifndef PIPELINE_READING_H
#define PIPELINE_READING_H

#include "4_index/work.h"
#include "indexing.h"
#include "plan.h"

/* Goes on where the work file stands. ERR_STOPPED: interrupted, what was committed stays. */
enum err reading_run(const struct indexing *indexing, const struct plan *plan, struct work *work,
                     struct opener *opener) MUST_CHECK;

#endif
