// SPDX-License-Identifier: MIT
/*
 * crawl_name.h - which archives are of one crawl: they are resolved together, so that a page in one finds its parts, and a
 * revisit its body, in another.
 *
 *   1. the archives of a WACZ: plan.c
 *   2. archives whose first warcinfo names the same isPartOf, by the same kind of producer
 *   3. archives in one folder, of the same software, whose names differ only in a serial number of five digits and in
 *      timestamps of 14 to 17, as ISO 28500 annex C names the parts of a crawl: PREFIX-TIMESTAMP-SERIAL-HOST.warc.gz
 *   4. else an archive is a crawl of its own
 *
 * The answer depends on nothing but the archive itself, so the order of inputs cannot matter. Common Crawl names a month
 * of the whole web; its parts are pages without their resources and stay apart.
 *
 * In:     the name of an archive and its first warcinfo
 * Out:    a text, equal for archives of one crawl
 * Owns:   nothing: texts live in the arena
 * Limits: none of its own
 * Errors: SPAN_NONE: memory
 * Source: evidence.md 3.3, pass 2; ISO 28500:2017, annex C
 */
#ifndef EXTRACT_CRAWL_NAME_H
#define EXTRACT_CRAWL_NAME_H

#include "3_extract/crawl.h"

struct span crawl_name_of(struct span name, const struct warcinfo *info, struct arena *arena);

#endif
