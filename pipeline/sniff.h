// SPDX-License-Identifier: MIT
/* sniff.h - what the first records of an archive tell about all of it: its producer, and which archives are of one crawl. */
#ifndef PIPELINE_SNIFF_H
#define PIPELINE_SNIFF_H

#include "ext/ext_deflate.h"
#include "plan.h"

/*
 * Sets producer and, where the crawl has a name, group of a. whole: bytes is all of the archive; else *more tells that the first
 * part of it was not enough.
 */
enum err sniff_archive(struct plan_archive *a, struct span bytes, bool whole, struct inflater *inflater,
                       struct arena *arena, bool *more) MUST_CHECK;

#endif
