// SPDX-License-Identifier: MIT
#include "2_decode/fields.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct span fields_cut_line(struct span *rest)
{
    struct span line = span_cut_line(rest);
    if (!line.bytes)
        return line;
    while (rest->bytes && is_blank(rest->at[0])) {
        struct span more = span_cut_line(rest);
        line.bytes = (size_t)(more.at + more.bytes - line.at);
    }
    return line;
}

struct span fields_unfold(struct span line, struct arena *arena)
{
    if (span_find(line, '\r', 0) == line.bytes && span_find(line, '\n', 0) == line.bytes)
        return line;
    char *to = arena_bytes(arena, line.bytes);
    if (!to)
        return SPAN_NONE;
    size_t bytes = 0;
    for (size_t i = 0; i < line.bytes; i++) {
        char c = line.at[i];
        if (c == '\n') {
            while (bytes && is_blank(to[bytes - 1]))
                bytes--;
            while (i + 1 < line.bytes && is_blank(line.at[i + 1]))
                i++;
        }
        to[bytes++] = c == '\n' || c == '\r' ? ' ' : c;
    }
    return span_of(to, bytes);
}

bool fields_split(struct span line, struct span *name, struct span *value)
{
    size_t colon = span_find(line, ':', 0);
    if (colon == line.bytes)
        return false;
    *name = span_trim(span_first(line, colon));
    *value = span_trim(span_from(line, colon + 1));
    for (size_t i = 0; i < name->bytes; i++)
        if ((unsigned char)name->at[i] <= ' ' || name->at[i] == 0x7f)
            return false;
    return name->bytes > 0;
}
