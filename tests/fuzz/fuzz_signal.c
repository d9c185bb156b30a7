// SPDX-License-Identifier: MIT
/* The input is taken for an image, a cookie's value, a query and a page's address: nothing outside it is read, and states have names. */
#include <stdint.h>
#include <stdlib.h>

#include "3_extract/consent.h"
#include "3_extract/identifier.h"
#include "3_extract/pixel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void check(struct consent consent)
{
    if (consent.state >= CONSENT_STATE_COUNT || consent.rule >= CONSENT_RULE_COUNT ||
        (!consent.rule && consent.state != CONSENT_UNKNOWN) ||
        (consent.rule && !*consent_rule_name(consent.rule)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static const char *const names[] = {
        "OptanonConsent",    "CookieConsent",       "CookieInformationConsent",
        "cookieyes-consent", "cookiefirst-consent", "CookieControl",
        "euconsent-v2",      "CookieScriptConsent", "cmplz_marketing"};
    struct span input = bytes ? span_of(data, bytes) : SPAN(""), rest = input, url = input;
    size_t left = bytes + 1;
    bool like;
    pixel_is(input);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        check(consent_of_cookie(span_of_string(names[i]), input));
    check(consent_of_query(input));
    check(consent_of_host(input));
    while (identifier_next(&rest, &like)) {
        if (rest.at && rest.bytes >= left)
            abort();
        left = rest.bytes;
    }
    struct span query = span_cut(&url, '\n');
    if (identifier_query_has_url(query, url) && !url.bytes)
        abort();
    return 0;
}
