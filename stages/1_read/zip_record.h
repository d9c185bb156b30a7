// SPDX-License-Identifier: MIT
/*
 * zip_record.h - private to zip.c and zip_walk.c: the fixed records of a ZIP file.
 *
 * In:     a mapped file and a place in it
 * Out:    numbers and slices
 * Owns:   nothing
 * Limits: -
 * Errors: none: SPAN_NONE, false
 * Source: APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.5.3
 */
#ifndef READ_ZIP_RECORD_H
#define READ_ZIP_RECORD_H

#include "1_read/zip.h"

#define ZIP_CENTRAL_BYTES 46u
#define ZIP_LOCAL_BYTES   30u

uint64_t zip_record_number(const char *at, size_t bytes);
/* A slice, or SPAN_NONE where it would reach out of s. */
struct span zip_record_slice(struct span s, uint64_t at, uint64_t bytes);
/* The fixed part of a record with this signature, or SPAN_NONE. */
struct span zip_record_at(struct span file, uint64_t at, const char *signature, size_t bytes);

/* The numbers of a central or local header that a ZIP64 extra field replaces, in its order. */
struct zip_record_extent {
    uint64_t inflated_bytes, stored_bytes, local_at;
};
bool zip_record_extra(struct span extra, struct zip_record_extent *extent);

#endif
