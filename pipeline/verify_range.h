// SPDX-License-Identifier: MIT
/*
 * verify_range.h - one range of one archive, every byte and digest of it checked: what a worker does for `verify`.
 */
#ifndef PIPELINE_VERIFY_RANGE_H
#define PIPELINE_VERIFY_RANGE_H

#include "1_read/links.h"
#include "2_decode/payload.h"
#include "capture.h"
#include "finding.h"
#include "ranges.h"

struct verify_tally {
    uint64_t members, records, digests_good, digests_bad, digests_unknown;
};
struct verify_range {
    struct range range; /* first: see ranges.h */
    struct span name;   /* of the archive */
    struct finding_list findings;
    struct verify_tally tally;
    struct buf links; /* struct link, one after the other; ERR_TOO_LARGE: more than are kept */
    struct capture capture;
};
struct verify_range *verify_range_new(struct span archive_name, uint64_t max_lines);

struct verifier_settings {
    struct span dictionary;
    const volatile sig_atomic_t *stop;
};
/* Ranges are verify_ranges, the settings of workers those above. */
extern const struct range_use verify_range_use;

#endif
