// SPDX-License-Identifier: MIT
/*
 * html_class.h - the byte classes that tokenizer states look at; private to the tokenizer.
 *
 * In:     a byte
 * Out:    its classes, as bits; CR counts as the LF it becomes
 * Owns:   nothing
 * Limits: none
 * Errors: none
 * Source: HTML standard, 13.2.5
 */
#ifndef EXTRACT_HTML_CLASS_H
#define EXTRACT_HTML_CLASS_H

#include <stdbool.h>
#include <stdint.h>

enum {
    HTML_CLASS_SPACE = 1,
    HTML_CLASS_SLASH = 2,
    HTML_CLASS_CLOSE = 4,
    HTML_CLASS_EQUALS = 8,
    HTML_CLASS_GAP = HTML_CLASS_SPACE | HTML_CLASS_SLASH,
    HTML_CLASS_NAME_END = HTML_CLASS_GAP | HTML_CLASS_CLOSE,
    HTML_CLASS_ATTRIBUTE_END = HTML_CLASS_NAME_END | HTML_CLASS_EQUALS,
    HTML_CLASS_VALUE_END = HTML_CLASS_SPACE | HTML_CLASS_CLOSE,
};

extern const uint8_t html_class_table[256];

static inline bool html_class_is(char c, unsigned classes)
{
    return html_class_table[(unsigned char)c] & classes;
}

#endif
