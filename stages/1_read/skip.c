// SPDX-License-Identifier: MIT
#include "1_read/skip.h"

#include "1_read/member.h"
#include "base/bytes.h"
#include "base/find.h"
#include "base/limits.h"
#include "ext/ext_deflate.h"
#include "ext/ext_zstd.h"

/* A member with another one so near behind its head is read whole: that is cheaper than a second look at it. So is one that is
 * longer, but shrank as text does: it is likely to be needed, and quick to inflate. */
#define SHORT_BYTES 4096u
#define NEAR_BYTES  16384u
#define TEXT_RATIO  2u
/* The first holds both heads of four records in five, the second of nearly all; the last those with big cookies and policies. */
static const size_t prefix_bytes[] = {1280, 2048, 4096, 65536};
#define GZIP_MIN_BYTES 18u
/* RFC 1951: nothing shrinks by more. */
#define DEFLATE_RATIO 1032u
/* More than any encoder in use adds: stored blocks cost 5 bytes in 65535, zlib's own bound is below a thousandth, and one that
 * flushes every 400 bytes stays below this. */
#define EXPANSION_SHARE 64u
#define EXPANSION_BYTES 4096u

/* Where the first member behind this one may begin; `to` or more: not before that. */
static size_t find_start(struct span in, size_t to)
{
    struct span range = span_first(in, to + 1);
    size_t found = find_three(range, "\x1f\x8b\x08", GZIP_MIN_BYTES - 1);
    return found < range.bytes ? found : to;
}

static bool is_short(struct span in)
{
    size_t end = find_start(in, NEAR_BYTES);
    if (end < SHORT_BYTES || in.bytes < SHORT_BYTES)
        return true;
    return end < NEAR_BYTES && bytes_u32_le(in.at + end - 4) / TEXT_RATIO >= end;
}

/* Inflates as much as it takes to tell; the record's block is what there is of it. */
static enum err read_head(struct inflater *inflater, struct span in, const struct reader_needs *needs,
                          struct record *record, uint64_t *inflated_bytes, enum skip_answer *answer)
{
    for (size_t i = 0; i < sizeof prefix_bytes / sizeof *prefix_bytes; i++) {
        struct span prefix;
        *answer = SKIP_IMPOSSIBLE;
        enum err err = i ? inflater_prefix_more(inflater, prefix_bytes[i], &prefix)
                         : inflater_prefix(inflater, in, prefix_bytes[i], &prefix);
        if (err_is_run(err))
            return err;
        if (err || prefix.bytes < prefix_bytes[i])
            return ERR_OK;                       /* damaged, or hardly longer than this */
        err = record_read(prefix, true, record); /* true: as much of the block as there is */
        bool fits = err == ERR_OK && record->block.bytes < record->declared_bytes;
        if (err == ERR_OK && !fits)
            return ERR_OK; /* the record ends in the prefix: there are more in the member */
        enum reader_need need = fits ? needs->ask(needs->context, record) : READER_NEED_UNKNOWN;
        *inflated_bytes = prefix.bytes - record->block.bytes + record->declared_bytes;
        *answer = need == READER_NEED_BODY ? SKIP_WANTED : SKIP_PROVEN;
        if (need != READER_NEED_UNKNOWN)
            return ERR_OK;
    }
    *answer = SKIP_IMPOSSIBLE;
    return ERR_OK;
}

struct frame {
    size_t bytes;
    uint64_t content_bytes;
};

/* Where the member can end so that its trailer says one of the three lengths. */
struct search {
    struct span in;
    size_t from, to; /* of the ends */
    uint32_t lengths[3];
    size_t found_count, end;
};

static void look_at(struct search *s, size_t end)
{
    uint32_t isize = bytes_u32_le(s->in.at + end - 4);
    for (uint32_t i = 0; i < 3; i++)
        if (isize == s->lengths[i]) {
            s->found_count++;
            s->end = end;
        }
}

/* The three lengths share their upper three bytes, but where the lowest overflows. */
static void search_upper(struct search *s, uint32_t length)
{
    const char upper[3] = {(char)(length >> 8), (char)(length >> 16), (char)(length >> 24)};
    struct span range = span_first(s->in, s->to);
    for (size_t at = s->from - sizeof upper; s->found_count < 2; at++) {
        at = find_three(range, upper, at);
        if (at >= range.bytes)
            return;
        look_at(s, at + sizeof upper);
    }
}

static bool next_is_member(struct span in, size_t end)
{
    return end == in.bytes || member_is_packed(span_from(in, end));
}

/* Of a gzip member the end is sought. */
static enum skip_answer find_end(struct span in, bool is_cut, uint64_t inflated_bytes,
                                 uint32_t line_end_bytes, uint64_t *bytes)
{
    uint64_t least = inflated_bytes / DEFLATE_RATIO + GZIP_MIN_BYTES;
    uint64_t most = inflated_bytes + inflated_bytes / EXPANSION_SHARE + EXPANSION_BYTES;
    struct search s = {.in = in, .from = (size_t)least, .to = most < in.bytes ? (size_t)most : in.bytes};
    if (least > in.bytes || (is_cut && most + GZIP_MIN_BYTES > in.bytes))
        return SKIP_IMPOSSIBLE;
    for (uint32_t i = 0; i < 3; i++)
        s.lengths[i] = (uint32_t)(inflated_bytes + line_end_bytes * i);
    search_upper(&s, s.lengths[0]);
    if (s.lengths[0] >> 8 != s.lengths[2] >> 8)
        search_upper(&s, s.lengths[2]);
    if (s.found_count > 1 || (s.found_count == 1 && find_start(in, s.end - 1) < s.end - 1))
        return SKIP_AMBIGUOUS;
    *bytes = s.end;
    return s.found_count && next_is_member(in, s.end) ? SKIP_PROVEN : SKIP_IMPOSSIBLE;
}

/* A zstd frame tells where it ends and how long its content is: it must be that of the record. */
static enum skip_answer check_frame(struct span in, const struct frame *frame, uint64_t inflated_bytes,
                                    uint32_t line_end_bytes, uint64_t *bytes)
{
    *bytes = frame->bytes;
    for (uint32_t i = 0; i < 3; i++)
        if (frame->content_bytes == inflated_bytes + line_end_bytes * i)
            return next_is_member(in, frame->bytes) ? SKIP_PROVEN : SKIP_IMPOSSIBLE;
    return SKIP_IMPOSSIBLE;
}

enum err skip_member(struct inflater *inflater, struct span in, bool is_cut, const struct reader_needs *needs,
                     enum skip_answer *answer, struct skip *out)
{
    uint64_t inflated_bytes = 0;
    bool is_gzip = member_is_gzip(in);
    struct frame frame = {0};
    if (!is_gzip && zstd_extent(in, &frame.bytes, &frame.content_bytes))
        frame.bytes = 0;
    *answer = SKIP_SHORT;
    if (is_gzip ? is_short(in) : frame.bytes < SHORT_BYTES)
        return ERR_OK;
    TRY(read_head(inflater, in, needs, &out->record, &inflated_bytes, answer));
    if (*answer != SKIP_PROVEN)
        return ERR_OK;
    uint32_t line_end_bytes = out->record.is_arc ? 1 : 2;
    if (inflated_bytes > INT64_MAX / 2)
        *answer = SKIP_IMPOSSIBLE;
    else if (is_gzip)
        *answer = find_end(in, is_cut, inflated_bytes, line_end_bytes, &out->bytes);
    else
        *answer = check_frame(in, &frame, inflated_bytes, line_end_bytes, &out->bytes);
    if (*answer != SKIP_PROVEN)
        return ERR_OK;
    out->record.unread_bytes = out->record.declared_bytes - out->record.block.bytes;
    out->record.partial = out->record.truncated.bytes > 0;
    return ERR_OK;
}
