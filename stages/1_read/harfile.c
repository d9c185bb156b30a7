// SPDX-License-Identifier: MIT
#include "1_read/harfile.h"

#include "base/limits.h"
#include "ext/ext_json.h"

#define CUTS_MAX 8u /* four names, some of them twice */

/* The parts of an entry that are left out before it is parsed. */
struct cuts {
    struct span items[CUTS_MAX];
    size_t count;
    size_t bytes;
};

static void add_cut(struct cuts *cuts, struct span value)
{
    if (cuts->count == CUTS_MAX)
        return;
    cuts->items[cuts->count++] = value;
    cuts->bytes += value.bytes;
}

static bool is_object(struct span value)
{
    return span_starts(value, SPAN("{"));
}

static void cut_content(struct span content, struct cuts *cuts, struct span *body)
{
    struct span text = json_walk_find(content, SPAN("text"));
    if (!span_starts(text, SPAN("\"")))
        return;
    add_cut(cuts, text);
    *body = text;
}

static void cut_part(struct span key, struct span value, struct cuts *cuts, struct span *body)
{
    if (span_equal(key, SPAN("_initiator")) || span_equal(key, SPAN("_webSocketMessages")))
        add_cut(cuts, value);
    struct span post = span_equal(key, SPAN("request")) ? json_walk_find(value, SPAN("postData")) : SPAN_NONE;
    if (post.bytes)
        add_cut(cuts, post);
    if (span_equal(key, SPAN("response")))
        cut_content(json_walk_find(value, SPAN("content")), cuts, body);
}

static void find_cuts(struct span entry, struct cuts *cuts, struct span *body)
{
    struct span key, value;
    struct json_walk walk = json_walk_open(entry, 0);
    while (json_walk_next(&walk, &key) == ERR_OK && json_walk_pass(&walk, &value) == ERR_OK)
        cut_part(key, value, cuts, body);
}

static size_t offset_of(const struct harfile *h, struct span part)
{
    return (size_t)(part.at - h->file.at);
}

/* An object that has a "request": only entries do. */
static bool is_entry(struct harfile *h, struct span text, size_t at)
{
    struct span near = span_first(span_from(text, at), LIMIT_SEARCH_BYTES), key, value;
    struct json_walk walk = json_walk_open(near, 0);
    bool found = false;
    while (!found && json_walk_next(&walk, &key) == ERR_OK) {
        found = span_equal(key, SPAN("request"));
        if (!found && json_walk_pass(&walk, &value) != ERR_OK) {
            h->looked_bytes += near.bytes - walk.at;
            break;
        }
    }
    h->looked_bytes += walk.at;
    return found;
}

static bool may_look(const struct harfile *h)
{
    return h->looked_bytes / LIMIT_HAR_LOOKS <= h->file.bytes;
}

/* Where the next entry begins, or `end`; it may go on behind that. */
static size_t find_entry(struct harfile *h, struct span text, size_t from, size_t end)
{
    for (size_t at = from; at < end && may_look(h); at++) {
        at = span_find(span_first(text, end), '{', at);
        if (at < end && is_entry(h, text, at))
            return at;
    }
    return end;
}

/* Damage can be JSON: a bracket lost or repeated makes later entries a part of this one. */
static bool hides_entry(struct harfile *h, struct span text, size_t from)
{
    size_t at = span_find_span(text, SPAN("\"request\""), 0);
    bool again = from ? span_find_span(text, SPAN("\"request\""), at + 1) < text.bytes : at < text.bytes;
    return again && find_entry(h, text, from, text.bytes) < text.bytes;
}

static bool cuts_hide_entry(struct harfile *h, const struct cuts *cuts)
{
    for (size_t i = 0; i < cuts->count; i++)
        if (cuts->items[i].at[0] != '"' && hides_entry(h, cuts->items[i], 0))
            return true;
    return false;
}

/* A copy with null where something was cut; .at NULL when the arena is full. The cuts are in order. */
static struct span copy_without(struct span entry, const struct cuts *cuts, struct arena *arena)
{
    const struct span null = SPAN("null");
    char *to = arena_bytes(arena, entry.bytes - cuts->bytes + cuts->count * null.bytes);
    size_t bytes = 0, from = 0;
    for (size_t i = 0; to && i <= cuts->count; i++) {
        size_t end = i < cuts->count ? (size_t)(cuts->items[i].at - entry.at) : entry.bytes;
        memcpy(to + bytes, entry.at + from, end - from);
        bytes += end - from;
        if (i == cuts->count)
            break;
        memcpy(to + bytes, null.at, null.bytes);
        bytes += null.bytes;
        from = end + cuts->items[i].bytes;
    }
    return span_of(to, to ? bytes : 0);
}

static enum err parse_item(struct harfile *h, struct harfile_item *item)
{
    struct cuts cuts = {.count = 0};
    arena_reset(h->arena);
    if (!is_object(item->text))
        return ERR_JSON;
    if (item->kind == HARFILE_ENTRY)
        find_cuts(item->text, &cuts, &item->body);
    if (cuts_hide_entry(h, &cuts))
        return ERR_JSON;
    if (item->text.bytes - cuts.bytes > LIMIT_JSON_BYTES)
        return ERR_TOO_LARGE;
    struct span text = cuts.count ? copy_without(item->text, &cuts, h->arena) : item->text;
    if (!text.at)
        return ERR_MEMORY;
    if (hides_entry(h, text, 1))
        return ERR_JSON;
    enum err err = json_parse(text, &h->json);
    item->json = h->json;
    return err;
}

void harfile_init(struct harfile *har, struct span file, struct arena *arena, reader_fault_fn *fault,
                  void *fault_context)
{
    *har = (struct harfile){.file = file, .arena = arena, .fault = fault, .fault_context = fault_context};
}

void harfile_close(struct harfile *har)
{
    json_free(har->json);
    har->json = NULL;
}

/* As if the file's brackets had led here: an item of the list of entries comes next. */
static void stand_at(struct harfile *h, size_t at)
{
    const struct json_walk outer = {.text = h->file, .is_object = true, .begun = true};
    h->levels[0] = h->levels[1] = outer;
    h->levels[2] = (struct json_walk){.text = h->file, .at = at};
    h->depth = 3;
    h->has_entries = true;
    h->list = HARFILE_ENTRY;
    h->begun = true;
}

void harfile_seek(struct harfile *har, uint64_t at)
{
    stand_at(har, at < har->file.bytes ? (size_t)at : har->file.bytes);
}

static void report(struct harfile *h, enum err err, size_t from, size_t to)
{
    h->lost_bytes += to - from;
    h->fault(h->fault_context, err, from, to - from);
}

/* The brackets lead nowhere from `from` on. */
static void go_on_behind(struct harfile *h, enum err err, size_t from, size_t search_from)
{
    size_t next = find_entry(h, h->file, search_from, h->file.bytes);
    bool found = next < h->file.bytes;
    report(h, found ? ERR_JSON : err, from, next);
    if (found)
        stand_at(h, next);
    else
        h->done = true;
}

static enum err begin(struct harfile *h)
{
    size_t at = span_starts(h->file, SPAN("\xef\xbb\xbf")) ? 3 : 0;
    at = json_walk_blank(h->file, at);
    h->begun = true;
    if (!is_object(span_from(h->file, at))) {
        go_on_behind(h, at < h->file.bytes ? ERR_JSON : ERR_TRUNCATED, at, at);
        return ERR_OK;
    }
    h->levels[0] = json_walk_open(h->file, at);
    h->depth = 1;
    return ERR_OK;
}

static void leave(struct harfile *h)
{
    size_t at = h->levels[--h->depth].at;
    if (h->depth) {
        h->levels[h->depth - 1].at = at;
        return;
    }
    at = json_walk_blank(h->file, at);
    if (!h->has_entries)
        report(h, ERR_JSON, h->has_items || h->lost_bytes ? at : 0, at); /* what a HAR must have */
    if (at < h->file.bytes)
        go_on_behind(h, ERR_GARBAGE, at, at);
    else
        h->done = true;
}

/* A list under another name whose first item is an entry: the name is what is damaged. */
static bool is_misnamed(struct harfile *h, size_t at)
{
    at = json_walk_blank(h->file, at + 1);
    if (!is_object(span_from(h->file, at)) || !is_entry(h, h->file, at))
        return false;
    report(h, ERR_JSON, at, at);
    return true;
}

/* Is this member one that is entered? */
static bool enter(struct harfile *h, struct span key)
{
    struct json_walk *walk = &h->levels[h->depth - 1];
    char bracket = walk->text.at[walk->at];
    bool is_log = h->depth == 1 && bracket == '{' && span_equal(key, SPAN("log"));
    bool is_pages = h->depth == 2 && bracket == '[' && span_equal(key, SPAN("pages"));
    bool is_entries = h->depth == 2 && bracket == '[' && !is_pages &&
                      (span_equal(key, SPAN("entries")) || is_misnamed(h, walk->at));
    if (!is_log && !is_pages && !is_entries)
        return false;
    h->has_entries |= is_entries;
    h->list = is_pages ? HARFILE_PAGE : HARFILE_ENTRY;
    h->levels[h->depth++] = json_walk_open(walk->text, walk->at);
    return true;
}

/* An item that is no JSON, though its brackets match: those of later entries may be inside. */
static void drop_item(struct harfile *h, enum err err, struct span text)
{
    size_t at = offset_of(h, text), end = at + text.bytes;
    size_t next = err == ERR_JSON ? find_entry(h, h->file, at + 1, end) : end;
    report(h, err, at, next);
    if (next == end)
        return;
    h->looked_bytes += text.bytes;
    stand_at(h, next);
}

/* Behind the next member; ERR_OK with .text set: it is an item. */
static enum err step(struct harfile *h, struct harfile_item *out)
{
    struct json_walk *walk = &h->levels[h->depth - 1];
    struct span key, value;
    enum err err = json_walk_next(walk, &key);
    if (err == ERR_END) {
        leave(h);
        return ERR_OK;
    }
    if (err) {
        go_on_behind(h, err, walk->at, walk->at);
        return ERR_OK;
    }
    if (h->depth < 3 && enter(h, key))
        return ERR_OK;
    size_t at = walk->at;
    err = json_walk_pass(walk, &value);
    if (err) {
        h->looked_bytes += err == ERR_TRUNCATED ? h->file.bytes - at : 0;
        go_on_behind(h, err, at, at + 1);
        return ERR_OK;
    }
    if (h->depth < 3)
        return ERR_OK;
    *out = (struct harfile_item){
        .kind = h->list, .text = value, .place = {.at = at, .bytes = value.bytes}
    };
    err = parse_item(h, out);
    h->has_items |= !err;
    if (err_is_data(err)) {
        drop_item(h, err, value);
        out->text = SPAN_NONE;
        return ERR_OK;
    }
    return err;
}

enum err harfile_next(struct harfile *har, struct harfile_item *out)
{
    *out = (struct harfile_item){.text = SPAN_NONE};
    harfile_close(har);
    if (!har->begun)
        TRY(begin(har));
    while (!har->done) {
        TRY(step(har, out));
        if (out->text.at)
            return ERR_OK;
    }
    return ERR_END;
}
