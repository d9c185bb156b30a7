// SPDX-License-Identifier: MIT
/* dictionary.h - the file of --zstd-dict, and unpackers that know it. */
#ifndef PIPELINE_DICTIONARY_H
#define PIPELINE_DICTIONARY_H

#include "failure.h"
#include "io/mapfile.h"

/* path NULL: no dictionary. ERR_USAGE when the file holds none. */
enum err dictionary_open(const char *path, struct failure *failure, struct mapfile *out) MUST_CHECK;
/* An unpacker that knows it; NULL: out of memory. */
struct inflater *dictionary_inflater(struct span dictionary);

#endif
