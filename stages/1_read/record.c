// SPDX-License-Identifier: MIT
#include "1_read/record.h"

#include "1_read/arc.h"
#include "1_read/record_head.h"

static const struct span type_names[RECORD_TYPE_COUNT] = {
    [RECORD_UNKNOWN] = SPAN("unknown"),           [RECORD_WARCINFO] = SPAN("warcinfo"),
    [RECORD_RESPONSE] = SPAN("response"),         [RECORD_REQUEST] = SPAN("request"),
    [RECORD_RESOURCE] = SPAN("resource"),         [RECORD_METADATA] = SPAN("metadata"),
    [RECORD_REVISIT] = SPAN("revisit"),           [RECORD_CONVERSION] = SPAN("conversion"),
    [RECORD_CONTINUATION] = SPAN("continuation"),
};

const char *record_type_name(enum record_type type)
{
    return type_names[type].at;
}

/* A record without a type still says in its Content-Type which half of an exchange it is. */
static enum record_type type_of(struct span type, struct span content_type)
{
    for (enum record_type t = RECORD_UNKNOWN + 1; t < RECORD_TYPE_COUNT; t++)
        if (span_equal_nocase(type, type_names[t]))
            return t;
    if (type.bytes || !span_starts_nocase(content_type, SPAN("application/http")))
        return RECORD_UNKNOWN;
    if (span_has_nocase(content_type, SPAN("msgtype=response")))
        return RECORD_RESPONSE;
    return span_has_nocase(content_type, SPAN("msgtype=request")) ? RECORD_REQUEST : RECORD_UNKNOWN;
}

/* Digits too many for any file are still a length: the block is then cut short by the end of the bytes. */
static bool length_of(struct span text, uint64_t *out)
{
    for (size_t i = 0; i < text.bytes; i++)
        if (!ascii_is_digit(text.at[i]))
            return false;
    if (!span_to_u64(text, out) || *out > INT64_MAX)
        *out = INT64_MAX;
    return text.bytes > 0;
}

/* Without a length the block ends before the line ends that separate it from what looks like the next record.
 */
static size_t block_until_record(struct span rest, bool is_arc)
{
    struct span block = span_first(rest, record_find(rest, 0, is_arc));
    for (int i = 0; i < (is_arc ? 1 : 2) && block.bytes && block.at[block.bytes - 1] == '\n'; i++) {
        block.bytes--;
        if (block.bytes && block.at[block.bytes - 1] == '\r')
            block.bytes--;
    }
    return block.bytes;
}

static enum err read_head(struct span s, struct record *out)
{
    struct record_version version;
    bool is_warc = record_head_version(s, &version) > 0 || record_head_is_bare(s);
    return is_warc ? record_head_read(s, out) : arc_read(s, out);
}

/* What the text fields mean, once the block is known. */
static void interpret(struct record *out)
{
    enum err err;
    if (out->is_arc) {
        if (out->type == RECORD_WARCINFO)
            arc_split_version_block(out);
        err = arc_date(out->date, &out->date_ns);
    } else {
        out->type = type_of(out->type_text, out->content_type);
        err = record_date_parse(out->date, &out->date_ns);
    }
    if (err)
        out->date_ns = RECORD_NO_DATE;
}

enum err record_read(struct span bytes, bool whole, struct record *out)
{
    *out = (struct record){.date_ns = RECORD_NO_DATE};
    size_t at = record_head_skip_line_ends(bytes, 0);
    if (at == bytes.bytes)
        return ERR_END;
    TRY(read_head(span_from(bytes, at), out));
    struct span rest = span_from(bytes, at + out->head.bytes);
    bool has_length = length_of(out->length_text, &out->declared_bytes);
    if (!has_length)
        out->declared_bytes = block_until_record(rest, out->is_arc);
    if (out->declared_bytes > rest.bytes && !whole)
        return ERR_TRUNCATED;
    out->block = out->declared_bytes < rest.bytes ? span_first(rest, (size_t)out->declared_bytes) : rest;
    out->partial = out->block.bytes < out->declared_bytes || out->truncated.bytes > 0;
    out->raw = span_first(bytes, at + out->head.bytes + out->block.bytes);
    out->raw.bytes = record_head_skip_line_ends(bytes, out->raw.bytes);
    interpret(out);
    return has_length ? ERR_OK : ERR_NO_LENGTH;
}

size_t record_find(struct span bytes, size_t from, bool with_arc)
{
    size_t at = record_head_find(bytes, from, bytes.bytes);
    return with_arc ? arc_find(bytes, from, at) : at;
}
