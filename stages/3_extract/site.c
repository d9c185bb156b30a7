// SPDX-License-Identifier: MIT
#include "3_extract/site.h"

#include "ext/ext_psl.h"

#define ASKED_BYTES 255 /* more than any name in the DNS has, and than ext_psl takes */

static struct span last_label(struct span host)
{
    size_t dot = span_find_last(host, '.');
    return dot < host.bytes ? span_from(host, dot + 1) : host;
}

/* url.h writes addresses as [..] and as four numbers; no domain ends in a number. */
bool site_is_address(struct span host)
{
    uint64_t number;
    return span_starts(host, SPAN("[")) || span_to_u64(last_label(host), &number);
}

/* The end of an overlong host, from the beginning of a label on. */
static struct span shorten(struct span host)
{
    if (host.bytes <= ASKED_BYTES)
        return host;
    struct span end = span_from(host, host.bytes - ASKED_BYTES);
    size_t dot = span_find(end, '.', 0);
    return span_from(end, dot + 1);
}

static struct span find_site(const struct suffixes *suffixes, struct span host, bool with_private)
{
    if (host.bytes && host.at[host.bytes - 1] == '.')
        host.bytes--;
    if (!host.bytes || site_is_address(host))
        return host;
    struct span asked = shorten(host);
    size_t suffix_bytes = suffixes_suffix_bytes(suffixes, asked, with_private);
    if (suffix_bytes == 0 || suffix_bytes == asked.bytes)
        return host;
    struct span before = span_first(asked, asked.bytes - suffix_bytes - 1);
    size_t own_bytes = last_label(before).bytes;
    return own_bytes ? span_from(host, host.bytes - suffix_bytes - 1 - own_bytes) : host;
}

struct span site_of(const struct suffixes *suffixes, struct span host)
{
    return find_site(suffixes, host, true);
}

struct span site_of_icann(const struct suffixes *suffixes, struct span host)
{
    return find_site(suffixes, host, false);
}
