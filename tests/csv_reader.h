// SPDX-License-Identifier: MIT
/* csv_reader.h - RFC 4180 read by its own grammar, as a judge of the writer; for tests and fuzzing only. */
#ifndef TESTS_CSV_READER_H
#define TESTS_CSV_READER_H

#include "base/buf.h"

static inline struct span csv_reader_skip_mark(struct span text)
{
    return span_starts(text, SPAN("\xEF\xBB\xBF")) ? span_from(text, 3) : text;
}

/* The next cell into *cell; *last says that it ended its row. */
static inline void csv_reader_cell(struct span *rest, char separator, struct buf *cell, bool *last)
{
    buf_reset(cell);
    *last = true;
    size_t at = 0;
    if (rest->bytes && rest->at[0] == '"') {
        for (at = 1; at < rest->bytes; at++) {
            if (rest->at[at] == '"' && (++at == rest->bytes || rest->at[at] != '"'))
                break;
            buf_add_char(cell, rest->at[at]);
        }
    } else {
        for (; at < rest->bytes && rest->at[at] != separator && rest->at[at] != '\r'; at++)
            buf_add_char(cell, rest->at[at]);
    }
    *rest = span_from(*rest, at);
    if (rest->bytes && rest->at[0] == separator) {
        *rest = span_from(*rest, 1);
        *last = false;
    } else if (span_starts(*rest, SPAN("\r\n"))) {
        *rest = span_from(*rest, 2);
    }
}

static inline struct span csv_reader_unguarded(struct span cell)
{
    return cell.bytes && cell.at[0] == '\'' ? span_from(cell, 1) : cell;
}

#endif
