// SPDX-License-Identifier: MIT
#include "2_decode/exchange.h"

#include "2_decode/fields.h"
#include "base/limits.h"

#define LEAD_BYTES_MAX 8 /* row 102: line ends before a start line */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct span skip_lead(struct span s)
{
    struct span bom = SPAN("\xef\xbb\xbf");
    if (span_starts(s, bom))
        s = span_from(s, bom.bytes);
    for (int i = 0; i < LEAD_BYTES_MAX && s.bytes && (s.at[0] == '\r' || s.at[0] == '\n'); i++)
        s = span_from(s, 1);
    return span_starts(s, bom) ? span_from(s, bom.bytes) : s;
}

static struct span cut_token(struct span *line)
{
    size_t end = 0;
    *line = span_trim(*line);
    while (end < line->bytes && !is_blank(line->at[end]))
        end++;
    struct span token = span_first(*line, end);
    *line = span_from(*line, end);
    return token;
}

static bool is_protocol(struct span token)
{
    if (span_starts_nocase(token, SPAN("HTTP")))
        return token.bytes == 4 || token.at[4] == '/' || ascii_is_digit(token.at[4]);
    return span_equal_nocase(token, SPAN("ICY")) || span_equal_nocase(token, SPAN("h2")) ||
           span_equal_nocase(token, SPAN("h3"));
}

/* "HTTP/1.1 200 OK", also without version or reason, and with the version twice. RFC 9112 4; rows 84 to 88.
 */
static bool read_status_line(struct span line, unsigned *status)
{
    struct span token = cut_token(&line);
    if (!is_protocol(token))
        return false;
    bool versioned = span_find(token, '/', 0) < token.bytes;
    while (is_protocol(token))
        token = cut_token(&line);
    size_t digits = 0;
    unsigned value = 0;
    for (; digits < token.bytes && digits < 4 && ascii_is_digit(token.at[digits]); digits++)
        value = value * 10 + (unsigned)(token.at[digits] - '0');
    *status = digits == 3 && value >= 100 ? value : 0;
    return versioned || digits > 0; /* "HTTP is fun" is text */
}

/* Method, then everything up to the last blank, then the version: targets hold blanks. RFC 9112 3; row 103.
 */
static bool read_request_line(struct span line, struct span *method, struct span *target)
{
    *method = cut_token(&line);
    line = span_trim(line);
    size_t cut = line.bytes;
    while (cut && !is_blank(line.at[cut - 1]))
        cut--;
    if (!method->bytes || !is_protocol(span_from(line, cut)))
        return false;
    for (size_t i = 0; i < method->bytes; i++)
        if (!ascii_is_alpha(method->at[i]) && method->at[i] != '-' && method->at[i] != '_')
            return false;
    *target = span_trim(span_first(line, cut));
    return true;
}

static enum err read_start_line(struct span line, struct arena *arena, struct http_head *out)
{
    unsigned status;
    struct span method, target;
    line = fields_unfold(line, arena);
    if (arena->full)
        return ERR_MEMORY;
    if (read_status_line(line, &status))
        *out = (struct http_head){.status = status};
    else if (read_request_line(line, &method, &target))
        *out = (struct http_head){.is_request = true, .method = method, .target = target};
    else
        return ERR_NOT_HTTP;
    return ERR_OK;
}

/* One line behind the start line. ERR_TOO_LARGE: no room for this field. */
static enum err read_field(struct span line, struct arena *arena, size_t *capacity, struct http_head *out)
{
    struct http_field field;
    unsigned status;
    if (line.at[0] == ':')
        return ERR_OK; /* pseudo header of HTTP/2, row 104 */
    if (!fields_split(line, &field.name, &field.value)) {
        if (!out->is_request && read_status_line(line, &status) && status)
            out->status = status;
        else
            out->odd_lines++;
        return ERR_OK;
    }
    if (out->field_count == LIMIT_HTTP_FIELDS)
        return ERR_TOO_LARGE;
    field.value = fields_unfold(field.value, arena);
    struct http_field *added = ARENA_PUSH(arena, out->fields, out->field_count, *capacity);
    if (!added || arena->full)
        return ERR_MEMORY;
    *added = field;
    return ERR_OK;
}

static enum err read_head(struct span text, struct arena *arena, struct http_head *out)
{
    enum err result = ERR_OK;
    size_t capacity = 0;
    struct span rest = text;
    struct span start = fields_cut_line(&rest);
    if (start.bytes > LIMIT_HTTP_HEAD_BYTES)
        return ERR_NOT_HTTP; /* a start line of a megabyte is content */
    TRY(read_start_line(start, arena, out));
    while (rest.bytes) {
        struct span line = fields_cut_line(&rest);
        if (!line.bytes)
            break;
        bool room = (size_t)(line.at + line.bytes - text.at) <= LIMIT_HTTP_HEAD_BYTES;
        enum err err = room ? read_field(line, arena, &capacity, out) : ERR_TOO_LARGE;
        if (err_is_run(err))
            return err;
        if (err)
            result = err;
    }
    out->body = rest.at ? rest : span_from(text, text.bytes);
    return result;
}

enum err exchange_parse(struct span block, struct arena *arena, struct http_head *out)
{
    struct arena_mark mark = arena_mark(arena);
    struct span text = skip_lead(block);
    unsigned status;
    for (;;) {
        enum err err = read_head(text, arena, out);
        if (err == ERR_NOT_HTTP)
            *out = (struct http_head){.body = block};
        if (err || out->is_request || out->status / 100 != 1)
            return err;
        struct span next = skip_lead(out->body), peek = next;
        if (!read_status_line(fields_cut_line(&peek), &status))
            return ERR_OK;
        arena_back_to(arena, mark);
        text = next;
    }
}

struct span exchange_field(const struct http_head *head, struct span name)
{
    for (size_t i = 0; i < head->field_count; i++)
        if (span_equal_nocase(head->fields[i].name, name))
            return head->fields[i].value;
    return SPAN_NONE;
}

struct span exchange_field_last(const struct http_head *head, struct span name)
{
    for (size_t i = head->field_count; i-- > 0;)
        if (span_equal_nocase(head->fields[i].name, name))
            return head->fields[i].value;
    return SPAN_NONE;
}
