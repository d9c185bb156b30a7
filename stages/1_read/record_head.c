// SPDX-License-Identifier: MIT
#include "1_read/record_head.h"

#include "base/limits.h"

#define VERSION_DIGITS 3u
#define BARE_FIELDS    3u
#define SHORTEST_NAME  9u
#define LONGEST_NAME   25u

/* One row per field we hand out, those of equal length together: a name is compared with at most four. */
enum value_kind { TEXT, URI };
struct field {
    struct span name;
    enum value_kind kind;
    size_t offset;
};
// clang-format off
#define FIELD(text, kind, member) {{(text), sizeof(text) - 1}, kind, offsetof(struct record, member)}
static const struct field fields[] = {
    FIELD("warc-type", TEXT, type_text),
    FIELD("warc-date", TEXT, date),
    FIELD("warc-profile", URI, profile),
    FIELD("warc-page-id", TEXT, page_id),
    FIELD("content-type", TEXT, content_type),
    FIELD("warc-filename", TEXT, filename),
    FIELD("content-length", TEXT, length_text),
    FIELD("warc-record-id", URI, id),
    FIELD("warc-truncated", TEXT, truncated),
    FIELD("warc-refers-to", URI, refers_to),
    FIELD("warc-target-uri", URI, target_uri),
    FIELD("warc-warcinfo-id", URI, warcinfo_id),
    FIELD("warc-block-digest", TEXT, block_digest),
    FIELD("warc-concurrent-to", URI, concurrent_to),
    FIELD("warc-resource-type", TEXT, resource_type),
    FIELD("warc-payload-digest", TEXT, payload_digest),
    FIELD("warc-refers-to-date", TEXT, refers_to_date),
    FIELD("warc-segment-number", TEXT, segment_number),
    FIELD("warc-segment-origin-id", URI, segment_origin),
    FIELD("warc-refers-to-target-uri", URI, refers_to_uri),
    FIELD("warc-segment-total-length", TEXT, segment_total),
};
/* First row of each length. */
static const unsigned char first_of_length[LONGEST_NAME + 1] = {
    [9] = 0, [12] = 2, [13] = 5, [14] = 6, [15] = 10, [16] = 11, [17] = 12, [18] = 13, [19] = 15, [22] = 18, [25] = 19,
};
// clang-format on
#define FIELD_COUNT (sizeof fields / sizeof fields[0])

static const struct field *field_find(struct span name)
{
    if (name.bytes < SHORTEST_NAME || name.bytes > LONGEST_NAME)
        return NULL;
    size_t row = first_of_length[name.bytes];
    for (; row < FIELD_COUNT && fields[row].name.bytes == name.bytes; row++)
        if (span_equal_nocase(fields[row].name, name))
            return &fields[row];
    return NULL;
}

size_t record_head_skip_line_ends(struct span s, size_t at)
{
    while (at < s.bytes && (s.at[at] == '\r' || s.at[at] == '\n'))
        at++;
    return at;
}

static bool read_number(struct span s, size_t *at, unsigned *out)
{
    size_t from = *at;
    for (*out = 0; *at < s.bytes && *at - from < VERSION_DIGITS && ascii_is_digit(s.at[*at]); ++*at)
        *out = *out * 10 + (unsigned)(s.at[*at] - '0');
    return *at > from;
}

size_t record_head_version(struct span s, struct record_version *out)
{
    size_t at = SPAN("WARC/").bytes;
    if (!span_starts_nocase(s, SPAN("WARC/")) || !read_number(s, &at, &out->major))
        return 0;
    if (at == s.bytes || s.at[at++] != '.' || !read_number(s, &at, &out->minor))
        return 0;
    while (at < s.bytes && (s.at[at] == ' ' || s.at[at] == '\t' || s.at[at] == '\r'))
        at++;
    return at < s.bytes && s.at[at] == '\n' ? at + 1 : 0;
}

static struct span without_brackets(struct span uri)
{
    bool bracketed = uri.bytes >= 2 && uri.at[0] == '<' && uri.at[uri.bytes - 1] == '>';
    return bracketed ? span_trim(span_of(uri.at + 1, uri.bytes - 2)) : uri;
}

/* A head under way: the field that a folded line would continue, from its colon on. */
struct cursor {
    const struct field *field;
    const char *value;
    struct record *record;
};

static void finish_field(struct cursor *cursor, const char *end)
{
    if (!cursor->field)
        return;
    struct span *target = (void *)((char *)cursor->record + cursor->field->offset);
    struct span value = span_trim(span_of(cursor->value, (size_t)(end - cursor->value)));
    if (target == &cursor->record->length_text && target->at && !span_equal(*target, value))
        cursor->record->length_again = value;
    bool is_list = target == cursor->record->concurrent_to;
    for (size_t i = 1; is_list && target->at && i < RECORD_CONCURRENT_MAX; i++)
        target++;
    if (!target->at)
        *target = cursor->field->kind == URI ? without_brackets(value) : value;
    cursor->field = NULL;
}

/* false: the line is a version line, so the head before it was never finished. */
static bool read_line(struct cursor *cursor, struct span line, struct span from_here)
{
    if (line.at[0] == ' ' || line.at[0] == '\t')
        return true;
    finish_field(cursor, line.at);
    size_t colon = span_find(line, ':', 0);
    struct span name = span_trim(span_first(line, colon));
    struct record_version version;
    if (colon == line.bytes || name.bytes == 0) {
        cursor->record->odd_lines++;
        return !record_head_version(from_here, &version);
    }
    cursor->field = field_find(name);
    cursor->value = line.at + colon + 1;
    return true;
}

static bool is_telling(struct span line)
{
    struct span name = span_trim(span_first(line, span_find(line, ':', 0)));
    return name.bytes < line.bytes &&
           (span_equal_nocase(name, SPAN("WARC-Type")) || span_equal_nocase(name, SPAN("WARC-Record-ID")));
}

bool record_head_is_bare(struct span s)
{
    struct span rest = span_first(s, LIMIT_SEARCH_BYTES);
    unsigned own_count = 0;
    bool tells = false;
    while (span_starts_nocase(s, SPAN("WARC-")) && rest.bytes && !(tells && own_count >= BARE_FIELDS)) {
        struct span line = span_cut_line(&rest);
        if (span_find(line, ':', 0) == line.bytes)
            return false;
        own_count += span_starts_nocase(line, SPAN("WARC-"));
        tells |= is_telling(line);
    }
    return tells && own_count >= BARE_FIELDS;
}

enum err record_head_read(struct span s, struct record *record)
{
    struct record_version version = {0};
    size_t at = record_head_version(s, &version);
    if (at == 0 && !record_head_is_bare(s))
        return ERR_SYNTAX;
    record->version_major = version.major;
    record->version_minor = version.minor;
    struct cursor cursor = {.record = record};
    struct span head = span_first(s, LIMIT_WARC_HEAD_BYTES);
    for (size_t count = 0; count < LIMIT_WARC_FIELDS; count++) {
        size_t end = span_find(head, '\n', at);
        if (end == head.bytes)
            return head.bytes < s.bytes ? ERR_TOO_LARGE : ERR_TRUNCATED;
        struct span line = span_of(head.at + at, end - at);
        while (line.bytes && line.at[line.bytes - 1] == '\r')
            line.bytes--;
        if (line.bytes == 0) {
            finish_field(&cursor, line.at);
            record->head = span_first(s, end + 1);
            return ERR_OK;
        }
        if (!read_line(&cursor, line, span_from(head, at)))
            return ERR_SYNTAX;
        at = end + 1;
    }
    return ERR_TOO_LARGE;
}

bool record_head_plausible(struct span s)
{
    struct record_version version;
    struct span rest = span_first(s, LIMIT_SEARCH_BYTES);
    size_t at = record_head_version(rest, &version);
    if (at == 0)
        return false;
    for (rest = span_from(rest, at); rest.bytes && !record_head_version(rest, &version);) {
        struct span line = span_cut_line(&rest);
        if (line.bytes == 0)
            return false;
        if (is_telling(line))
            return true;
    }
    return false;
}

/* Only upper case is searched for: no program is known that writes another, and one memmem is the whole cost. */
size_t record_head_find(struct span s, size_t from, size_t to)
{
    struct span needle = SPAN("WARC/"), searched = span_first(s, to + needle.bytes - 1);
    for (size_t at = from;; at++) {
        at = span_find_span(searched, needle, at);
        if (at >= to)
            return to;
        bool line_start = at == 0 || s.at[at - 1] == '\n' || s.at[at - 1] == '\0'; /* padding */
        if (line_start && record_head_plausible(span_from(s, at)))
            return at;
    }
}
