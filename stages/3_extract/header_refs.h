// SPDX-License-Identifier: MIT
/*
 * header_refs.h - what the HTTP head of a document makes a browser fetch.
 *
 *   Link                          as the link element of the same rel, as far as browsers look at that rel in a head
 *   Refresh                       N redirect
 *   Speculation-Rules             D2 hint: lists of pages to fetch in advance
 *   Reporting-Endpoints, Report-To, report-uri of a Content-Security-Policy (also of one that only reports)
 *                                 D2 report. NEL, and report-to of a policy, name an endpoint of these and no URL
 *
 * In:     the head of an HTML response, the URL of the document
 * Out:    references, appended; their element is "header", their attribute the name of the field
 * Owns:   nothing
 * Limits: LIMIT_REFERENCES; those of json_parse
 * Errors: ERR_MEMORY; a field that does not follow its grammar declares nothing
 * Source: evidence.md 5.2; HTML standard, 4.2.4.7 (Link fields), 7.6.4 (Speculation-Rules); RFC 8288; Reporting API, 3;
 *         RFC 9651, 3.1 to 3.3 (lists, dictionaries, strings)
 */
#ifndef EXTRACT_HEADER_REFS_H
#define EXTRACT_HEADER_REFS_H

#include "2_decode/exchange.h"
#include "3_extract/reference.h"

enum err header_refs_scan(const struct http_head *head, const struct url *document, struct arena *arena,
                          struct reference_list *out) MUST_CHECK;

#endif
