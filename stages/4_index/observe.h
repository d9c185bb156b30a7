// SPDX-License-Identifier: MIT
/*
 * observe.h - from a record to the event it is: stages 2 and 3 put together.
 *
 * In:     a record with its place; the producer of its archive
 * Out:    events appended to a buffer: 8 bytes at, 8 bytes inner, 8 bytes length (big-endian), then
 *         event_pack's bytes
 * Owns:   an observer belongs to one worker; it holds that worker's decoder and arena
 * Limits: LIMIT_WORKER_ARENA_BYTES; LIMIT_MEMBER_LISTS_BYTES, LIMIT_MEMBER_FACTS_BYTES
 * Errors: data errors go to the fault callback with their stage; returned are only run errors
 * Source: evidence.md 3.3, pass 1; formats.md 1.2
 */
#ifndef INDEX_OBSERVE_H
#define INDEX_OBSERVE_H

#include "2_decode/body.h"
#include "4_index/memo.h"

#define OBSERVE_KEY_BYTES   16 /* at, inner */
#define OBSERVE_FRAME_BYTES 24

/* stage: "read", "decode", "extract"; bytes: archive bytes that were not understood. */
typedef void observe_fault_fn(void *context, const char *stage, enum err err, uint64_t at, uint64_t bytes);

struct observer {
    struct decoder *decoder;
    const struct suffixes *suffixes;
    const struct loader_search *loaders; /* may be NULL, see html.h */
    struct arena arena;                  /* one record */
    struct memo memo;                    /* of bodies scanned before */
    enum producer producer;              /* of the archive, as far as its beginning told */
    observe_fault_fn *fault;
    void *fault_context;
    uint64_t event_count;            /* appended so far */
    uint64_t member_facts_bytes;     /* of the events that came of the member so far */
    uint64_t body_count, body_bytes; /* scanned bodies */
    uint64_t page_count;             /* documents with markup: what a progress line may call pages */
};

enum err observe_record(struct observer *observer, const struct record *record, struct place place,
                        struct buf *out) MUST_CHECK;
/* reader_needs.ask with an observer: whether observe_record would look at the body. */
enum reader_need observe_need(void *observer, const struct record *record);
/* One line of a WACZ page list; `at` is its number, which keeps lines in order. */
enum err observe_page_line(struct observer *observer, struct span line, uint64_t at,
                           struct buf *out) MUST_CHECK;

struct har_page;  /* 3_extract/har.h */
struct har_entry; /* 3_extract/har.h */
/* A page of a HAR whose title is its URL. */
enum err observe_har_page(struct observer *observer, const struct har_page *page, struct place place,
                          struct buf *out) MUST_CHECK;
/* Its response under its place, its request as the inner record 1; without a response the request is alone. body:
 * response.content.text as written. */
enum err observe_har_entry(struct observer *observer, const struct har_entry *entry, struct place place,
                           struct span body, struct buf *out) MUST_CHECK;

/* Takes the next event off a buffer that observe_record filled; false at its end. */
bool observe_take(struct span *rest, struct span *key, struct span *packed);

#endif
