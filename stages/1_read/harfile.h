// SPDX-License-Identifier: MIT
/*
 * harfile.h - the pages and entries of a HAR, one at a time.
 *
 *   {"log": {"creator": {}, "pages": [{page} ...], "entries": [{entry} ...]}}      in any order, more beside them
 *
 * A file of hundreds of MB is never parsed whole: it is walked from bracket to bracket, and each page and entry
 * is parsed alone, an entry without its body and the other large parts nobody needs. What is damaged costs
 * itself: the next object that has a "request" goes on as an entry.
 *
 * In:     a whole mapped file, an arena
 * Out:    parsed pages and entries with their place; faults through a callback
 * Owns:   the JSON of one item, until the next harfile_next or harfile_close; the arena holds its text
 * Limits: LIMIT_JSON_BYTES and LIMIT_JSON_VALUES (an item without its body), LIMIT_JSON_DEPTH,
 *         LIMIT_JSON_WALK_DEPTH, LIMIT_HAR_LOOKS
 * Errors: data errors become faults, with the bytes that were lost; returned are only ERR_END and run errors
 * Source: HAR 1.2 (Odvarko, 2012), sections "log", "pages", "entries"; RFC 8259
 */
#ifndef READ_HARFILE_H
#define READ_HARFILE_H

#include "1_read/reader.h"
#include "base/arena.h"
#include "ext/json_walk.h"

struct json; /* ext/ext_json.h */

enum harfile_kind { HARFILE_PAGE, HARFILE_ENTRY };

struct harfile_item {
    enum harfile_kind kind;
    struct place place; /* of the object in the file */
    struct span text;   /* the object as written */
    const struct json
        *json;        /* an object; of an entry without _initiator, _webSocketMessages, postData, body */
    struct span body; /* response.content.text of an entry: a JSON string as written, or SPAN_NONE */
};

struct harfile {
    struct span file;
    struct arena *arena;
    reader_fault_fn *fault;
    void *fault_context;
    uint64_t lost_bytes; /* those of the faults */
    /* private */
    struct json_walk levels[3]; /* the file's object, its log, a list in it */
    unsigned depth;
    enum harfile_kind list;
    struct json *json;
    uint64_t looked_bytes; /* while searching behind damage */
    bool begun, done, has_entries, has_items;
};

void harfile_init(struct harfile *har, struct span file, struct arena *arena, reader_fault_fn *fault,
                  void *fault_context);
void harfile_close(struct harfile *har);
enum err harfile_next(struct harfile *har, struct harfile_item *out) MUST_CHECK;
/* Instead of the beginning: the next item is the object that begins at `at`. */
void harfile_seek(struct harfile *har, uint64_t at);

#endif
