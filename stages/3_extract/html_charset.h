// SPDX-License-Identifier: MIT
/*
 * html_charset.h - how the bytes of a document are to be read; private to 3_extract and its tests.
 *
 * In:     the body, the charset of its HTTP head
 * Out:    the encoding: BOM, else HTTP, else the first meta that names one, else none declared
 * Owns:   nothing
 * Limits: the prescan looks at 1024 bytes
 * Errors: .at NULL when the arena is full
 * Source: HTML standard, 13.2.3.2 (determining, prescan); Encoding standard, 4.2 (labels), 14 (UTF-16), windows-1252 index
 */
#ifndef EXTRACT_HTML_CHARSET_H
#define EXTRACT_HTML_CHARSET_H

#include "base/arena.h"

#define HTML_CHARSET_REPLACEMENT 0xfffdu

enum html_charset {
    HTML_CHARSET_UNDECLARED, /* windows-1252 by default, but UTF-8 where the bytes show it */
    HTML_CHARSET_UTF8,
    HTML_CHARSET_UTF16LE,
    HTML_CHARSET_UTF16BE,
    HTML_CHARSET_WINDOWS_1252,
    HTML_CHARSET_OTHER, /* ASCII-compatible: tags are found, what is not ASCII stays unread */
};

enum html_charset html_charset_of(struct span body, struct span http_charset);
/* The whole body, without BOM. */
struct span html_charset_from_utf16(struct span body, enum html_charset charset, struct arena *arena);
/* A value of the document as UTF-8: the value itself unless it holds bytes that read otherwise. */
struct span html_charset_to_utf8(struct span value, enum html_charset charset, struct arena *arena);

/* What one byte stands for in windows-1252. */
uint32_t html_charset_windows_1252(unsigned char byte);
/* UTF-8 of a code point up to U+10FFFF; returns its length, 1 to 4. */
size_t html_charset_put_utf8(uint32_t code, char *out);

#endif
