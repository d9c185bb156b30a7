// SPDX-License-Identifier: MIT
/* gzip_frame.h - what stands around the deflate stream of a gzip member. Source: RFC 1952 2.3. */
#ifndef EXT_GZIP_FRAME_H
#define EXT_GZIP_FRAME_H

#include "base/err.h"
#include "base/span.h"

/* *bytes: length of the header at the start of `in`. ERR_SYNTAX, ERR_TRUNCATED. */
enum err gzip_frame_header(struct span in, size_t *bytes) MUST_CHECK;
/* CRC and ISIZE at *at, behind the deflate stream; *at moves behind them. ERR_CHECKSUM, ERR_TRUNCATED. */
enum err gzip_frame_trailer(struct span in, uint32_t crc, uint64_t inflated_bytes, size_t *at) MUST_CHECK;

#endif
