// SPDX-License-Identifier: MIT
#include "1_read/arc.h"

#include "1_read/record_head.h"
#include "base/limits.h"

/* Words looked at from the right: the ten fields of v2, and a type of some words. */
#define MAX_WORDS      24u
#define LONGEST_SCHEME 32u
#define MIN_DATE       8u
#define MAX_DATE       18u
#define DIGEST_DIGITS  32u
#define V2_BEHIND_DATE 7u /* type result checksum location offset filename length */

/* The words of a line, counted from its right end. */
struct words {
    struct span item[MAX_WORDS];
    size_t count;
};
struct arc_line {
    struct span url, date, type, length;
    bool is_v2, is_plain; /* is_plain: every field is as the format has it, or its length negative */
};

static size_t count_digits(struct span s)
{
    size_t n = 0;
    while (n < s.bytes && ascii_is_digit(s.at[n]))
        n++;
    return n;
}

static bool is_number(struct span s)
{
    return s.bytes && count_digits(s) == s.bytes;
}

static bool is_number_or_less(struct span s)
{
    return is_number(s) || (s.bytes && s.at[0] == '-' && count_digits(span_from(s, 1)) == s.bytes - 1);
}

/* Some crawlers wrote 15 to 18 digits, digits and text, or a digest where the date belongs. */
static bool is_date(struct span s)
{
    if (count_digits(s) >= MIN_DATE)
        return true;
    size_t n = 0;
    while (n < s.bytes && ascii_hex(s.at[n]) >= 0)
        n++;
    return n == DIGEST_DIGITS && n == s.bytes;
}

static bool is_address(struct span s)
{
    bool separated = false;
    for (size_t i = 0; i < s.bytes; i++) {
        bool separates = s.at[i] == '.' || s.at[i] == ':';
        if (!separates && ascii_hex(s.at[i]) < 0)
            return false;
        separated |= separates;
    }
    return separated;
}

static bool is_no_address(struct span s)
{
    return span_equal(s, SPAN("0")) || span_equal(s, SPAN("-"));
}

static bool has_scheme(struct span s)
{
    size_t colon = span_find(span_first(s, LONGEST_SCHEME), ':', 0);
    if (colon == 0 || colon == span_first(s, LONGEST_SCHEME).bytes || !ascii_is_alpha(s.at[0]))
        return false;
    for (size_t i = 1; i < colon; i++)
        if (!ascii_is_alpha(s.at[i]) && !ascii_is_digit(s.at[i]) && !strchr("+-.", s.at[i]))
            return false;
    return true;
}

static void split(struct span line, struct words *out)
{
    out->count = 0;
    while (out->count < MAX_WORDS) {
        size_t blank = span_find_last(line, ' ');
        bool is_first = blank == line.bytes;
        out->item[out->count++] = is_first ? line : span_from(line, blank + 1);
        if (is_first)
            return;
        line = span_first(line, blank);
    }
}

/* The word (from the right) behind address and date, whichever of the two is first; 0: none. What is left of them is the
 * URL, which may hold blanks, so the rightmost pair counts. */
static size_t find_pair(const struct words *w, bool (*is_host)(struct span), bool *is_swapped)
{
    for (size_t i = 1; i + 2 < w->count; i++) {
        bool usual = is_date(w->item[i]) && is_host(w->item[i + 1]);
        *is_swapped = !usual && is_host(w->item[i]) && is_date(w->item[i + 1]);
        if (usual || *is_swapped)
            return i;
    }
    return 0;
}

/* An address with something behind it that is no date, and a number at the end. */
static size_t find_address(const struct words *w)
{
    for (size_t i = 2; i + 2 < w->count; i++)
        if (is_address(w->item[i + 1]) && is_number_or_less(w->item[0]))
            return i;
    return 0;
}

static struct span from_to(struct span first, struct span last)
{
    return span_of(first.at, (size_t)(last.at + last.bytes - first.at));
}

/* The `behind` words behind the date. */
static void read_behind(const struct words *w, size_t behind, struct arc_line *out)
{
    out->is_v2 = behind >= V2_BEHIND_DATE && is_number_or_less(w->item[2]) && is_number_or_less(w->item[5]);
    bool has_length = behind > 1 || is_number_or_less(w->item[0]);
    size_t not_type = out->is_v2 ? V2_BEHIND_DATE - 1 : has_length;
    if (has_length)
        out->length = w->item[0];
    if (behind > not_type)
        out->type = span_trim(from_to(w->item[behind - 1], w->item[not_type]));
}

static bool read_fields(struct span line, struct arc_line *out)
{
    struct words w;
    bool is_swapped = false;
    split(line, &w);
    size_t date = find_pair(&w, is_address, &is_swapped);
    bool is_sure = date && !is_swapped;
    if (!date)
        date = find_pair(&w, is_no_address, &is_swapped);
    if (!date)
        date = find_address(&w);
    if (!date)
        return false;
    out->date = w.item[is_swapped ? date + 1 : date];
    out->url = span_trim(span_of(line.at, (size_t)(w.item[date + 1].at - line.at)));
    read_behind(&w, date, out);
    out->is_plain = is_sure && is_number(out->date) && out->date.bytes <= MAX_DATE && date > 1 &&
                    is_number(span_starts(out->length, SPAN("-")) ? span_from(out->length, 1) : out->length);
    return true;
}

/* Nothing but its scheme is sure of the line that begins a version block; it is known all the same. */
static void read_filedesc(struct span line, struct arc_line *out)
{
    struct words w;
    split(line, &w);
    out->url = span_first(line, span_find(line, ' ', 0));
    out->length = w.count > 1 ? w.item[0] : SPAN_NONE;
    out->date = w.count > 3 ? w.item[2] : SPAN_NONE;
}

/* The header line at the start of s, without and (*bytes) with its line end. */
static bool read_line(struct span s, struct arc_line *out, size_t *bytes)
{
    struct span near = span_first(s, LIMIT_ARC_LINE_BYTES);
    if (!has_scheme(near))
        return false;
    *out = (struct arc_line){0};
    *bytes = span_find(near, '\n', 0) + 1;
    if (*bytes > near.bytes)
        return false;
    struct span line = span_trim(span_first(near, *bytes));
    if (read_fields(line, out))
        return true;
    if (!span_starts(line, SPAN("filedesc:")))
        return false;
    read_filedesc(line, out);
    return true;
}

enum err arc_read(struct span s, struct record *record)
{
    struct arc_line line;
    size_t bytes;
    if (!read_line(s, &line, &bytes))
        return ERR_SYNTAX;
    record->is_arc = true;
    record->version_major = line.is_v2 ? 2 : 1;
    record->head = span_first(s, bytes);
    record->target_uri = line.url;
    record->date = line.date;
    record->content_type = line.type;
    record->length_text = line.length;
    record->type = span_starts(line.url, SPAN("filedesc:")) ? RECORD_WARCINFO : RECORD_RESPONSE;
    return ERR_OK;
}

enum err arc_date(struct span text, int64_t *out)
{
    size_t digits = count_digits(text);
    return digits < MIN_DATE ? ERR_SYNTAX : record_date_digits(span_first(text, digits), out);
}

/* "1 0 InternetArchive": the version, then the names of the fields, which tell nothing that the lines do not. */
void arc_split_version_block(struct record *record)
{
    struct span rest = record->block, line = span_cut_line(&rest), major = span_cut(&line, ' ');
    uint64_t numbers[2];
    if (!span_to_u64(major, &numbers[0]) || !span_to_u64(span_cut(&line, ' '), &numbers[1]) ||
        numbers[0] > UINT32_MAX || numbers[1] > UINT32_MAX)
        return;
    record->version_major = (unsigned)numbers[0];
    record->version_minor = (unsigned)numbers[1];
    if (span_starts(rest, SPAN("URL ")))
        span_cut_line(&rest);
    size_t bytes = record->block.bytes - rest.bytes;
    record->head.bytes += bytes;
    record->block = span_from(record->block, bytes);
    record->declared_bytes -= bytes;
}

size_t arc_find(struct span s, size_t from, size_t to)
{
    for (size_t at = from; at < to; at = span_find(s, '\n', at) + 1) {
        struct arc_line line;
        size_t bytes;
        bool is_start = at == 0 || s.at[at - 1] == '\n';
        if (is_start && read_line(span_from(s, at), &line, &bytes) && line.is_plain)
            return at;
    }
    return to;
}
