// SPDX-License-Identifier: MIT
/*
 * html_lazy.h - data-* attributes that a script may copy into a real one later; private to html_refs.c.
 *
 * In:     an attribute
 * Out:    the rule it is read by
 * Owns:   nothing
 * Limits: -
 * Errors: none
 * Source: evidence.md 5.2, row "data-src ..."
 */
#ifndef EXTRACT_HTML_LAZY_H
#define EXTRACT_HTML_LAZY_H

#include "3_extract/html_token.h"

/* false: html_lazy_rule would say so, too. A quick look. */
bool html_lazy_may_tell(const struct html_attribute *attribute);
/* false: no data attribute, or one whose value is no URL. */
bool html_lazy_rule(const struct html_element *element, const struct html_attribute *attribute,
                    struct html_rule *out);

#endif
