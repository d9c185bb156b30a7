// SPDX-License-Identifier: MIT
#include "7_report/text.h"

#include "base/utf8.h"

static bool is_shown(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } hidden[] = {
        {0x00,   0x08  },
        {0x0B,   0x0C  },
        {0x0E,   0x1F  },
        {0x7F,   0x9F  },
        {0x200E, 0x200F},
        {0x2028, 0x202E},
        {0x2066, 0x2069},
        {0xFEFF, 0xFEFF},
        {0xFFFE, 0xFFFF},
    };
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (c >= hidden[i].first && c <= hidden[i].last)
            return false;
    return true;
}

uint32_t text_next(struct span *rest)
{
    struct utf8_step step = utf8_next(*rest, 0);
    *rest = span_from(*rest, step.bytes);
    return is_shown(step.code) ? step.code : TEXT_REPLACEMENT;
}

void text_add(struct buf *out, uint32_t c)
{
    char bytes[4];
    size_t n = 0;
    if (c < 0x80) {
        bytes[n++] = (char)c;
    } else if (c < 0x800) {
        bytes[n++] = (char)(0xC0 | c >> 6);
    } else if (c < 0x10000) {
        bytes[n++] = (char)(0xE0 | c >> 12);
        bytes[n++] = (char)(0x80 | (c >> 6 & 0x3F));
    } else {
        bytes[n++] = (char)(0xF0 | c >> 18);
        bytes[n++] = (char)(0x80 | (c >> 12 & 0x3F));
        bytes[n++] = (char)(0x80 | (c >> 6 & 0x3F));
    }
    if (c >= 0x80)
        bytes[n++] = (char)(0x80 | (c & 0x3F));
    buf_add(out, span_of(bytes, n));
}

struct span text_file_name(struct arena *arena, struct span id, size_t number)
{
    static const char digits[] = "0123456789ABCDEF";
    char *name = arena_bytes(arena, TEXT_NAME_BYTES + 8);
    if (!name)
        return SPAN_NONE;
    size_t n = 0, i = 0;
    for (; i < id.bytes && n < TEXT_NAME_BYTES; i++) {
        unsigned char c = (unsigned char)id.at[i];
        bool is_plain =
            ascii_is_alpha((char)c) || ascii_is_digit((char)c) || c == '-' || c == '_' || (c == '.' && i);
        if (is_plain) {
            name[n++] = (char)c;
        } else {
            name[n++] = '~';
            name[n++] = digits[c >> 4];
            name[n++] = digits[c & 15];
        }
    }
    struct span cut = span_of(name, n);
    return i == id.bytes && n ? cut : arena_format(arena, "%.*s~~%zu", SPAN_ARG(cut), number);
}

/* Weight of the next letter: ASCII case folded; the last three letters of the alphabet above all others of
 * it. */
static uint32_t next_weight(struct span *rest)
{
    enum { AFTER_Z = 'z' + 1 };
    uint32_t c = text_next(rest);
    if (c < 0x80)
        c = (uint32_t)ascii_lower((char)c);
    if (c == 'a' && rest->bytes && ascii_lower(rest->at[0]) == 'a') {
        *rest = span_from(*rest, 1);
        c = 0xE5;
    }
    switch (c) {
    case 0xE4:
    case 0xC4:
    case 0xE6:
    case 0xC6:
        return AFTER_Z;
    case 0xF6:
    case 0xD6:
    case 0xF8:
    case 0xD8:
        return AFTER_Z + 1;
    case 0xE5:
    case 0xC5:
        return AFTER_Z + 2;
    default:
        return c > 'z' ? c + 3 : c;
    }
}

int text_compare_danish(struct span a, struct span b)
{
    struct span left = a, right = b;
    while (left.bytes && right.bytes) {
        uint32_t x = next_weight(&left), y = next_weight(&right);
        if (x != y)
            return x < y ? -1 : 1;
    }
    if (left.bytes || right.bytes)
        return left.bytes ? 1 : -1;
    return span_compare(a, b);
}
