// SPDX-License-Identifier: MIT
#include "3_extract/url_internal.h"

#include "ext/ext_idn.h"

static bool is_ascii(struct span s)
{
    for (size_t i = 0; i < s.bytes; i++)
        if ((unsigned char)s.at[i] >= 0x80)
            return false;
    return true;
}

/*
 * Domain to ASCII. An ASCII domain is only lower-cased, also one with "xn--" that decodes to nothing good:
 * the standard forgives it.
 */
static enum err domain_to_ascii(struct span domain, struct arena *arena, struct span *out)
{
    if (!is_ascii(domain))
        return idn_to_ascii(domain, arena, out);
    char *to = arena_bytes(arena, domain.bytes);
    if (!to)
        return ERR_MEMORY;
    for (size_t i = 0; i < domain.bytes; i++)
        to[i] = ascii_lower(domain.at[i]);
    *out = span_of(to, domain.bytes);
    return ERR_OK;
}

static enum err parse_domain(struct url_parser *p, struct span text)
{
    struct span domain, ascii;
    TRY(url_encode_undo(text, p->arena, &domain));
    TRY(domain_to_ascii(domain, p->arena, &ascii));
    if (ascii.bytes == 0 || url_encode_has(ascii, URL_FORBIDDEN_DOMAIN))
        return ERR_URL;
    if (url_ip_ends_in_number(ascii))
        return url_ip_parse_v4(ascii, &p->out);
    if (!p->file || !span_equal(ascii, SPAN("localhost")))
        url_encode_plain(&p->out, ascii);
    return ERR_OK;
}

enum err url_host_parse(struct url_parser *p, struct span text)
{
    if (text.bytes && text.at[0] == '[') {
        if (text.at[text.bytes - 1] != ']')
            return ERR_URL;
        return url_ip_parse_v6(span_of(text.at + 1, text.bytes - 2), &p->out);
    }
    if (p->url->special)
        return parse_domain(p, text);
    if (url_encode_has(text, URL_FORBIDDEN_HOST))
        return ERR_URL;
    url_encode_add(&p->out, text, URL_SET_C0);
    return ERR_OK;
}
