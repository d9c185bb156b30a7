// SPDX-License-Identifier: MIT
#include "ext/json_scan.h"

#include "base/limits.h"
#include "base/utf8.h"

#define REPLACEMENT SPAN("\xef\xbf\xbd")

struct scan {
    struct span text;
    struct buf *mended;
    size_t at, kept_at; /* everything before kept_at is in *mended, or nothing had to be mended yet */
};

static void replace(struct scan *scan, size_t bytes)
{
    buf_add(scan->mended, span_of(scan->text.at + scan->kept_at, scan->at - scan->kept_at));
    buf_add(scan->mended, REPLACEMENT);
    scan->at += bytes;
    scan->kept_at = scan->at;
}

/* The value of \uXXXX at `at`, or -1. */
static int escape_at(struct span text, size_t at)
{
    int code = 0;
    if (!span_starts(span_from(text, at), SPAN("\\u")) || text.bytes - at < 6)
        return -1;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = ascii_hex(text.at[i]);
        if (digit < 0)
            return -1;
        code = code << 4 | digit;
    }
    return code;
}

static void pass_escape(struct scan *scan)
{
    int code = escape_at(scan->text, scan->at);
    if (code < 0xD800 || code > 0xDFFF) {
        scan->at += scan->at + 1 < scan->text.bytes ? 2 : 1;
        return;
    }
    int second = escape_at(scan->text, scan->at + 6);
    if (code < 0xDC00 && second >= 0xDC00 && second <= 0xDFFF)
        scan->at += 12;
    else
        replace(scan, 6);
}

/* From behind the opening quote to behind the closing one, or to the end. */
static void pass_string(struct scan *scan)
{
    while (scan->at < scan->text.bytes) {
        char c = scan->text.at[scan->at];
        if (c == '\\') {
            pass_escape(scan);
        } else if ((unsigned char)c < 0x80) {
            scan->at++;
            if (c == '"')
                return;
        } else {
            struct utf8_step step = utf8_next(scan->text, scan->at);
            if (step.valid)
                scan->at += step.bytes;
            else
                replace(scan, step.bytes);
        }
    }
}

enum err json_scan(struct span text, struct buf *mended, struct span *out)
{
    struct scan scan = {.text = text, .mended = mended};
    size_t depth = 0, values = 1;
    while (scan.at < text.bytes) {
        char c = text.at[scan.at++];
        if (c == '"')
            pass_string(&scan);
        else if (c == '{' || c == '[')
            depth++, values++;
        else if ((c == '}' || c == ']') && depth)
            depth--;
        else if (c == ',')
            values++;
        if (depth > LIMIT_JSON_DEPTH || values > LIMIT_JSON_VALUES)
            return ERR_JSON;
    }
    *out = text;
    if (scan.kept_at) {
        buf_add(mended, span_from(text, scan.kept_at));
        *out = buf_span(mended);
    }
    return mended->err;
}
