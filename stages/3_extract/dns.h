// SPDX-License-Identifier: MIT
/*
 * dns.h - an answer of the DNS as crawlers keep it: which other names a host leads to.
 *
 * In:     target URI and body of a record of text/dns
 * Out:    the name that was asked for and those it leads to, one behind the other; when that was
 * Owns:   nothing: names live in the arena
 * Limits: LIMIT_DNS_NAMES, LIMIT_DNS_LINES
 * Errors: ERR_URL (asked for what is no name), ERR_SYNTAX (lines that contradict one another), ERR_TOO_LARGE (too many names
 *         or lines: the rest is left out), ERR_MEMORY
 * Source: RFC 4501 (dns: URIs), RFC 1035 5.1 (lines); compliance.md 5.2, note iv
 *
 *   dns:stat.portal.dk           20261001080000
 *                                x.vendor.com.<TAB>300<TAB>IN<TAB>A<TAB>192.0.2.1
 *
 * Heritrix writes the date, then a line an address. Its resolver follows CNAMEs and leaves them out, so that the name before
 * an address is the last one: here stat.portal.dk leads to x.vendor.com. Beside lines of other types than A and AAAA an
 * address tells no name. Others keep the whole message as dig prints it, with its CNAMEs; comments begin with a semicolon,
 * and only the answer section counts.
 */
#ifndef EXTRACT_DNS_H
#define EXTRACT_DNS_H

#include "base/arena.h"
#include "base/limits.h"

struct dns_answer {
    /* Lower case, IDNA, without final dot; the one that was asked for, and each time the one that the one before leads to. */
    struct span names[LIMIT_DNS_NAMES];
    size_t name_count; /* 1: it leads nowhere else, or that is not told; 0: ERR_URL */
    int64_t date_ns;   /* of the first line; RECORD_NO_DATE: it is none */
    size_t odd_lines;  /* that are no line of such an answer: counted, ignored */
};

/* "dns:", whatever the case. */
bool dns_is_uri(struct span uri);
/* *out holds what could be read after a data error, too. */
enum err dns_parse(struct span target_uri, struct span body, struct arena *arena,
                   struct dns_answer *out) MUST_CHECK;

#endif
