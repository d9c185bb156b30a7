// SPDX-License-Identifier: MIT
/*
 * record.h - one record of a WARC or an ARC.
 *
 * In:     bytes that begin where a record should begin (an inflated member, or a plain file from some offset)
 * Out:    a struct record whose spans point into those bytes
 * Owns:   nothing
 * Limits: LIMIT_WARC_HEAD_BYTES, LIMIT_WARC_FIELDS, LIMIT_ARC_LINE_BYTES
 * Errors: ERR_SYNTAX, ERR_TRUNCATED, ERR_TOO_LARGE, ERR_NO_LENGTH (all data errors)
 * Source: ISO 28500, WARC 1.0 and 1.1, sections 4 and 5; ARC 1.0, 1.1 and 2.0 (formats.md 1.6); deviations in design row
 *         numbers of formats.md 4.3 and 4.5
 *
 * An ARC has answers only: its version block becomes a warcinfo, every other record a response, also of dns: and ftp:.
 */
#ifndef READ_RECORD_H
#define READ_RECORD_H

#include "base/err.h"
#include "base/span.h"

enum record_type {
    RECORD_UNKNOWN,
    RECORD_WARCINFO,
    RECORD_RESPONSE,
    RECORD_REQUEST,
    RECORD_RESOURCE,
    RECORD_METADATA,
    RECORD_REVISIT,
    RECORD_CONVERSION,
    RECORD_CONTINUATION,
    RECORD_TYPE_COUNT
};

#define RECORD_NO_DATE INT64_MIN

/* A record names those that were recorded with it: a request, an answer and metadata are three. */
#define RECORD_CONCURRENT_MAX 4

struct record {
    enum record_type type;
    bool is_arc;
    unsigned version_major, version_minor; /* of WARC; is_arc: of ARC */
    /* WARC: version line up to and with the empty line. ARC: the header line, of a version block with its version lines. */
    struct span head;
    struct span block;       /* the octets that Content-Length counts, as far as they are there */
    struct span raw;         /* head, block and the line ends behind it; the next record follows */
    uint64_t declared_bytes; /* Content-Length */
    bool partial;            /* block shorter than declared, or WARC-Truncated given */
    uint64_t unread_bytes;   /* of the block: there, but nobody needed them (reader.h) */
    int64_t date_ns;         /* WARC-Date, UTC since 1970, or RECORD_NO_DATE */
    /* Values, trimmed; angle brackets removed from URIs; .bytes 0 when absent. First of repeated fields. */
    struct span concurrent_to[RECORD_CONCURRENT_MAX]; /* of repeated fields all these */
    struct span target_uri, id, date, content_type, warcinfo_id, payload_digest, block_digest;
    struct span segment_number, segment_origin, segment_total; /* a record written in parts */
    struct span refers_to, refers_to_uri, refers_to_date, profile, truncated, filename;
    struct span page_id, resource_type; /* WARC-Page-ID, WARC-Resource-Type */
    struct span type_text, length_text; /* WARC-Type and Content-Length as written */
    struct span length_again;           /* a second Content-Length that differs */
    size_t odd_lines;                   /* head lines that are no field: counted, ignored */
};

/*
 * Reads the record at the start of `bytes` (leading CR and LF are skipped and are part of raw). `whole` says
 * that nothing follows these bytes, so a block that ends early is partial, not "need more". ERR_END: only
 * line ends or nothing left.
 */
enum err record_read(struct span bytes, bool whole, struct record *out) MUST_CHECK;

/* Offset of the first plausible record at or after `from`: a version line followed within 64 KiB by a field
 * WARC-Type or WARC-Record-ID, or (with_arc) an ARC header line; bytes.bytes when there is none. Only in an ARC should one
 * look for lines of an ARC: they are mere text elsewhere. */
size_t record_find(struct span bytes, size_t from, bool with_arc);

/* "warcinfo", "response", ...; "unknown". */
const char *record_type_name(enum record_type type);

/* W3C date and time as WARC-Date allows it (1.0 and 1.1, year to nanoseconds, also 14 digits): UTC ns since
 * 1970. */
enum err record_date_parse(struct span text, int64_t *out) MUST_CHECK;
/* The digits of YYYYMMDDhhmmss, which may end behind the day, the hour or the minute; more than 14 are ignored. */
enum err record_date_digits(struct span digits, int64_t *out) MUST_CHECK;

#endif
