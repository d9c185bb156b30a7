// SPDX-License-Identifier: MIT
/*
 * json_walk.h - the members of a JSON object or array that is too large to be parsed whole.
 *
 *   { "log": { "entries": [ {...}, {...} ] } }
 *   ^open      ^open        ^at: a member, to be entered (another json_walk_open) or passed
 *
 * Only brackets, quotes, colons and commas are looked at: a span that was passed need not be JSON inside. The
 * text is never copied, nothing is held but the place, and every step advances or fails.
 */
#ifndef EXT_JSON_WALK_H
#define EXT_JSON_WALK_H

#include "base/err.h"
#include "base/span.h"

struct json_walk {
    struct span text;
    size_t at; /* of the member after json_walk_next, behind it after json_walk_pass */
    bool is_object, begun;
};

/* First byte at or after `at` that is no white space. */
size_t json_walk_blank(struct span text, size_t at);
/* text.at[at] is the bracket that opens the object or array. */
struct json_walk json_walk_open(struct span text, size_t at);
/* To the next member; *key (raw, without quotes) is empty in arrays. ERR_END: behind the closing bracket.
 * ERR_TRUNCATED, ERR_JSON: walk->at is where it goes wrong. */
enum err json_walk_next(struct json_walk *walk, struct span *key) MUST_CHECK;
/* Over the member's value, as written. ERR_TRUNCATED; ERR_JSON (no value, or nested deeper than
 * LIMIT_JSON_WALK_DEPTH); walk->at stays then. */
enum err json_walk_pass(struct json_walk *walk, struct span *value) MUST_CHECK;
/* The value of a member of the object that `text` is, or SPAN_NONE; the first of that name. */
struct span json_walk_find(struct span text, struct span key);

#endif
