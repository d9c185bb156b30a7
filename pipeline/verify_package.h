// SPDX-License-Identifier: MIT
/*
 * verify_package.h - the WACZ files among the inputs against their own list of resources.
 *
 * Two steps, so that digests are computed by a crew: verify_package_plan says which ones, verify_package_judge compares.
 */
#ifndef PIPELINE_VERIFY_PACKAGE_H
#define PIPELINE_VERIFY_PACKAGE_H

#include "1_read/wacz.h"
#include "2_decode/digest.h"
#include "finding.h"
#include "hashing.h"
#include "verify_range.h"

struct verify_resource {
    struct span path, hash; /* as declared */
    struct digest declared, found;
    enum err hash_err; /* ERR_OK: declared can be compared; see digest_parse; ERR_END: there is none */
    enum err read_err; /* why there is nothing to compare with; ERR_NOT_FOUND: no such member */
    int64_t declared_bytes;
    uint64_t bytes;
    size_t job; /* SIZE_MAX: none, found is there already */
};
struct verify_package {
    struct span path;
    uint64_t bytes;
    enum err err;                      /* of reading the list, as wacz_read gave it */
    struct wacz wacz;                  /* its slices of the file are gone */
    struct verify_resource *resources; /* wacz.count of them */
    struct verify_tally tally;
};
struct verify_jobs {
    struct hashing_job *items;
    size_t count, capacity;
};
/* *is_package: the file is a WACZ at all. Deflated resources are inflated and digested at once. */
enum err verify_package_plan(struct span path, struct arena *arena, struct verify_package *out,
                             struct verify_jobs *jobs, bool *is_package, struct failure *failure) MUST_CHECK;
void verify_package_judge(struct verify_package *package, const struct hashing_job *jobs,
                          struct finding_list *findings);

#endif
