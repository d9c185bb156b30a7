// SPDX-License-Identifier: MIT
#include "1_read/reader.h"

#include "1_read/inside.h"
#include "1_read/landing.h"
#include "1_read/member.h"
#include "1_read/record_head.h"
#include "1_read/skip.h"
#include "base/bytes.h"
#include "base/limits.h"
#include "ext/ext_deflate.h"

/* Damaged members that begin in what damaged ones before them swallowed. */
#define MAX_LAYERS 16u
/* Of a copy: so much must be left of it behind the first byte of a member. */
#define NEAR_LEAST_BYTES (128u << 10)

/* A guess looks for the kind the file began with only: the other kind is more often the content of a stored
 * body. After damage both are looked for, since files may be concatenated. ARC lines, which are plain text, are never
 * looked for in a WARC. */
static void choose_kinds(struct reader *reader)
{
    static const unsigned kinds[SOURCE_KIND_COUNT] = {
        [SOURCE_WARC] = MEMBER_PLAIN,    [SOURCE_ARC] = MEMBER_PLAIN | MEMBER_ARC,
        [SOURCE_WARC_GZ] = MEMBER_GZIP,  [SOURCE_ARC_GZ] = MEMBER_GZIP | MEMBER_ARC,
        [SOURCE_WARC_ZST] = MEMBER_ZSTD, [SOURCE_ARC_ZST] = MEMBER_ZSTD | MEMBER_ARC,
    };
    reader->own_kinds = kinds[reader->kind];
    reader->all_kinds = reader->own_kinds | MEMBER_GZIP | MEMBER_PLAIN;
}

void reader_init(struct reader *reader, struct span file, enum source_kind kind, uint64_t lo, uint64_t hi,
                 bool exact, struct inflater *inflater, reader_fault_fn *fault, void *fault_context)
{
    *reader = (struct reader){
        .file = file,
        .kind = kind,
        .at = lo < file.bytes ? lo : file.bytes,
        .hi = hi < file.bytes ? hi : file.bytes,
        .exact = exact || lo == 0,
        .window_bytes = LIMIT_MEMBER_BYTES,
        .inflater = inflater,
        .fault = fault,
        .fault_context = fault_context,
    };
    choose_kinds(reader);
}

void reader_report(const struct reader *reader, enum err err, uint64_t at, uint64_t bytes)
{
    reader->fault(reader->fault_context, err, at, bytes);
}

static struct span rest_of(const struct reader *reader)
{
    return span_from(reader->file, reader->at);
}

/* The same out of the copy, if it holds a gzip member's beginning with what is looked at before the member is read. The copy
 * may end before the member does. */
static struct span near_rest(const struct reader *reader)
{
    uint64_t at = reader->at - reader->near_at;
    if (reader->at < reader->near_at || at >= reader->near.bytes)
        return rest_of(reader);
    struct span near = span_from(reader->near, (size_t)at);
    return near.bytes >= NEAR_LEAST_BYTES && member_is_gzip(near) ? near : rest_of(reader);
}

static bool is_cut(const struct reader *reader, struct span near)
{
    return near.bytes < reader->file.bytes - reader->at;
}

/* A guess may come from the copy: it is proved, or not, by whoever asked for it. */
static enum err guess(struct reader *reader, uint64_t hi)
{
    uint64_t at = reader->at - reader->near_at, to = hi - reader->near_at;
    bool is_near = reader->at >= reader->near_at && to + NEAR_LEAST_BYTES <= reader->near.bytes;
    if (!is_near)
        return member_find(reader->inflater, reader->file, reader->own_kinds, reader->at, hi, &reader->at);
    TRY(member_find(reader->inflater, reader->near, reader->own_kinds, at, to, &at));
    reader->at = reader->near_at + at;
    return ERR_OK;
}

static enum err start(struct reader *reader)
{
    reader->started = true;
    TRY(inflater_archive(reader->inflater, reader->file));
    if (!reader->exact) {
        uint64_t hi = reader->hi > reader->at ? reader->hi : reader->at;
        TRY(guess(reader, hi));
        reader->done = reader->at == hi;
    }
    reader->first_at = reader->end_at = reader->at;
    return ERR_OK;
}

/* Less than member_find asks for: where the record before has ended, a version line is enough, or a line of an ARC. */
static bool can_begin(struct span s)
{
    return member_is_packed(s) || landing_can_begin(s, true);
}

static enum err skip_gap(struct reader *reader, enum err why)
{
    uint64_t from = reader->at;
    TRY(member_find(reader->inflater, reader->file, reader->all_kinds, from + 1, reader->file.bytes,
                    &reader->at));
    reader_report(reader, why, from, reader->at - from);
    return ERR_OK;
}

/* Moves to where something can begin, or to the end of the file. */
static enum err settle(struct reader *reader)
{
    while (reader->at < reader->file.bytes && !member_is_packed(near_rest(reader)) &&
           !can_begin(rest_of(reader))) {
        uint64_t from = reader->at;
        while (reader->at < reader->file.bytes && reader->file.at[reader->at] == '\0')
            reader->at++;
        if (reader->at > from)
            reader_report(reader, ERR_PADDING, from, reader->at - from);
        else
            TRY(skip_gap(reader, reader->behind_record ? ERR_LENGTH : ERR_GARBAGE));
        reader->behind_record = false;
    }
    return ERR_OK;
}

static bool is_known_version(const struct record *record)
{
    unsigned version = record->version_major * 100 + record->version_minor;
    if (record->is_arc)
        return version == 100 || version == 101 || version == 200;
    return version == 17 || version == 18 || version == 100 || version == 101;
}

void reader_report_record(const struct reader *reader, enum err err, const struct record *record, uint64_t at)
{
    if (err)
        reader_report(reader, err, at, 0);
    if (!is_known_version(record))
        reader_report(reader, ERR_VERSION, at, 0);
    if (record->odd_lines)
        reader_report(reader, ERR_FIELD, at, 0);
}

/* Damaged deflate may decode on through the members behind it, and end where one of them ends: its ISIZE tells. */
static bool is_length_right(const struct reader *reader, uint64_t at, uint64_t end)
{
    bool has_isize = member_is_gzip(span_from(reader->file, at));
    return !has_isize || (reader->member.bytes < reader->window_bytes &&
                          bytes_u32_le(reader->file.at + end - 4) == (uint32_t)reader->member.bytes);
}

/*
 * The end of a damaged member is unknown: the bytes that inflated may already belong to the next ones (a
 * crawler was killed and started again), so these are looked at, too. Not for ever, however: a crafted nest
 * of damaged members would be inflated from each of its layers.
 */
static enum err find_behind_damage(struct reader *reader, enum err err, uint64_t at, uint64_t damaged_to,
                                   uint64_t *out)
{
    struct inflater *inflater = reader->inflater;
    *out = damaged_to;
    if (err == ERR_CHECKSUM && is_length_right(reader, at, damaged_to)) {
        if (damaged_to == reader->file.bytes)
            return ERR_OK;
        TRY(member_find(inflater, reader->file, reader->all_kinds, damaged_to, damaged_to + 1, out));
        if (*out == damaged_to)
            return ERR_OK;
    }
    reader->layer = at < reader->swallowed_to ? reader->layer + 1 : 0;
    if (damaged_to > reader->swallowed_to)
        reader->swallowed_to = damaged_to;
    *out = reader->swallowed_to;
    if (reader->layer < MAX_LAYERS)
        TRY(member_find(inflater, reader->file, reader->all_kinds & ~(unsigned)MEMBER_PLAIN, at + 1, *out,
                        out));
    if (*out == reader->swallowed_to)
        TRY(member_find(inflater, reader->file, reader->all_kinds, *out, reader->file.bytes, out));
    return ERR_OK;
}

/* A zstd frame need not have a checksum: of one that lost bytes, the end shows that it took them from the frame behind. */
static enum err check_end(const struct reader *reader, bool is_gzip, uint64_t at, uint64_t end, enum err *err)
{
    uint64_t inside = end;
    if (*err == ERR_OK && !is_gzip && !landing_leads_on(span_from(reader->file, end), true))
        TRY(member_find(reader->inflater, reader->file, MEMBER_GZIP | MEMBER_ZSTD | MEMBER_ARC, at + 1, end,
                        &inside));
    if (inside < end)
        *err = ERR_CORRUPT;
    return ERR_OK;
}

static enum err open_member(struct reader *reader)
{
    size_t bytes;
    uint64_t at = reader->at;
    struct span in = near_rest(reader);
    enum err err = inflater_member(reader->inflater, in, reader->window_bytes, &reader->member, &bytes);
    if (err && err != ERR_TOO_LARGE && is_cut(reader, in))
        err =
            inflater_member(reader->inflater, rest_of(reader), reader->window_bytes, &reader->member, &bytes);
    if (err_is_run(err))
        return err;
    if (err == ERR_SYNTAX)
        return skip_gap(reader, ERR_GARBAGE);
    if (err == ERR_DICTIONARY || err == ERR_WINDOW) {
        reader->at += bytes;
        reader_report(reader, err, at, bytes);
        return ERR_OK;
    }
    err = err == ERR_TOO_LARGE ? ERR_OK : err;
    TRY(check_end(reader, member_is_gzip(in), at, at + bytes, &err));
    reader->member_err = err;
    reader->at += bytes;
    if (reader->member_err) {
        TRY(find_behind_damage(reader, err, at, at + bytes, &reader->at));
        reader_report(reader, err, at, reader->at - at);
    } else {
        reader->understood_bytes += bytes;
    }
    reader->here = (struct place){at, reader->at - at < bytes ? reader->at - at : bytes, 0};
    reader->window_at = reader->member_at = reader->last_from = 0;
    reader->last_at = at;
    reader->window_is_last = reader->member.bytes < reader->window_bytes;
    reader->member_count++;
    reader->in_member = true;
    reader->is_closed = false;
    reader->behind_inner = false;
    reader->gap_err = ERR_OK;
    return ERR_OK;
}

/* Where behind the record, an offset in `bytes`, the next one begins: near, or the end; else *out is 0. */
static enum err find_near(struct reader *reader, struct span bytes, const struct record *record, size_t *out)
{
    size_t end = record->raw.bytes,
           to = end + LIMIT_LANDING_BYTES < bytes.bytes ? end + LIMIT_LANDING_BYTES : bytes.bytes;
    uint64_t next;
    unsigned plain = MEMBER_PLAIN | MEMBER_ARC,
             kinds = reader->in_member ? reader->all_kinds & plain : reader->all_kinds;
    TRY(member_find(reader->inflater, bytes, kinds, end, to, &next));
    *out = next < to || to == bytes.bytes ? (size_t)next : 0;
    return ERR_OK;
}

enum err reader_mend(struct reader *reader, struct span bytes, struct record *record, enum err *err)
{
    size_t next = 0;
    if (*err || landing_is_good(bytes, record))
        return ERR_OK;
    if (landing_choose_length(bytes, record) || landing_shorten(bytes, record)) {
        *err = ERR_LENGTH;
        return ERR_OK;
    }
    /* What stands behind the line ends is another matter. They may stand there by chance, of an ARC one, in what
     * is left of the block: hence only after a look for records in it. */
    if (landing_is_terminated(bytes, record))
        return ERR_OK;
    bool is_short = record->block.bytes < record->declared_bytes;
    record->partial = true;
    *err = is_short && !reader->in_member ? ERR_TRUNCATED : ERR_LENGTH;
    if (landing_shorten_near(bytes, record)) {
        *err = ERR_LENGTH;
        return ERR_OK;
    }
    if (!is_short)
        TRY(find_near(reader, bytes, record, &next));
    if (next)
        landing_end_at(bytes, next, record);
    else if (!is_short)
        *err = ERR_OK; /* the gap behind it says so */
    return ERR_OK;
}

/* ERR_END: the member has to be inflated. */
static enum err next_skipped(struct reader *reader, struct record *out, struct place *place)
{
    struct skip skip;
    enum skip_answer answer;
    struct span in = near_rest(reader);
    if (!reader->needs || reader->complete || !member_is_packed(in) ||
        reader->at < reader->swallowed_to) /* behind damage nothing is taken on trust */
        return ERR_END;
    TRY(skip_member(reader->inflater, in, is_cut(reader, in), reader->needs, &answer, &skip));
    if (answer == SKIP_IMPOSSIBLE && is_cut(reader, in))
        TRY(skip_member(reader->inflater, rest_of(reader), false, reader->needs, &answer, &skip));
    reader->skip_counts[answer]++;
    if (answer != SKIP_PROVEN)
        return ERR_END;
    *out = skip.record;
    *place = (struct place){reader->at, skip.bytes, 0};
    reader->at += skip.bytes;
    reader->understood_bytes += skip.bytes;
    reader->skipped_bytes += skip.bytes;
    reader->member_count++;
    reader->record_count++;
    reader_report_record(reader, ERR_OK, out, place->at);
    return ERR_OK;
}

/* ERR_END: no record could be read here, and the reader has moved on. */
static enum err next_plain(struct reader *reader, struct record *out, struct place *place)
{
    enum err err = record_read(rest_of(reader), true, out);
    if (err && err != ERR_NO_LENGTH) {
        TRY(skip_gap(reader, err));
        return ERR_END;
    }
    TRY(reader_mend(reader, rest_of(reader), out, &err));
    *place = (struct place){reader->at, out->raw.bytes, 0};
    reader->at += out->raw.bytes;
    reader->understood_bytes += out->raw.bytes;
    reader->behind_record = true;
    reader_report_record(reader, err, out, place->at);
    reader->record_count++;
    return ERR_OK;
}

enum err reader_next(struct reader *reader, struct record *out, struct place *place)
{
    enum err err = ERR_END;
    if (!reader->started)
        TRY(start(reader));
    while (err == ERR_END && !reader->done) {
        if (reader->in_member) {
            err = inside_next(reader, out, place);
            continue;
        }
        TRY(settle(reader));
        reader->end_at = reader->at;
        reader->done = reader->at == reader->file.bytes ||
                       (reader->at >= reader->hi && reader->at >= reader->swallowed_to);
        if (reader->done)
            break;
        if (!member_is_packed(near_rest(reader))) {
            err = next_plain(reader, out, place);
            continue;
        }
        reader->behind_record = false;
        err = next_skipped(reader, out, place);
        if (err == ERR_END)
            TRY(open_member(reader));
    }
    return err;
}
