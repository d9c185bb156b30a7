// SPDX-License-Identifier: MIT
/*
 * record_mask.h - heads without what may be personal: values of cookies and of queries, credentials.
 *
 * In:     a WARC or HTTP head, or an entry of a HAR as indented JSON
 * Out:    the same text with "***" in their place; names, attributes and everything else stay
 * Owns:   nothing
 * Limits: those of the buffer
 * Errors: in the buffer
 * Source: architecture.md 6
 */
#ifndef PIPELINE_RECORD_MASK_H
#define PIPELINE_RECORD_MASK_H

#include "base/buf.h"

void record_mask_head(struct span head, struct buf *out);
/* Any text: what stands behind the question marks of URLs. */
void record_mask_urls(struct span text, struct buf *out);
void record_mask_json(struct span text, struct buf *out);

#endif
