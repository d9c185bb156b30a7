// SPDX-License-Identifier: MIT
/*
 * html_value.h - URLs in attribute values that hold more than one, or more than a URL; private to 3_extract and its tests.
 *
 * In:     a decoded value; *rest starts as the value and is moved behind what was read
 * Out:    one URL at a time, as written
 * Owns:   nothing
 * Limits: -
 * Errors: none: what does not follow the grammar is passed over
 * Source: HTML standard, 4.8.4.2.2 (srcset), 4.2.5.3 (refresh); CSP 3, 6.5.1 (report-uri)
 */
#ifndef EXTRACT_HTML_VALUE_H
#define EXTRACT_HTML_VALUE_H

#include "base/span.h"

/* Call until false. A candidate whose descriptors are wrong is passed over. */
bool html_value_next_candidate(struct span *rest, struct span *url);
/* Between white space, or between commas and trimmed. Call until false; never empty. */
bool html_value_next_spaced(struct span *rest, struct span *url);
bool html_value_next_comma(struct span *rest, struct span *url);
/* One between white space, whatever its case. */
bool html_value_has_token(struct span list, struct span token);
/* Of a meta refresh; .at NULL when it names none. */
struct span html_value_refresh_url(struct span content);
/* The value of report-uri, a list between white space; .at NULL when absent. */
struct span html_value_report_uri(struct span policy);

#endif
