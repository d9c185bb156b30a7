// SPDX-License-Identifier: MIT
#include "record_mask.h"

#include "3_extract/cookie.h"

#define MASK "***"

static bool ends_url(char c)
{
    return c == ' ' || c == '\t' || c == '"' || c == '\'' || c == '<' || c == '>';
}

static void mask_query(struct span query, struct buf *out)
{
    while (query.at) {
        struct span pair = span_cut(&query, '&');
        size_t equals = span_find(pair, '=', 0);
        if (equals < pair.bytes)
            buf_add(out, span_first(pair, equals + 1));
        if (equals + 1 < pair.bytes || equals == pair.bytes)
            buf_add_string(out, pair.bytes ? MASK : "");
        buf_add_string(out, query.at ? "&" : "");
    }
}

static void mask_rest(struct span rest, bool is_fragment, struct buf *out)
{
    size_t fragment = is_fragment ? 0 : span_find(rest, '#', 0);
    if (span_equal(rest, SPAN("0")) || span_equal(rest, SPAN("1"))) { /* RFC 8941: a truth value */
        buf_add(out, rest);
        return;
    }
    mask_query(span_first(rest, fragment), out);
    if (fragment < rest.bytes)
        buf_add_string(out, is_fragment ? MASK : "#" MASK);
}

/* Behind a question mark, also an escaped one, or a semicolon of a path stands a query; a fragment may bear the same. */
static size_t mark_bytes(struct span text, size_t at, bool in_path)
{
    char c = text.at[at];
    if (c == '?' || c == '#' || (c == ';' && in_path))
        return 1;
    return c == '%' && span_starts_nocase(span_from(text, at), SPAN("%3f")) ? 3 : 0;
}

static bool begins_path(struct span text, size_t at)
{
    return text.at[at] == '/' && (!at || text.at[at - 1] == '/' || ends_url(text.at[at - 1]));
}

void record_mask_urls(struct span text, struct buf *out)
{
    bool in_path = false;
    for (size_t at = 0; at < text.bytes;) {
        size_t mark = mark_bytes(text, at, in_path), start = at + (mark ? mark : 1), end = start;
        in_path = !ends_url(text.at[at]) && (in_path || begins_path(text, at));
        while (mark && end < text.bytes && !ends_url(text.at[end]))
            end++;
        buf_add(out, span_first(span_from(text, at), start - at));
        if (end > start)
            mask_rest(span_first(span_from(text, start), end - start), text.at[at] == '#', out);
        at = end;
    }
}

static void mask_sent(struct span value, struct buf *out)
{
    struct span name, ignored;
    for (bool first = true; cookie_next_sent(&value, &name, &ignored); first = false) {
        buf_add_string(out, first ? "" : "; ");
        buf_add(out, name);
        buf_add_string(out, name.bytes ? "=" MASK : MASK);
    }
}

static bool is_attribute(struct span name)
{
    static const char *const names[] = {"expires",  "max-age",  "domain",      "path",    "secure",
                                        "httponly", "samesite", "partitioned", "priority"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (span_equal_nocase(name, span_of_string(names[i])))
            return true;
    return false;
}

/* Attributes stay, and nothing else: behind the commas of a joined line may stand further cookies. */
static void mask_set(struct span line, struct buf *out)
{
    struct span one;
    for (bool first = true; cookie_next_joined(&line, &one); first = false) {
        struct span value = span_cut(&one, ';'), name = span_cut(&value, '=');
        buf_add_string(out, first ? "" : ", ");
        if (value.at)
            buf_add(out, name);
        buf_add_string(out, value.at ? "=" MASK : MASK);
        while (one.at) {
            struct span text = span_cut(&one, ';'), attribute = text;
            struct span key = span_trim(span_cut(&attribute, '='));
            buf_add_char(out, ';');
            if (is_attribute(key))
                buf_add(out, text);
            else
                buf_add_string(out, text.bytes ? " " MASK : "");
        }
    }
}

enum kind { KIND_OTHER, KIND_SENT, KIND_SET, KIND_SECRET };

/* Recorders put words before the names of fields they changed. */
static enum kind kind_of(struct span name)
{
    static const struct {
        const char *name;
        enum kind kind;
    } rows[] = {
        {"set-cookie",    KIND_SET   },
        {"set-cookie2",   KIND_SET   },
        {"cookie",        KIND_SENT  },
        {"cookie2",       KIND_SENT  },
        {"authorization", KIND_SECRET},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (span_ends_nocase(name, span_of_string(rows[i].name)))
            return rows[i].kind;
    return KIND_OTHER;
}

static void mask_value(enum kind kind, struct span value, struct buf *out)
{
    switch (kind) {
    case KIND_OTHER:
        record_mask_urls(value, out);
        break;
    case KIND_SENT:
        mask_sent(value, out);
        break;
    case KIND_SET:
        mask_set(value, out);
        break;
    case KIND_SECRET:
        buf_add_string(out, MASK);
        break;
    }
}

void record_mask_head(struct span head, struct buf *out)
{
    enum kind kind = KIND_OTHER;
    while (head.bytes) {
        size_t end = span_find(head, '\n', 0);
        struct span line = span_first(head, end), ending;
        line.bytes -= line.bytes && line.at[line.bytes - 1] == '\r';
        ending = span_first(span_from(head, line.bytes), end + 1 - line.bytes);
        head = span_from(head, end + 1);
        bool folded = line.bytes && (line.at[0] == ' ' || line.at[0] == '\t');
        size_t colon = span_find(line, ':', 0);
        if (!folded)
            kind = kind_of(span_trim(span_first(line, colon)));
        if (folded && kind != KIND_OTHER)
            buf_add_string(out, " " MASK);
        else if (kind == KIND_OTHER)
            record_mask_urls(line, out);
        else {
            buf_add(out, span_first(line, colon + 1));
            buf_add_char(out, ' ');
            mask_value(kind, span_from(line, colon + 1), out);
        }
        buf_add(out, ending);
    }
}

/* A line of indented JSON is: blanks, "key": value. */
static struct span key_of_line(struct span line, size_t *value_at)
{
    size_t open = span_find(line, '"', 0), close = span_find(line, '"', open + 1);
    *value_at = close + 1;
    return span_first(span_from(line, open + 1), close - open - 1);
}

/* The text between the quotes of a value; nothing when it is none. */
static struct span text_of_value(struct span line, size_t value_at)
{
    size_t open = span_find(line, '"', value_at), close = span_find_last(line, '"');
    return open < close && close < line.bytes ? span_of(line.at + open + 1, close - open - 1) : SPAN_NONE;
}

/* Of name and value pairs all values go, but in the list of fields those of most fields stay. */
void record_mask_json(struct span text, struct buf *out)
{
    bool fields = false;
    enum kind kind = KIND_OTHER;
    while (text.bytes) {
        size_t end = span_find(text, '\n', 0), value_at;
        struct span line = span_first(text, end), key = key_of_line(line, &value_at);
        struct span value = text_of_value(line, value_at);
        text = span_from(text, end + 1);
        if (span_ends(line, SPAN("[")))
            fields = span_equal(key, SPAN("headers"));
        if (span_equal(key, SPAN("name")))
            kind = kind_of(value);
        if (span_equal(key, SPAN("text")))
            buf_add(out, line);
        else if (span_equal(key, SPAN("value")) && value.at) {
            buf_add(out, span_first(line, (size_t)(value.at - line.at)));
            if (fields)
                mask_value(kind, value, out);
            else
                buf_add_string(out, MASK);
            buf_add(out, span_from(line, (size_t)(value.at - line.at) + value.bytes));
        } else
            record_mask_urls(line, out);
        buf_add_char(out, '\n');
    }
}
