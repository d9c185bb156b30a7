// SPDX-License-Identifier: MIT
#include "1_read/cdx.h"

#include "1_read/cdx_json.h"
#include "base/limits.h"

/* The letter of a header that names each column. A URL may stand twice; the first is taken. */
static const char letters[CDX_COLUMN_COUNT] = {
    [CDX_URL] = 'a',    [CDX_DATE] = 'b',         [CDX_LENGTH] = 'S',
    [CDX_OFFSET] = 'V', [CDX_PLAIN_OFFSET] = 'v', [CDX_FILE] = 'g',
};

/* Without a header the number of columns tells, if what they hold fits. */
static const struct {
    size_t count;
    unsigned char columns[CDX_COLUMN_COUNT]; /* URL, date, length, offset, plain offset, file */
} shapes[] = {
    {11, {3, 2, 9, 10, 0, 11}}, /* N b a m s k r M S V g */
    {11, {3, 2, 0, 9, 0, 10} }, /* a b a m s k r M V g u: wget */
    {10, {3, 2, 0, 9, 0, 10} }, /* N b a m s k r M V g */
    {9,  {3, 2, 0, 8, 0, 9}  }, /* N b a m s k r V g */
    {14, {3, 2, 9, 10, 0, 11}}, /* as 11, behind it the same of the original of a revisit */
    {8,
     {1, 3, 0, 7, 0,
      6}                     }, /* Netarkivet: url ip date mime length file offset md5; that length is of the content */
};

static const struct span archive_ends[] = {
    SPAN(".warc"), SPAN(".warc.gz"), SPAN(".warc.zst"), SPAN(".arc"), SPAN(".arc.gz"),
};

void cdx_init(struct cdx *cdx)
{
    *cdx = (struct cdx){.separator = ' '};
}

/* Of a file no longer than files can be. */
static bool is_offset(struct span text, uint64_t *out)
{
    return span_to_u64(text, out) && *out <= INT64_MAX;
}

static bool is_digits(struct span s)
{
    uint64_t number;
    return span_to_u64(s, &number);
}

static bool is_date(struct span s)
{
    return s.bytes >= 14 && s.bytes <= 17 && is_digits(s);
}

static bool is_archive_name(struct span file)
{
    for (size_t i = 0; i < sizeof archive_ends / sizeof archive_ends[0]; i++)
        if (span_ends_nocase(file, archive_ends[i]))
            return true;
    return false;
}

/* Cuts the line into columns; more than there may be: 0. */
static size_t split(struct span line, char separator, struct span columns[LIMIT_CDX_COLUMNS])
{
    size_t count = 0;
    for (struct span rest = line; rest.at && count < LIMIT_CDX_COLUMNS; count++)
        columns[count] = span_cut(&rest, separator);
    return count < LIMIT_CDX_COLUMNS ? count : 0;
}

static bool is_header(struct span line)
{
    if (line.bytes < 5 || !span_starts(span_from(line, 1), SPAN("CDX")))
        return false;
    char separator = line.at[0];
    return separator == line.at[4] && !ascii_is_alpha(separator) && !ascii_is_digit(separator);
}

static void read_header(struct cdx *cdx, struct span line)
{
    struct span names[LIMIT_CDX_COLUMNS];
    cdx_init(cdx);
    cdx->separator = line.at[0];
    cdx->has_header = true;
    cdx->column_count = split(span_trim(span_from(line, 5)), cdx->separator, names);
    for (size_t i = cdx->column_count; i-- > 0;)
        for (size_t column = 0; column < CDX_COLUMN_COUNT; column++)
            if (names[i].bytes == 1 && names[i].at[0] == letters[column])
                cdx->columns[column] = (unsigned char)(i + 1);
}

static struct span column_of(const struct span *columns, unsigned char number)
{
    struct span value = number ? columns[number - 1] : SPAN("");
    return span_equal(value, SPAN("-")) ? SPAN("") : value;
}

/* A length of 0 is what some indexers write for one they do not know. */
static uint64_t length_of(struct span text)
{
    uint64_t bytes;
    return span_to_u64(text, &bytes) && bytes > 0 ? bytes : CDX_NO_LENGTH;
}

/* An offset in the content of a compressed file is no place in the file. */
static bool take_columns(const struct span *columns, const unsigned char *numbers, struct cdx_line *out)
{
    struct span date = column_of(columns, numbers[CDX_DATE]);
    out->file = column_of(columns, numbers[CDX_FILE]);
    out->url = column_of(columns, numbers[CDX_URL]);
    out->date = is_date(date) ? date : SPAN("");
    out->bytes = length_of(column_of(columns, numbers[CDX_LENGTH]));
    struct span at = column_of(columns, numbers[CDX_OFFSET]);
    bool is_plain = !span_ends_nocase(out->file, SPAN(".gz")) && !span_ends_nocase(out->file, SPAN(".zst"));
    if (!at.bytes && is_plain)
        at = column_of(columns, numbers[CDX_PLAIN_OFFSET]);
    return out->file.bytes && is_offset(at, &out->at);
}

static enum err read_columns(const struct cdx *cdx, struct span line, struct cdx_line *out)
{
    struct span columns[LIMIT_CDX_COLUMNS];
    size_t count = split(line, cdx->separator, columns);
    if (cdx->has_header) {
        bool good = count > 0 && count == cdx->column_count && take_columns(columns, cdx->columns, out);
        return good ? ERR_OK : ERR_SYNTAX;
    }
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        if (shapes[i].count == count && take_columns(columns, shapes[i].columns, out) && out->date.bytes &&
            is_archive_name(out->file))
            return ERR_OK;
    return ERR_SYNTAX;
}

/* What stands before the object: sort key and time. */
static bool cut_json(struct span line, struct span *key, struct span *date, struct span *object)
{
    *object = line;
    *key = span_cut(object, ' ');
    *date = span_cut(object, ' ');
    return key->bytes && span_starts(*object, SPAN("{"));
}

static enum err read_meta(struct cdx *cdx, struct span object, struct arena *arena)
{
    struct cdx_member format = {.name = SPAN("format")};
    TRY(cdx_json_read(object, arena, &format, 1));
    cdx->is_blocks = format.value.at && span_starts(format.value, SPAN("cdxj-gzip"));
    return ERR_END;
}

static enum err read_json(struct span date, struct span object, struct arena *arena, struct cdx_line *out)
{
    struct cdx_member members[] = {{.name = SPAN("filename")},
                                   {.name = SPAN("offset")},
                                   {.name = SPAN("length")},
                                   {.name = SPAN("url")}};
    TRY(cdx_json_read(object, arena, members, sizeof members / sizeof members[0]));
    out->file = members[0].value;
    out->bytes = length_of(members[2].value);
    out->url = members[3].value.at ? members[3].value : SPAN("");
    out->date = is_date(date) ? date : SPAN("");
    return out->file.bytes && is_offset(members[1].value, &out->at) ? ERR_OK : ERR_SYNTAX;
}

enum err cdx_read(struct cdx *cdx, struct span line, struct arena *arena, struct cdx_line *out)
{
    struct span key, date, object;
    *out = (struct cdx_line){.bytes = CDX_NO_LENGTH};
    if (line.bytes > LIMIT_CDX_LINE_BYTES)
        return ERR_TOO_LARGE;
    if (span_trim(line).bytes == 0)
        return ERR_END;
    if (is_header(line)) {
        read_header(cdx, line);
        return ERR_END;
    }
    bool is_json = cut_json(line, &key, &date, &object);
    if (is_json && span_equal(key, SPAN("!meta")))
        return read_meta(cdx, object, arena);
    if (cdx->is_blocks || span_starts(line, SPAN("!")))
        return ERR_END;
    return is_json ? read_json(date, object, arena, out) : read_columns(cdx, line, out);
}

bool cdx_is_index(struct span text)
{
    struct cdx cdx;
    struct cdx_line line;
    struct span rest = text, key, date, object, first;
    do
        first = span_cut_line(&rest);
    while (span_starts(first, SPAN("!")) && !span_starts(first, SPAN("!meta")) && rest.at);
    if (is_header(first))
        return true;
    if (cut_json(first, &key, &date, &object))
        return is_date(date) || span_equal(key, SPAN("!meta"));
    cdx_init(&cdx);
    return read_columns(&cdx, first, &line) == ERR_OK;
}

struct span cdx_base_name(struct span file)
{
    size_t slash = span_find_last(file, '/');
    return slash < file.bytes ? span_from(file, slash + 1) : file;
}

/* Indexers tell POST requests of one URL apart by what they append to it. */
static struct span without_body(struct span url)
{
    static const struct span marks[] = {SPAN("__wb_method="), SPAN("__wb_post_data=")};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t at = span_find_span(url, marks[i], 0);
        if (at > 0 && at < url.bytes && (url.at[at - 1] == '?' || url.at[at - 1] == '&'))
            url = span_first(url, at - 1);
    }
    return url;
}

uint32_t cdx_url_key(struct span url)
{
    url = without_body(span_trim(url));
    if (url.bytes == 0)
        return 0;
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a, byte by byte so that nothing is copied */
    for (size_t i = 0; i < url.bytes; i++) {
        char c = url.at[i];
        if (c == '%' && i + 2 < url.bytes && ascii_hex(url.at[i + 1]) >= 0 && ascii_hex(url.at[i + 2]) >= 0) {
            c = (char)(ascii_hex(url.at[i + 1]) << 4 | ascii_hex(url.at[i + 2]));
            i += 2;
        } else if (c == '/' && (i + 1 == url.bytes || url.at[i + 1] == '?')) {
            continue;
        }
        hash = (hash ^ (unsigned char)ascii_lower(c)) * 0x100000001b3u;
    }
    uint32_t key = (uint32_t)(hash ^ hash >> 32);
    return key ? key : 1;
}
