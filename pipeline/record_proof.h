// SPDX-License-Identifier: MIT
/*
 * record_proof.h - what a finding about a host rests on: the heads of the record and of the request recorded with it, and every
 * place in the markup that names the host.
 *
 * In:     a record of an archive, the host
 * Out:    standard output
 * Owns:   nothing
 * Limits: the other half of an exchange is looked for up to PROOF_NEAR_BYTES behind the record, then from the beginning of the archive
 * Errors: ERR_URL (no host), ERR_IO, ERR_MEMORY
 * Source: architecture.md 6; WARC 1.1 annex C: a request and its answer name each other, or stand side by side
 */
#ifndef PIPELINE_RECORD_PROOF_H
#define PIPELINE_RECORD_PROOF_H

#include "1_read/reader.h"

struct record_proof {
    struct span archive; /* its bytes */
    enum source_kind kind;
    const struct record *record; /* its block read whole; of a reader with another inflater */
    struct place place;
    struct inflater *inflater;
    struct span host;
    bool values; /* of cookies and queries, as recorded */
};
enum err record_proof_print(const struct record_proof *proof) MUST_CHECK;

#endif
