// SPDX-License-Identifier: MIT
/*
 * segment.h - records that were written in parts are put together and read: only here are all parts of a crawl at hand.
 *
 * In:     the events of one group; those of kind EVENT_SEGMENT hold heads and blocks
 * Out:    the same list, segments replaced by the events of the records they make; a record of which a part is missing
 *         is partial, continuations without a first part are counted
 * Owns:   nothing: joined records live in the arena
 * Limits: LIMIT_SEGMENTS, LIMIT_SEGMENT_BYTES a part, LIMIT_BODY_BYTES a record; the rest is cut, the record partial
 * Errors: ERR_INDEX (packed event), ERR_MEMORY
 * Source: ISO 28500, 5.15-5.17, 6.9 and annex on segmentation; formats.md 1.2
 */
#ifndef INDEX_SEGMENT_H
#define INDEX_SEGMENT_H

#include "4_index/counter.h"
#include "4_index/resolve.h"

/* producers: per archive. events: at most *count are there afterwards. */
enum err segment_join(struct packed_event *events, size_t *count, const enum producer *producers,
                      const struct suffixes *suffixes, struct arena *arena,
                      struct counters *counters) MUST_CHECK;

#endif
