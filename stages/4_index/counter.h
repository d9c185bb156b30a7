// SPDX-License-Identifier: MIT
/*
 * counter.h - everything that is counted, one row each: field, name, unit.
 *
 * In:     -
 * Out:    struct counters: one per worker, added up when a chunk is committed
 * Owns:   nothing
 * Limits: -
 * Errors: -
 * Source: architecture.md 3; evidence.md 3.7 (the four ways a request-like event ends)
 */
#ifndef INDEX_COUNTER_H
#define INDEX_COUNTER_H

#include "base/span.h"

#define COUNTER_LIST(X)                                                                                      \
    X(archives, "archives", "files")                                                                         \
    X(archive_bytes, "archive bytes", "bytes")                                                               \
    X(containers, "containers", "containers")                                                                \
    X(container_bytes, "container bytes, unpacked", "bytes")                                                 \
    X(part_bytes, "container bytes of parts that are read", "bytes")                                         \
    X(structure_bytes, "container bytes of headers and other members", "bytes")                              \
    X(members, "gzip members", "members")                                                                    \
    X(skipped, "members whose end was proved, not inflated", "members")                                      \
    X(skipped_bytes, "archive bytes of members whose end was proved", "bytes")                               \
    X(skip_ambiguous, "members with several possible ends, inflated", "members")                             \
    X(skip_impossible, "members without a provable end, inflated", "members")                                \
    X(records, "records", "records")                                                                         \
    X(record_bytes, "record bytes", "bytes")                                                                 \
    X(warcinfo, "warcinfo records", "records")                                                               \
    X(responses, "response records", "records")                                                              \
    X(requests, "request records", "records")                                                                \
    X(resources, "resource records", "records")                                                              \
    X(metadata, "metadata records", "records")                                                               \
    X(revisits, "revisit records", "records")                                                                \
    X(others, "records of other types", "records")                                                           \
    X(partial, "partial records", "records")                                                                 \
    X(odd_lines, "WARC head lines that are no field", "lines")                                               \
    X(understood_bytes, "archive bytes in records and page lists", "bytes")                                  \
    X(padding_bytes, "archive bytes of padding", "bytes")                                                    \
    X(lost_bytes, "archive bytes not understood", "bytes")                                                   \
    X(unlisted, "responses that the index of their archive does not list", "records")                        \
    X(bodies, "bodies scanned", "bodies")                                                                    \
    X(body_bytes, "decoded bytes scanned", "bytes")                                                          \
    X(exchanges, "request-like events", "events")                                                            \
    X(attributed, "request-like events attributed to a visit", "events")                                     \
    X(unattributed, "request-like events without a visit", "events")                                         \
    X(browser_noise, "request-like events of the browser itself", "events")                                  \
    X(crawler_noise, "request-like events of the crawler itself", "events")                                  \
    X(behaviour, "attributed events made by crawler behaviours", "events")                                   \
    X(listed, "resources listed by pages", "resources")                                                      \
    X(listed_only, "resources listed by pages without a record of their own", "resources")                   \
    X(segmented, "records joined from segments", "records")                                                  \
    X(segments_open, "records of which a segment is missing", "records")                                     \
    X(segments_lonely, "continuations without a first segment", "records")                                   \
    X(segment_faults, "faults inside joined records", "faults")                                              \
    X(revisits_resolved, "revisits whose body was found", "records")                                         \
    X(revisits_open, "revisits whose body was not found", "records")                                         \
    X(visits, "visits", "visits")                                                                            \
    X(contacts, "contacts", "contacts")                                                                      \
    X(cookies, "cookies", "cookies")                                                                         \
    X(aliases, "names that answers of the DNS lead elsewhere", "names")

struct counters {
#define COUNTER_FIELD(field, name, unit) uint64_t field;
    COUNTER_LIST(COUNTER_FIELD)
#undef COUNTER_FIELD
};

struct counter_row {
    const char *name, *unit;
    size_t offset;
};
/* All rows, in the order of the list; *count of them. */
const struct counter_row *counter_rows(size_t *count);
void counter_sum(struct counters *to, const struct counters *from);
uint64_t counter_value(const struct counters *counters, const struct counter_row *row);

#endif
