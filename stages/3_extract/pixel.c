// SPDX-License-Identifier: MIT
#include "3_extract/pixel.h"

static unsigned byte_at(struct span s, size_t at)
{
    return at < s.bytes ? (unsigned char)s.at[at] : 0;
}

static unsigned little(struct span s, size_t at)
{
    return byte_at(s, at) | byte_at(s, at + 1) << 8;
}

static unsigned big(struct span s, size_t at)
{
    return byte_at(s, at) << 8 | byte_at(s, at + 1);
}

static bool is_tiny_png(struct span s)
{
    return s.bytes >= 24 && !big(s, 16) && big(s, 18) <= 1 && !big(s, 20) && big(s, 22) <= 1;
}

/* Behind the markers of tables and comments comes that of the frame, with height and width. */
static bool is_tiny_jpeg(struct span s)
{
    for (size_t at = 2; at + 9 <= s.bytes && byte_at(s, at) == 0xff; at += 2 + big(s, at + 2)) {
        unsigned marker = byte_at(s, at + 1);
        bool frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (frame)
            return big(s, at + 5) <= 1 && big(s, at + 7) <= 1;
    }
    return false;
}

/* Sizes are stored less one, but for VP8. */
static bool is_tiny_webp(struct span s)
{
    if (s.bytes < 30)
        return false;
    struct span kind = span_first(span_from(s, 12), 4);
    if (span_equal(kind, SPAN("VP8 ")))
        return (little(s, 26) & 0x3fff) <= 1 && (little(s, 28) & 0x3fff) <= 1;
    if (span_equal(kind, SPAN("VP8L")))
        return !(little(s, 21) & 0x3fff) && !(little(s, 22) >> 6) && !(byte_at(s, 24) & 0x0f);
    return span_equal(kind, SPAN("VP8X")) && !little(s, 24) && !byte_at(s, 26) && !little(s, 27) &&
           !byte_at(s, 29);
}

bool pixel_is(struct span s)
{
    if (span_starts(s, SPAN("GIF8")))
        return s.bytes >= 10 && little(s, 6) <= 1 && little(s, 8) <= 1;
    if (span_starts(s, SPAN("\x89PNG\r\n\x1a\n")))
        return is_tiny_png(s);
    if (span_starts(s, SPAN("\xff\xd8")))
        return is_tiny_jpeg(s);
    return span_starts(s, SPAN("RIFF")) && is_tiny_webp(s);
}
