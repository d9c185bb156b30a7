// SPDX-License-Identifier: MIT
#include "ext/ext_zstd.h"

#include "base/limits.h"
#include "ext/sink.h"
#include "ext/zstd_frame.h"

#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#define WINDOW_LOG_MAX       23 /* LIMIT_ZSTD_WINDOW_BYTES */
#define SCRATCH_BYTES        (64u << 10)
#define LONGEST_HEADER_BYTES 18u /* RFC 8878 3.1.1 */

static enum err error_of(size_t result)
{
    switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_memory_allocation:
        return ERR_MEMORY;
    case ZSTD_error_checksum_wrong:
        return ERR_CHECKSUM;
    case ZSTD_error_frameParameter_windowTooLarge:
        return ERR_TOO_LARGE;
    case ZSTD_error_srcSize_wrong:
        return ERR_TRUNCATED;
    default:
        return ERR_CORRUPT;
    }
}

static bool frame_follows(struct span rest)
{
    return rest.bytes >= 4 && zstd_frame_begins(rest);
}

/* The library forgets what a call wrote when the call fails. So it gets what it asks for, which is about one
 * block. */
static enum err decode_all(ZSTD_DCtx *context, struct span in, struct sink *sink, size_t *used)
{
    size_t wanted = ZSTD_initDStream(context);
    for (;;) {
        size_t room_bytes, left = in.bytes - *used;
        char *to = sink_room(sink, &room_bytes);
        if (!to)
            return sink->out->err;
        ZSTD_inBuffer from = {in.at + *used, wanted < left ? wanted : left, 0};
        ZSTD_outBuffer into = {to, room_bytes, 0};
        wanted = ZSTD_decompressStream(context, &into, &from);
        if (ZSTD_isError(wanted))
            return error_of(wanted);
        *used += from.pos;
        if (!sink_took(sink, into.pos))
            return ERR_TOO_LARGE;
        bool out_full = into.pos == into.size;
        if (wanted == 0 && !frame_follows(span_from(in, *used)))
            return ERR_OK;
        if (wanted == 0)
            wanted = ZSTD_initDStream(context);
        else if (*used == in.bytes && !out_full)
            return ERR_TRUNCATED;
    }
}

enum err zstd_decode(struct span in, size_t max_bytes, struct buf *out, size_t *used)
{
    struct sink sink = sink_into(out, max_bytes);
    *used = 0;
    ZSTD_DCtx *context = ZSTD_createDCtx();
    if (!context)
        return ERR_MEMORY;
    enum err err = ERR_MEMORY;
    if (!ZSTD_isError(ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, WINDOW_LOG_MAX)))
        err = decode_all(context, in, &sink, used);
    ZSTD_freeDCtx(context);
    return err;
}

struct dictionary {
    struct span source; /* a copy of what it was made of */
    uint32_t id;
    ZSTD_DDict *loaded; /* NULL: none */
    enum err err;       /* why not */
};

struct zstd_frames {
    ZSTD_DCtx *context;
    struct dictionary given[LIMIT_ZSTD_DICTIONARIES];
    size_t given_count;
    /* of the archive */
    struct span archive;
    struct dictionary first, near;
    size_t near_at, searched_to; /* `near` is the last one before searched_to */
    /* of the frame */
    struct span in;
    size_t wanted_bytes;
    uint64_t content_bytes; /* as it says; UINT64_MAX: it does not */
    struct unpacked progress;
    enum err ended; /* ERR_TOO_LARGE: not yet */
    char scratch[]; /* of SCRATCH_BYTES */
};

struct zstd_frames *zstd_frames_new(void)
{
    struct zstd_frames *frames = malloc(sizeof *frames + SCRATCH_BYTES);
    if (!frames)
        return NULL;
    *frames = (struct zstd_frames){0};
    frames->context = ZSTD_createDCtx();
    if (!frames->context ||
        ZSTD_isError(ZSTD_DCtx_setParameter(frames->context, ZSTD_d_windowLogMax, WINDOW_LOG_MAX))) {
        zstd_frames_free(frames);
        return NULL;
    }
    return frames;
}

static void forget(struct dictionary *dictionary)
{
    ZSTD_freeDDict(dictionary->loaded);
    free((void *)(uintptr_t)dictionary->source.at);
    *dictionary = (struct dictionary){0};
}

void zstd_frames_free(struct zstd_frames *frames)
{
    if (!frames)
        return;
    for (size_t i = 0; i < frames->given_count; i++)
        forget(&frames->given[i]);
    forget(&frames->first);
    forget(&frames->near);
    ZSTD_freeDCtx(frames->context);
    free(frames);
}

/* Loads what may be compressed; refused ones are kept as what they were made of, so that they are looked at once. */
static enum err load(struct dictionary *dictionary, struct span content)
{
    struct buf decoded;
    size_t used, max_bytes = LIMIT_ZSTD_DICTIONARY_BYTES;
    if (content.bytes < max_bytes / LIMIT_ZSTD_DICTIONARY_RATIO)
        max_bytes = content.bytes * LIMIT_ZSTD_DICTIONARY_RATIO;
    buf_init(&decoded, LIMIT_ZSTD_DICTIONARY_BYTES + 1);
    enum err err = ERR_OK;
    if (span_starts(content, SPAN(ZSTD_FRAME_MAGIC))) {
        err = zstd_decode(content, max_bytes, &decoded, &used);
        content = buf_span(&decoded);
    }
    if (!err && content.bytes > LIMIT_ZSTD_DICTIONARY_BYTES)
        err = ERR_TOO_LARGE;
    if (!err && !span_starts(content, SPAN(ZSTD_FRAME_RAW_DICTIONARY)))
        err = ERR_SYNTAX;
    if (!err) {
        dictionary->loaded = ZSTD_createDDict(content.at, content.bytes);
        dictionary->id = dictionary->loaded ? ZSTD_getDictID_fromDDict(dictionary->loaded) : 0;
        err = dictionary->loaded
                  ? ERR_OK
                  : ERR_SYNTAX; /* its tables are damaged, or there is no memory: it cannot be told */
    }
    buf_free(&decoded);
    dictionary->err = err == ERR_TOO_LARGE ? ERR_WINDOW : err ? ERR_DICTIONARY : ERR_OK;
    return err == ERR_MEMORY ? err : ERR_OK;
}

static enum err use(struct dictionary *dictionary, struct span source)
{
    if (dictionary->source.at && span_equal(dictionary->source, source))
        return ERR_OK;
    forget(dictionary);
    char *copy = malloc(source.bytes ? source.bytes : 1);
    if (!copy)
        return ERR_MEMORY;
    memcpy(copy, source.at, source.bytes);
    dictionary->source = span_of(copy, source.bytes);
    return load(dictionary, dictionary->source);
}

static enum err give_one(struct zstd_frames *frames, struct span dictionary)
{
    if (frames->given_count == LIMIT_ZSTD_DICTIONARIES || dictionary.bytes > LIMIT_ZSTD_DICTIONARY_BYTES)
        return ERR_TOO_LARGE;
    struct dictionary *to = &frames->given[frames->given_count];
    TRY(use(to, dictionary));
    bool is_loaded = to->loaded != NULL;
    if (is_loaded)
        frames->given_count++;
    else
        forget(to);
    return is_loaded ? ERR_OK : ERR_SYNTAX;
}

enum err zstd_frames_give(struct zstd_frames *frames, struct span dictionary)
{
    if (!zstd_frame_is_skippable(dictionary))
        return give_one(frames, dictionary);
    while (zstd_frame_is_whole_skippable(dictionary)) {
        struct span content = zstd_frame_skippable_content(dictionary);
        TRY(give_one(frames, content));
        dictionary = span_from(dictionary, ZSTD_FRAME_SKIPPABLE_BYTES + content.bytes);
    }
    return dictionary.bytes ? ERR_SYNTAX : ERR_OK;
}

enum err zstd_frames_archive(struct zstd_frames *frames, struct span archive)
{
    frames->archive = archive;
    frames->searched_to = 0;
    struct span content = zstd_frame_skippable_content(archive);
    if (!span_starts(archive, SPAN(ZSTD_FRAME_DICTIONARY))) {
        forget(&frames->first);
        return ERR_OK;
    }
    if (content.bytes <= LIMIT_ZSTD_DICTIONARY_BYTES)
        return use(&frames->first, content);
    forget(&frames->first);
    frames->first.err = ERR_WINDOW;
    return ERR_OK;
}

/* What was searched already is not searched again: each frame without its dictionary would cost a quarter of a gigabyte. */
static enum err look_before(struct zstd_frames *frames, size_t at)
{
    size_t limit = LIMIT_ZSTD_DICTIONARY_SEARCH_BYTES, from = at > limit ? at - limit : 0;
    bool goes_on = frames->searched_to > 0 && at >= frames->searched_to && from <= frames->searched_to;
    size_t found = zstd_frame_last_dictionary(frames->archive, goes_on ? frames->searched_to : from, at);
    frames->searched_to = at;
    if (found < at) {
        frames->near_at = found;
        return use(&frames->near, zstd_frame_skippable_content(span_from(frames->archive, found)));
    }
    if (!goes_on || frames->near_at < from)
        forget(&frames->near);
    return ERR_OK;
}

/* *out: NULL when the frame names none. ERR_DICTIONARY, ERR_WINDOW: it is not there, or could not be loaded. */
static enum err find_dictionary(struct zstd_frames *frames, const ZSTD_DDict **out)
{
    uint32_t id = ZSTD_getDictID_fromFrame(frames->in.at, frames->in.bytes);
    *out = frames->first.loaded; /* one without a name can only be the archive's own */
    if (id == 0 || (*out && id == frames->first.id))
        return ERR_OK;
    for (size_t i = 0; i < frames->given_count; i++)
        if (id == frames->given[i].id) {
            *out = frames->given[i].loaded;
            return ERR_OK;
        }
    TRY(look_before(frames, (size_t)(frames->in.at - frames->archive.at)));
    *out = frames->near.loaded;
    if (*out && id == frames->near.id)
        return ERR_OK;
    return frames->first.err == ERR_WINDOW ? ERR_WINDOW : ERR_DICTIONARY;
}

static enum err start_skippable(struct zstd_frames *frames, size_t *frame_bytes)
{
    bool is_whole = zstd_frame_is_whole_skippable(frames->in);
    *frame_bytes = is_whole ? ZSTD_FRAME_SKIPPABLE_BYTES + zstd_frame_skippable_content(frames->in).bytes
                            : frames->in.bytes;
    frames->progress.in_bytes = *frame_bytes;
    frames->ended = ERR_OK;
    return is_whole ? ERR_OK : ERR_TRUNCATED;
}

static enum err start_frame(struct zstd_frames *frames, size_t *frame_bytes)
{
    struct span in = frames->in;
    const ZSTD_DDict *dictionary = NULL;
    *frame_bytes = in.bytes;
    unsigned long long content = ZSTD_getFrameContentSize(in.at, in.bytes);
    if (content == ZSTD_CONTENTSIZE_ERROR)
        return in.bytes < LONGEST_HEADER_BYTES ? ERR_TRUNCATED : ERR_CORRUPT;
    enum err err = zstd_frame_window_bytes(in, content) > LIMIT_ZSTD_WINDOW_BYTES
                       ? ERR_WINDOW
                       : find_dictionary(frames, &dictionary);
    if (err_is_run(err))
        return err;
    if (err) {
        size_t bytes = ZSTD_findFrameCompressedSize(in.at, in.bytes);
        if (ZSTD_isError(bytes))
            return error_of(bytes) == ERR_TRUNCATED ? ERR_TRUNCATED : ERR_CORRUPT;
        *frame_bytes = bytes;
        return err;
    }
    ZSTD_DCtx_reset(frames->context, ZSTD_reset_session_only);
    ZSTD_DCtx_refDDict(frames->context, dictionary);
    frames->wanted_bytes = LONGEST_HEADER_BYTES;
    frames->content_bytes = content == ZSTD_CONTENTSIZE_UNKNOWN ? UINT64_MAX : content;
    return ERR_OK;
}

enum err zstd_extent(struct span in, size_t *frame_bytes, uint64_t *content_bytes)
{
    unsigned long long content = ZSTD_getFrameContentSize(in.at, in.bytes);
    size_t bytes = ZSTD_findFrameCompressedSize(in.at, in.bytes);
    if (zstd_frame_is_skippable(in) || ZSTD_isError(bytes) || content == ZSTD_CONTENTSIZE_UNKNOWN ||
        content == ZSTD_CONTENTSIZE_ERROR)
        return ERR_SYNTAX;
    *frame_bytes = bytes;
    *content_bytes = content;
    return ERR_OK;
}

enum err zstd_frames_start(struct zstd_frames *frames, struct span in, size_t *frame_bytes)
{
    *frame_bytes = 0;
    frames->in = in;
    frames->progress = (struct unpacked){0};
    frames->ended = ERR_TOO_LARGE;
    if (!zstd_frame_begins(in))
        return ERR_SYNTAX;
    return zstd_frame_is_skippable(in) ? start_skippable(frames, frame_bytes)
                                       : start_frame(frames, frame_bytes);
}

/* One call of the library; returns the bytes it made. As in decode_all it gets what it asks for. */
static size_t step(struct zstd_frames *frames, char *out, uint64_t room_bytes)
{
    struct unpacked *p = &frames->progress;
    size_t left = frames->in.bytes - p->in_bytes;
    size_t room = out || room_bytes < SCRATCH_BYTES ? (size_t)room_bytes : SCRATCH_BYTES;
    ZSTD_inBuffer from = {frames->in.at + p->in_bytes,
                          frames->wanted_bytes < left ? frames->wanted_bytes : left, 0};
    ZSTD_outBuffer into = {out ? out : frames->scratch, room, 0};
    size_t wanted = ZSTD_decompressStream(frames->context, &into, &from);
    if (ZSTD_isError(wanted)) {
        frames->ended = error_of(wanted);
        return 0;
    }
    p->in_bytes += from.pos;
    /* A block that gives more than the frame says is an error to the library where its buffer has just the room for that, as
     * it has in the first frame: here it is one always, whatever frames came before. */
    if (p->out_bytes + into.pos > frames->content_bytes) {
        frames->ended = ERR_CORRUPT;
        return 0;
    }
    p->out_bytes += into.pos;
    frames->wanted_bytes = wanted;
    if (wanted == 0)
        frames->ended = ERR_OK;
    else if (p->in_bytes == frames->in.bytes && into.pos < into.size)
        frames->ended = ERR_TRUNCATED;
    return into.pos;
}

enum err zstd_frames_run(struct zstd_frames *frames, char *out, uint64_t room_bytes,
                         struct unpacked *progress)
{
    while (room_bytes > 0 && frames->ended == ERR_TOO_LARGE) {
        size_t made = step(frames, out, room_bytes);
        room_bytes -= made;
        if (out)
            out += made;
    }
    *progress = frames->progress;
    return frames->ended;
}

enum err zstd_frames_whole(struct zstd_frames *frames, char *out, size_t room_bytes,
                           struct unpacked *progress)
{
    struct span in = frames->in;
    *progress = frames->progress;
    if (frames->ended == ERR_OK) /* skippable */
        return ERR_OK;
    size_t bytes;
    uint64_t content;
    if (zstd_extent(in, &bytes, &content))
        return ERR_CORRUPT;
    if (content > room_bytes)
        return ERR_TOO_LARGE;
    size_t made = ZSTD_decompressDCtx(frames->context, out, room_bytes, in.at, bytes);
    if (ZSTD_isError(made))
        return ERR_CORRUPT;
    *progress = (struct unpacked){.in_bytes = bytes, .out_bytes = made};
    return ERR_OK;
}
