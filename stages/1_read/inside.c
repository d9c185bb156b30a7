// SPDX-License-Identifier: MIT
#include "1_read/inside.h"

#include "1_read/landing.h"
#include "1_read/member.h"
#include "1_read/record_head.h"
#include "base/limits.h"
#include "ext/ext_deflate.h"

/* Enough of a member to see whether a record begins with it. */
#define GLANCE_BYTES 1024u

/* The window moves on to an offset in the inflated member; of joined ones, in the last, where all that is behind the
 * window lies. */
static enum err slide(struct reader *reader, uint64_t to)
{
    struct span last = span_from(reader->file, reader->last_at);
    to = to > reader->last_from ? to : reader->last_from;
    TRY(inflater_window(reader->inflater, last, to - reader->last_from, reader->window_bytes,
                        &reader->member));
    reader->window_at = to;
    reader->member_at = 0;
    reader->window_is_last = reader->member.bytes < reader->window_bytes;
    return ERR_OK;
}

/* What could not be read begins at member_at; moves to the next record, in this window or in a later one. */
static enum err skip_inner_gap(struct reader *reader, enum err why)
{
    if (!reader->gap_err)
        reader->gap_err = why != ERR_SYNTAX ? why : reader->behind_inner ? ERR_LENGTH : ERR_GARBAGE;
    for (;;) {
        size_t bytes = reader->member.bytes, next = (size_t)reader->member_at + 1;
        reader->member_at = record_find(reader->member, next, reader->all_kinds & MEMBER_ARC);
        if (reader->member_at < bytes || reader->window_is_last)
            return ERR_OK;
        /* A version line near the end may have its fields behind it. */
        size_t kept = bytes / 2 < LIMIT_SEARCH_BYTES ? bytes / 2 : LIMIT_SEARCH_BYTES + 1;
        TRY(slide(reader, reader->window_at + (next + kept < bytes ? bytes - kept : next)));
    }
}

/* Inside a member no archive bytes can be named for a gap; only a member without any record is lost as a
 * whole. */
static void report_inner_gap(struct reader *reader, bool lost)
{
    if (reader->gap_err && !reader->member_err) {
        reader_report(reader, reader->gap_err, reader->here.at, lost ? reader->here.bytes : 0);
        if (lost)
            reader->understood_bytes -= reader->here.bytes;
    }
    reader->gap_err = ERR_OK;
}

/* The last record that a damaged member gives may hold bytes that were never in it. A cut one shows its own
 * end. */
static bool is_spoilt(const struct reader *reader)
{
    struct record next;
    bool cut_shows = reader->member_err != ERR_CORRUPT && reader->member_err != ERR_CHECKSUM;
    if (cut_shows || !reader->window_is_last)
        return false;
    enum err err = record_read(span_from(reader->member, (size_t)reader->member_at), true, &next);
    return err && err != ERR_NO_LENGTH &&
           record_find(reader->member, (size_t)reader->member_at, reader->all_kinds & MEMBER_ARC) ==
               reader->member.bytes;
}

static enum err take_inner(struct reader *reader, enum err err, struct record *record, struct place *place)
{
    report_inner_gap(reader, false);
    *place = reader->here;
    place->inner = reader->window_at + reader->member_at;
    bool is_cut = record->block.bytes < record->declared_bytes && !reader->window_is_last;
    if (!is_cut && !reader->member_err)
        TRY(reader_mend(reader, span_from(reader->member, (size_t)reader->member_at), record, &err));
    reader->member_at += record->raw.bytes;
    if (is_cut) {
        uint64_t rest_bytes = record->declared_bytes - record->block.bytes;
        bool needed =
            !reader->needs || reader->needs->ask(reader->needs->context, record) == READER_NEED_BODY;
        reader->member_at += rest_bytes;
        err = needed ? ERR_TOO_LARGE : err;
        record->unread_bytes = needed ? 0 : rest_bytes;
        record->partial = needed || record->truncated.bytes > 0;
    }
    reader->behind_inner = true;
    record->partial |= is_spoilt(reader);
    if (!reader->member_err)
        reader_report_record(reader, err, record, place->at);
    reader->record_count++;
    return ERR_OK;
}

/* Whether the next member begins in the middle of something, and can be read. in_head: fields are then no record of their
 * own that lost its version line. */
static enum err goes_on(const struct reader *reader, struct span next, bool in_head, bool *out)
{
    struct span prefix;
    *out = false;
    if (!member_is_packed(next))
        return ERR_OK;
    enum err err = inflater_prefix(reader->inflater, next, GLANCE_BYTES, &prefix);
    bool is_bare = record_head_is_bare(span_from(prefix, record_head_skip_line_ends(prefix, 0)));
    *out = !err && (is_bare ? in_head : !landing_can_begin(prefix, true));
    return err_is_run(err) ? err : ERR_OK;
}

/*
 * A record may be spread over members: head and body in one each, frames of a fixed size. What is left of this member goes
 * to the front and the next ones behind it, until there are `want_bytes`.
 */
static enum err join(struct reader *reader, size_t want_bytes, bool in_head, bool *out)
{
    struct span kept = span_from(reader->member, (size_t)reader->member_at);
    *out = false;
    while (kept.bytes < want_bytes && reader->window_is_last) {
        struct span next = span_from(reader->file, reader->at);
        bool more;
        size_t bytes;
        TRY(goes_on(reader, next, in_head, &more));
        if (!more)
            return ERR_OK;
        enum err err =
            inflater_join(reader->inflater, kept, next, reader->window_bytes, &reader->member, &bytes);
        if (err_is_run(err))
            return err;
        bool good = err == ERR_OK || err == ERR_TOO_LARGE;
        reader->member = good ? reader->member : span_first(reader->member, kept.bytes);
        reader->window_at += reader->member_at;
        reader->member_at = 0;
        *out = true; /* also when nothing came to it: what was read has moved */
        reader->is_closed = !good;
        if (!good)
            return ERR_OK;
        reader->last_at = reader->at;
        reader->last_from = reader->window_at + kept.bytes;
        reader->at += bytes;
        reader->here.bytes += bytes;
        reader->understood_bytes += bytes;
        reader->member_count++;
        reader->window_is_last = reader->member.bytes < reader->window_bytes;
        kept = reader->member;
    }
    return ERR_OK;
}

/* Too little of a line to tell whether a record begins with it. */
static bool is_cut_line(struct span rest, enum err err)
{
    return err == ERR_SYNTAX && span_find(rest, '\n', record_head_skip_line_ends(rest, 0)) == rest.bytes;
}

/* How much of what begins here would be enough; 0: it is whole, or what it is can be told. *in_head: of a head. */
static size_t wanted_bytes(struct span rest, enum err err, const struct record *record, bool *in_head)
{
    uint64_t behind = record->declared_bytes - record->block.bytes;
    *in_head = err != ERR_OK || behind == 0;
    if (err == ERR_OK && behind > 0)
        return rest.bytes + (behind < INT32_MAX ? (size_t)behind : INT32_MAX);
    if (err == ERR_OK) { /* whether its length led to a record, the rest of the line behind it tells */
        struct span line = span_from(rest, record->raw.bytes);
        return line.bytes && is_cut_line(line, ERR_SYNTAX) ? rest.bytes + 1 : 0;
    }
    return err == ERR_TRUNCATED || is_cut_line(rest, err) ? 2 * rest.bytes : 0;
}

enum err inside_next(struct reader *reader, struct record *out, struct place *place)
{
    for (;;) {
        size_t at =
            reader->member_at < reader->member.bytes ? (size_t)reader->member_at : reader->member.bytes;
        struct span rest = span_from(reader->member, at);
        enum err err = record_read(rest, true, out);
        bool is_record = err == ERR_OK || err == ERR_NO_LENGTH;
        bool is_open = reader->window_is_last && !reader->member_err && !reader->is_closed;
        bool joined = false, in_head;
        size_t want_bytes = is_open ? wanted_bytes(rest, err, out, &in_head) : 0;
        if (want_bytes)
            TRY(join(reader, want_bytes, in_head, &joined));
        if (joined)
            continue;
        bool to_the_end =
            is_record ? out->raw.bytes == rest.bytes : err != ERR_SYNTAX || is_cut_line(rest, err);
        if (err == ERR_END && !reader->window_is_last) {
            TRY(slide(reader, reader->window_at + reader->member_at + rest.bytes));
        } else if (to_the_end && !reader->window_is_last && reader->member_at > 0) {
            TRY(slide(reader, reader->window_at + reader->member_at));
        } else if (is_record) {
            return take_inner(reader, err, out, place);
        } else if (err == ERR_END) {
            report_inner_gap(reader, !reader->behind_inner);
            reader->in_member = false;
            return ERR_END;
        } else {
            TRY(skip_inner_gap(reader, err));
        }
    }
}
