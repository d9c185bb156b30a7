// SPDX-License-Identifier: MIT
#include "1_read/member.h"

#include "1_read/arc.h"
#include "1_read/record_head.h"
#include "base/limits.h"
#include "ext/ext_deflate.h"
#include "ext/zstd_frame.h"

/* All kinds are searched window by window, so that one that is absent is not sought to the end of every file;
 * the windows grow, so that what is near costs little. */
#define FIRST_WINDOW_BYTES 256u
#define LAST_WINDOW_BYTES  (1u << 20)
/* Most record heads show their type in this. */
#define GLANCE_BYTES 1024u

static const struct span gzip_magic = SPAN("\x1f\x8b\x08");
static const struct span zstd_magic = SPAN(ZSTD_FRAME_MAGIC);

bool member_is_gzip(struct span s)
{
    return s.bytes >= 2 && s.at[0] == gzip_magic.at[0] && s.at[1] == gzip_magic.at[1] &&
           (s.bytes == 2 || s.at[2] == gzip_magic.at[2]);
}

bool member_is_packed(struct span s)
{
    return member_is_gzip(s) || zstd_frame_begins(s);
}

static bool begins_record(struct span prefix, size_t at, bool with_arc)
{
    return record_head_plausible(span_from(prefix, at)) || (with_arc && arc_find(prefix, at, at + 1) == at);
}

/* A frame without its dictionary does not show what is in it, but where it ends. */
static enum err is_closed_frame(struct inflater *inflater, struct span s, bool *out)
{
    struct span none;
    size_t bytes;
    enum err err = inflater_member(inflater, s, 0, &none, &bytes);
    *out = (err == ERR_DICTIONARY || err == ERR_WINDOW) &&
           (bytes == s.bytes || zstd_frame_begins(span_from(s, bytes)));
    return err_is_run(err) ? err : ERR_OK;
}

/* Damage behind the head is no reason to refuse a member: what comes before it can be read. */
static enum err is_start(struct inflater *inflater, struct span s, bool with_arc, bool *out)
{
    static const size_t wants[] = {GLANCE_BYTES, LIMIT_SEARCH_BYTES};
    *out = false;
    for (size_t i = 0; i < sizeof wants / sizeof wants[0]; i++) {
        struct span prefix;
        enum err err = i ? inflater_prefix_more(inflater, wants[i], &prefix)
                         : inflater_prefix(inflater, s, wants[i], &prefix);
        if (err_is_run(err))
            return err;
        if (err == ERR_DICTIONARY || err == ERR_WINDOW)
            return is_closed_frame(inflater, s, out);
        size_t at = record_head_skip_line_ends(prefix, 0);
        struct record_version version;
        *out = begins_record(prefix, at, with_arc) || (err == ERR_OK && prefix.bytes == 0);
        bool more_may_help = at == prefix.bytes || record_head_version(span_from(prefix, at), &version);
        if (*out || prefix.bytes < wants[i] || !more_may_help)
            return ERR_OK;
    }
    return ERR_OK;
}

static enum err find_packed(struct inflater *inflater, struct span file, struct span magic, bool with_arc,
                            size_t from, size_t to, size_t *out)
{
    struct span searched = span_first(file, to + magic.bytes - 1);
    for (size_t at = from;; at++) {
        at = span_find_span(searched, magic, at);
        bool found;
        if (at >= to) {
            *out = to;
            return ERR_OK;
        }
        TRY(is_start(inflater, span_from(file, at), with_arc, &found));
        if (found) {
            *out = at;
            return ERR_OK;
        }
    }
}

enum err member_find(struct inflater *inflater, struct span file, unsigned kinds, uint64_t from, uint64_t to,
                     uint64_t *out)
{
    size_t window_bytes = FIRST_WINDOW_BYTES;
    for (size_t at = from; at < to; at += window_bytes) {
        window_bytes = window_bytes < LAST_WINDOW_BYTES ? 2 * window_bytes : window_bytes;
        size_t end = to - at < window_bytes ? to : at + window_bytes;
        size_t found = end;
        if (kinds & MEMBER_GZIP)
            TRY(find_packed(inflater, file, gzip_magic, kinds & MEMBER_ARC, at, found, &found));
        if (kinds & MEMBER_ZSTD)
            TRY(find_packed(inflater, file, zstd_magic, kinds & MEMBER_ARC, at, found, &found));
        if (kinds & MEMBER_PLAIN)
            found = record_head_find(file, at, found);
        if ((kinds & MEMBER_PLAIN) && (kinds & MEMBER_ARC))
            found = arc_find(file, at, found);
        if (found < end) {
            *out = found;
            return ERR_OK;
        }
    }
    *out = to;
    return ERR_OK;
}
