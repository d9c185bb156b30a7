// SPDX-License-Identifier: MIT
/*
 * record_har.h - an entry or a page of a HAR for `record`: as indented JSON, or its body.
 *
 * In:     the file, the offset of the object
 * Out:    standard output
 * Owns:   nothing
 * Limits: LIMIT_JSON_BYTES: of a larger entry only the head is printed
 * Errors: ERR_NOT_FOUND, with the failure set; ERR_IO, ERR_MEMORY
 * Source: interface.md 1
 */
#ifndef PIPELINE_RECORD_HAR_H
#define PIPELINE_RECORD_HAR_H

#include "base/span.h"
#include "failure.h"

/* values: cookie and query values as they are, else masked. HEAD: without the body and the other large parts that harfile.h leaves out. */
enum record_har_part { RECORD_HAR_WHOLE, RECORD_HAR_HEAD, RECORD_HAR_BODY };

enum err record_har_print(struct span file, uint64_t at, enum record_har_part part, bool values,
                          const char *archive, struct failure *failure) MUST_CHECK;

#endif
